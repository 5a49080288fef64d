import { ridgeWeights } from '../math/ridge.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, Fingerprints, ViewName } from '../types.js';

const VIEWS: readonly ViewName[] = ['characters', 'grammar', 'words'];
/** Strangers each article is measured against, at most. */
const COHORT = 300;
/** Ridge of the whitening, in mean variances: single articles measure the small axes badly. */
const RIDGE = 1.5;

/** One byline's articles against each other, n × n, in units of strangers' spread; the diagonal is NaN. */
export type Affinity = Readonly<Record<ViewName, Float64Array>>;

/**
 * Makes the function that scores a byline's articles pair by pair: cosine in each whitened view, S-normed against a
 * cohort of articles by other bylines, the same cohort for all.
 *
 * @param cohort rows of the strangers, the same for every byline
 * @returns null for a byline without any stranger
 */
export function affinities(
  fingerprints: Pick<Fingerprints, 'bylineOf' | 'views'>,
  cohort: readonly number[] = cohortOf(fingerprints),
): (rows: readonly number[], byline: number) => Affinity | null {
  const { bylineOf } = fingerprints;
  const views = Object.fromEntries(VIEWS.map((v) => [v, unitRows(fingerprints.views[v], bylineOf.length)])) as Record<
    ViewName,
    UnitRows
  >;
  return (rows, byline) => {
    const strangers = cohort.filter((r) => bylineOf[r] !== byline);
    if (strangers.length < 5) return null;
    const one = (v: ViewName): Float64Array => normalised(views[v], rows, strangers);
    return { characters: one('characters'), grammar: one('grammar'), words: one('words') };
  };
}

/** The articles that every byline of a dump is measured against, its own left out. */
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

function normalised(view: UnitRows, own: readonly number[], strangers: readonly number[]): Float64Array {
  const n = own.length;
  const mean = new Float64Array(n);
  const spread = new Float64Array(n);
  own.forEach((r, i) => {
    let sum = 0;
    let squares = 0;
    for (const c of cosines(view, r, strangers)) {
      sum += c;
      squares += c * c;
    }
    mean[i] = sum / strangers.length;
    spread[i] = Math.max(0.01, Math.sqrt(Math.max(0, squares / strangers.length - mean[i]! ** 2)));
  });
  const out = new Float64Array(n * n).fill(NaN);
  for (let i = 0; i < n; i++) {
    const alike = cosines(view, own[i]!, own);
    for (let j = i + 1; j < n; j++) {
      const c = alike[j]!;
      const z = ((c - mean[i]!) / spread[i]! + (c - mean[j]!) / spread[j]!) / 2;
      out[i * n + j] = z;
      out[j * n + i] = z;
    }
  }
  return out;
}
