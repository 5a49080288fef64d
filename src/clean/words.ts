/** Words as counted everywhere: letters and digits, with inner apostrophes, hyphens or U+200C. */
const WORD = /[\p{L}\p{N}]+(?:['’\u200c-][\p{L}\p{N}]+)*/gu;

/** Number of words in a text; 0 for none. The mask character is no word. */
export function countWords(text: string): number {
  WORD.lastIndex = 0;
  let n = 0;
  while (WORD.test(text)) n++;
  return n;
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
