import { ascending, quantile } from '../math/statistics.js';
import { expectedFalse, type Calibrated } from '../model/model.js';

/** From this many pairs on the dump's own scores tell how often strangers score high. */
const ENOUGH_PAIRS = 3000;
/** The tail that is fitted begins here. */
const TAIL = 0.01;

/**
 * Makes the function that says how many pairs of different hands chance alone would bring to a score or beyond.
 *
 * Small dumps use the share of false pairs measured in training. Large ones use their own scores, nearly all of which
 * are pairs of different hands: beyond the 99th percentile an exponential tail is fitted to the median exceedance (a
 * peaks-over-threshold estimate, Coles 2001, kept robust against true matches by taking the median and not the mean).
 * The larger of both is given where the training could still measure it.
 */
export function chanceOf(scores: Float64Array, calibrated: Calibrated): (score: number) => number {
  const asked = scores.length;
  const trained = (score: number): number => expectedFalse(calibrated, score, asked);
  if (asked < ENOUGH_PAIRS) return trained;
  const sorted = ascending(scores);
  const start = quantile(sorted, 1 - TAIL);
  const tail = sorted.subarray(Math.floor(asked * (1 - TAIL)));
  const scale = Math.max(0.05, (quantile(tail, 0.5) - start) / Math.LN2);
  return (score) => (score <= start ? trained(score) : asked * TAIL * Math.exp(-(score - start) / scale));
}

/** Smallest score at which no more than `most` chance findings are expected; searched in steps of 0.01. */
export function scoreFor(chance: (score: number) => number, most: number, from: number): number {
  for (let score = from; score < 12; score += 0.01) if (chance(score) <= most) return score;
  return Infinity;
}
