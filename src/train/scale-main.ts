import { existsSync } from 'node:fs';
import { benchScale } from './scale.js';

function flag(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

const folder = flag('--corpus') ?? '../shared/corpora';
const sizes = (flag('--sizes') ?? '1000,10000,100000').split(',').map(Number);
if (process.argv.includes('--million')) sizes.push(1_000_000);
if (!existsSync(folder)) {
  process.stderr.write(
    `the scale bench needs labelled corpora: npm run bench:scale -- --corpus DIR (there is no ${folder})\n`,
  );
  process.exitCode = 2;
} else {
  let width = 0;
  await benchScale(folder, sizes, (cells) => {
    if (cells.length !== width) process.stdout.write('\n');
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
    if (cells.length !== width && cells.length > 1) process.stdout.write(`|${cells.map(() => '---').join('|')}|\n`);
    width = cells.length;
  });
}
