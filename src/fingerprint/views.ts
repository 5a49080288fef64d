import { hashString } from '../math/random.js';
import { Lexemes, type TypeColumn } from '../text/lexemes.js';
import type { SparseRows, ViewName } from '../types.js';
import { RowCounter } from './counting.js';
import { commonestWords, englishMasker, plainMasker, wordsByLanguage } from './grammar.js';

/** The names of the n-gram views, in the order used everywhere. */
export const VIEW_NAMES: readonly ViewName[] = ['characters', 'grammar', 'words'];

/** Text and language of one sample. */
export interface Sample {
  readonly text: string;
  readonly lang: string | null;
}

/** Words kept unmasked, by language; English, which has a lexicon, needs none. */
export type CommonWords = ReadonlyMap<string | null, ReadonlySet<string>>;

/**
 * Counts each sample's n-grams in three views:
 * - characters: case-sensitive character 3- and 4-grams, spaces and marks included (Stamatatos 2013; Sapkota et al. 2015);
 * - grammar: 1- to 4-grams of function words, marks and parts of speech, content masked (POSNoise);
 * - words: single words and marks, and pairs of neighbours.
 *
 * @param common the commonest words of the whole dump; those of the samples themselves when left out
 */
export function countViews(
  samples: readonly Sample[],
  common: CommonWords = commonestWords(wordsByLanguage(samples)),
): Record<ViewName, SparseRows> {
  const counter = viewCounter(common);
  for (const sample of samples) counter.add(sample);
  return counter.finish();
}

/** Counts one sample after another. */
export interface ViewCounter {
  /** The tokens of the sample last added. */
  readonly lexemes: Lexemes;
  /** Counts a sample. @returns its number of tokens */
  readonly add: (sample: Sample) => number;
  /** The rows since the last call. */
  readonly finish: () => Record<ViewName, SparseRows>;
}

/** Makes a counter that remembers what it learned of every word. */
export function viewCounter(common: CommonWords): ViewCounter {
  const lexemes = new Lexemes();
  const lower = lexemes.column((token) => hashString(token.toLowerCase()));
  const masks = new Map<string | null, TypeColumn>();
  const maskOf = (lang: string | null): TypeColumn => {
    let mask = masks.get(lang);
    if (mask === undefined) {
      const masked = lang === 'en' ? englishMasker() : plainMasker(common.get(lang) ?? new Set());
      masks.set(lang, (mask = lexemes.column((token) => hashString(masked(token)))));
    }
    return mask;
  };
  const rows = { characters: new RowCounter(), grammar: new RowCounter(), words: new RowCounter() };
  const add = ({ text, lang }: Sample): number => {
    countCharacters(text, rows.characters);
    const n = lexemes.read(text);
    countSequences(lexemes.types, n, maskOf(lang), 4, rows.grammar);
    countSequences(lexemes.types, n, lower, 2, rows.words);
    for (const view of VIEW_NAMES) rows[view].endRow();
    return n;
  };
  const finish = (): Record<ViewName, SparseRows> => ({
    characters: rows.characters.finish(),
    grammar: rows.grammar.finish(),
    words: rows.words.finish(),
  });
  return { lexemes, add, finish };
}

/** All character 3- and 4-grams of the text, over UTF-16 units. */
function countCharacters(text: string, into: RowCounter): void {
  const n = text.length;
  const hashes = into.room(2 * n);
  let used = 0;
  // Hashes of the last one, two and three units, as the 3-grams and the 4-grams that end in the next unit need them.
  let [one3, two3, one4, two4, three4] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const k = scrambled(text.charCodeAt(i));
    const three3 = stirred(two3, k);
    const four4 = stirred(three4, k);
    if (i >= 2) hashes[used++] = three3;
    if (i >= 3) hashes[used++] = four4;
    two3 = stirred(one3, k);
    one3 = stirred(3, k);
    three4 = stirred(two4, k);
    two4 = stirred(one4, k);
    one4 = stirred(4, k);
  }
  into.addAll(used);
}

/** All 1- to `longest`-grams of a sequence of tokens, by their values. */
function countSequences(types: Int32Array, n: number, values: TypeColumn, longest: number, into: RowCounter): void {
  const hashes = into.room(longest * n + n);
  const start = longest * n;
  for (let i = 0; i < n; i++) hashes[start + i] = scrambled(values.at(types[i]!));
  let used = 0;
  for (let i = 0; i < n; i++) {
    const end = Math.min(n, i + longest);
    let h = 0;
    for (let j = i; j < end; j++) hashes[used++] = h = stirred(h, hashes[start + j]!);
  }
  into.addAll(used);
}

/** A value made ready to be stirred into a hash (the body of MurmurHash3). */
function scrambled(value: number): number {
  const k = Math.imul(value, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/** One step of a 32-bit rolling hash with good low bits (after MurmurHash3's body and finaliser). */
function stirred(h: number, k: number): number {
  let out = h ^ k;
  out = (out << 13) | (out >>> 19);
  out = (Math.imul(out, 5) + 0xe6546b64) | 0;
  out = Math.imul(out ^ (out >>> 16), 0x85ebca6b);
  return out ^ (out >>> 13);
}
