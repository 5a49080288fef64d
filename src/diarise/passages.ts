import { ascending, quantile } from '../math/statistics.js';
import type { SparseRows } from '../types/types.js';

type PassageView = 'characters' | 'grammar' | 'words';
const VIEWS: readonly PassageView[] = ['characters', 'grammar', 'words'];
/** Prior of the byline's own model, in n-grams of the others'. */
const PRIOR = 2000;
/** Spreads below the median from which a passage has left the range: of 1,127 honest newswire passages none had. */
export const OUTSIDE = 3;
/** Fewest passages a range can be told from. */
const FEWEST_UNITS = 20;

/**
 * How far each passage of a byline lies from the byline's own range. Each n-gram view is a pair of unigram models, the
 * byline without the passage's article and the other bylines (add-constant smoothing towards the others); the mean log
 * likelihood ratio of the passage is put in robust standard deviations of all the byline's passages; the views are averaged.
 *
 * @param counts rows of the byline's own passages, then rows of other bylines' text
 * @param articleOf article of each own passage
 * @returns one figure a passage, negative: less like the byline; null where there are too few passages
 */
export function passageRange(
  counts: Readonly<Record<PassageView, SparseRows>>,
  articleOf: readonly number[],
): Float64Array | null {
  const n = articleOf.length;
  if (n < FEWEST_UNITS) return null;
  const out = new Float64Array(n);
  for (const view of VIEWS) {
    const ratios = likelihoodRatios(counts[view], articleOf);
    const middle = quantile(ascending(ratios), 0.5);
    const spread = 1.4826 * quantile(ascending(ratios.map((v) => Math.abs(v - middle))), 0.5);
    for (let u = 0; u < n; u++) out[u]! += spread > 0 ? (ratios[u]! - middle) / spread / VIEWS.length : 0;
  }
  return out;
}

function likelihoodRatios(rows: SparseRows, articleOf: readonly number[]): Float64Array {
  const n = articleOf.length;
  const own = new Map<number, number>();
  const others = new Map<number, number>();
  let [ownSum, otherSum] = [0, 0];
  for (let r = 0; r + 1 < rows.start.length; r++)
    for (let p = rows.start[r]!; p < rows.start[r + 1]!; p++) {
      const into = r < n ? own : others;
      into.set(rows.ids[p]!, (into.get(rows.ids[p]!) ?? 0) + rows.counts[p]!);
      if (r < n) ownSum += rows.counts[p]!;
      else otherSum += rows.counts[p]!;
    }
  const out = new Float64Array(n);
  for (const article of new Set(articleOf)) {
    const units = articleOf.flatMap((a, u) => (a === article ? [u] : []));
    const inArticle = new Map<number, number>();
    let sum = 0;
    for (const u of units)
      for (let p = rows.start[u]!; p < rows.start[u + 1]!; p++) {
        inArticle.set(rows.ids[p]!, (inArticle.get(rows.ids[p]!) ?? 0) + rows.counts[p]!);
        sum += rows.counts[p]!;
      }
    for (const u of units) {
      let [log, grams] = [0, 0];
      for (let p = rows.start[u]!; p < rows.start[u + 1]!; p++) {
        const id = rows.ids[p]!;
        const other = ((others.get(id) ?? 0) + 0.5) / (otherSum + 1);
        const mine = ((own.get(id) ?? 0) - (inArticle.get(id) ?? 0) + PRIOR * other) / (ownSum - sum + PRIOR);
        log += rows.counts[p]! * Math.log(mine / other);
        grams += rows.counts[p]!;
      }
      out[u] = log / Math.max(1, grams);
    }
  }
  return out;
}
