import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { normalDraw, sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, SparseRows } from '../types.js';
import { BUCKETS } from './counting.js';

/** How one view becomes standard scores. Sizes were chosen on several corpora; see docs/EVALUATION.md. */
export interface WhitenOptions {
  /** Columns kept, the ones found in most documents. */
  readonly columns: number;
  /** Length of a row that comes out, at most. */
  readonly dims: number;
  /** Documents the axes are fitted on, at most. */
  readonly fitOn: number;
}

const WHITEN: WhitenOptions = { columns: 20_000, dims: 150, fitOn: 1000 };

/**
 * Turns counts into standard scores fitted on these very documents: sublinear TF-IDF rows of unit length, centred,
 * projected on their leading principal axes, each axis divided by √(its variance + the mean variance). The ridge makes
 * the whitening full where the dump has much text and gentle where it has little, so that one rule serves 50 articles
 * and 50,000. Axes by randomised subspace iteration (Halko, Martinsson & Tropp 2011), seeded.
 *
 * @returns rows of min(dims, documents - 1) standard scores; all zero for a document without a kept column
 */
export function whiten(counts: SparseRows, options: WhitenOptions = WHITEN): DenseRows {
  const total = counts.start.length - 1;
  const x = weighted(counts, options.columns);
  const fit = sampleIndices(total, options.fitOn, seededRandom(1));
  const dims = Math.max(1, Math.min(options.dims, fit.length - 1));
  const mean = meanRow(x);
  const { axes, scale } = principalAxes(x, fit, mean, dims);
  const shift = times(mean, axes, dims);
  const rows = new Float32Array(total * dims);
  const sum = new Float64Array(dims);
  for (let r = 0; r < total; r++) {
    sum.fill(0);
    addRows(x.column, x.value, x.start[r]!, x.start[r + 1]!, axes, dims, sum);
    for (let k = 0; k < dims; k++) rows[r * dims + k] = (sum[k]! - shift[k]!) * scale[k]!;
  }
  return { dims, rows };
}

interface WeightedRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
  readonly columns: number;
}

/** Keeps the columns found in most documents; weighs (1 + ln count) · idf; scales each row to length 1. */
function weighted(counts: SparseRows, most: number): WeightedRows {
  const documents = counts.start.length - 1;
  const foundIn = new Uint32Array(BUCKETS);
  for (const id of counts.ids) foundIn[id]!++;
  const atLeast = Math.min(3, Math.max(2, Math.floor(documents / 100) + 1));
  let kept = Uint32Array.from(foundIn.keys()).filter((id) => foundIn[id]! >= atLeast);
  if (kept.length > most) kept = kept.sort((a, b) => foundIn[b]! - foundIn[a]! || a - b).slice(0, most);
  const columnOf = new Int32Array(BUCKETS).fill(-1);
  kept.forEach((id, c) => (columnOf[id] = c));
  const idf = Float64Array.from(kept, (id) => Math.log((1 + documents) / (1 + foundIn[id]!)) + 1);

  const start = new Int32Array(documents + 1);
  const column = new Int32Array(counts.ids.length);
  const value = new Float32Array(counts.ids.length);
  let used = 0;
  for (let r = 0; r < documents; r++) {
    const first = used;
    let squares = 0;
    for (let p = counts.start[r]!; p < counts.start[r + 1]!; p++) {
      const c = columnOf[counts.ids[p]!]!;
      if (c < 0) continue;
      const v = (1 + Math.log(counts.counts[p]!)) * idf[c]!;
      column[used] = c;
      value[used++] = v;
      squares += v * v;
    }
    const norm = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let p = first; p < used; p++) value[p]! *= norm;
    start[r + 1] = used;
  }
  return { start, column: column.slice(0, used), value: value.slice(0, used), columns: Math.max(1, kept.length) };
}

function meanRow(x: WeightedRows): Float32Array {
  const sum = new Float64Array(x.columns);
  for (let p = 0; p < x.column.length; p++) sum[x.column[p]!]! += x.value[p]!;
  return Float32Array.from(sum, (s) => s / Math.max(1, x.start.length - 1));
}

/**
 * sum += Σ values[p] · matrix row rows[p], for p in from … to. Four rows at a time: half the time of one by one,
 * and nine tenths of a scan's arithmetic happens here.
 */
function addRows(
  rows: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
  matrix: Float32Array,
  width: number,
  sum: Float64Array,
): void {
  let p = from;
  for (; p + 3 < to; p += 4) {
    const v = values[p]!;
    const w = values[p + 1]!;
    const x = values[p + 2]!;
    const y = values[p + 3]!;
    const f = rows[p]! * width;
    const g = rows[p + 1]! * width;
    const h = rows[p + 2]! * width;
    const i = rows[p + 3]! * width;
    for (let k = 0; k < width; k++)
      sum[k]! += v * matrix[f + k]! + w * matrix[g + k]! + x * matrix[h + k]! + y * matrix[i + k]!;
  }
  for (; p < to; p++) {
    const v = values[p]!;
    const f = rows[p]! * width;
    for (let k = 0; k < width; k++) sum[k]! += v * matrix[f + k]!;
  }
}

function times(row: Float32Array, m: Float32Array, dims: number): Float32Array {
  const out = new Float32Array(dims);
  for (let c = 0; c < row.length; c++) {
    const v = row[c]!;
    if (v !== 0) for (let k = 0; k < dims; k++) out[k]! += v * m[c * dims + k]!;
  }
  return out;
}

/**
 * Leading right singular vectors of the centred rows `fit`, and 1 / √(variance + mean variance) for each.
 * Subspace iteration with a Rayleigh-Ritz step on the small side, where it is cheapest.
 */
function principalAxes(
  x: WeightedRows,
  fit: readonly number[],
  mean: Float32Array,
  dims: number,
): { axes: Float32Array; scale: Float64Array } {
  const m = fit.length;
  const columns = byColumn(x, fit);
  const width = Math.min(dims + 6, m);
  const random = seededRandom(2);
  let basis: Float32Array = Float32Array.from({ length: m * width }, () => normalDraw(random));
  let image = basis;
  for (let pass = 0; pass < 2; pass++) {
    basis = orthonormalised(image, m, width);
    image = centredTimes(x, fit, mean, transposedTimes(columns, mean, basis, width), width);
  }
  const ritz = Matrix.zeros(width, width);
  const dots = smallProduct(basis, image, m, width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) ritz.set(i, j, (dots[i * width + j]! + dots[j * width + i]!) / 2);
  const eigen = new EigenvalueDecomposition(ritz, { assumeSymmetric: true });
  const order = eigen.realEigenvalues.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value || a.i - b.i);
  const rotation = eigen.eigenvectorMatrix;
  const meanVariance = totalVariance(x, fit, mean) / Math.min(Math.max(m - 1, 1), 400);
  const scale = new Float64Array(dims);
  const turned = new Float32Array(m * dims);
  for (let k = 0; k < dims; k++) {
    const { value, i } = order[k]!;
    if (value < 1e-9) continue;
    scale[k] = 1 / Math.sqrt(value + meanVariance);
    const perUnit = 1 / Math.sqrt(value);
    for (let r = 0; r < m; r++) {
      let sum = 0;
      for (let w = 0; w < width; w++) sum += basis[r * width + w]! * rotation.get(w, i);
      turned[r * dims + k] = sum * perUnit;
    }
  }
  return { axes: transposedTimes(columns, mean, turned, dims), scale };
}

/** aᵀ · b for two rows × width matrices. */
function smallProduct(a: Float32Array, b: Float32Array, rows: number, width: number): Float64Array {
  const out = new Float64Array(width * width);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < width; i++) {
      const v = a[r * width + i]!;
      for (let j = 0; j < width; j++) out[i * width + j]! += v * b[r * width + j]!;
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
function transposedTimes(columns: FitColumns, mean: Float32Array, basis: Float32Array, width: number): Float32Array {
  const sums = new Float64Array(width);
  for (let i = 0; i < basis.length; i++) sums[i % width]! += basis[i]!;
  const out = new Float32Array(mean.length * width);
  const total = new Float64Array(width);
  for (let c = 0; c < mean.length; c++) {
    const m = mean[c]!;
    for (let k = 0; k < width; k++) total[k] = -m * sums[k]!;
    addRows(columns.row, columns.value, columns.start[c]!, columns.start[c + 1]!, basis, width, total);
    out.set(total, c * width);
  }
  return out;
}

/** (X - mean) · axes for the rows `fit`, rows × width. */
function centredTimes(
  x: WeightedRows,
  fit: readonly number[],
  mean: Float32Array,
  axes: Float32Array,
  width: number,
): Float32Array {
  const out = new Float32Array(fit.length * width);
  const shift = times(mean, axes, width);
  const sum = new Float64Array(width);
  fit.forEach((r, i) => {
    for (let k = 0; k < width; k++) sum[k] = -shift[k]!;
    addRows(x.column, x.value, x.start[r]!, x.start[r + 1]!, axes, width, sum);
    out.set(sum, i * width);
  });
  return out;
}

/** Gram-Schmidt, twice over for stability, on the columns of a rows × width matrix. A null column becomes zero. */
function orthonormalised(matrix: Float32Array, rows: number, width: number): Float32Array {
  const columns: Float64Array[] = [];
  for (let k = 0; k < width; k++) {
    const column = new Float64Array(rows);
    for (let r = 0; r < rows; r++) column[r] = matrix[r * width + k]!;
    for (let again = 0; again < 2; again++) {
      for (const other of columns) {
        let dot = 0;
        for (let r = 0; r < rows; r++) dot += column[r]! * other[r]!;
        for (let r = 0; r < rows; r++) column[r]! -= dot * other[r]!;
      }
    }
    let norm = 0;
    for (let r = 0; r < rows; r++) norm += column[r]! ** 2;
    const inverse = norm > 1e-20 ? 1 / Math.sqrt(norm) : 0;
    for (let r = 0; r < rows; r++) column[r]! *= inverse;
    columns.push(column);
  }
  const out = new Float32Array(rows * width);
  columns.forEach((column, k) => {
    for (let r = 0; r < rows; r++) out[r * width + k] = column[r]!;
  });
  return out;
}
