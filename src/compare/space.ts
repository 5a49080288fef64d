import { Arena, DenseMatrix, DoubleMatrix } from '../math/kernel.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, Fingerprints } from '../types/types.js';
import { VIEW_NAMES } from '../types/views.js';
import { each, type Steps, type Task } from '../work/work.js';

/** Smallest spread an article's cosines with strangers may show; below it near-identical articles would explode. */
const LEAST_SPREAD = 0.01;
/** Bylines whose likenesses give the spread of a view over the dump, at most. */
const SAMPLED = 400;

/**
 * Every byline as one vector and one constant a view: the likeness of two bylines is `dot - constant - constant`, in units
 * of the spread it has over all pairs of the dump. Rows from `own` up are background.
 */
export interface ViewSpace {
  readonly rows: DenseMatrix;
  readonly constants: Float64Array;
}

/**
 * Places every byline in a view. An article becomes a unit vector u of its whitened row, with the mean m and the spread s
 * of its cosines with all other articles. The S-normed cosine of two articles is u·u′ / √(s s′) less half of m/s and of m′/s′
 * (Kenny 2010, with the geometric mean of both spreads), and two bylines are as alike as their articles are on average:
 * so a byline is the mean of u/√s, and the mean of m/2s. Rows are taken as they were whitened: on 13 dumps of five corpora a
 * ridge between 0.4 and 2 mean variances hardly matters, and well above it bylines with much text lose.
 *
 * @param bylineOf byline of each row
 * @param total number of bylines, background included
 */
export function viewSpace(view: DenseRows, bylineOf: Int32Array, total: number): ViewSpace {
  const { dims } = view;
  const { scales, levels, spreads } = unitArticles(view, bylineOf.length);
  const u = new Float32Array(dims);
  const articles = new Int32Array(total);
  const rows = new DenseMatrix(total, dims);
  const constants = new Float64Array(total);
  for (let r = 0; r < bylineOf.length; r++) {
    const b = bylineOf[r]!;
    const root = 1 / Math.sqrt(spreads[r]!);
    articles[b]!++;
    constants[b]! += levels[r]! / spreads[r]! / 2;
    unitRow(view, r, scales[r]!, u);
    for (let k = 0; k < dims; k++) rows.values[b * rows.stride + k]! += u[k]! * root;
  }
  for (let b = 0; b < total; b++) {
    const share = 1 / Math.max(1, articles[b]!);
    constants[b]! *= share;
    for (let k = 0; k < dims; k++) rows.values[b * rows.stride + k]! *= share;
  }
  return inSpreads({ rows, constants }, total);
}

/** Every view's space, in the order of the views. */
export function viewSpaces(prints: Pick<Fingerprints, 'views' | 'bylines' | 'bylineOf'>): ViewSpace[] {
  const total = prints.bylineOf.reduce((most, b) => Math.max(most, b + 1), prints.bylines);
  return VIEW_NAMES.map((name) => viewSpace(prints.views[name], prints.bylineOf, total));
}

/** Likeness of byline `i` with every byline; its own place holds no likeness. */
export function likenesses({ rows, constants }: ViewSpace, i: number, out: Float32Array): void {
  const total = constants.length;
  rows.dots(rows.values.subarray(i * rows.stride, i * rows.stride + rows.width), 0, total, out);
  for (let j = 0; j < total; j++) out[j]! -= constants[i]! + constants[j]!;
}

export interface UnitArticles {
  /** What makes each row one of length 1; a zero row stays zero. The rows themselves would take as much room again. */
  readonly scales: Float64Array;
  /** Mean cosine of each with all others, and its standard deviation. */
  readonly levels: Float64Array;
  readonly spreads: Float64Array;
}

/** The same for every way to share the articles out among bylines, as a self-test does: made once. */
const known = new WeakMap<DenseRows, UnitArticles>();

export function unitArticles(view: DenseRows, count: number): UnitArticles {
  let units = known.get(view);
  if (units === undefined) known.set(view, (units = unitsOf({ view, count })));
  return units;
}

interface ToUnits {
  readonly view: DenseRows;
  readonly count: number;
}

/** What all articles of a view are to each other. */
export const unitsTask: Task<ToUnits, UnitArticles> = { name: 'units', run: unitsOf };

/** What placing bylines in every view needs, in shared memory. */
export type Units = readonly UnitArticles[];

/** Works out for every view what placing bylines in it needs, in as many threads as there are. */
export function* unitSteps({ views, bylineOf }: Fingerprints): Steps<void> {
  const units = yield* each(
    unitsTask,
    VIEW_NAMES.map((name) => ({ view: views[name], count: bylineOf.length })),
  );
  VIEW_NAMES.forEach((name, v) => known.set(views[name], units[v]!));
}

/** What is known of the views' articles, for another thread. */
export function unitsKnown({ views, bylineOf }: Pick<Fingerprints, 'views' | 'bylineOf'>): Units {
  return VIEW_NAMES.map((name) => unitArticles(views[name], bylineOf.length));
}

/** Takes what another thread has worked out of these views. */
export function knowUnits({ views }: Pick<Fingerprints, 'views'>, units: Units): void {
  VIEW_NAMES.forEach((name, v) => known.set(views[name], units[v]!));
}

function unitsOf({ view, count }: ToUnits): UnitArticles {
  const { dims } = view;
  const scales = sharedFloats(count);
  const mean = new Float64Array(dims);
  const u = new Float32Array(dims);
  const products = new Products(dims);
  for (let r = 0; r < count; r++) {
    let squares = 0;
    for (let k = 0; k < dims; k++) squares += view.rows[r * dims + k]! ** 2;
    scales[r] = 1 / Math.max(1e-9, Math.sqrt(squares));
    for (let k = 0; k < dims; k++) mean[k]! += u[k] = view.rows[r * dims + k]! * scales[r]!;
    products.add(u);
  }
  // The sum of squared cosines with all is uᵀ (Σ u uᵀ) u: no article need meet every other.
  const moments = products.sums();
  const levels = sharedFloats(count);
  const spreads = sharedFloats(count);
  const turned = new Float32Array(dims);
  const others = Math.max(1, count - 1);
  for (let r = 0; r < count; r++) {
    unitRow(view, r, scales[r]!, u);
    moments.dots(u, 0, dims, turned);
    let [sum, squares] = [0, 0];
    for (let k = 0; k < dims; k++) {
      sum += u[k]! * mean[k]!;
      squares += u[k]! * turned[k]!;
    }
    levels[r] = (sum - 1) / others;
    spreads[r] = Math.max(LEAST_SPREAD, Math.sqrt(Math.max(0, (squares - 1) / others - levels[r]! ** 2)));
  }
  return { scales, levels, spreads };
}

function sharedFloats(n: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * n));
}

/** Writes row r times a scale to `out`. */
export function unitRow({ rows, dims }: DenseRows, r: number, scale: number, out: Float32Array): void {
  for (let k = 0; k < dims; k++) out[k] = rows[r * dims + k]! * scale;
}

/** Rows whose products are added at once. */
const AT_ONCE = 256;

/** Sums of u uᵀ over rows u, one after another. */
class Products {
  private readonly rows: DoubleMatrix;
  private readonly totals: DoubleMatrix;
  private waiting = 0;

  constructor(private readonly dims: number) {
    const arena = new Arena(DoubleMatrix.bytes(AT_ONCE, dims) + DoubleMatrix.bytes(dims, dims));
    this.rows = new DoubleMatrix(AT_ONCE, dims, arena);
    this.totals = new DoubleMatrix(dims, dims, arena);
  }

  add(u: Float32Array): void {
    this.rows.values.set(u, this.waiting++ * this.rows.stride);
    if (this.waiting === AT_ONCE) this.flush();
  }

  sums(): DenseMatrix {
    this.flush();
    const { dims, totals } = this;
    const out = new DenseMatrix(dims, dims);
    for (let i = 0; i < dims; i++) out.values.set(totals.row(i).subarray(0, dims), i * out.stride);
    return out;
  }

  private flush(): void {
    const { rows, totals, waiting, dims } = this;
    for (let i = 0; i < dims; i++) rows.addRows(rows.values.subarray(i), rows.stride, waiting, totals.row(i));
    this.waiting = 0;
  }
}

/** The same space in units of the spread of likenesses over the dump's pairs, so that views can be added. */
function inSpreads(space: ViewSpace, total: number): ViewSpace {
  const row = new Float32Array(total);
  let [count, sum, squares] = [0, 0, 0];
  for (const i of sampleIndices(total, SAMPLED, seededRandom(12))) {
    likenesses(space, i, row);
    for (let j = 0; j < total; j++) {
      if (j === i) continue;
      count++;
      sum += row[j]!;
      squares += row[j]! ** 2;
    }
  }
  const mean = sum / Math.max(1, count);
  const spread = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
  if (!(spread > 1e-9)) return space;
  for (let k = 0; k < space.rows.values.length; k++) space.rows.values[k]! /= Math.sqrt(spread);
  return { rows: space.rows, constants: space.constants.map((c) => c / spread) };
}
