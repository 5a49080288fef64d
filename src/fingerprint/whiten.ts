import { sampleIndices, seededRandom } from '../math/random.js';
import type { PackedRows } from '../types/types.js';
import { all, each, nextKey, type Steps, type Task } from '../work/work.js';
import { principalAxes } from './axes.js';
import { columnsSteps, type Columns } from './columns.js';
import { PackedBatches } from './packed.js';
import { projectSteps, roomFor, type Axes, type Whitened } from './project.js';

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
 * Fits standard scores on these very documents, for several views of them at once, each in batches: sublinear TF-IDF rows of
 * unit length, centred, projected on their leading principal axes, each axis divided by √(its variance + the mean variance).
 * The ridge makes the whitening full where the dump has much text and gentle where it has little, so that one rule serves 50
 * articles and 50,000. Axes by randomised subspace iteration (Halko, Martinsson & Tropp 2011), seeded.
 */
export function* whitenSteps(
  views: readonly (readonly PackedRows[])[],
  options: WhitenOptions = WHITEN,
): Steps<Whitened[]> {
  const fitted = yield* fitSteps(views, options);
  const out: Whitened[] = [];
  for (const [v, axes] of fitted.entries()) out.push(yield* projectSteps(views[v]!, axes));
  return out;
}

/** Fits the axes of several views of the same documents at once, each in batches. */
export function fitSteps(
  views: readonly (readonly PackedRows[])[],
  options: WhitenOptions = WHITEN,
): Steps<readonly Axes[]> {
  return all(views.map((packed) => axesSteps(packed, options)));
}

/** Which of so many rows axes are fitted on, in ascending order. */
export function fittedRows(rows: number, fitOn: number): number[] {
  return sampleIndices(rows, fitOn, seededRandom(1));
}

function* axesSteps(packed: readonly PackedRows[], options: WhitenOptions): Steps<Axes> {
  const { rows } = new PackedBatches(packed);
  const columns = yield* columnsSteps(packed, rows, options.columns);
  const fit = fittedRows(rows, options.fitOn);
  const dims = Math.max(1, Math.min(options.dims, fit.length - 1));
  const [axes] = yield* each(fitTask, [{ key: nextKey(), columns, packed, fit, dims }]);
  return axes!;
}

interface ToFit {
  readonly key: number;
  readonly columns: Columns;
  readonly packed: readonly PackedRows[];
  readonly fit: readonly number[];
  readonly dims: number;
}

/** Principal axes of chosen rows. */
export const fitTask: Task<ToFit, Axes> = {
  name: 'fit',
  run: ({ key, columns, packed, fit, dims }) => {
    const { weigher, rows } = roomFor(columns.buckets.length, dims);
    weigher.choose(key, columns);
    const x = weigher.rows(new PackedBatches(packed), fit, rows);
    const { axes, scale, variances } = principalAxes(x, dims);
    // Shared, so that every thread that projects reads the same memory.
    const shared = new Float32Array(new SharedArrayBuffer(axes.byteLength));
    shared.set(axes);
    return { ...columns, dims, axes: shared, scale, variances };
  },
};
