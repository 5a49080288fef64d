import { visible } from './visible.js';

const COLOUR = /\u001b\[\d+(?:;\d+)*m/gu;
const width = (text: string): number => text.replace(COLOUR, '').length;

/** Columns to which text for people is broken where it is made. */
export const WIDTH = 78;
/** Narrower than this nothing can be read anyway. */
const NARROWEST = 20;

/**
 * Text for a terminal that is narrower than its lines: they are broken at spaces, and what follows stands under what the line
 * begins with. The terminal would break them inside words. What was broken at `WIDTH` is joined before. Rows of tables are left.
 */
export function folded(text: string, columns: number): string {
  const room = Math.max(NARROWEST, columns);
  const lines = text.split('\n');
  return (room < WIDTH ? joined(lines) : lines)
    .map((line) => (width(line) <= room || line.startsWith('|') ? line : foldedLine(line, room)))
    .join('\n');
}

/** An item of a list, or a row in columns: it goes on from no line before. */
const ITEM = /^\s*(?:[-+>·…] |\d+\. )|\S {2}/u;

/** Lines that were broken at `WIDTH`, whole again: the next word had no room, and stands as far in as the line before. */
function joined(lines: readonly string[]): string[] {
  const out: string[] = [];
  let before = '';
  for (const line of lines) {
    const plain = line.replace(COLOUR, '');
    const [indent] = /^ */u.exec(plain)!;
    const word = plain.slice(indent.length).split(' ')[0]!;
    const goesOn =
      word !== '' &&
      before.trim() !== '' &&
      before.length <= WIDTH &&
      before.length + 1 + word.length > WIDTH &&
      !/^\||\S {2}/u.test(before) &&
      !ITEM.test(plain) &&
      indent.length >= /^ */u.exec(before)![0].length;
    if (goesOn) out[out.length - 1] += ` ${line.replace(/^((?:\u001b\[\d+(?:;\d+)*m)*) +/u, '$1')}`;
    else out.push(line);
    before = plain;
  }
  return out;
}

function foldedLine(line: string, room: number): string {
  const begins = /^\s*(?:[-+>] |\d+\. )?/u.exec(line.replace(COLOUR, ''))![0].length;
  const indent = ' '.repeat(Math.min(begins, room / 2));
  const lead = /^(?:\u001b\[\d+(?:;\d+)*m|\s)*/u.exec(line)![0];
  const [first, ...words] = line.slice(lead.length).split(' ');
  const lines = [lead + first!];
  for (const word of words) {
    const last = lines.length - 1;
    if (width(lines[last]!) + 1 + width(word) > room) lines.push(indent + word);
    else lines[last] += ` ${word}`;
  }
  return lines.join('\n');
}

/** Breaks a line at spaces to the width; the first line begins with `first`, the others with `rest`. */
export function wrap(text: string, first = '', rest = first, each: (line: string) => string = (l) => l): string {
  const lines: string[] = [];
  let line = first;
  let fresh = true;
  for (const word of visible(text, 2000).split(/ (?!%)/)) {
    if (!fresh && line.length + 1 + word.length > WIDTH) {
      lines.push(each(line));
      line = rest + word;
    } else line += (fresh ? '' : ' ') + word;
    fresh = false;
  }
  lines.push(each(line));
  return lines.join('\n');
}
