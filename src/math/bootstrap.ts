import { quantile, ascending } from './statistics.js';
import { seededRandom } from './random.js';

/** A pair of samples with its score, its truth, and the hands behind both sides. */
export interface HandPair {
  readonly score: number;
  readonly truth: boolean;
  /** Numbers from 0; equal where one hand wrote both. */
  readonly a: number;
  readonly b: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Quantiles of a 90 % interval. */
const [LOW, HIGH] = [0.05, 0.95];

/**
 * 90 % percentile intervals of recall at several shares of false pairs. Hands are resampled with replacement, not
 * pairs, because pairs that share a hand are not independent (Efron & Tibshirani 1993; for verification Poh, Martin &
 * Bengio 2007): a pair counts as often as both its hands were drawn, multiplied; a pair of one hand as often as that hand.
 *
 * @param shares of false pairs, e.g. 0.01
 * @returns one interval a share; NaN where fewer than two hands have a true pair
 */
export function recallIntervals(
  pairs: readonly HandPair[],
  shares: readonly number[],
  { seed, samples = 500 }: { readonly seed: number; readonly samples?: number },
): Interval[] {
  const hands = pairs.reduce((most, p) => Math.max(most, p.a, p.b), -1) + 1;
  const withTrue = new Set(pairs.filter((p) => p.truth).map((p) => p.a));
  if (withTrue.size < 2) return shares.map(() => ({ low: NaN, high: NaN }));
  const sorted = pairs.slice().sort((x, y) => y.score - x.score);
  const random = seededRandom(seed);
  const drawn: number[][] = shares.map(() => []);
  for (let s = 0; s < samples; s++) {
    const times = new Int32Array(hands);
    for (let h = 0; h < hands; h++) times[Math.floor(random() * hands)]!++;
    weightedRecalls(sorted, times, shares).forEach((recall, i) => {
      if (Number.isFinite(recall)) drawn[i]!.push(recall);
    });
  }
  return drawn.map((values) => {
    const order = ascending(values);
    return { low: quantile(order, LOW), high: quantile(order, HIGH) };
  });
}

/** Recall above the false pair at which the allowed share is used up; with every hand once, `recallAt`. */
function weightedRecalls(sorted: readonly HandPair[], times: Int32Array, shares: readonly number[]): number[] {
  let [positives, negatives] = [0, 0];
  for (const p of sorted)
    if (p.truth) positives += times[p.a]!;
    else negatives += times[p.a]! * times[p.b]!;
  return shares.map((share) => {
    let [found, tied, wrong, score] = [0, 0, 0, Infinity];
    for (const p of sorted) {
      if (p.score !== score) [tied, score] = [0, p.score];
      if (p.truth) {
        found += times[p.a]!;
        tied += times[p.a]!;
      } else {
        wrong += times[p.a]! * times[p.b]!;
        // True pairs that tie with the false pair at the limit are not above it.
        if (wrong > share * negatives) return (found - tied) / positives;
      }
    }
    return found / positives;
  });
}
