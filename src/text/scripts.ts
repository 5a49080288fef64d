/**
 * Letters and marks of scripts that put no space between words: of Chinese characters, kana and bopomofo a word has two on average, of
 * Thai, Lao, Khmer and Burmese four. First and last UTF-16 units in hexadecimal; `\p{Script=…}` would take longer to ask for all units
 * than a check of one article has.
 */
const OF_TWO =
  '3005 303b 3041-3096 309d-309f 30a1-30fa 30fc-30ff 3105-312f 31a0-31bf 31f0-31ff 3400-4dbf 4e00-9fff f900-fa6d fa70-fad9 ff66-ff6f ff71-ff9d';
const OF_FOUR =
  'e01-e3a e40-e4e e81-e82 e84 e86-e8a e8c-ea3 ea5 ea7-ebd ec0-ec4 ec6 ec8-ece edc-edf 1000-103f 1050-108f 109a-109d 1780-17d3 17d7 17dc-17dd a9e0-a9ef a9fa-a9fe aa60-aa76 aa7a-aa7f';

const rangesIn = (ranges: string): (readonly [first: string, last: string])[] =>
  ranges.split(' ').map((range) => {
    const [first, last = first] = range.split('-');
    return [first!, last!];
  });

const inClass = (ranges: string): string =>
  rangesIn(ranges)
    .map((range) => range.map((unit) => `\\u{${unit}}`).join('-'))
    .join('');

/** Class of the letters and marks of scripts that put no space between words, for patterns with the flag `v`. */
export const UNSPACED = String.raw`[${inClass(OF_TWO)}${inClass(OF_FOUR)}[[\u{20000}-\u{3ffff}]&&\p{L}]]`;
/** Class of the letters and marks of all other scripts. */
export const SPACED = String.raw`[[\p{L}\p{M}]--${UNSPACED}]`;

/** Marks that end a sentence, of all scripts; behind the last three no space need follow. */
export const SENTENCE_ENDS = '.!?…։؟۔।॥။።។。！？';
export const UNSPACED_ENDS = '。！？';

/** Below this unit all scripts put spaces between words. */
export const FIRST_UNSPACED = 0xe00;

let table: Uint8Array | null = null;

/**
 * Characters that a word has on average, by UTF-16 unit, in scripts that put no space between words; 0 for every other unit. Who asks
 * for so many words asks for so many times that of their characters.
 */
export function charactersPerWord(): Uint8Array {
  if (table !== null) return table;
  table = new Uint8Array(1 << 16);
  for (const [per, ranges] of [
    [2, OF_TWO],
    [4, OF_FOUR],
  ] as const)
    for (const [first, last] of rangesIn(ranges)) table.fill(per, parseInt(first, 16), parseInt(last, 16) + 1);
  return table;
}
