import { bestCut } from './cut.js';

/** Likeness of articles of one hand in this dump, summed over the views and in masked grammar alone. */
export interface Level {
  readonly all: number;
  readonly grammar: number;
}

/**
 * What the best parting in two gains, an article; compressed by the inverse hyperbolic sine so that a great gain cannot
 * claim without end. The mean of three: at a quarter of the likeness one hand shows in this dump, where a minority hand
 * stands out; at that likeness, where even shares do; and there on masked text alone, where hands of one desk part. Equal
 * weights: fitted ones did no better on corpora left out, and some came out negative.
 *
 * @param all likeness n × n, summed over the views; the diagonal is not read
 */
export function cutStatistic(all: Float64Array, grammar: Float64Array, n: number, level: Level): number {
  const cut = (likeness: Float64Array, threshold: number): number =>
    Math.asinh((bestCut(likeness, n, threshold)?.gain ?? 0) / n);
  return (cut(all, level.all / 4) + cut(all, level.all) + cut(grammar, level.grammar)) / 3;
}

/** Growth of the statistic with the logarithm of the number of articles, in bylines of one hand. */
const GROWTH = 0.7;

/** The statistic with the number of articles taken out: comparable between bylines of 6 and of 60. */
export function cutAtTen(cut: number, n: number): number {
  return cut - GROWTH * Math.log(n / 10);
}

/**
 * The numbers in which one hand and several differ.
 *
 * @param usual what the other bylines of this dump show, as `cutAtTen`: where honest writers vary much, much variety says little
 */
export function handStatistics(cut: number, n: number, usual: number): number[] {
  return [cut, Math.log(n / 10), usual];
}

/** Mean of the less alike half of all pairs. */
export function lowHalf(likeness: Float64Array, n: number): number {
  const pairs = upperTriangle(likeness, n).sort();
  const half = pairs.subarray(0, Math.max(1, pairs.length >> 1));
  return half.reduce((s, v) => s + v, 0) / half.length;
}

/** Mean of all pairs. */
export function meanLikeness(likeness: Float64Array, n: number): number {
  const pairs = upperTriangle(likeness, n);
  return pairs.reduce((s, v) => s + v, 0) / Math.max(1, pairs.length);
}

function upperTriangle(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[at++] = matrix[i * n + j]!;
  return out;
}
