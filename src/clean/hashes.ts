import { hash53 } from '../math/random.js';
import { charactersPerWord, FIRST_UNSPACED, SENTENCE_ENDS, UNSPACED_ENDS } from '../text/scripts.js';
import { paragraphsOf } from './paragraphs.js';

/** A stretch of a text and a key for its words; equal words, whatever the marks and spaces between them, give equal keys. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  /** 53-bit hash of the words. */
  readonly key: number;
  readonly words: number;
}

/**
 * 32-bit hashes of the words of a text, in order, without regard to marks and to Latin case. Of scripts that put no space between
 * words, every two characters (or four) are one, counted from the mark or space before them.
 */
export function wordHashes(text: string): Int32Array {
  return wordsOf(text, null);
}

/** The same hashes, with where each word begins and ends. */
export function placedWords(text: string): { hashes: Int32Array; starts: Int32Array; ends: Int32Array } {
  const [starts, ends] = [new Int32Array(text.length + 1), new Int32Array(text.length + 1)];
  const hashes = wordsOf(text, { starts, ends });
  return { hashes, starts: starts.slice(0, hashes.length), ends: ends.slice(0, hashes.length) };
}

/** @param places filled with where words begin and end, where somebody asks */
function wordsOf(text: string, places: { starts: Int32Array; ends: Int32Array } | null): Int32Array {
  const out = new Int32Array(text.length + 1);
  let used = 0;
  let hash = 0;
  let [per, length] = [0, 0];
  for (let i = 0; i <= text.length; i++) {
    const letter = i < text.length ? letterAt(text, i) : 0;
    if (hash !== 0 && (letter === 0 || divides(per, length, letter))) {
      if (places !== null) places.ends[used] = i;
      out[used++] = mixed(hash);
      hash = 0;
    }
    if (letter === 0) continue;
    if (hash === 0) {
      if (places !== null) places.starts[used] = i;
      [per, length] = [perIn(letter), 0];
    }
    hash = Math.imul(hash === 0 ? 0x811c9dc5 ^ letter : hash ^ letter, 0x01000193) || 1;
    length++;
  }
  return out.slice(0, used);
}

/** Characters of a word that begins with this letter, where no space will end it; else 0. */
function perIn(letter: number): number {
  return letter < FIRST_UNSPACED ? 0 : PER_WORD[letter]!;
}

/** True where a word that has so many letters, and would have `per` where no space ends it, goes no further than before this one. */
function divides(per: number, length: number, letter: number): boolean {
  if (per === 0 && letter < FIRST_UNSPACED) return false;
  return perIn(letter) !== per || (per > 0 && length === per);
}

/** The paragraphs of a text; their keys are not those of `unitsOf`. */
export function paragraphUnits(text: string): Unit[] {
  return paragraphsOf(text).map(({ start, end }) => unit(text, start, end));
}

/** The paragraphs of a text and the sentences in them; a sentence that is a whole paragraph comes once, as the paragraph. */
export function unitsOf(text: string): { readonly paragraphs: Unit[]; readonly sentences: Unit[] } {
  const paragraphs: Unit[] = [];
  const sentences: Unit[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n\n', start);
    const end = found < 0 ? text.length : found;
    const inside = sentencesOf(text, start, end);
    paragraphs.push(joined(inside, start, end));
    if (inside.length > 1) for (const sentence of inside) sentences.push(sentence);
    start = end + 2;
  }
  return { paragraphs, sentences };
}

function sentencesOf(text: string, from: number, to: number): Unit[] {
  const out: Unit[] = [];
  let start = from;
  for (let i = from; i < to; i++) {
    if (
      !endsSentence(text.charCodeAt(i)) ||
      isAbbreviation(text, i) ||
      (i + 1 < to && !isSpaceOrCloser(text.charCodeAt(i + 1)) && !isUnspacedEnd(text.charCodeAt(i)))
    )
      continue;
    let end = i + 1;
    while (end < to && isSpaceOrCloser(text.charCodeAt(end))) end++;
    out.push(unit(text, start, end));
    start = end;
    i = end - 1;
  }
  if (start < to) out.push(unit(text, start, to));
  return out;
}

function unit(text: string, start: number, end: number): Unit {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  let words = 0;
  let inWord = false;
  let [per, length] = [0, 0];
  for (let i = start; i <= end; i++) {
    const letter = i < end ? letterAt(text, i) : 0;
    if (letter === 0 && !inWord) continue;
    low = Math.imul(low ^ letter, 0x01000193);
    high = Math.imul(high ^ (letter + 31), 0x85ebca6b) ^ (high >>> 15);
    if (letter > 0 && (!inWord || divides(per, length, letter))) {
      words++;
      [per, length] = [perIn(letter), 0];
    }
    length++;
    inWord = letter > 0;
  }
  return { start, end, key: hash53(low, high), words };
}

function joined(inside: readonly Unit[], start: number, end: number): Unit {
  if (inside.length === 1) return inside[0];
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  let words = 0;
  for (const s of inside) {
    low = Math.imul(low ^ (s.key | 0), 0x01000193);
    high = Math.imul(high ^ Math.floor(s.key / 2 ** 21), 0x85ebca6b) ^ (high >>> 15);
    words += s.words;
  }
  return { start, end, key: hash53(low, high), words };
}

/** Code of a letter or figure, Latin capitals folded; 0 for everything else. */
function letterAt(text: string, i: number): number {
  return LETTERS[text.charCodeAt(i)]!;
}

/** By UTF-16 unit. */
function lettersOf(): Uint16Array {
  const out = new Uint16Array(1 << 16);
  for (let c = 0xc0; c < 0xff00; c++) out[c] = c;
  out.fill(0, 0x2000, 0x2c00).fill(0, 0x3000, 0x3040);
  for (const c of [...ENDS, 0x60c, 0x61b]) out[c] = 0;
  for (let c = 97; c <= 122; c++) out[c] = out[c - 32] = c;
  for (const c of [...'0123456789\u00aa\u00b5\u00ba'].map((figure) => figure.charCodeAt(0))) out[c] = c;
  return out;
}

const ENDS = codesOf(SENTENCE_ENDS);
const WITHOUT_SPACE = codesOf(UNSPACED_ENDS);
const LETTERS = lettersOf();
const PER_WORD = charactersPerWord();

function codesOf(marks: string): ReadonlySet<number> {
  return new Set(Array.from(marks, (mark) => mark.charCodeAt(0)));
}

function endsSentence(c: number): boolean {
  return c < 128 ? c === 46 || c === 33 || c === 63 : ENDS.has(c);
}

/** Marks that end a sentence though no space follows. */
function isUnspacedEnd(c: number): boolean {
  return c >= FIRST_UNSPACED && WITHOUT_SPACE.has(c);
}

const ABBREVIATIONS = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'st',
  'sen',
  'rep',
  'gov',
  'gen',
  'lt',
  'col',
  'jr',
  'sr',
  'vs',
  'no',
  'inc',
  'co',
  'corp',
  'ltd',
]);

/** A full stop after one letter ("U.S.") or a known short form ends no sentence here. */
function isAbbreviation(text: string, stop: number): boolean {
  if (text.charCodeAt(stop) !== 46) return false;
  let from = stop;
  while (from > 0 && stop - from < 6 && letterAt(text, from - 1) > 0) from--;
  return stop - from === 1
    ? !/\d/.test(text[from])
    : stop - from < 6 && ABBREVIATIONS.has(text.slice(from, stop).toLowerCase());
}

function isSpaceOrCloser(c: number): boolean {
  return (
    c === 32 ||
    c === 34 ||
    c === 39 ||
    c === 41 ||
    c === 93 ||
    c === 0xa0 ||
    c === 0xbb ||
    c === 0x2019 ||
    c === 0x201d ||
    c === 0x300d ||
    c === 0x300f ||
    c === 0xff09 ||
    isUnspacedEnd(c) ||
    c === 46 ||
    c === 33 ||
    c === 63
  );
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
