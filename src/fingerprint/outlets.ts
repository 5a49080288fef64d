import { groupBy } from '../math/grouped.js';
import type { DenseRows, Fingerprints } from '../types/types.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';

/** Bylines an outlet must have before it has a style of its own to remove. */
const FEWEST_BYLINES = 2;
/** Articles of an outlet below which its mean is mostly noise. */
const FEWEST_ARTICLES = 20;

/**
 * Takes what an outlet's articles have in common out of their standard scores: from every row of an outlet its offset from
 * the mean of the outlets is subtracted, bylines weighing the same, shrunk to what the spread of its bylines does not
 * explain (empirical Bayes, Efron & Morris 1973): the mean of a few bylines is mostly their hands' own. What an editor or a
 * house style puts into all of them no longer makes two of its bylines alike, nor parts one hand that writes for two
 * outlets. Where fewer than two outlets are known well enough, nothing is changed.
 *
 * @param outlets of the documents; null where unknown
 * @returns the fingerprints, and from how many outlets something was taken
 */
export function withoutOutlets(
  prints: Fingerprints,
  outlets: readonly (string | null)[],
): { readonly prints: Fingerprints; readonly outlets: number } {
  const rows = rowsByOutlet(prints, outlets);
  if (rows.length < 2) return { prints, outlets: 0 };
  const views = mapViews(COUNTED_VIEWS, (name) => centred(prints.views[name], prints.bylineOf, rows));
  return { prints: { ...prints, views }, outlets: rows.length };
}

/** Rows of each outlet that is known well enough, in order of name. */
function rowsByOutlet({ bylineOf, documents }: Fingerprints, outlets: readonly (string | null)[]): number[][] {
  return [...groupBy(outlets.slice(0, documents).keys(), (d) => outlets[d]!)]
    .filter(([, own]) => own.length >= FEWEST_ARTICLES && new Set(own.map((d) => bylineOf[d])).size >= FEWEST_BYLINES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => own);
}

function centred(view: DenseRows, bylineOf: Int32Array, outlets: readonly (readonly number[])[]): DenseRows {
  const { dims } = view;
  const rows = view.rows.slice();
  const means = outlets.map((own) => meanOfBylines(view, bylineOf, own));
  const all = new Float64Array(dims);
  for (const { mean } of means) for (let k = 0; k < dims; k++) all[k]! += mean[k]! / means.length;
  const between = means.reduce((sum, { mean }) => sum + distance(mean, all), 0) / (means.length - 1);
  const bylines = means.reduce((n, m) => n + m.bylines, 0);
  const within = means.reduce((sum, m) => sum + m.spread, 0) / Math.max(1, bylines - means.length);
  const expected = means.reduce((sum, m) => sum + within / m.bylines, 0) / means.length;
  const house = Math.max(0, between - expected);
  outlets.forEach((own, o) => {
    const { mean, bylines: behind } = means[o]!;
    const share = house > 0 ? house / (house + within / behind) : 0;
    for (const d of own) for (let k = 0; k < dims; k++) rows[d * dims + k]! -= share * (mean[k]! - all[k]!);
  });
  return { ...view, rows };
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return sum;
}

interface OutletMean {
  readonly mean: Float64Array;
  readonly bylines: number;
  /** Sum of squared distances of its bylines' means from it. */
  readonly spread: number;
}

/** Mean of the mean rows of an outlet's bylines, and how far they lie from it. */
function meanOfBylines({ dims, rows }: DenseRows, bylineOf: Int32Array, own: readonly number[]): OutletMean {
  const sums = new Map<number, { count: number; sum: Float64Array }>();
  for (const d of own) {
    const known = sums.get(bylineOf[d]!) ?? { count: 0, sum: new Float64Array(dims) };
    known.count++;
    for (let k = 0; k < dims; k++) known.sum[k]! += rows[d * dims + k]!;
    sums.set(bylineOf[d]!, known);
  }
  const means = [...sums.values()].map(({ count, sum }) => sum.map((s) => s / count));
  const mean = new Float64Array(dims);
  for (const m of means) for (let k = 0; k < dims; k++) mean[k]! += m[k]! / means.length;
  return { mean, bylines: means.length, spread: means.reduce((sum, m) => sum + distance(m, mean), 0) };
}
