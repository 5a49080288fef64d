import { existsSync } from 'node:fs';
import { benchScale } from './scale.js';
import { flag, Tables } from './tables.js';

const folder = flag('--corpus') ?? '../shared/corpora';
const sizes = (flag('--sizes') ?? '1000,10000,100000').split(',').map(Number);
if (process.argv.includes('--million')) sizes.push(1_000_000);
if (!existsSync(folder)) {
  process.stderr.write(
    `the scale bench needs labelled corpora: npm run bench:scale -- --corpus DIR (there is no ${folder})\n`,
  );
  process.exitCode = 2;
} else {
  const tables = new Tables();
  await benchScale(folder, sizes, tables.print);
  const target = flag('--write');
  if (target !== null) await tables.writeTo(target);
}
