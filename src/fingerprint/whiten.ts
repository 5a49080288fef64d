import { Arena, DenseMatrix, SparseMatrix } from '../math/kernel.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, PackedRows, SparseRows } from '../types.js';
import { each, inline, Kept, nextKey, type Steps, type Task } from '../work/work.js';
import { principalAxes, times } from './axes.js';
import { columnsSteps, grouped, type Columns } from './columns.js';
import { PackedBatches, packRows } from './packed.js';
import { Weigher } from './weigh.js';

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
export interface Whitening extends Columns {
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

/** A view's rows as standard scores, and what turns further rows into the same. */
interface Whitened {
  readonly whitening: Whitening;
  readonly view: DenseRows;
}

/**
 * Fits standard scores on these very documents: sublinear TF-IDF rows of unit length, centred, projected on their
 * leading principal axes, each axis divided by √(its variance + the mean variance). The ridge makes the whitening full
 * where the dump has much text and gentle where it has little, so that one rule serves 50 articles and 50,000. Axes by
 * randomised subspace iteration (Halko, Martinsson & Tropp 2011), seeded.
 *
 * @returns the rows of standard scores, and what turns further documents into the same
 */
export function whiten(counts: SparseRows, options: WhitenOptions = WHITEN): Whitened {
  return inline(whitenSteps([[packRows(counts)]], options))[0]!;
}

/** `whiten` for several views of the same documents at once, each in batches. */
export function* whitenSteps(
  views: readonly (readonly PackedRows[])[],
  options: WhitenOptions = WHITEN,
): Steps<Whitened[]> {
  const fitted = yield* fitSteps(views, options);
  const out: Whitened[] = [];
  for (const [v, whitening] of fitted.entries())
    out.push({ whitening, view: yield* projectSteps(views[v]!, whitening) });
  return out;
}

/** Fits the standard scores of several views of the same documents, each in batches. */
export function* fitSteps(
  views: readonly (readonly PackedRows[])[],
  options: WhitenOptions = WHITEN,
): Steps<Whitening[]> {
  const toFit: ToFit[] = [];
  for (const packed of views) {
    const key = nextKey();
    const { rows } = new PackedBatches(packed);
    const columns = yield* columnsSteps(packed, rows, options.columns);
    const fit = sampleIndices(rows, options.fitOn, seededRandom(1));
    const dims = Math.max(1, Math.min(options.dims, fit.length - 1));
    const sums = yield* each(
      weighTask,
      grouped(packed).map((group) => ({ key, columns, packed: group, dims })),
    );
    const mean = Float32Array.from(columns.buckets.length === 0 ? [0] : columns.buckets, (_, c) => {
      let sum = 0;
      for (const part of sums) sum += part[c]!;
      return sum / Math.max(1, rows);
    });
    toFit.push({ key, columns, packed, fit, mean, dims });
  }
  return [...(yield* each(fitTask, toFit))];
}

/** Rows of standard scores of one view, in shared memory, where every thread writes its own. */
export function* projectSteps(packed: readonly PackedRows[], whitening: Whitening): Steps<DenseRows> {
  const { dims, variances } = whitening;
  const key = nextKey();
  const rows = new Float32Array(new SharedArrayBuffer(4 * dims * new PackedBatches(packed).rows));
  let at = 0;
  const groups = grouped(packed).map((group): ToProject => {
    const from = at;
    at += new PackedBatches(group).rows;
    return { key, whitening, packed: group, into: rows.subarray(from * dims, at * dims) };
  });
  yield* each(projectTask, groups);
  return { dims, rows, variances };
}

/** Rows of standard scores of other documents, on the axes of those that were fitted. */
export function applyWhitening(counts: SparseRows, whitening: Whitening): DenseRows {
  const rows = new Float32Array((counts.start.length - 1) * whitening.dims);
  project({ key: nextKey(), whitening, packed: [packRows(counts)], into: rows });
  return { dims: whitening.dims, rows, variances: whitening.variances };
}

/**
 * Place of each column in the order of the buckets, in which the entries of a document come: so laid out, a product goes
 * through its matrix from one end to the other.
 */
function placesOf(buckets: Uint32Array): Int32Array {
  const places = new Int32Array(Math.max(1, buckets.length));
  const inOrder = Uint32Array.from(buckets.keys()).sort((a, b) => buckets[a]! - buckets[b]!);
  inOrder.forEach((c, place) => (places[c] = place));
  return places;
}

/** Rows projected at once: so many, or fewer of so many entries. */
const [ROWS_AT_ONCE, ENTRIES_AT_ONCE] = [512, 1 << 20];

/** Rows that are weighed, and axes they are projected on, where the kernel reaches them. */
interface Room {
  readonly weigher: Weigher;
  readonly rows: SparseMatrix;
  readonly axes: DenseMatrix;
  readonly sums: DenseMatrix;
}

/** One a thread for all views, as large as the largest yet. */
let room: Room | null = null;

function roomFor(columns: number, dims: number): Room {
  if (room === null || room.axes.width !== dims || room.axes.rows < columns) {
    const most = Math.max(1, columns);
    // A row has no more entries than there are columns; behind the last, one is written that does not count.
    const entries = Math.max(ENTRIES_AT_ONCE, most) + 1;
    const arena = new Arena(
      Weigher.bytes(most) +
        SparseMatrix.bytes(ROWS_AT_ONCE, entries) +
        DenseMatrix.bytes(most, dims) +
        DenseMatrix.bytes(ROWS_AT_ONCE, dims),
    );
    room = {
      weigher: new Weigher(most, arena),
      rows: new SparseMatrix(ROWS_AT_ONCE, entries, arena),
      axes: new DenseMatrix(most, dims, arena),
      sums: new DenseMatrix(ROWS_AT_ONCE, dims, arena),
    };
  }
  return room;
}

/** The room of this thread with a view's axes in it. */
const projectorByKey = new Kept<Room>();

function projectorOf({ buckets, axes: own, dims }: Whitening): Room {
  const room = roomFor(buckets.length, dims);
  const places = placesOf(buckets);
  const { values, stride } = room.axes;
  for (let c = 0; c < buckets.length; c++) values.set(own.subarray(c * dims, (c + 1) * dims), places[c]! * stride);
  return room;
}

interface ToWeigh {
  readonly key: number;
  readonly columns: Columns;
  readonly packed: readonly PackedRows[];
  readonly dims: number;
}

/** Sum of the weighted rows of some batches, one number a column. */
export const weighTask: Task<ToWeigh, Float64Array> = {
  name: 'weigh',
  run: ({ key, columns, packed, dims }) => {
    const sum = new Float64Array(Math.max(1, columns.buckets.length));
    const { weigher, rows } = roomFor(columns.buckets.length, dims);
    const { index, value } = rows;
    weigher.choose(key, columns);
    for (const batch of packed)
      for (let r = 0; r + 1 < batch.start.length; r++) {
        const n = weigher.weigh(batch, r, rows, 0);
        for (let p = 0; p < n; p++) sum[index[p]!]! += value[p]!;
      }
    return sum;
  },
};

interface ToFit extends ToWeigh {
  readonly fit: readonly number[];
  readonly mean: Float32Array;
}

/** Principal axes of chosen rows. */
export const fitTask: Task<ToFit, Whitening> = {
  name: 'fit',
  run: ({ key, columns, packed, fit, mean, dims }) => {
    const { weigher, rows } = roomFor(columns.buckets.length, dims);
    weigher.choose(key, columns);
    const x = weigher.rows(new PackedBatches(packed), fit, rows);
    const { axes, scale, variances } = principalAxes(x, mean, dims, placesOf(columns.buckets));
    // Shared, so that every thread that projects reads the same memory.
    const shared = new Float32Array(new SharedArrayBuffer(axes.byteLength));
    shared.set(axes);
    return { ...columns, dims, axes: shared, shift: times(mean, axes, dims), scale, variances };
  },
};

interface ToProject {
  readonly key: number;
  readonly whitening: Whitening;
  readonly packed: readonly PackedRows[];
  /** Where the rows go, documents × dims. */
  readonly into: Float32Array;
}

/** Writes the rows of standard scores of some batches. */
export const projectTask: Task<ToProject, null> = {
  name: 'project',
  run: (input) => {
    project(input);
    return null;
  },
};

function project({ key, whitening, packed, into }: ToProject): void {
  const { dims, shift, scale, buckets } = whitening;
  const { weigher, rows, axes, sums } = projectorByKey.get(key, () => projectorOf(whitening));
  // Another view may have been weighed in the meantime.
  weigher.choose(key, whitening, () => placesOf(buckets));
  const { start, index } = rows;
  let [at, waiting] = [0, 0];
  const flush = (): void => {
    start.fill(start[waiting]!, waiting);
    sums.values.fill(0);
    rows.addProduct(axes, sums);
    for (let r = 0; r < waiting; r++)
      for (let k = 0; k < dims; k++) into[at++] = (sums.values[r * sums.stride + k]! - shift[k]!) * scale[k]!;
    waiting = 0;
  };
  for (const batch of packed)
    for (let r = 0; r + 1 < batch.start.length; r++) {
      const most = Math.min(buckets.length, batch.start[r + 1]! - batch.start[r]!);
      if (waiting === ROWS_AT_ONCE || start[waiting]! + most >= index.length) flush();
      start[waiting + 1] = start[waiting]! + weigher.weigh(batch, r, rows, start[waiting]!);
      waiting++;
    }
  flush();
}
