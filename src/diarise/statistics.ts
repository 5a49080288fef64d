import { pairsAmong } from '../math/statistics.js';
import type { Affinity, Level, Levels } from './affinity.js';
import { bestCut } from './cut.js';

/**
 * Deviations below the likeness of one hand beyond which no pair counts as less alike, unless strangers lie lower. What is
 * far less alike than strangers are is of another form (a list of events, an interview), and says no more of the hand.
 */
const LEAST_ALIKE = 1.2;
/** Likeness of one hand, in spreads of strangers, below which a dump does not show it. */
const LEAST_LIKENESS = 0.5;

/**
 * What the best parting in two gains, an article, in shares of the likeness that one hand shows in this dump above
 * strangers; compressed by the inverse hyperbolic sine so that a great gain cannot claim without end. The mean of three:
 * against all strangers at the likeness of one hand, where even shares stand out; at a quarter of it, where a minority hand
 * does; and against each article's nearest strangers, where hands of one desk part. Equal weights: fitted ones did no
 * better on corpora left out.
 */
export function cutStatistic({ all, near }: Affinity, n: number, level: Levels): number {
  const unit = Math.max(LEAST_LIKENESS, level.all.mean);
  // Among the nearest strangers one hand's likeness may be none: there it is read in the same share of its deviation.
  const nearUnit = (unit * level.near.deviation) / level.all.deviation;
  const bounded = (likeness: Float64Array, least: number): Float64Array =>
    // NaN, on the diagonal, stays.
    likeness.map((v) => (v < least ? least : v));
  const gain = (likeness: Float64Array, threshold: number, of: number): number =>
    Math.asinh((bestCut(likeness, n, threshold)?.gain ?? 0) / (n * of));
  const among = bounded(all, Math.min(0, level.all.mean - LEAST_ALIKE * level.all.deviation));
  const desk = bounded(near, level.near.mean - LEAST_ALIKE * level.near.deviation);
  return (gain(among, unit, unit) + gain(among, unit / 4, unit) + gain(desk, level.near.mean, nearUnit)) / 3;
}

/**
 * The numbers in which one hand and several differ. Languages without a lexicon are masked worse and have a slope and an
 * intercept of their own.
 *
 * @param unlexed share of the articles in a language without a lexicon
 */
export function handStatistics(cut: number, n: number, unlexed: number): number[] {
  return [cut, Math.log(n / 10), unlexed, unlexed * cut];
}

/** Mean of the less alike half of all pairs. */
export function lowHalf(likeness: Float64Array, n: number): number {
  const pairs = upperTriangle(likeness, n).sort();
  const half = pairs.subarray(0, Math.max(1, pairs.length >> 1));
  return half.reduce((s, v) => s + v, 0) / half.length;
}

/** Mean and standard deviation of all pairs. */
export function likenessOf(likeness: Float64Array, n: number): Level {
  const pairs = upperTriangle(likeness, n);
  const mean = pairs.reduce((s, v) => s + v, 0) / Math.max(1, pairs.length);
  const squares = pairs.reduce((s, v) => s + (v - mean) ** 2, 0) / Math.max(1, pairs.length);
  return { mean, deviation: Math.max(0.5, Math.sqrt(squares)) };
}

function upperTriangle(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array(pairsAmong(n));
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[at++] = matrix[i * n + j]!;
  return out;
}
