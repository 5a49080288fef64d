import { unitTable } from './units.js';

/** Of these scripts a word has two characters on average (Chinese, Japanese), and of those four (Thai, Lao, Khmer, Burmese). */
const TWO = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}ー`;
const FOUR = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;

/** Class of the letters and marks of scripts that put no space between words, for patterns with the flag `v`. */
export const UNSPACED = String.raw`[[${TWO}${FOUR}]&&[\p{L}\p{M}]]`;
/** Class of the letters and marks of all other scripts. */
export const SPACED = String.raw`[[\p{L}\p{M}]--[${TWO}${FOUR}]]`;

/** Marks that end a sentence, of all scripts; behind the last three no space need follow. */
export const SENTENCE_ENDS = '.!?…։؟۔।॥။።។。！？';
export const UNSPACED_ENDS = '。！？';

/** Below this unit all scripts put spaces between words. */
export const FIRST_UNSPACED = 0xe00;

const tables = [TWO, FOUR].map((scripts) => unitTable(new RegExp(String.raw`[[${scripts}]&&[\p{L}\p{M}]]`, 'v')));

let table: Uint8Array | null = null;

/**
 * Characters that a word has on average, by UTF-16 unit, in scripts that put no space between words; 0 for every other unit. Who asks
 * for so many words asks for so many times that of their characters.
 */
export function charactersPerWord(): Uint8Array {
  if (table !== null) return table;
  const [two, four] = tables.map((fits) => fits()) as [Uint8Array, Uint8Array];
  return (table = two.map((is, unit) => 2 * is + 4 * four[unit]!));
}
