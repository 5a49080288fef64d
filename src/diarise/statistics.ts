import type { Affinity } from './affinity.js';
import { bestCut } from './cut.js';

/** How alike articles of one hand are in this dump, in units of strangers' spread: usual mean and deviation of pairs. */
export interface Level {
  readonly mean: number;
  readonly deviation: number;
}

/** Levels of both kinds of likeness. */
export type Levels = Readonly<Record<keyof Affinity, Level>>;

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
  const out = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[at++] = matrix[i * n + j]!;
  return out;
}
