import { existsSync } from 'node:fs';
import { bench } from './bench.js';

const at = process.argv.indexOf('--corpus');
const folder = at < 0 ? undefined : process.argv[at + 1];
const only = process.argv.indexOf('--only');
if (folder === undefined || !existsSync(folder)) {
  process.stderr.write(`the bench needs labelled corpora: npm run bench -- --corpus DIR${folder === undefined ? '' : ` (there is no ${folder})`}\n`);
  process.exitCode = 2;
} else {
  await bench(folder, (cells) => process.stdout.write(`| ${cells.join(' | ')} |\n`), only < 0 ? null : (process.argv[only + 1] ?? null));
}
