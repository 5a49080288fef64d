import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { lastingShares } from '../fingerprint/axes.js';
import { packRows } from '../fingerprint/packed.js';
import type { Whitening } from '../fingerprint/project.js';
import { fittedRows, whitenSteps } from '../fingerprint/whiten.js';
import { DenseMatrix } from '../math/kernel.js';
import type { DenseRows, PackedRows, SparseRows, ViewName } from '../types/types.js';
import { inline, type Steps } from '../work/work.js';
import type { Rows } from './space.js';
import type { GateView } from './views.js';

const SIZES = { columns: 20_000, dims: 200, fitOn: 1000 };
/** Habits of typing are fewer than words. */
const FORMAT_SIZES = { columns: 4000, dims: 100, fitOn: 1000 };
/** Share of the spherical part in the covariance inside bylines: half did best, of 0, .5 and .9, on six corpora. */
const SPHERICAL = 0.5;

/** What axes owe to the rows they were fitted on. */
export interface Owed {
  /** 1 for a row that they were fitted on. */
  readonly fitted: Uint8Array;
  /** Share of such a row that lasts, one an axis; see `lastingShares`. */
  readonly lasting: Float64Array;
}

/** A view fitted on counts: axes, the rows of these counts on them, and what axes and rows owe each other. */
export interface Fit {
  readonly whitening: Whitening;
  readonly view: DenseRows;
  readonly owed: Owed;
}

/**
 * Fits a view on the counts of a reference: whitening on at most a third as many axes as there are articles, because the
 * more are fitted, the more they owe to these articles.
 */
export function fitWhitening(view: GateView | ViewName, counts: SparseRows): Fit {
  return inline(fitWhiteningSteps(view, packRows(counts)));
}

/** `fitWhitening` as steps, for a driver that has threads. */
export function* fitWhiteningSteps(view: GateView | ViewName, counts: PackedRows): Steps<Fit> {
  const sizes = view === 'format' ? FORMAT_SIZES : SIZES;
  const articles = counts.start.length - 1;
  const dims = Math.max(2, Math.min(sizes.dims, Math.floor(articles / 3)));
  const [whitened] = yield* whitenSteps([[counts]], { ...sizes, dims });
  const rows = fittedRows(articles, sizes.fitOn);
  const fitted = new Uint8Array(articles);
  for (const r of rows) fitted[r] = 1;
  return { ...whitened!, owed: { fitted, lasting: lastingShares(whitened!.whitening, rows.length) } };
}

/**
 * Standard scores as they would be had the axes been fitted without each row: so archived articles lie as new ones do, and
 * articles held out of their byline are as hard to place as submissions are.
 *
 * @param from row of the fit that the first row is
 */
export function asIfNew({ dims, rows, variances }: DenseRows, { fitted, lasting }: Owed, from = 0): DenseRows {
  const out = rows.map((v, i) => (fitted[from + Math.floor(i / dims)] === 1 ? v * lasting[i % dims]! : v));
  return { dims, rows: out, variances };
}

/**
 * The matrix that rows are multiplied by so that what differs inside bylines counts less (within-class covariance
 * normalisation, Hatch, Kajarekar & Stolcke 2006). With no byline of two articles, the unit matrix.
 *
 * @param bylineOf byline of each row; rows below 0 are left out
 */
export function withinTurn({ dims, values }: Rows, bylineOf: Int32Array): Float32Array {
  const bylines = bylineOf.reduce((most, b) => Math.max(most, b + 1), 0);
  const count = new Int32Array(bylines);
  for (const b of bylineOf) if (b >= 0) count[b]!++;
  const means = new Float64Array(bylines * dims);
  forRows(bylineOf, (r, b) => {
    for (let k = 0; k < dims; k++) means[b * dims + k]! += values[r * dims + k]! / count[b]!;
  });
  let used = 0;
  for (const b of bylineOf) if (b >= 0 && count[b]! >= 2) used++;
  if (used === 0) return unitMatrix(dims);
  const off = new DenseMatrix(used, dims);
  let at = 0;
  forRows(bylineOf, (r, b) => {
    if (count[b]! < 2) return;
    const unbiased = Math.sqrt(count[b]! / (count[b]! - 1));
    for (let k = 0; k < dims; k++) off.values[at + k] = (values[r * dims + k]! - means[b * dims + k]!) * unbiased;
    at += off.stride;
  });
  return inverseRoot(squareSums(off), dims, used);
}

/** Xᵀ · X, width × width. */
function squareSums(x: DenseMatrix): Float32Array {
  const { rows, width, stride, values } = x;
  const out = new Float32Array(width * width);
  const all = Int32Array.from({ length: rows }, (_, r) => r);
  const column = new Float32Array(rows);
  for (let k = 0; k < width; k++) {
    for (let r = 0; r < rows; r++) column[r] = values[r * stride + k]!;
    x.addRows(all, column, 0, rows, out.subarray(k * width, (k + 1) * width));
  }
  return out;
}

function forRows(bylineOf: Int32Array, each: (row: number, byline: number) => void): void {
  for (let r = 0; r < bylineOf.length; r++) if (bylineOf[r]! >= 0) each(r, bylineOf[r]!);
}

function unitMatrix(dims: number): Float32Array {
  const out = new Float32Array(dims * dims);
  for (let k = 0; k < dims; k++) out[k * dims + k] = 1;
  return out;
}

function inverseRoot(sums: Float32Array, dims: number, used: number): Float32Array {
  let trace = 0;
  for (let k = 0; k < dims; k++) trace += sums[k * dims + k]! / used;
  const covariance = Matrix.zeros(dims, dims);
  for (let i = 0; i < dims; i++)
    for (let j = 0; j <= i; j++) {
      const own = ((1 - SPHERICAL) * sums[i * dims + j]!) / used + (i === j ? (SPHERICAL * trace) / dims + 1e-9 : 0);
      covariance.set(i, j, own);
      covariance.set(j, i, own);
    }
  const root = lowerInverse(new CholeskyDecomposition(covariance).lowerTriangularMatrix.to1DArray(), dims);
  // Scaled so that the mean axis keeps its size; cosines do not see it, numbers stay readable.
  const scale = Math.sqrt(trace / dims);
  return Float32Array.from(root, (v) => v * scale);
}

/** Inverse of a lower triangular matrix, by forward substitution. */
function lowerInverse(lower: readonly number[], dims: number): Float64Array {
  const out = new Float64Array(dims * dims);
  for (let j = 0; j < dims; j++) {
    out[j * dims + j] = 1 / lower[j * dims + j]!;
    for (let i = j + 1; i < dims; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += lower[i * dims + k]! * out[k * dims + j]!;
      out[i * dims + j] = -sum / lower[i * dims + i]!;
    }
  }
  return out;
}
