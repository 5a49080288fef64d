import { existsSync, readFileSync } from 'node:fs';
import { writeFileAtomic } from '../io/io.js';
import { bench } from './bench.js';

const START = '<!-- figures: made by the command above, do not edit -->';
const END = '<!-- end of figures -->';

function flag(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

const folder = flag('--corpus');
if (folder === null || !existsSync(folder)) {
  process.stderr.write(
    `the bench needs labelled corpora: npm run bench -- --corpus DIR${folder === null ? '' : ` (there is no ${folder})`}\n`,
  );
  process.exitCode = 2;
} else {
  const tables: string[] = [];
  let width = 0;
  await bench(
    folder,
    (cells) => {
      const lines: string[] = [];
      // A row of another width begins a new table.
      if (cells.length !== width) lines.push('', `| ${cells.join(' | ')} |`, `|${cells.map(() => '---').join('|')}|`);
      else lines.push(`| ${cells.join(' | ')} |`);
      width = cells.length;
      tables.push(...lines);
      process.stdout.write(`${lines.join('\n')}\n`);
    },
    flag('--only'),
  );
  const target = flag('--write');
  if (target !== null) {
    const text = readFileSync(target, 'utf8');
    const [before, rest] = text.split(START);
    const after = rest?.split(END)[1];
    if (after === undefined) throw new Error(`${target} has no place for figures`);
    await writeFileAtomic(target, `${before}${START}\n${tables.join('\n')}\n\n${END}${after}`);
  }
}
