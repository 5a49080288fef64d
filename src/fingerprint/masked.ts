import { hashString } from '../math/random.js';
import { isNumber, isWord, tokens } from '../text/tokens.js';
import type { SparseRows } from '../types.js';
import { RowCounter } from './counting.js';
import { countSequences, maskersFor, type Sample } from './views.js';

/** Stands for every content word and number. */
const CONTENT = 'X';

/**
 * Counts each sample's 1- to 3-grams of function words and marks, every content word one and the same: what is left of
 * style when not even parts of speech tell the subject. Hands of one desk part here, and it says most where they do.
 */
export function countFunctionWords(samples: readonly Sample[]): SparseRows {
  const tokenised = samples.map((s) => tokens(s.text));
  const maskers = maskersFor(samples, tokenised);
  const counter = new RowCounter();
  const known = new Map<string, number>();
  samples.forEach(({ lang }, i) => {
    const masker = maskers.get(lang)!;
    const hashed = (token: string): number => {
      const lower = token.toLowerCase();
      const kept = !isNumber(token) && (!isWord(token) || masker(token) === lower) ? lower : CONTENT;
      const hash = known.get(kept) ?? hashString(kept);
      if (known.size < 100_000) known.set(kept, hash);
      return hash;
    };
    countSequences(Int32Array.from(tokenised[i]!, hashed), 3, counter);
    counter.endRow();
  });
  return counter.finish();
}
