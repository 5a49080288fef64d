import { charactersPerWord } from '../text/scripts.js';

/**
 * What a UTF-16 unit is to `countWords`; 0 for one not met yet. A mark stands on the letter before it, as vowels do in India. Characters
 * that make a half or a quarter of a word come last.
 */
const [NO_WORD, WORD, JOINER, MARK, SURROGATE, OF_TWO, OF_FOUR] = [1, 2, 3, 4, 5, 6, 7];
const kinds = new Uint8Array(1 << 16);

function learned(unit: number): number {
  if (unit >= 0xd800 && unit < 0xe000) return (kinds[unit] = SURROGATE);
  const per = charactersPerWord()[unit]!;
  if (per > 0) return (kinds[unit] = per === 2 ? OF_TWO : OF_FOUR);
  const char = String.fromCharCode(unit);
  return (kinds[unit] = "'’\u200c-".includes(char) ? JOINER : kindOf(char));
}

function kindOf(char: string): number {
  if (hasWords(char)) return /\p{Script=Han}/u.test(char) ? OF_TWO : WORD;
  return /\p{M}/u.test(char) ? MARK : NO_WORD;
}

/**
 * Number of words in a text: letters and figures, with inner apostrophes, hyphens or U+200C. The mask character is no word. Of scripts
 * that put no space between words, characters are counted, two to a word (four in those of South-East Asia).
 */
export function countWords(text: string): number {
  let n = 0;
  let quarters = 0;
  let before = NO_WORD;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let kind = kinds[unit]!;
    if (kind === 0) kind = learned(unit);
    if (kind === SURROGATE) {
      const char = String.fromCodePoint(text.codePointAt(i)!);
      kind = kindOf(char);
      i += char.length - 1;
    }
    if (kind === MARK) continue;
    if (kind >= OF_TWO) {
      quarters += kind === OF_TWO ? 2 : 1;
      before = NO_WORD;
      continue;
    }
    if (kind === WORD && before === NO_WORD) n++;
    // Only behind a word does a joiner join.
    before = kind === JOINER && before !== WORD ? NO_WORD : kind;
  }
  return n + Math.ceil(quarters / 4);
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
