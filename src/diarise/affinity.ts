import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, Fingerprints, ViewName } from '../types.js';

const VIEWS: readonly ViewName[] = ['characters', 'grammar', 'words'];
/** Strangers each article is measured against, at most. */
const COHORT = 300;

/** One byline's articles against each other, n × n, in units of strangers' spread; the diagonal is NaN. */
export type Affinity = Readonly<Record<ViewName, Float64Array>>;

/**
 * Makes the function that scores a byline's articles pair by pair: cosine in each whitened view, S-normed against a
 * cohort of articles by other bylines, the same cohort for all.
 *
 * @returns null for a byline without any stranger
 */
export function affinities(fingerprints: Fingerprints): (rows: readonly number[], byline: number) => Affinity | null {
  const { bylineOf } = fingerprints;
  const cohort = sampleIndices(bylineOf.length, COHORT, seededRandom(5));
  const norms = new Map(VIEWS.map((v) => [v, rowNorms(fingerprints.views[v], bylineOf.length)]));
  return (rows, byline) => {
    const strangers = cohort.filter((r) => bylineOf[r] !== byline);
    if (strangers.length < 5) return null;
    const one = (v: ViewName): Float64Array => normalised(fingerprints.views[v], norms.get(v)!, rows, strangers);
    return { characters: one('characters'), grammar: one('grammar'), words: one('words') };
  };
}

function rowNorms({ dims, rows }: DenseRows, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let r = 0; r < count; r++) {
    let squares = 0;
    for (let k = 0; k < dims; k++) squares += rows[r * dims + k]! ** 2;
    out[r] = Math.max(1e-9, Math.sqrt(squares));
  }
  return out;
}

function normalised(
  view: DenseRows,
  norms: Float64Array,
  own: readonly number[],
  strangers: readonly number[],
): Float64Array {
  const { dims, rows } = view;
  const cosine = (a: number, b: number): number => {
    let dot = 0;
    for (let k = 0; k < dims; k++) dot += rows[a * dims + k]! * rows[b * dims + k]!;
    return dot / (norms[a]! * norms[b]!);
  };
  const n = own.length;
  const mean = new Float64Array(n);
  const spread = new Float64Array(n);
  own.forEach((r, i) => {
    let sum = 0;
    let squares = 0;
    for (const s of strangers) {
      const c = cosine(r, s);
      sum += c;
      squares += c * c;
    }
    mean[i] = sum / strangers.length;
    spread[i] = Math.max(0.01, Math.sqrt(Math.max(0, squares / strangers.length - mean[i]! ** 2)));
  });
  const out = new Float64Array(n * n).fill(NaN);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const c = cosine(own[i]!, own[j]!);
      const z = ((c - mean[i]!) / spread[i]! + (c - mean[j]!) / spread[j]!) / 2;
      out[i * n + j] = z;
      out[j * n + i] = z;
    }
  }
  return out;
}
