import { ridgeWeights } from '../math/ridge.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, Fingerprints } from '../types.js';
import { COUNTED_VIEWS } from '../views.js';

/** Strangers each article is measured against, at most. */
const COHORT = 300;
/** Share of the strangers that are an article's nearest: its desk, as far as the dump shows one. */
const NEAREST = 0.1;
/** Ridge of the whitening, in mean variances: single articles measure the small axes badly. */
const RIDGE = 1.5;

/**
 * One byline's articles against each other, n × n, summed over the views, in units of strangers' spread; the diagonal is
 * NaN. Once among all strangers, once among each article's nearest ones: hands of one desk are like all strangers to each
 * other less than to their neighbours.
 */
export interface Affinity {
  readonly all: Float64Array;
  readonly near: Float64Array;
}

/** How alike articles of one hand are in this dump, in units of strangers' spread: usual mean and deviation of pairs. */
export interface Level {
  readonly mean: number;
  readonly deviation: number;
}

/** Levels of both kinds of likeness. */
export type Levels = Readonly<Record<keyof Affinity, Level>>;

/** Scores a byline's articles pair by pair; null for a byline without strangers. */
export type AffinityOf = (rows: readonly number[], byline: number) => Affinity | null;

/**
 * Makes the function that scores a byline's articles pair by pair: cosine in each whitened view, S-normed against a
 * cohort of articles by other bylines, the same cohort for all, and adaptively S-normed (Sturim & Reynolds 2005) against
 * the nearest of them.
 *
 * @param cohort rows of the strangers
 */
export function affinities(fingerprints: Measurable, cohort: readonly number[] = cohortOf(fingerprints)): AffinityOf {
  const { bylineOf } = fingerprints;
  const views = COUNTED_VIEWS.map((v) => unitRows(fingerprints.views[v], bylineOf.length));
  return (rows, byline) => {
    const strangers = cohort.filter((r) => bylineOf[r] !== byline);
    if (strangers.length < 5) return null;
    const n = rows.length;
    const all = new Float64Array(n * n).fill(NaN);
    const near = new Float64Array(n * n).fill(NaN);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) all[i * n + j] = near[i * n + j] = 0;
    for (const view of views) addNormalised(view, rows, strangers, all, near);
    return { all, near };
  };
}

/** What articles are measured by. */
export type Measurable = Pick<Fingerprints, 'bylineOf' | 'views'>;

/** Rows of the articles that every byline of a dump is measured against, its own left out. */
export function cohortOf({ bylineOf }: Pick<Fingerprints, 'bylineOf'>): number[] {
  return sampleIndices(bylineOf.length, COHORT, seededRandom(5));
}

interface UnitRows {
  readonly dims: number;
  readonly rows: Float32Array;
}

/** Rows with the ridge of articles, scaled to length 1; a zero row stays zero. */
function unitRows(view: DenseRows, count: number): UnitRows {
  const { dims } = view;
  const weights = ridgeWeights(view, RIDGE);
  const rows = new Float32Array(count * dims);
  for (let r = 0; r < count; r++) {
    let squares = 0;
    for (let k = 0; k < dims; k++) squares += (view.rows[r * dims + k]! * weights[k]!) ** 2;
    const scale = 1 / Math.max(1e-9, Math.sqrt(squares));
    for (let k = 0; k < dims; k++) rows[r * dims + k] = view.rows[r * dims + k]! * weights[k]! * scale;
  }
  return { dims, rows };
}

/** Cosines of unit row `a` with the unit rows `others`. Four at a time, so that no sum waits for another. */
function cosines({ dims, rows }: UnitRows, a: number, others: readonly number[]): Float64Array {
  const out = new Float64Array(others.length);
  const own = a * dims;
  let at = 0;
  for (; at + 3 < others.length; at += 4) {
    const [b, c, d, e] = [others[at]! * dims, others[at + 1]! * dims, others[at + 2]! * dims, others[at + 3]! * dims];
    let [x, y, z, w] = [0, 0, 0, 0];
    for (let k = 0; k < dims; k++) {
      const v = rows[own + k]!;
      x += v * rows[b + k]!;
      y += v * rows[c + k]!;
      z += v * rows[d + k]!;
      w += v * rows[e + k]!;
    }
    out[at] = x;
    out[at + 1] = y;
    out[at + 2] = z;
    out[at + 3] = w;
  }
  for (; at < others.length; at++) {
    const b = others[at]! * dims;
    let x = 0;
    for (let k = 0; k < dims; k++) x += rows[own + k]! * rows[b + k]!;
    out[at] = x;
  }
  return out;
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

function spreadOf(values: Float64Array): Spread {
  let [sum, squares] = [0, 0];
  for (const v of values) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.max(0.01, Math.sqrt(Math.max(0, squares / values.length - mean ** 2))) };
}

/** Adds one view's likenesses, normalised in both ways. */
function addNormalised(
  view: UnitRows,
  own: readonly number[],
  strangers: readonly number[],
  all: Float64Array,
  near: Float64Array,
): void {
  const n = own.length;
  const nearest = Math.max(Math.min(10, strangers.length), Math.round(NEAREST * strangers.length));
  const spreads = own.map((r) => {
    const sorted = cosines(view, r, strangers).sort();
    return { all: spreadOf(sorted), near: spreadOf(sorted.subarray(sorted.length - nearest)) };
  });
  for (let i = 0; i < n; i++) {
    const alike = cosines(view, own[i]!, own);
    for (let j = i + 1; j < n; j++) {
      for (const [into, of] of [
        [all, 'all'],
        [near, 'near'],
      ] as const) {
        const [a, b] = [spreads[i]![of], spreads[j]![of]];
        const z = ((alike[j]! - a.mean) / a.deviation + (alike[j]! - b.mean) / b.deviation) / 2;
        into[i * n + j]! += z;
        into[j * n + i]! += z;
      }
    }
  }
}
