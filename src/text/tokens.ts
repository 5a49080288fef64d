import { charactersPerWord, FIRST_UNSPACED, SENTENCE_ENDS, SPACED, UNSPACED, UNSPACED_ENDS } from './scripts.js';
import { Units, unitTable } from './units.js';

/**
 * Words (letters with inner apostrophes, hyphens or U+200C), single characters of scripts that put no space between words, numbers,
 * single marks, paragraph breaks.
 */
const TOKEN = new RegExp(
  String.raw`${SPACED}+(?:['’\u200C\-]${SPACED}+)*|${UNSPACED}|\p{N}+(?:[.,]\p{N}+)*|[^\s\p{L}\p{M}\p{N}]|\n\n`,
  'gv',
);

/** Longest token kept whole; longer ones are cut, so that hostile input cannot make long keys. */
export const MAX_TOKEN = 40;

/** The tokens of a cleaned text in order. Linear time. */
export function tokens(text: string): string[] {
  const found = text.match(TOKEN) ?? [];
  for (let i = 0; i < found.length; i++) {
    const token = found[i]!;
    if (token.length > MAX_TOKEN) found[i] = token.slice(0, MAX_TOKEN);
  }
  return found;
}

/** Words of a text as `tokens` tells them; of scripts that put no space between words, so many characters are one. */
export function wordsIn(text: string): number {
  const perWord = charactersPerWord();
  let [words, quarters] = [0, 0];
  for (const token of tokens(text)) {
    if (!isWord(token)) continue;
    const per = perWord[token.charCodeAt(0)]!;
    if (per === 0) words++;
    else quarters += 4 / per;
  }
  return words + Math.ceil(quarters / 4);
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

/**
 * Sentence ends: a full stop, question or exclamation mark (or their sisters) and what closes it. Behind those of scripts without spaces
 * none need follow.
 */
const SENTENCE_END =
  /(?<=[.!?…։؟۔।॥။።។。！？]["”’»)\]\uFFFC]{0,2})\s+(?=["“‘«([\p{Lu}\p{Lo}\p{N}\uFFFC])|(?<=[。！？][」』）”’\uFFFC]{0,2})(?=[^\s。！？」』）”’\uFFFC])/u;
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

/** Marks that end a sentence, and what may close it; what may open the next one besides capitals and figures. */
const CLOSERS = '"”’»)]\uFFFC';
const OPENS = /^["“‘«([\p{Lu}\p{Lo}\p{N}\uFFFC]/u;

/** What may close a sentence that ends though no space follows. */
const UNSPACED_CLOSERS = '」』）”’\uFFFC';
/** The first of them and of what ends such a sentence. */
const FIRST_UNSPACED_CLOSER = 0x2019;

const reader = new Units();
const spacesAmong = unitTable(/\s/);

/**
 * Words of each sentence, counted by the spaces between them (characters of scripts without any as parts of words): as `sentences`
 * would give them, without a string for each.
 */
export function sentenceLengths(text: string): number[] {
  const units = reader.read(text);
  const out: number[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n\n', start);
    const end = found < 0 ? text.length : found;
    // As in `sentences`: hostile paragraphs are cut.
    lengthsIn(text, units, start, Math.min(end, start + 20_000), out);
    start = end + 2;
  }
  return out;
}

function lengthsIn(text: string, units: Uint16Array, start: number, end: number, out: number[]): void {
  const spaces = spacesAmong();
  const perWord = charactersPerWord();
  let first = start;
  // What stands in the sentence so far: words begun, quarters of words, and whether the last unit was a space.
  let [words, quarters, space, held, piece] = [0, 0, true, 0, start];
  const close = (): void => {
    out.push(words + Math.ceil(quarters / 4));
    [words, quarters, held] = [0, 0, 0];
  };
  for (let i = start; i < end; i++) {
    const unit = units[i]!;
    if (spaces[unit] === 0) {
      if (i > first && units[i - 1]! >= FIRST_UNSPACED_CLOSER && endedUnspaced(units, first, i)) {
        close();
        [first, piece, space] = [i, i, true];
      }
      const per = unit < FIRST_UNSPACED ? 0 : perWord[unit]!;
      if (per > 0) quarters += 4 / per;
      else if (space) words++;
      space = false;
      continue;
    }
    if (space) continue;
    space = true;
    let next = i + 1;
    while (next < end && spaces[units[next]!] === 1) next++;
    if (next >= end || !ended(units, first, i) || !OPENS.test(text.slice(next, Math.min(end, next + 2)))) continue;
    held += i - piece + (piece === first ? 0 : 1);
    piece = next;
    if (held < 2_000 && ABBREVIATION.test(text.slice(Math.max(first, i - 12), i))) continue;
    close();
    first = next;
  }
  if (words > 0 || quarters > 0) close();
}

/** True when a sentence of a script without spaces ended right before place i. */
function endedUnspaced(units: Uint16Array, from: number, i: number): boolean {
  const here = String.fromCharCode(units[i]!);
  if (UNSPACED_ENDS.includes(here) || UNSPACED_CLOSERS.includes(here)) return false;
  for (let at = i - 1; at >= from && at >= i - 3 && units[at]! >= FIRST_UNSPACED_CLOSER; at--) {
    const char = String.fromCharCode(units[at]!);
    if (UNSPACED_ENDS.includes(char)) return true;
    if (!UNSPACED_CLOSERS.includes(char)) return false;
  }
  return false;
}

/** True when a sentence may end before place i: a mark, and up to two that close. */
function ended(units: Uint16Array, from: number, i: number): boolean {
  for (let at = i - 1; at >= from && at >= i - 3; at--) {
    const unit = units[at]!;
    // Nearly always a letter.
    if (unit >= 97 && unit <= 122) return false;
    const char = String.fromCharCode(unit);
    if (SENTENCE_ENDS.includes(char)) return true;
    if (!CLOSERS.includes(char)) return false;
  }
  return false;
}
