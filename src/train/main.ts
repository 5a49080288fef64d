import { existsSync } from 'node:fs';
import { train } from './train.js';

const folder = process.argv[2];
if (folder === undefined || !existsSync(folder)) {
  process.stderr.write(
    `training needs a folder of labelled corpora: npm run train -- DIR${folder === undefined ? '' : ` (there is no ${folder})`}\n`,
  );
  process.exitCode = 2;
} else {
  await train(folder, process.argv[3] ?? 'model/manyhands-1.json', (line) => process.stderr.write(`${line}\n`));
}
