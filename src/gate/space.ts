import { applyWhitening, type Whitening } from '../fingerprint/project.js';
import { DenseMatrix } from '../math/kernel.js';
import { ridgeWeights } from '../math/ridge.js';
import type { DenseRows, SparseRows } from '../types/types.js';
import type { GateView } from './views.js';

/** Rows of one view: row r is values[r * dims … (r + 1) * dims), of length 1. */
export interface Rows {
  readonly dims: number;
  readonly values: Float32Array;
}

/** What was frozen of one view: how counts become rows, and how rows are turned so that what differs inside bylines counts less. */
export interface Space {
  readonly name: GateView;
  readonly whitening: Whitening;
  /** dims × dims, lower triangular. */
  readonly turn: Float32Array;
}

/** Ridge of the whitening in mean variances: one article is measured against many, so that small axes count nearly in full. */
const RIDGE = 0.5;

/** Rows of unit length on the frozen axes, before turning. */
export function projectedRows(counts: SparseRows, whitening: Whitening): Rows {
  return unitRows(applyWhitening(counts, whitening));
}

/** Standard scores as rows of unit length, before turning. */
export function unitRows({ dims, rows, variances }: DenseRows): Rows {
  const weights = ridgeWeights({ dims, rows, variances }, RIDGE);
  return {
    dims,
    values: toUnit(
      rows.map((v, i) => v * weights[i % dims]!),
      dims,
    ),
  };
}

/** Scales each row to length 1 in place; zero rows stay zero. */
export function toUnit(rows: Float32Array, dims: number): Float32Array {
  for (let at = 0; at < rows.length; at += dims) {
    let squares = 0;
    for (let k = 0; k < dims; k++) squares += rows[at + k]! ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = 0; k < dims; k++) rows[at + k]! *= scale;
  }
  return rows;
}

/** Rows multiplied by a turn, of unit length. */
export function turned({ dims, values }: Rows, turn: Float32Array): Rows {
  const matrix = new DenseMatrix(dims, dims);
  for (let j = 0; j < dims; j++) matrix.values.set(turn.subarray(j * dims, (j + 1) * dims), j * matrix.stride);
  const out = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += dims)
    matrix.dots(values.subarray(at, at + dims), 0, dims, out.subarray(at, at + dims));
  return { dims, values: toUnit(out, dims) };
}
