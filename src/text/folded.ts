import { columnsOf, piecesOf } from './columns.js';
import { visible } from './visible.js';

const COLOUR = /\u001b\[\d+(?:;\d+)*m/gu;
const width = (text: string): number => columnsOf(text.replace(COLOUR, ''));

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
      columnsOf(before) <= WIDTH &&
      columnsOf(before) + 1 + columnsOf(piecesOf(word)[0]!) > WIDTH &&
      !/^\||\S {2}/u.test(before) &&
      !ITEM.test(plain) &&
      indent.length >= /^ */u.exec(before)![0].length;
    const inside = piecesOf(before.slice(-1) + word).length > piecesOf(word).length;
    if (goesOn) out[out.length - 1] += `${inside ? '' : ' '}${line.replace(/^((?:\u001b\[\d+(?:;\d+)*m)*) +/u, '$1')}`;
    else out.push(line);
    before = plain;
  }
  return out;
}

function foldedLine(line: string, room: number): string {
  const begins = /^\s*(?:[-+>] |\d+\. )?/u.exec(line.replace(COLOUR, ''))![0].length;
  const indent = ' '.repeat(Math.min(begins, room / 2));
  const lead = /^(?:\u001b\[\d+(?:;\d+)*m|\s)*/u.exec(line)![0];
  const [first, ...others] = broken(line.slice(lead.length).split(' '));
  const lines = [lead + first!.piece];
  for (const { space, piece } of others) {
    const last = lines.length - 1;
    if (width(lines[last]!) + space.length + width(piece) > room) lines.push(indent + piece);
    else lines[last] += space + piece;
  }
  return lines.join('\n');
}

/** Words in pieces that a line may be broken between, and what stands before each where it is not. */
function broken(words: readonly string[]): { readonly space: string; readonly piece: string }[] {
  return words.flatMap((word, w) => piecesOf(word).map((piece, p) => ({ space: w === 0 || p > 0 ? '' : ' ', piece })));
}

/** Breaks a line at spaces to the width; the first line begins with `first`, the others with `rest`. */
export function wrap(text: string, first = '', rest = first, each: (line: string) => string = (l) => l): string {
  const lines: string[] = [];
  let line = first;
  let fresh = true;
  for (const { space, piece } of broken(visible(text, 2000).split(/ (?!%)/))) {
    if (!fresh && columnsOf(line) + space.length + columnsOf(piece) > WIDTH) {
      lines.push(each(line));
      line = rest + piece;
    } else line += space + piece;
    fresh = false;
  }
  lines.push(each(line));
  return lines.join('\n');
}
