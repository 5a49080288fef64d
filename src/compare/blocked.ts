import { DenseMatrix } from '../math/kernel.js';
import { log10Odds } from '../math/logistic.js';
import type { Fingerprints, OtherPairs, PairBasis, Pairs, ScoredPair, ViewName } from '../types.js';
import { each, Kept, nextKey, type Steps, type Task } from '../work/work.js';
import {
  bylineRows,
  bylineWords,
  compare,
  finite,
  pairFeatures,
  VIEWS,
  type PairCalibration,
  type PairRow,
} from './compare.js';
import { cohortOf, COHORT_NUMBERS, NEAREST, normalised, unitRows } from './normalise.js';

/** Bylines up to which every pair is kept. */
export const EVERY_PAIR = 2000;
/** Rows of one batch, and rows that are multiplied with them at once: both fit the processor's cache. */
const ROWS = 128;
const ACROSS = 256;
/** Most pairs kept; where there are more, the strongest. */
const MOST_KEPT = 100_000;

export interface CompareOptions {
  /** Pairs at or above this score are kept. */
  readonly floor: number;
  /** Fewest words on the shorter side of a pair that is kept or counted. */
  readonly leastWords: number;
  /** Bylines of which every pair is kept. */
  readonly about: readonly number[];
  /** Bylines up to which every pair is kept; `EVERY_PAIR` when left out. */
  readonly everyPair?: number;
}

/**
 * `compare` for any number of bylines: above `EVERY_PAIR` of them, all pairs are scored exactly, block by block, but
 * only those that may matter are kept. Time grows with the square of the bylines, at some ten million pairs a second
 * and thread; memory with the bylines and the pairs kept.
 */
export function* compareSteps(
  prints: Fingerprints,
  calibration: PairCalibration,
  options: CompareOptions,
): Steps<Pairs> {
  if (prints.bylines <= (options.everyPair ?? EVERY_PAIR)) return compare(prints, calibration);
  const dump = dumpOf(prints);
  const blocks: { readonly from: number; readonly to: number }[] = [];
  for (let from = 0; from < prints.bylines; from += ROWS)
    blocks.push({ from, to: Math.min(prints.bylines, from + ROWS) });
  const parts = yield* each(
    cohortTask,
    blocks.map((block) => ({ ...block, dump })),
  );
  const cohorts = VIEWS.map((_, v) => sharedFloats(parts.flatMap((part) => [...part[v]!])));
  const { floor, leastWords, about } = options;
  const found = yield* each(
    pairsTask,
    blocks.map((block) => ({ ...block, dump, cohorts, calibration, floor, leastWords, about })),
  );
  return joined(found, dump, cohorts, calibration, options);
}

/** What every block is multiplied with, in shared memory. */
interface Dump extends Omit<PairBasis, 'cohorts'> {
  readonly key: number;
}

function dumpOf(prints: Fingerprints): Dump {
  let total = 0;
  const views = VIEWS.map((view) => {
    const { means, dims, total: rows } = bylineRows(prints, view);
    total = rows;
    const shared = new Float32Array(new SharedArrayBuffer(4 * means.length));
    shared.set(unitRows(means, rows, dims));
    return { dims, rows: shared };
  });
  return { key: nextKey(), bylines: prints.bylines, total, words: sharedFloats(bylineWords(prints)), views };
}

function sharedFloats(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(new SharedArrayBuffer(8 * values.length));
  out.set(values);
  return out;
}

const matricesByKey = new Kept<readonly DenseMatrix[]>();

function matricesOf({ key, views, total }: Dump): readonly DenseMatrix[] {
  return matricesByKey.get(key, () =>
    views.map(({ dims, rows }) => {
      const matrix = new DenseMatrix(total, dims);
      for (let r = 0; r < total; r++) matrix.values.set(rows.subarray(r * dims, (r + 1) * dims), r * matrix.stride);
      return matrix;
    }),
  );
}

/** Cosines of rows from … to with rows first … total, block × (total - first). */
function cosinesOf(matrix: DenseMatrix, from: number, to: number, first: number): Float32Array {
  const width = matrix.rows - first;
  const out = new Float32Array((to - from) * width);
  for (let at = first; at < matrix.rows; at += ACROSS) {
    const end = Math.min(matrix.rows, at + ACROSS);
    for (let a = from; a < to; a++) {
      const row = matrix.values.subarray(a * matrix.stride, (a + 1) * matrix.stride);
      const start = (a - from) * width + at - first;
      matrix.dots(row, at, end, out.subarray(start, start + end - at));
    }
  }
  return out;
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly dump: Dump;
}

/** What strangers score with each row of a block, view by view. */
const cohortTask: Task<Block, readonly Float64Array[]> = {
  name: 'cohort',
  run: ({ from, to, dump }) =>
    matricesOf(dump).map((matrix) => {
      const scores = cosinesOf(matrix, from, to, 0);
      const out = new Float64Array((to - from) * COHORT_NUMBERS);
      for (let a = from; a < to; a++) {
        const own = scores.subarray((a - from) * dump.total, (a - from + 1) * dump.total);
        cohortOf(own, a, NEAREST, out.subarray((a - from) * COHORT_NUMBERS));
      }
      return out;
    }),
};

interface PairsBlock extends Block {
  readonly cohorts: readonly Float64Array[];
  readonly calibration: PairCalibration;
  readonly floor: number;
  readonly leastWords: number;
  readonly about: readonly number[];
}

/** Scores are counted in bins of STEP from FROM up; what is further out counts in the first or the last. */
const [FROM, STEP, BINS] = [-20, 0.002, 20_000];

/** Pairs of a block that may matter: [a, b, …], and the scores of all. */
interface FoundPairs {
  readonly sides: Int32Array;
  readonly counts: Float64Array;
  /** Highest score of each byline with another, over this block. */
  readonly best: Float32Array;
}

/** Scores each pair of a block's rows with the rows behind them. */
const pairsTask: Task<PairsBlock, FoundPairs> = {
  name: 'pairs',
  run: ({ from, to, dump, cohorts, calibration, floor, leastWords, about }) => {
    const { bylines, words } = dump;
    const cosines = matricesOf(dump).map((matrix) => cosinesOf(matrix, from, to, from));
    const width = dump.total - from;
    const wanted = new Set(about);
    const sides: number[] = [];
    const counts = new Float64Array(BINS);
    const best = new Float32Array(bylines).fill(-Infinity);
    const raw = new Float64Array(VIEWS.length);
    const row = emptyRow();
    const scoring = { cohorts, words, calibration };
    for (let a = from; a < to; a++)
      for (let b = a + 1; b < bylines; b++) {
        const asked = words[a]! >= leastWords && words[b]! >= leastWords;
        const kept = wanted.size > 0 && (wanted.has(a) || wanted.has(b));
        if (!asked && !kept) continue;
        for (let v = 0; v < raw.length; v++) raw[v] = cosines[v]![(a - from) * width + b - from]!;
        const score = scoreOf(row, raw, scoring, a, b);
        if (kept || score >= floor) sides.push(a, b);
        if (!asked) continue;
        counts[Math.max(0, Math.min(BINS - 1, Math.floor((score - FROM) / STEP)))]!++;
        if (score > best[a]!) best[a] = score;
        if (score > best[b]!) best[b] = score;
      }
    return { sides: Int32Array.from(sides), counts, best };
  },
};

/** What the fusion reads of a pair; one object is used again for every pair. */
type Row = { -readonly [K in keyof PairRow]: PairRow[K] };

function emptyRow(): Row {
  return { characters: 0, grammar: 0, words: 0, wordsLess: 0, wordsMore: 0 };
}

/** Fills `row` for the pair a, b and scores it. */
function scoreOf(row: Row, raw: Float64Array, { cohorts, words, calibration }: Scoring, a: number, b: number): number {
  for (let v = 0; v < VIEWS.length; v++) row[VIEWS[v]!] = Math.fround(finite(normalised(raw[v]!, cohorts[v]!, a, b)));
  row.wordsLess = Math.min(words[a]!, words[b]!);
  row.wordsMore = Math.max(words[a]!, words[b]!);
  return log10Odds(calibration, pairFeatures(row));
}

interface Scoring {
  readonly cohorts: readonly Float64Array[];
  readonly words: Float64Array;
  readonly calibration: PairCalibration;
}

/** Scores any pair of bylines, as it was scored among all. */
export function scoredBy(basis: PairBasis, calibration: PairCalibration): OtherPairs['scored'] {
  const { cohorts, words } = basis;
  const raw = new Float64Array(VIEWS.length);
  const out = new Float32Array(1);
  let matrices: readonly DenseMatrix[] | null = null;
  return (a, b) => {
    matrices ??= matricesOf({ ...basis, key: nextKey() });
    matrices.forEach((matrix, v) => {
      matrix.dots(matrix.values.subarray(a * matrix.stride, (a + 1) * matrix.stride), b, b + 1, out);
      raw[v] = out[0]!;
    });
    const row = emptyRow();
    const score = scoreOf(row, raw, { cohorts, words, calibration }, a, b);
    const views = Object.fromEntries(VIEWS.map((v) => [v, row[v]])) as Record<ViewName, number>;
    const { cap } = calibration;
    return { words: row.wordsLess, views, score, log10LR: Math.max(-cap, Math.min(cap, score)) };
  };
}

/** The kept pairs as columns, and what is known of the others. */
function joined(
  found: readonly FoundPairs[],
  dump: Dump,
  cohorts: readonly Float64Array[],
  calibration: PairCalibration,
  { floor: least, about }: CompareOptions,
): Pairs {
  const basis: PairBasis = { ...dump, cohorts };
  const scored = scoredBy(basis, calibration);
  let all: { readonly a: number; readonly b: number; readonly pair: ScoredPair }[] = [];
  for (const { sides } of found)
    for (let p = 0; p < sides.length; p += 2)
      all.push({ a: sides[p]!, b: sides[p + 1]!, pair: scored(sides[p]!, sides[p + 1]!) });
  let floor = least;
  if (all.length > MOST_KEPT) {
    floor = all.map(({ pair }) => pair.score).sort((x, y) => y - x)[MOST_KEPT - 1]!;
    const wanted = new Set(about);
    all = all.filter(({ a, b, pair }) => pair.score >= floor || wanted.has(a) || wanted.has(b));
  }
  const counts = new Float64Array(BINS);
  const best = new Float64Array(dump.bylines).fill(-Infinity);
  for (const part of found) {
    for (let i = 0; i < BINS; i++) counts[i]! += part.counts[i]!;
    for (let b = 0; b < best.length; b++) best[b] = Math.max(best[b]!, part.best[b]!);
  }
  const others: OtherPairs = { counts, from: FROM, step: STEP, floor, best, scored, basis };
  return {
    a: Int32Array.from(all, ({ a }) => a),
    b: Int32Array.from(all, ({ b }) => b),
    words: Float64Array.from(all, ({ pair }) => pair.words),
    views: Object.fromEntries(VIEWS.map((v) => [v, Float32Array.from(all, ({ pair }) => pair.views[v])])) as Record<
      ViewName,
      Float32Array
    >,
    score: Float64Array.from(all, ({ pair }) => pair.score),
    log10LR: Float64Array.from(all, ({ pair }) => pair.log10LR),
    others,
  };
}

/** What this stage asks workers to do. */
export const COMPARE_TASKS: readonly Task<unknown, unknown>[] = [cohortTask, pairsTask];
