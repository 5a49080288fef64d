import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { Arena, DenseMatrix, DoubleMatrix, SparseMatrix } from '../math/kernel.js';
import { normalDraw, seededRandom } from '../math/random.js';

/** Sparse rows of weights: row r holds column[start[r] … start[r + 1]) with their values. */
export interface WeightedRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
  readonly columns: number;
}

/** Axes that are followed beyond those asked for, so that the last ones settle. */
const BEYOND = 6;
/** Axes that the variance is shared out over for its mean, at most: however many are kept, the ridge is the same. */
const MEAN_OVER = 400;
/** Less of a row along an axis than this was never seen to be left. */
const LEAST_LASTING = 0.2;

function meanOver(rows: number): number {
  return Math.min(Math.max(rows - 1, 1), MEAN_OVER);
}

/**
 * Leading right singular vectors of the centred rows, with 1 / √(variance + mean variance) and variance / mean variance for each.
 * Subspace iteration with a Rayleigh-Ritz step on the small side, where it is cheapest.
 */
export function principalAxes(
  x: WeightedRows,
  dims: number,
): { axes: Float32Array; scale: Float64Array; variances: Float64Array } {
  const m = x.start.length - 1;
  const width = Math.min(dims + BEYOND, m);
  const { rows, byColumn, image, basis, axes, doubles } = workshop(x, width);
  const random = seededRandom(2);
  for (let r = 0; r < m; r++) for (let k = 0; k < width; k++) image.values[r * image.stride + k] = normalDraw(random);
  centreColumns(image);
  // Two passes leave the small axes mixed, and in a small dump they count: recall at 0.1 % .37 with two, .47 with six (144
  // bylines of two articles). In a large one they hardly do, and passes cost most.
  const passes = Math.max(2, Math.min(6, Math.floor(3000 / m)));
  for (let pass = 0; pass < passes; pass++) {
    orthonormalise(image, doubles, basis);
    product(byColumn, basis, axes);
    product(rows, axes, image);
    centreColumns(image);
  }
  const ritz = Matrix.zeros(width, width);
  const dots = smallProduct(basis, image, doubles);
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) ritz.set(i, j, (dots.row(i)[j]! + dots.row(j)[i]!) / 2);
  const eigen = new EigenvalueDecomposition(ritz, { assumeSymmetric: true });
  const order = eigen.realEigenvalues.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value || a.i - b.i);
  const meanVariance = totalVariance(x) / meanOver(m);
  const scale = new Float64Array(dims);
  const variances = new Float64Array(dims);
  const { square: turn } = doubles;
  turn.values.fill(0);
  for (let k = 0; k < dims; k++) {
    const { value, i } = order[k]!;
    if (value < 1e-9) continue;
    scale[k] = 1 / Math.sqrt(value + meanVariance);
    variances[k] = value / meanVariance;
    eigen.eigenvectorMatrix.getColumn(i).forEach((v, w) => (turn.row(w)[k] = v));
  }
  const perUnit = Float64Array.from({ length: dims }, (_, k) => (scale[k]! > 0 ? 1 / Math.sqrt(order[k]!.value) : 0));
  turnRows(basis, doubles, perUnit);
  product(byColumn, basis, axes);
  return { axes: firstColumns(axes, dims), scale, variances };
}

/**
 * What is left of a row along each axis once the row itself has no part in the axis: axes lie where the noise of the rows
 * they were fitted on happens to point, and a further row is shorter along them, along small axes by half and more. A row
 * left out loses its own square there, less what larger axes hold of it, as a share of the axis' (jackknife, first order;
 * compare Lee, Zou & Wright 2010).
 *
 * @param fit scales and variances of the axes, as `principalAxes` gives them
 * @param rows that they were fitted on
 * @returns factors from 0 to 1, one an axis
 */
export function lastingShares(
  { scale, variances }: { readonly scale: Float64Array; readonly variances: Float64Array },
  rows: number,
): Float64Array {
  const first = scale[0] ?? 0;
  if (!(first > 0)) return new Float64Array(scale.length).fill(1);
  const meanVariance = 1 / (first * first * (variances[0]! + 1));
  let beyond = meanVariance * meanOver(rows);
  return variances.map((v) => {
    const along = v * meanVariance;
    beyond = Math.max(0, beyond - along);
    return along > 0 ? Math.max(LEAST_LASTING, 1 - beyond / rows / along) : 1;
  });
}

/** The matrices of one fit, in one memory, used again in every pass. */
function workshop(x: WeightedRows, width: number) {
  const [m, entries] = [x.start.length - 1, x.column.length];
  const arena = new Arena(
    SparseMatrix.bytes(m, entries) +
      SparseMatrix.bytes(x.columns, entries) +
      2 * DenseMatrix.bytes(m, width) +
      DenseMatrix.bytes(x.columns, width) +
      2 * DoubleMatrix.bytes(m, width) +
      DoubleMatrix.bytes(width, m) +
      2 * DoubleMatrix.bytes(width, width),
  );
  const rows = new SparseMatrix(m, entries, arena);
  rows.start.set(x.start);
  rows.index.set(x.column);
  rows.value.set(x.value);
  return {
    rows,
    byColumn: transposed(rows, x.columns, arena),
    image: new DenseMatrix(m, width, arena),
    basis: new DenseMatrix(m, width, arena),
    axes: new DenseMatrix(x.columns, width, arena),
    doubles: {
      upright: new DoubleMatrix(m, width, arena),
      other: new DoubleMatrix(m, width, arena),
      /** Columns as rows. */
      lying: new DoubleMatrix(width, m, arena),
      square: new DoubleMatrix(width, width, arena),
      row: new DoubleMatrix(1, width, arena),
    },
  };
}

/** Room for what is worked out in 64 bits. */
type Doubles = ReturnType<typeof workshop>['doubles'];

/** Rows by column: where each column's entries stand, so that a product reads its small factor from cache. */
function transposed(rows: SparseMatrix, columns: number, arena: Arena): SparseMatrix {
  const out = new SparseMatrix(columns, rows.index.length, arena);
  const { start, index, value } = out;
  const { start: begins, index: column, value: weight } = rows;
  for (let p = 0; p < column.length; p++) start[column[p]! + 1]!++;
  for (let c = 0; c < columns; c++) start[c + 1]! += start[c]!;
  const next = start.slice();
  for (let r = 0; r < rows.rows; r++)
    for (let p = begins[r]!; p < begins[r + 1]!; p++) {
      const at = next[column[p]!]!++;
      index[at] = r;
      value[at] = weight[p]!;
    }
  return out;
}

/** The first floats of each row of a matrix. */
function firstColumns({ values, rows, stride }: DenseMatrix, width: number): Float32Array {
  const out = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) out.set(values.subarray(r * stride, r * stride + width), r * width);
  return out;
}

function widened(from: DenseMatrix, into: DoubleMatrix): DoubleMatrix {
  into.values.set(from.values);
  return into;
}

/** aᵀ · b for two matrices of one shape. */
function smallProduct(a: DenseMatrix, b: DenseMatrix, { upright, other, square }: Doubles): DoubleMatrix {
  const x = widened(a, upright);
  const y = widened(b, other);
  square.values.fill(0);
  for (let i = 0; i < a.width; i++) y.addRows(x.values.subarray(i), x.stride, a.rows, square.row(i));
  return square;
}

/** Turns every row by the square matrix, and each column that comes out into its own unit. */
function turnRows(basis: DenseMatrix, { upright, square, row }: Doubles, perUnit: Float64Array): void {
  const rows = widened(basis, upright);
  const sum = row.row(0);
  basis.values.fill(0);
  for (let r = 0; r < basis.rows; r++) {
    sum.fill(0);
    square.addRows(rows.row(r), 1, basis.width, sum);
    for (let k = 0; k < perUnit.length; k++) basis.values[r * basis.stride + k] = sum[k]! * perUnit[k]!;
  }
}

function meanOf({ start, column, value, columns }: WeightedRows): Float32Array {
  const sum = new Float64Array(columns);
  for (let p = 0; p < column.length; p++) sum[column[p]!]! += value[p]!;
  return Float32Array.from(sum, (s) => s / Math.max(1, start.length - 1));
}

function totalVariance(x: WeightedRows): number {
  const mean = meanOf(x);
  let sum = (x.start.length - 1) * mean.reduce((squares, m) => squares + m * m, 0);
  for (let p = 0; p < x.column.length; p++) sum += x.value[p]! * (x.value[p]! - 2 * mean[x.column[p]!]!);
  return sum;
}

function product(x: SparseMatrix, matrix: DenseMatrix, out: DenseMatrix): void {
  out.values.fill(0);
  x.addProduct(matrix, out);
}

/**
 * Takes its mean out of every column. Of centred rows this is all that there is to see: (X - mean) · axes is X · axes centred,
 * and (X - mean)ᵀ · basis is Xᵀ · basis for a basis whose columns are.
 */
function centreColumns({ rows, width, stride, values }: DenseMatrix): void {
  const sums = new Float64Array(width);
  for (let r = 0; r < rows; r++) for (let k = 0; k < width; k++) sums[k]! += values[r * stride + k]!;
  for (let r = 0; r < rows; r++) for (let k = 0; k < width; k++) values[r * stride + k]! -= sums[k]! / rows;
}

/** Share of a column's square below which what is left of it is the rounding of 32 bits: such a column has nothing of its own. */
const NOTHING = 1e-12;

/**
 * Gram-Schmidt on the columns of a matrix; once, for 64 bits keep what 32 bits cannot show. A column that lies in those
 * before it becomes zero: centred rows have one direction less than there are rows, and what rounding leaves of the last,
 * made a unit long, is not centred and no axis (recall at 0.1 % of 50 bylines of three articles .52 instead of .56).
 */
function orthonormalise({ rows, width, stride, values }: DenseMatrix, { lying }: Doubles, out: DenseMatrix): void {
  for (let k = 0; k < width; k++) {
    const column = lying.row(k).subarray(0, rows);
    for (let r = 0; r < rows; r++) column[r] = values[r * stride + k]!;
    const before = dot(column, column);
    lying.withoutEarlier(k);
    const norm = dot(column, column);
    const inverse = norm > Math.max(1e-20, NOTHING * before) ? 1 / Math.sqrt(norm) : 0;
    for (let r = 0; r < rows; r++) out.values[r * stride + k] = column[r]! *= inverse;
  }
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
