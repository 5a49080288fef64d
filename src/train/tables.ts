import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../io/io.js';

const START = '<!-- figures: made by the command above, do not edit -->';
const END = '<!-- end of figures -->';

/** Prints rows as Markdown tables; a row of another width begins a new one. */
export class Tables {
  private readonly lines: string[] = [];
  private width = 0;

  readonly print = (cells: readonly string[]): void => {
    const row = `| ${cells.join(' | ')} |`;
    const begins = cells.length !== this.width;
    const lines = begins ? ['', row, `|${cells.map(() => '---').join('|')}|`] : [row];
    this.width = cells.length;
    this.lines.push(...lines);
    process.stdout.write(`${lines.join('\n')}\n`);
  };

  /** Puts the tables where a file has its place for figures. @throws Error for a file without one */
  async writeTo(target: string): Promise<void> {
    const text = readFileSync(target, 'utf8');
    const [before, rest] = text.split(START);
    const after = rest?.split(END)[1];
    if (after === undefined) throw new Error(`${target} has no place for figures`);
    await writeFileAtomic(target, `${before}${START}\n${this.lines.join('\n')}\n\n${END}${after}`);
  }
}

/** What follows a flag of this process; null without one. */
export function flag(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}
