import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { DenseMatrix } from '../math/kernel.js';
import { normalDraw, seededRandom } from '../math/random.js';

/** Sparse rows of weights: row r holds column[start[r] … start[r + 1]) with their values. */
export interface WeightedRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
  readonly columns: number;
}

export function times(row: Float32Array, m: Float32Array, dims: number): Float32Array {
  const out = new Float32Array(dims);
  for (let c = 0; c < row.length; c++) {
    const v = row[c]!;
    if (v !== 0) for (let k = 0; k < dims; k++) out[k]! += v * m[c * dims + k]!;
  }
  return out;
}

/**
 * Leading right singular vectors of the centred rows `fit`, with 1 / √(variance + mean variance) and variance / mean variance for each.
 * Subspace iteration with a Rayleigh-Ritz step on the small side, where it is cheapest.
 */
export function principalAxes(
  x: WeightedRows,
  fit: readonly number[],
  mean: Float32Array,
  dims: number,
): { axes: Float32Array; scale: Float64Array; variances: Float64Array } {
  const m = fit.length;
  const columns = byColumn(x, fit);
  const width = Math.min(dims + 6, m);
  const random = seededRandom(2);
  let image = new DenseMatrix(m, width);
  let basis = image;
  for (let r = 0; r < m; r++) for (let k = 0; k < width; k++) image.values[r * image.stride + k] = normalDraw(random);
  for (let pass = 0; pass < 2; pass++) {
    basis = orthonormalised(image);
    image = centredTimes(x, fit, mean, transposedTimes(columns, mean, basis));
  }
  const ritz = Matrix.zeros(width, width);
  const dots = smallProduct(basis, image);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) ritz.set(i, j, (dots[i * width + j]! + dots[j * width + i]!) / 2);
  const eigen = new EigenvalueDecomposition(ritz, { assumeSymmetric: true });
  const order = eigen.realEigenvalues.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value || a.i - b.i);
  const rotation = eigen.eigenvectorMatrix;
  const meanVariance = totalVariance(x, fit, mean) / Math.min(Math.max(m - 1, 1), 400);
  const scale = new Float64Array(dims);
  const variances = new Float64Array(dims);
  const turned = new DenseMatrix(m, dims);
  for (let k = 0; k < dims; k++) {
    const { value, i } = order[k]!;
    if (value < 1e-9) continue;
    scale[k] = 1 / Math.sqrt(value + meanVariance);
    variances[k] = value / meanVariance;
    const perUnit = 1 / Math.sqrt(value);
    const turn = rotation.getColumn(i);
    for (let r = 0; r < m; r++) {
      let sum = 0;
      for (let w = 0; w < width; w++) sum += basis.values[r * basis.stride + w]! * turn[w]!;
      turned.values[r * turned.stride + k] = sum * perUnit;
    }
  }
  return { axes: unpadded(transposedTimes(columns, mean, turned)), scale, variances };
}

/** The rows of a matrix without their padding. */
function unpadded({ values, rows, width, stride }: DenseMatrix): Float32Array {
  const out = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) out.set(values.subarray(r * stride, r * stride + width), r * width);
  return out;
}

/** aᵀ · b for two matrices of one shape. */
function smallProduct(a: DenseMatrix, b: DenseMatrix): Float64Array {
  const { rows, width, stride } = a;
  const [x, y] = [a.values, b.values];
  const out = new Float64Array(width * width);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < width; i++) {
      const v = x[r * stride + i]!;
      for (let j = 0; j < width; j++) out[i * width + j]! += v * y[r * stride + j]!;
    }
  return out;
}

function totalVariance(x: WeightedRows, fit: readonly number[], mean: Float32Array): number {
  let sum = fit.length * mean.reduce((squares, m) => squares + m * m, 0);
  for (const r of fit)
    for (let p = x.start[r]!; p < x.start[r + 1]!; p++) sum += x.value[p]! * (x.value[p]! - 2 * mean[x.column[p]!]!);
  return sum;
}

/** Rows `fit` by column: where each column's entries stand, so that a product reads its small factor from cache. */
interface FitColumns {
  readonly start: Int32Array;
  /** Index into `fit`. */
  readonly row: Int32Array;
  readonly value: Float32Array;
}

function byColumn(x: WeightedRows, fit: readonly number[]): FitColumns {
  const start = new Int32Array(x.columns + 1);
  for (const r of fit) for (let p = x.start[r]!; p < x.start[r + 1]!; p++) start[x.column[p]! + 1]!++;
  for (let c = 0; c < x.columns; c++) start[c + 1]! += start[c]!;
  const next = start.slice();
  const row = new Int32Array(start[x.columns]!);
  const value = new Float32Array(row.length);
  fit.forEach((r, i) => {
    for (let p = x.start[r]!; p < x.start[r + 1]!; p++) {
      const at = next[x.column[p]!]!++;
      row[at] = i;
      value[at] = x.value[p]!;
    }
  });
  return { start, row, value };
}

/** (X - mean)ᵀ · basis, columns × width. */
function transposedTimes(columns: FitColumns, mean: Float32Array, basis: DenseMatrix): DenseMatrix {
  const { rows, width, stride, values } = basis;
  const sums = new Float64Array(width);
  for (let r = 0; r < rows; r++) for (let k = 0; k < width; k++) sums[k]! += values[r * stride + k]!;
  const out = new DenseMatrix(mean.length, width);
  const total = new Float32Array(width);
  for (let c = 0; c < mean.length; c++) {
    const m = mean[c]!;
    for (let k = 0; k < width; k++) total[k] = -m * sums[k]!;
    basis.addRows(columns.row, columns.value, columns.start[c]!, columns.start[c + 1]!, total);
    out.values.set(total, c * out.stride);
  }
  return out;
}

/** (X - mean) · axes for the rows `fit`, rows × width. */
function centredTimes(x: WeightedRows, fit: readonly number[], mean: Float32Array, axes: DenseMatrix): DenseMatrix {
  const { width, stride, values } = axes;
  const shift = new Float64Array(width);
  for (let c = 0; c < mean.length; c++) for (let k = 0; k < width; k++) shift[k]! += mean[c]! * values[c * stride + k]!;
  const out = new DenseMatrix(fit.length, width);
  const sum = new Float32Array(width);
  fit.forEach((r, i) => {
    for (let k = 0; k < width; k++) sum[k] = -shift[k]!;
    axes.addRows(x.column, x.value, x.start[r]!, x.start[r + 1]!, sum);
    out.values.set(sum, i * out.stride);
  });
  return out;
}

/** Gram-Schmidt, twice over for stability, on the columns of a matrix. A null column becomes zero. */
function orthonormalised({ rows, width, stride, values }: DenseMatrix): DenseMatrix {
  const columns: Float64Array[] = [];
  for (let k = 0; k < width; k++) {
    const column = new Float64Array(rows);
    for (let r = 0; r < rows; r++) column[r] = values[r * stride + k]!;
    for (let again = 0; again < 2; again++) for (const other of columns) withoutPart(column, other);
    const norm = dot(column, column);
    const inverse = norm > 1e-20 ? 1 / Math.sqrt(norm) : 0;
    for (let r = 0; r < rows; r++) column[r]! *= inverse;
    columns.push(column);
  }
  const out = new DenseMatrix(rows, width);
  columns.forEach((column, k) => {
    for (let r = 0; r < rows; r++) out.values[r * stride + k] = column[r]!;
  });
  return out;
}

/** Takes out of `column` what lies along the unit column `other`. */
function withoutPart(column: Float64Array, other: Float64Array): void {
  const along = dot(column, other);
  for (let r = 0; r < column.length; r++) column[r]! -= along * other[r]!;
}

/** Four sums side by side, so that none waits for another. */
function dot(a: Float64Array, b: Float64Array): number {
  let [w, x, y, z] = [0, 0, 0, 0];
  let r = 0;
  for (; r + 3 < a.length; r += 4) {
    w += a[r]! * b[r]!;
    x += a[r + 1]! * b[r + 1]!;
    y += a[r + 2]! * b[r + 2]!;
    z += a[r + 3]! * b[r + 3]!;
  }
  for (; r < a.length; r++) w += a[r]! * b[r]!;
  return w + x + (y + z);
}
