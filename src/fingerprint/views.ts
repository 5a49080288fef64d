import { hashString } from '../math/random.js';
import { tokens } from '../text/tokens.js';
import type { SparseRows, ViewName } from '../types.js';
import { RowCounter } from './counting.js';
import { commonestWords, englishMasker, plainMasker, type Masker } from './grammar.js';

/** The names of the n-gram views, in the order used everywhere. */
export const VIEW_NAMES: readonly ViewName[] = ['characters', 'grammar', 'words'];

/** Words kept unmasked in a language without a lexicon. */
const COMMON_WORDS = 150;

/** Text and language of one sample. */
export interface Sample {
  readonly text: string;
  readonly lang: string | null;
}

/**
 * Counts each sample's n-grams in three views:
 * - characters: case-sensitive character 3- and 4-grams, spaces and marks included (Stamatatos 2013; Sapkota et al. 2015);
 * - grammar: 1- to 4-grams of function words, marks and parts of speech, content masked (POSNoise);
 * - words: single words and marks, and pairs of neighbours.
 *
 * @param frozen common words by language, of an archive counted before; those of the samples where it has none
 */
export function countViews(samples: readonly Sample[], frozen: CommonWords = new Map()): Record<ViewName, SparseRows> {
  const tokenised = samples.map((s) => tokens(s.text));
  const maskers = maskersFor(samples, tokenised, frozen);
  const ids = new Map<string, number>();
  const hashed = (key: string): number => {
    let h = ids.get(key);
    if (h === undefined) {
      h = hashString(key);
      if (ids.size < 1_000_000) ids.set(key, h);
    }
    return h;
  };
  const characters = new RowCounter();
  const grammar = new RowCounter();
  const words = new RowCounter();
  samples.forEach((sample, i) => {
    countCharacters(sample.text, characters);
    const masker = maskers.get(sample.lang) as Masker;
    countSequences(
      Int32Array.from(tokenised[i]!, (t) => hashed(masker(t))),
      4,
      grammar,
    );
    countSequences(
      Int32Array.from(tokenised[i]!, (t) => hashed(t.toLowerCase())),
      2,
      words,
    );
    characters.endRow();
    grammar.endRow();
    words.endRow();
  });
  return { characters: characters.finish(), grammar: grammar.finish(), words: words.finish() };
}

/** Lower-case words that are left unmasked, by language. */
export type CommonWords = ReadonlyMap<string | null, ReadonlySet<string>>;

/** The commonest words of the samples in each language without a lexicon, for counting others in the same way. */
export function commonWords(samples: readonly Sample[]): CommonWords {
  const languages = new Set(samples.map((s) => s.lang).filter((lang) => lang !== 'en'));
  return new Map(
    [...languages].map((lang) => {
      const own = samples.filter((s) => s.lang === lang).map((s) => tokens(s.text));
      return [lang, commonestWords(own, COMMON_WORDS)] as const;
    }),
  );
}

function maskersFor(
  samples: readonly Sample[],
  tokenised: readonly (readonly string[])[],
  frozen: CommonWords,
): Map<string | null, Masker> {
  const out = new Map<string | null, Masker>();
  for (const lang of new Set(samples.map((s) => s.lang))) {
    const own = tokenised.filter((_, i) => samples[i]!.lang === lang);
    const common = (): ReadonlySet<string> => frozen.get(lang) ?? commonestWords(own, COMMON_WORDS);
    out.set(lang, lang === 'en' ? englishMasker() : plainMasker(common()));
  }
  return out;
}

/** All character 3- and 4-grams of the text, over UTF-16 units. */
function countCharacters(text: string, into: RowCounter): void {
  const n = text.length;
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = 0; i < n; i++) {
    const d = text.charCodeAt(i);
    if (i >= 2) into.add(mixed(mixed(mixed(3, b), c), d));
    if (i >= 3) into.add(mixed(mixed(mixed(mixed(4, a), b), c), d));
    a = b;
    b = c;
    c = d;
  }
}

/** All 1- to `longest`-grams of a sequence of token hashes. */
function countSequences(sequence: Int32Array, longest: number, into: RowCounter): void {
  for (let i = 0; i < sequence.length; i++) {
    let h = 0;
    for (let n = 0; n < longest && i + n < sequence.length; n++) {
      h = mixed(h, sequence[i + n]!);
      into.add(h);
    }
  }
}

/** One step of a 32-bit rolling hash with good low bits (after MurmurHash3's body and finaliser). */
function mixed(h: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let out = h ^ Math.imul(k, 0x1b873593);
  out = (out << 13) | (out >>> 19);
  out = (Math.imul(out, 5) + 0xe6546b64) | 0;
  out = Math.imul(out ^ (out >>> 16), 0x85ebca6b);
  return out ^ (out >>> 13);
}
