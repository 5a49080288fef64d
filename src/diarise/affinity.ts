import { Arena, DoubleMatrix } from '../math/kernel.js';
import { ridgeWeights } from '../math/ridge.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { DenseRows, Fingerprints } from '../types/types.js';
import { COUNTED_VIEWS } from '../types/views.js';

/** Strangers each article is measured against, at most. */
const COHORT = 300;
/** Share of the strangers that are an article's nearest: its desk, as far as the dump shows one. */
const NEAREST = 0.1;
/** Ridge of the whitening, in mean variances: single articles measure the small axes badly. */
const RIDGE = 1.5;

/**
 * One byline's articles against each other, n × n, summed over the views, in units of strangers' spread; the diagonal is
 * NaN. Once among all strangers, once among each article's nearest ones: hands of one desk are like all strangers to each
 * other less than to their neighbours.
 */
export interface Affinity {
  readonly all: Float64Array;
  readonly near: Float64Array;
}

/** How alike articles of one hand are in this dump, in units of strangers' spread: usual mean and deviation of pairs. */
export interface Level {
  readonly mean: number;
  readonly deviation: number;
}

/** Levels of both kinds of likeness. */
export type Levels = Readonly<Record<keyof Affinity, Level>>;

/** Scores a byline's articles pair by pair; null for a byline without strangers. */
export type AffinityOf = (rows: readonly number[], byline: number) => Affinity | null;

/**
 * Makes the function that scores a byline's articles pair by pair: cosine in each whitened view, S-normed against a
 * cohort of articles by other bylines, the same cohort for all, and adaptively S-normed (Sturim & Reynolds 2005) against
 * the nearest of them.
 *
 * @param cohort rows of the strangers
 */
export function affinities(fingerprints: Measurable, cohort: readonly number[] = cohortOf(fingerprints)): AffinityOf {
  const { bylineOf } = fingerprints;
  const views = COUNTED_VIEWS.map((v) => new UnitRows(fingerprints.views[v], bylineOf.length, cohort));
  return (rows, byline) => {
    const strangers = [...cohort.keys()].filter((i) => bylineOf[cohort[i]!] !== byline);
    if (strangers.length < 5) return null;
    const n = rows.length;
    const all = new Float64Array(n * n).fill(NaN);
    const near = new Float64Array(n * n).fill(NaN);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) all[i * n + j] = near[i * n + j] = 0;
    for (const view of views) addNormalised(view, rows, strangers, all, near);
    return { all, near };
  };
}

/** What articles are measured by. */
export type Measurable = Pick<Fingerprints, 'bylineOf' | 'views'>;

/** Rows of the articles that every byline of a dump is measured against, its own left out. */
export function cohortOf({ bylineOf }: Pick<Fingerprints, 'bylineOf'>): number[] {
  return sampleIndices(bylineOf.length, COHORT, seededRandom(5));
}

/** Articles that are set against one at once. */
const BLOCK = 256;

/** A view's rows with the ridge of articles, scaled to length 1, where the kernel reaches them; a zero row stays zero. */
class UnitRows {
  private readonly dims: number;
  private readonly rows: Float32Array;
  /** Dimensions × rows of the cohort, and × a block of others. */
  private readonly cohort: DoubleMatrix;
  private readonly block: DoubleMatrix;
  private readonly arena: Arena;
  private readonly row: Float64Array;
  private readonly cosines: Float64Array;

  constructor(view: DenseRows, count: number, cohort: readonly number[]) {
    const { dims } = view;
    this.dims = dims;
    const weights = ridgeWeights(view, RIDGE);
    this.rows = new Float32Array(count * dims);
    for (let r = 0; r < count; r++) {
      let squares = 0;
      for (let k = 0; k < dims; k++) squares += (view.rows[r * dims + k]! * weights[k]!) ** 2;
      const scale = 1 / Math.max(1e-9, Math.sqrt(squares));
      for (let k = 0; k < dims; k++) this.rows[r * dims + k] = view.rows[r * dims + k]! * weights[k]! * scale;
    }
    const widest = Math.max(cohort.length, BLOCK);
    const arena = new Arena(
      2 * DoubleMatrix.bytes(dims, widest) + DoubleMatrix.bytes(1, dims + widest) + DoubleMatrix.bytes(1, 1),
    );
    this.arena = arena;
    this.cohort = new DoubleMatrix(dims, cohort.length, arena);
    this.block = new DoubleMatrix(dims, BLOCK, arena);
    this.row = arena.doubles(dims);
    this.cosines = new DoubleMatrix(1, widest, arena).row(0);
    this.stand(this.cohort, cohort);
  }

  /** Cosines of row `a` with the cohort, until the next call. */
  withCohort(a: number): Float64Array {
    return this.with(a, this.cohort);
  }

  /** Cosines of rows with each other, n × n; only above the diagonal. */
  among(own: readonly number[]): Float64Array {
    const n = own.length;
    const out = new Float64Array(n * n);
    for (let from = 0; from < n; from += BLOCK) {
      const to = Math.min(n, from + BLOCK);
      const block = new DoubleMatrix(this.dims, to - from, this.arena, this.block.values);
      this.stand(block, own.slice(from, to));
      for (let i = 0; i < to; i++) out.set(this.with(own[i]!, block).subarray(0, to - from), i * n + from);
    }
    return out;
  }

  private with(a: number, others: DoubleMatrix): Float64Array {
    const sums = this.cosines.subarray(0, others.stride).fill(0);
    this.row.set(this.rows.subarray(a * this.dims, (a + 1) * this.dims));
    others.addRows(this.row, 1, this.dims, sums);
    return sums;
  }

  /** Stands rows as the columns of a matrix. */
  private stand(into: DoubleMatrix, members: readonly number[]): void {
    members.forEach((r, i) => {
      for (let k = 0; k < this.dims; k++) into.values[k * into.stride + i] = this.rows[r * this.dims + k]!;
    });
  }
}

/** Mean and deviation of the cosines of some articles with strangers. */
interface Spreads {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function spreadsFor(n: number): Spreads {
  return { mean: new Float64Array(n), deviation: new Float64Array(n) };
}

function noteSpread(values: Float64Array, i: number, into: Spreads): void {
  let [sum, squares] = [0, 0];
  for (const v of values) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / values.length;
  into.mean[i] = mean;
  into.deviation[i] = Math.max(0.01, Math.sqrt(Math.max(0, squares / values.length - mean ** 2)));
}

/**
 * Adds one view's likenesses, normalised in both ways.
 *
 * @param strangers places in the cohort
 */
function addNormalised(
  view: UnitRows,
  own: readonly number[],
  strangers: readonly number[],
  all: Float64Array,
  near: Float64Array,
): void {
  const n = own.length;
  const nearest = Math.max(Math.min(10, strangers.length), Math.round(NEAREST * strangers.length));
  const [toAll, toNear] = [spreadsFor(n), spreadsFor(n)];
  const sorted = new Float64Array(strangers.length);
  own.forEach((r, i) => {
    const cosines = view.withCohort(r);
    for (let s = 0; s < strangers.length; s++) sorted[s] = cosines[strangers[s]!]!;
    sorted.sort();
    noteSpread(sorted, i, toAll);
    noteSpread(sorted.subarray(sorted.length - nearest), i, toNear);
  });
  const alike = view.among(own);
  addStandard(alike, n, toAll, all);
  addStandard(alike, n, toNear, near);
}

/** Adds cosines, in spreads of both articles on average. */
function addStandard(alike: Float64Array, n: number, { mean, deviation }: Spreads, into: Float64Array): void {
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const v = alike[i * n + j]!;
      const z = ((v - mean[i]!) / deviation[i]! + (v - mean[j]!) / deviation[j]!) / 2;
      into[i * n + j]! += z;
      into[j * n + i]! += z;
    }
}
