import { Arena, DenseMatrix, SparseMatrix } from '../math/kernel.js';
import type { DenseRows, PackedRows, SparseRows } from '../types/types.js';
import { batches, each, Kept, nextKey, type Steps, type Task } from '../work/work.js';
import { TOGETHER, type Columns } from './columns.js';
import { PackedBatches, packRows } from './packed.js';
import { placesOf, Weigher } from './weigh.js';

/** Axes fitted on some of a dump's rows of one view. */
export interface Axes extends Columns {
  readonly dims: number;
  /** Columns × dims. */
  readonly axes: Float32Array;
  /** 1 / √(variance + mean variance), one a dimension. */
  readonly scale: Float64Array;
  /** Variance along each axis, in mean variances. */
  readonly variances: Float64Array;
}

/** What was fitted on one dump's view, and turns further articles into the same standard scores. */
export interface Whitening extends Axes {
  /** Mean of all the dump's rows along each axis, before scaling; subtracted from every row. */
  readonly shift: Float32Array;
}

/** A view's rows as standard scores, and what turns further rows into the same. */
export interface Whitened {
  readonly whitening: Whitening;
  readonly view: DenseRows;
}

/**
 * Rows of standard scores of one view, in shared memory, where every thread writes its own. Rows are projected as they are and
 * centred after that: the mean of the projections is the projection of the mean, and no row is weighed twice.
 */
export function* projectSteps(packed: readonly PackedRows[], axes: Axes): Steps<Whitened> {
  const { dims, variances } = axes;
  const key = nextKey();
  const rows = new Float32Array(new SharedArrayBuffer(4 * dims * new PackedBatches(packed).rows));
  let at = 0;
  const groups = batches(packed, TOGETHER).map((group): ToProject => {
    const from = at;
    at += new PackedBatches(group).rows;
    return { key, axes, packed: group, into: rows.subarray(from * dims, at * dims) };
  });
  const sums = yield* each(projectTask, groups);
  const shift = new Float32Array(dims);
  for (let k = 0; k < dims; k++) shift[k] = sums.reduce((sum, part) => sum + part[k]!, 0) / Math.max(1, at);
  const whitening = { ...axes, shift };
  centre(rows, whitening);
  return { whitening, view: { dims, rows, variances } };
}

/** Rows of standard scores of other documents, on the axes of those that were fitted. */
export function applyWhitening(counts: SparseRows, whitening: Whitening): DenseRows {
  const rows = new Float32Array((counts.start.length - 1) * whitening.dims);
  project({ key: nextKey(), axes: whitening, packed: [packRows(counts)], into: rows });
  centre(rows, whitening);
  return { dims: whitening.dims, rows, variances: whitening.variances };
}

function centre(rows: Float32Array, { dims, shift, scale }: Whitening): void {
  for (let at = 0; at < rows.length; at += dims)
    for (let k = 0; k < dims; k++) rows[at + k] = (rows[at + k]! - shift[k]!) * scale[k]!;
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

export function roomFor(columns: number, dims: number): Room {
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

function projectorOf({ buckets, axes, dims }: Axes): Room {
  const room = roomFor(buckets.length, dims);
  const { values, stride } = room.axes;
  placesOf(buckets).forEach((place, c) => values.set(axes.subarray(c * dims, (c + 1) * dims), place * stride));
  return room;
}

interface ToProject {
  readonly key: number;
  readonly axes: Axes;
  readonly packed: readonly PackedRows[];
  /** Where the rows go, documents × dims. */
  readonly into: Float32Array;
}

/** Writes the rows of some batches along each axis, neither centred nor scaled. Gives their sum. */
export const projectTask: Task<ToProject, Float64Array> = { name: 'project', run: project };

function project({ key, axes: { dims, buckets, ...own }, packed, into }: ToProject): Float64Array {
  const { weigher, rows, axes, sums } = projectorByKey.get(key, () => projectorOf({ dims, buckets, ...own }));
  // Another view may have been weighed in the meantime.
  weigher.choose(key, { buckets, idf: own.idf });
  const { start, index } = rows;
  const total = new Float64Array(dims);
  let [at, waiting] = [0, 0];
  const flush = (): void => {
    start.fill(start[waiting]!, waiting);
    sums.values.fill(0);
    rows.addProduct(axes, sums);
    for (let r = 0; r < waiting; r++)
      for (let k = 0; k < dims; k++) total[k]! += into[at++] = sums.values[r * sums.stride + k]!;
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
  return total;
}
