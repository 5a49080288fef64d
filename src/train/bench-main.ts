import { existsSync } from 'node:fs';
import { bench } from './bench.js';
import { flag, Tables } from './tables.js';

const folder = flag('--corpus');
if (folder === null || !existsSync(folder)) {
  process.stderr.write(
    `the bench needs labelled corpora: npm run bench -- --corpus DIR${folder === null ? '' : ` (there is no ${folder})`}\n`,
  );
  process.exitCode = 2;
} else {
  const tables = new Tables();
  await bench(folder, tables.print, flag('--only'));
  const target = flag('--write');
  if (target !== null) await tables.writeTo(target);
}
