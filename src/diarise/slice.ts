import type { CountedView, DenseRows, Fingerprints } from '../types/types.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';
import type { Levels, Measurable } from './affinity.js';

/**
 * What a few bylines are measured by: their own articles, then the cohort's. `views` are those of the whole dump, in shared
 * memory, until the thread that measures cuts out the rows it needs (`cutOut`).
 */
export interface Slice extends Measurable {
  readonly bylines: readonly number[];
  /** Row of the dump that each row of this slice is. */
  readonly rows: Int32Array;
  /** Rows of this slice, by place in `bylines`. */
  readonly rowsOf: readonly (readonly number[])[];
  readonly cohort: readonly number[];
  /** Of the bylines' own articles. */
  readonly words: Float64Array;
  readonly lexed: Uint8Array;
  readonly levels: readonly Levels[];
}

/** @param own rows of each of the bylines */
export function sliceOfRows(
  { bylineOf, views, words, lexed }: Fingerprints,
  own: readonly (readonly number[])[],
  bylines: readonly number[],
  cohort: readonly number[],
): Omit<Slice, 'bylines' | 'levels'> {
  const rows = Int32Array.from([...own.flat(), ...cohort]);
  let at = 0;
  return {
    views,
    rows,
    bylineOf: Int32Array.from([
      ...own.flatMap((list, i) => list.map(() => bylines[i]!)),
      ...cohort.map((r) => bylineOf[r]!),
    ]),
    words: Float64Array.from(own.flat(), (r) => words[r]!),
    lexed: Uint8Array.from(own.flat(), (r) => lexed[r]!),
    rowsOf: own.map((list) => list.map(() => at++)),
    cohort: cohort.map(() => at++),
  };
}

/** The same slice with its own rows of the views alone. */
export function cutOut<S extends Pick<Slice, 'views' | 'rows'>>(slice: S): S {
  const { rows, views } = slice;
  return { ...slice, views: mapViews(COUNTED_VIEWS, (name) => rowsOfView(views[name], rows)) };
}

/** The rows of a view that are asked for, in that order, in memory of their own. */
export function rowsOfView(view: DenseRows, rows: ArrayLike<number>): DenseRows {
  const { dims } = view;
  const out = new Float32Array(rows.length * dims);
  for (let i = 0; i < rows.length; i++) out.set(view.rows.subarray(rows[i]! * dims, (rows[i]! + 1) * dims), i * dims);
  return { ...view, rows: out };
}

/** The views where no thread copies them: every slice refers to all rows. */
export function inSharedMemory(views: Fingerprints['views']): Record<CountedView, DenseRows> {
  return mapViews(COUNTED_VIEWS, (name) => {
    const { rows, ...same } = views[name];
    if (rows.buffer instanceof SharedArrayBuffer) return views[name];
    const shared = new Float32Array(new SharedArrayBuffer(rows.byteLength));
    shared.set(rows);
    return { ...same, rows: shared };
  });
}
