// A worker that ends its thread on some items: "kill" always, a path once (the file marks that it was there).
import { existsSync, writeFileSync } from 'node:fs';

export default function work({ input }) {
  for (const item of input) {
    if (item === 'kill') process.exit(1);
    if (item === 'throw') return { thrown: new RangeError('a mistake of ours') };
    if (item.startsWith('/') && !existsSync(item)) {
      writeFileSync(item, '');
      process.exit(1);
    }
  }
  return { output: input.map((item) => item.toUpperCase()) };
}
