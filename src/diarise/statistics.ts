import { ascending, mean, quantile } from '../math/statistics.js';

/**
 * The numbers in which one hand and several differ, all on article pairs of one byline (n × n, diagonal NaN):
 * - lowHalf: mean of the less alike half of all pairs, which holds the pairs across hands;
 * - ownQuantile: mean over articles of their lower quartile;
 * - worstFifth: mean of the fifth of articles least like the rest, where a minority hand shows;
 * - mean: of all pairs;
 * - grammarLowHalf: the first on masked text alone;
 * - structure: of the internal contrast, natural logarithm;
 * - articles: natural logarithm of n.
 * The measurer adds length: natural logarithm of words an article, over 500.
 */
export function handStatistics(all: Float64Array, grammar: Float64Array, n: number, structure: number): number[] {
  const pairs = upperTriangle(all, n);
  const perArticle: number[] = [];
  const perArticleMean: number[] = [];
  for (let i = 0; i < n; i++) {
    const row = ascending(Array.from(all.subarray(i * n, (i + 1) * n)).filter((v) => !Number.isNaN(v)));
    perArticle.push(quantile(row, 0.25));
    perArticleMean.push(mean(row));
  }
  const worst = ascending(perArticleMean).subarray(0, Math.max(1, Math.floor(n / 5)));
  return [
    mean(pairs.subarray(0, Math.max(1, pairs.length >> 1))),
    mean(perArticle),
    mean(worst),
    mean(pairs),
    mean(upperTriangle(grammar, n).subarray(0, Math.max(1, pairs.length >> 1))),
    Math.log(Math.max(structure, 0.1)),
    Math.log(n),
  ];
}

/** Values above the diagonal, ascending. */
function upperTriangle(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) out[at++] = matrix[i * n + j]!;
  return out.sort();
}
