/** Words (letters with inner apostrophes, hyphens or U+200C), numbers, single marks, paragraph breaks. */
const TOKEN = /[\p{L}\p{M}]+(?:['’\u200C-][\p{L}\p{M}]+)*|\p{N}+(?:[.,]\p{N}+)*|[^\s\p{L}\p{M}\p{N}]|\n\n/gu;

/** Longest token kept whole; longer ones are cut, so that hostile input cannot make long keys. */
const MAX_TOKEN = 40;

/** The tokens of a cleaned text in order. Linear time. */
export function tokens(text: string): string[] {
  const found = text.match(TOKEN) ?? [];
  for (let i = 0; i < found.length; i++) {
    const token = found[i]!;
    if (token.length > MAX_TOKEN) found[i] = token.slice(0, MAX_TOKEN);
  }
  return found;
}

const LETTER_FIRST = /^[\p{L}\p{M}]/u;
const DIGIT_FIRST = /^\p{N}/u;

/** True for a word made of letters. */
export function isWord(token: string): boolean {
  const c = token.charCodeAt(0);
  if (c < 128) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
  return LETTER_FIRST.test(token);
}

/** True for a number. */
export function isNumber(token: string): boolean {
  const c = token.charCodeAt(0);
  if (c < 128) return c >= 48 && c <= 57;
  return DIGIT_FIRST.test(token);
}

/** Sentence ends: a full stop, question or exclamation mark (or their sisters) and what closes it. */
const SENTENCE_END = /(?<=[.!?…؟۔。！？]["”’»)\]\uFFFC]{0,2})\s+(?=["“‘«([\p{Lu}\p{Lo}\p{N}\uFFFC])/u;
const ABBREVIATION =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|vs|etc|e\.g|i\.e|U\.S|No|Inc|Ltd|Co|Corp|[A-Z])\.$/;

/** The sentences of a paragraphed text, in order; headings and fragments count as sentences. */
export function sentences(text: string): string[] {
  const out: string[] = [];
  for (const paragraph of text.split('\n\n')) {
    // Hostile "U.S. U.S. …" paragraphs are cut before any work that could grow faster than their length.
    const pieces = paragraph.slice(0, 20_000).split(SENTENCE_END);
    let held = '';
    for (const piece of pieces) {
      held = held === '' ? piece : `${held} ${piece}`;
      if (held.length < 2_000 && ABBREVIATION.test(held.slice(-12))) continue;
      if (held.trim() !== '') out.push(held.trim());
      held = '';
    }
    if (held.trim() !== '') out.push(held.trim());
  }
  return out;
}
