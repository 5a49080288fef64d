import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, SparseRows } from '../types.js';
import { DenseMatrix } from '../math/kernel.js';
import { principalAxes, times, type WeightedRows } from './axes.js';
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

/** What was fitted on one dump's view, and turns further articles into the same standard scores. */
export interface Whitening {
  /** Hash buckets kept, in column order. */
  readonly buckets: Uint32Array;
  /** Inverse document frequency of each column. */
  readonly idf: Float64Array;
  readonly dims: number;
  /** Columns × dims. */
  readonly axes: Float32Array;
  /** Standard score of the mean row before scaling, one a dimension; subtracted from every row. */
  readonly shift: Float32Array;
  /** 1 / √(variance + mean variance), one a dimension. */
  readonly scale: Float64Array;
  /** Variance along each axis, in mean variances. */
  readonly variances: Float64Array;
}

/**
 * Fits standard scores on these very documents: sublinear TF-IDF rows of unit length, centred, projected on their
 * leading principal axes, each axis divided by √(its variance + the mean variance). The ridge makes the whitening full
 * where the dump has much text and gentle where it has little, so that one rule serves 50 articles and 50,000. Axes by
 * randomised subspace iteration (Halko, Martinsson & Tropp 2011), seeded.
 *
 * @returns the rows of standard scores, and what turns further documents into the same
 */
export function whiten(
  counts: SparseRows,
  options: WhitenOptions = WHITEN,
): { readonly whitening: Whitening; readonly view: DenseRows } {
  const columns = chosenColumns(counts, options.columns);
  const x = weighted(counts, columns);
  const fit = sampleIndices(x.start.length - 1, options.fitOn, seededRandom(1));
  const dims = Math.max(1, Math.min(options.dims, fit.length - 1));
  const mean = meanRow(x);
  const { axes, scale, variances } = principalAxes(x, fit, mean, dims);
  const whitening = { ...columns, dims, axes, shift: times(mean, axes, dims), scale, variances };
  return { whitening, view: projected(x, whitening) };
}

/** Rows of standard scores of other documents, on the axes of those that were fitted. */
export function applyWhitening(counts: SparseRows, whitening: Whitening): DenseRows {
  return projected(weighted(counts, whitening), whitening);
}

function projected(x: WeightedRows, { dims, axes, shift, scale, variances, buckets }: Whitening): DenseRows {
  const total = x.start.length - 1;
  const rows = new Float32Array(total * dims);
  const matrix = new DenseMatrix(Math.max(1, buckets.length), dims);
  for (let c = 0; c < buckets.length; c++)
    matrix.values.set(axes.subarray(c * dims, (c + 1) * dims), c * matrix.stride);
  const sum = new Float32Array(dims);
  for (let r = 0; r < total; r++) {
    sum.fill(0);
    matrix.addRows(x.column, x.value, x.start[r]!, x.start[r + 1]!, sum);
    for (let k = 0; k < dims; k++) rows[r * dims + k] = (sum[k]! - shift[k]!) * scale[k]!;
  }
  return { dims, rows, variances };
}

/** The columns found in most documents, with their inverse document frequencies. */
function chosenColumns(counts: SparseRows, most: number): { buckets: Uint32Array; idf: Float64Array } {
  const documents = counts.start.length - 1;
  const foundIn = new Uint32Array(BUCKETS);
  for (let p = 0; p < counts.ids.length; p++) foundIn[counts.ids[p]!]!++;
  const atLeast = Math.min(3, Math.max(2, Math.floor(documents / 100) + 1));
  // By counting, not by comparing: there are a million buckets and few frequencies.
  const place = new Uint32Array(documents + 2);
  for (let id = 0; id < BUCKETS; id++) if (foundIn[id]! >= atLeast) place[documents - foundIn[id]! + 1]!++;
  for (let n = 1; n < place.length; n++) place[n]! += place[n - 1]!;
  const ordered = new Uint32Array(place[documents + 1]!);
  for (let id = 0; id < BUCKETS; id++) if (foundIn[id]! >= atLeast) ordered[place[documents - foundIn[id]!]!++] = id;
  const buckets = ordered.length > most ? ordered.slice(0, most) : ordered.sort();
  return { buckets, idf: Float64Array.from(buckets, (id) => Math.log((1 + documents) / (1 + foundIn[id]!)) + 1) };
}

/** 1 + ln count, for the counts met nearly always. */
const SUBLINEAR = Float64Array.from({ length: 256 }, (_, count) => 1 + Math.log(Math.max(1, count)));

/** Weighs (1 + ln count) · idf in the kept columns; scales each row to length 1. */
function weighted(
  counts: SparseRows,
  { buckets, idf }: { readonly buckets: Uint32Array; readonly idf: Float64Array },
): WeightedRows {
  const documents = counts.start.length - 1;
  const columnOf = new Int32Array(BUCKETS).fill(-1);
  buckets.forEach((id, c) => (columnOf[id] = c));

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
      const count = counts.counts[p]!;
      const v = (count < 256 ? SUBLINEAR[count]! : 1 + Math.log(count)) * idf[c]!;
      column[used] = c;
      value[used++] = v;
      squares += v * v;
    }
    const norm = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let p = first; p < used; p++) value[p]! *= norm;
    start[r + 1] = used;
  }
  return { start, column: column.slice(0, used), value: value.slice(0, used), columns: Math.max(1, buckets.length) };
}

function meanRow(x: WeightedRows): Float32Array {
  const sum = new Float64Array(x.columns);
  for (let p = 0; p < x.column.length; p++) sum[x.column[p]!]! += x.value[p]!;
  return Float32Array.from(sum, (s) => s / Math.max(1, x.start.length - 1));
}
