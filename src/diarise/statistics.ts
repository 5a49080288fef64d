import type { Affinity, Level, Levels } from './affinity.js';
import { bestCut } from './cut.js';

/**
 * Deviations below the likeness of one hand beyond which no pair counts as less alike. Two hands are about as alike as
 * strangers are; what is far less alike is of another form (a list of events, an interview), and says no more of the hand.
 */
const LEAST_ALIKE = 1.2;

/**
 * What the best parting in two gains, an article, in deviations of one hand's likeness; compressed by the inverse
 * hyperbolic sine so that a great gain cannot claim without end. The mean of three: against all strangers at the likeness
 * one hand shows in this dump, where even shares stand out; at a quarter of it, where a minority hand does; and against
 * each article's nearest strangers, where hands of one desk part. Equal weights: fitted ones did no better on corpora left
 * out.
 */
export function cutStatistic({ all, near }: Affinity, n: number, level: Levels): number {
  const cut = (likeness: Float64Array, threshold: number, { deviation }: Level): number =>
    Math.asinh((3 * (bestCut(likeness, n, threshold)?.gain ?? 0)) / (n * deviation));
  const bounded = (likeness: Float64Array, { mean, deviation }: Level): Float64Array => {
    const least = mean - LEAST_ALIKE * deviation;
    // NaN, on the diagonal, stays.
    return likeness.map((v) => (v < least ? least : v));
  };
  const [among, desk] = [bounded(all, level.all), bounded(near, level.near)];
  return (
    (cut(among, level.all.mean, level.all) +
      cut(among, level.all.mean / 4, level.all) +
      cut(desk, level.near.mean, level.near)) /
    3
  );
}

/** Natural logarithms of the steadiness beyond which training saw no dump: there the nearest one it saw speaks. */
const [LEAST_STEADY, MOST_STEADY] = [-0.9, 0.5];

/**
 * The numbers in which one hand and several differ. Languages without a lexicon are masked worse and have a slope and an
 * intercept of their own. The same gain says more in a dump whose hands are steady, that is alike by much of what their
 * likeness varies: so says the quotient of both, which is the same for all its bylines but for their own part in it.
 *
 * @param unlexed share of the articles in a language without a lexicon
 * @param level of one hand in this dump
 */
export function handStatistics(cut: number, n: number, unlexed: number, { mean, deviation }: Level): number[] {
  const ratio = Math.log(Math.max(1e-3, mean / deviation));
  const steady = Math.max(LEAST_STEADY, Math.min(MOST_STEADY, ratio));
  return [cut, Math.log(n / 10), unlexed, unlexed * cut, steady, steady * cut];
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
  const out = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[at++] = matrix[i * n + j]!;
  return out;
}
