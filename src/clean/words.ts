/** What a UTF-16 unit is to `countWords`; 0 for one not met yet. */
const [NO_WORD, WORD, JOINER, HALF] = [1, 2, 3, 4];
const kinds = new Uint8Array(1 << 16);

function learned(unit: number): number {
  if (unit >= 0xd800 && unit < 0xe000) return (kinds[unit] = HALF);
  const char = String.fromCharCode(unit);
  return (kinds[unit] = "'’\u200c-".includes(char) ? JOINER : hasWords(char) ? WORD : NO_WORD);
}

/** Number of words in a text: letters and figures, with inner apostrophes, hyphens or U+200C. The mask character is no word. */
export function countWords(text: string): number {
  let n = 0;
  let before = NO_WORD;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let kind = kinds[unit]!;
    if (kind === 0) kind = learned(unit);
    if (kind === HALF) {
      const char = String.fromCodePoint(text.codePointAt(i)!);
      kind = hasWords(char) ? WORD : NO_WORD;
      i += char.length - 1;
    }
    if (kind === WORD && before === NO_WORD) n++;
    // Only behind a word does a joiner join.
    before = kind === JOINER && before !== WORD ? NO_WORD : kind;
  }
  return n;
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
