import { eastAsianWidth } from 'get-east-asian-width';
import { UNSPACED } from './scripts.js';

const PLAIN = /^[\x20-\x7e]*$/;
/** Marks that stand on the letter before them, and characters that a terminal does not show. */
const NO_ROOM = /^[\p{M}\p{Cf}]/u;

/** Columns that a text takes in a terminal: two for a character of full width, none for a mark above or below another. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const char of text) if (!NO_ROOM.test(char)) columns += eastAsianWidth(char.codePointAt(0)!);
  return columns;
}

/** A line may be broken behind a character of a script without spaces, or a mark that closes, but not before such a mark. */
const BREAKS = new RegExp(
  String.raw`(?<=[${UNSPACED}，。、；：！？」』）》”’])(?=[${UNSPACED}「『（《“‘])(?!\p{M})`,
  'v',
);

/** A word in the pieces between which a line may be broken: one, but where no spaces are put between words. */
export function piecesOf(word: string): string[] {
  return PLAIN.test(word) ? [word] : word.split(BREAKS);
}
