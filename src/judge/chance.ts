import { ascending, quantile } from '../math/statistics.js';
import { expectedFalse, type Calibrated } from '../model/model.js';
import type { OtherPairs } from '../types/types.js';

/** From this many pairs on the dump's own scores tell how often strangers score high. */
const ENOUGH_PAIRS = 3000;
/** The tail that is fitted begins here. */
const TAIL = 0.01;

/**
 * Makes the function that says how many pairs of different hands chance alone would bring to a score or beyond.
 *
 * Small dumps use the share of false pairs measured in training, or what a ratio bounds by itself where that is less: under
 * different hands a likelihood ratio exceeds x in at most one case in x (Ville 1939). Large ones use their own scores,
 * nearly all of which are pairs of different hands, beyond the 99th percentile: an exponential tail is fitted to the median
 * exceedance or the upper quartile's, whichever falls more slowly (a peaks-over-threshold estimate, Coles 2001, kept robust
 * against true matches by taking quantiles and not the mean). Up to there they are read as small ones.
 */
export function chanceOf(scores: Scores, calibrated: Calibrated): (score: number) => number {
  const { asked, start, middle, high } = tailOf(scores);
  const trained = (score: number): number => Math.min(expectedFalse(calibrated, score, asked), asked * 10 ** -score);
  if (asked < ENOUGH_PAIRS) return trained;
  const scale = Math.max(0.05, (middle - start) / Math.LN2, (high - start) / Math.log(4));
  return (score) => (score <= start ? trained(score) : asked * TAIL * Math.exp(-(score - start) / scale));
}

/** The scores of all pairs asked; or, where they are too many to keep, how many fall into each bin. */
export type Scores = Float64Array | Pick<OtherPairs, 'counts' | 'from' | 'step'>;

/** How many scores there are, where the tail begins, median and upper quartile of the tail. */
function tailOf(scores: Scores): Record<'asked' | 'start' | 'middle' | 'high', number> {
  if (scores instanceof Float64Array) {
    const asked = scores.length;
    if (asked < ENOUGH_PAIRS) return { asked, start: 0, middle: 0, high: 0 };
    const sorted = ascending(scores);
    const tail = sorted.subarray(Math.floor(asked * (1 - TAIL)));
    return { asked, start: quantile(sorted, 1 - TAIL), middle: quantile(tail, 0.5), high: quantile(tail, 0.75) };
  }
  const asked = scores.counts.reduce((n, c) => n + c, 0);
  return {
    asked,
    start: binned(scores, asked * TAIL),
    middle: binned(scores, (asked * TAIL) / 2),
    high: binned(scores, (asked * TAIL) / 4),
  };
}

/** Score that `beyond` of the scores exceed, to the width of a bin. */
function binned({ counts, from, step }: Exclude<Scores, Float64Array>, beyond: number): number {
  let seen = 0;
  for (let i = counts.length - 1; i >= 0; i--) {
    seen += counts[i]!;
    if (seen > beyond) return from + (i + (seen - beyond) / counts[i]!) * step;
  }
  return from;
}

/** Smallest score from `from` up at which no more than `most` chance findings are expected, in steps of 0.01; Infinity from 12 on. */
export function scoreFor(chance: (score: number) => number, most: number, from: number): number {
  for (let score = from; score < 12; score += 0.01) if (chance(score) <= most) return score;
  return Infinity;
}
