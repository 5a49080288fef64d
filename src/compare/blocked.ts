import { DenseMatrix } from '../math/kernel.js';
import { log10Odds } from '../math/logistic.js';
import type { Fingerprints, OtherPairs, PairBasis, Pairs, ScoredPair, ViewName } from '../types.js';
import { VIEW_NAMES } from '../views.js';
import { each, Kept, nextKey, type Steps, type Task } from '../work/work.js';
import { compare, pairFeatures, wordsByByline, type PairCalibration } from './compare.js';
import { LEAST_SPREAD, nearestTo, SHARP_SHARE } from './normalise.js';
import { viewSpaces } from './space.js';

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
  const { slopes, offsets } = sidesOf(parts, prints.bylines);
  const { floor, leastWords, about } = options;
  const basis = { ...dump, slopes, offsets };
  const found = yield* each(
    pairsTask,
    blocks.map((block) => ({ ...block, basis, calibration, floor, leastWords, about })),
  );
  return joined(found, basis, calibration, options);
}

/** What every block is multiplied with, in shared memory. */
interface Dump extends Omit<PairBasis, 'slopes' | 'offsets'> {
  readonly key: number;
  /** Sum of all rows, and of all constants view by view. */
  readonly sum: Float64Array;
  readonly taken: Float64Array;
}

function dumpOf(prints: Fingerprints): Dump {
  const spaces = viewSpaces(prints, VIEW_NAMES);
  const dims = spaces.map(({ rows }) => rows.width);
  const width = dims.reduce((n, d) => n + d, 0);
  const total = spaces[0]!.constants.length;
  const rows = new Float32Array(new SharedArrayBuffer(4 * total * width));
  const constants = new Float64Array(total * spaces.length);
  const sum = new Float64Array(width);
  const taken = new Float64Array(spaces.length);
  for (let r = 0; r < total; r++) {
    let at = r * width;
    spaces.forEach((space, v) => {
      const start = r * space.rows.stride;
      rows.set(space.rows.values.subarray(start, start + space.rows.width), at);
      constants[r * spaces.length + v] = space.constants[r]!;
      taken[v]! += space.constants[r]!;
      at += space.rows.width;
    });
    for (let k = 0; k < width; k++) sum[k]! += rows[r * width + k]!;
  }
  return {
    ...{ key: nextKey(), bylines: prints.bylines, total, dims, rows },
    words: sharedFloats(wordsByByline(prints)),
    constants: sharedFloats(constants),
    sum: sharedFloats(sum),
    taken: sharedFloats(taken),
  };
}

/** Blocks of sides as columns. */
function sidesOf(parts: readonly Float64Array[], bylines: number): Pick<PairBasis, 'slopes' | 'offsets'> {
  const all = parts.flatMap((part) => [...part]);
  const views = VIEW_NAMES.length;
  return {
    slopes: sharedFloats(Array.from({ length: bylines }, (_, b) => all[b * (views + 1)]!)),
    offsets: sharedFloats(all.filter((_, i) => i % (views + 1) !== 0)),
  };
}

function sharedFloats(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(new SharedArrayBuffer(8 * values.length));
  out.set(values);
  return out;
}

/** Each byline's constants, added up. */
interface Whole {
  readonly matrix: DenseMatrix;
  readonly constants: Float64Array;
}

const wholeByKey = new Kept<Whole>();

function wholeOf({ key, rows, total, constants }: Pick<Dump, 'key' | 'rows' | 'total' | 'constants'>): Whole {
  return wholeByKey.get(key, () => {
    const width = rows.length / total;
    const matrix = new DenseMatrix(total, width);
    for (let r = 0; r < total; r++) matrix.values.set(rows.subarray(r * width, (r + 1) * width), r * matrix.stride);
    const views = constants.length / total;
    const sums = new Float64Array(total);
    constants.forEach((c, i) => (sums[Math.floor(i / views)]! += c));
    return { matrix, constants: sums };
  });
}

/** Likenesses, all views added, of rows from … to with rows first … end, block × (end - first). */
function likenessesOf(
  { matrix, constants }: Whole,
  from: number,
  to: number,
  first: number,
  end: number,
): Float32Array {
  const width = end - first;
  const out = new Float32Array((to - from) * width);
  for (let at = first; at < end; at += ACROSS) {
    const until = Math.min(end, at + ACROSS);
    for (let a = from; a < to; a++) {
      const row = matrix.values.subarray(a * matrix.stride, (a + 1) * matrix.stride);
      const start = (a - from) * width + at - first;
      matrix.dots(row, at, until, out.subarray(start, start + until - at));
    }
  }
  for (let a = from; a < to; a++)
    for (let b = first; b < end; b++) out[(a - from) * width + b - first]! -= constants[a]! + constants[b]!;
  return out;
}

interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * What each side of a block adds to and takes off a pair's likeness, [slope, offset in every view, …]: the normalised score
 * of `normalise.ts` is a straight line in the likeness.
 */
const cohortTask: Task<Block & { readonly dump: Dump }, Float64Array> = {
  name: 'cohort',
  run: ({ from, to, dump }) => {
    const { total } = dump;
    const scores = likenessesOf(wholeOf(dump), from, to, 0, total);
    const places = VIEW_NAMES.length + 1;
    const out = new Float64Array((to - from) * places);
    for (let a = from; a < to; a++) {
      const own = scores.subarray((a - from) * total, (a - from + 1) * total);
      const near = nearestTo(a, own);
      const alike = near.map((b) => likenessByView(dump, a, b));
      const side = out.subarray((a - from) * places, (a - from + 1) * places);
      addCohort(side, meansWithAll(dump, a), 1, (mean) => {
        let squares = 0;
        for (let b = 0; b < total; b++) if (b !== a) squares += (own[b]! - mean) ** 2;
        return squares / Math.max(1, total - 1);
      });
      addCohort(side, meansOf(alike), SHARP_SHARE, (mean) => {
        const squares = near.reduce((s, b) => s + (own[b]! - mean) ** 2, 0);
        return squares / Math.max(1, near.length);
      });
    }
    return out;
  },
};

/** Adds what one cohort makes of a side's scores. */
function addCohort(
  side: Float64Array,
  means: readonly number[],
  weight: number,
  variance: (mean: number) => number,
): void {
  const mean = means.reduce((s, m) => s + m, 0);
  const slope = weight / Math.max(LEAST_SPREAD, Math.sqrt(variance(mean))) / 2;
  side[0]! += slope;
  means.forEach((m, v) => (side[v + 1]! += m * slope));
}

function meansOf(alike: readonly (readonly number[])[]): number[] {
  return VIEW_NAMES.map((_, v) => alike.reduce((s, row) => s + row[v]!, 0) / Math.max(1, alike.length));
}

/** Mean likeness of byline a with all others in every view, from the sum of their rows. */
function meansWithAll({ dims, rows, total, constants, sum, taken }: Dump, a: number): number[] {
  const others = Math.max(1, total - 1);
  const row = rows.subarray(a * sum.length, (a + 1) * sum.length);
  const views = dims.length;
  let at = 0;
  return dims.map((width, v) => {
    let dot = 0;
    for (const end = at + width; at < end; at++) dot += row[at]! * (sum[at]! - row[at]!);
    const own = constants[a * views + v]!;
    return (dot - (taken[v]! - own)) / others - own;
  });
}

type Rows = Pick<PairBasis, 'dims' | 'rows' | 'constants' | 'total'>;

/** Likeness of two bylines in every view. */
function likenessByView({ dims, rows, constants, total }: Rows, a: number, b: number): number[] {
  const width = rows.length / total;
  const [x, y] = [rows.subarray(a * width, (a + 1) * width), rows.subarray(b * width, (b + 1) * width)];
  let at = 0;
  return dims.map((size, v) => {
    let dot = 0;
    for (const end = at + size; at < end; at++) dot += x[at]! * y[at]!;
    return dot - constants[a * dims.length + v]! - constants[b * dims.length + v]!;
  });
}

interface PairsBlock extends Block {
  readonly basis: PairBasis & Pick<Dump, 'key'>;
  readonly calibration: PairCalibration;
  readonly floor: number;
  readonly leastWords: number;
  readonly about: readonly number[];
}

/** Scores of a block are added in another order than those of single pairs: so far apart they may be. */
const ROUNDING = 1e-3;
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
  run: ({ from, to, basis, calibration, floor, leastWords, about }) => {
    const { bylines, words, slopes } = basis;
    const scores = likenessesOf(wholeOf(basis), from, to, from, bylines);
    const width = bylines - from;
    const wanted = new Set(about);
    const offsets = offsetsOf(basis);
    const sides: number[] = [];
    const counts = new Float64Array(BINS);
    const best = new Float32Array(bylines).fill(-Infinity);
    for (let a = from; a < to; a++)
      for (let b = a + 1; b < bylines; b++) {
        const asked = words[a]! >= leastWords && words[b]! >= leastWords;
        const kept = wanted.size > 0 && (wanted.has(a) || wanted.has(b));
        if (!asked && !kept) continue;
        const alike = scores[(a - from) * width + b - from]!;
        const normalised = alike * (slopes[a]! + slopes[b]!) - offsets[a]! - offsets[b]!;
        const score = scoreOf(normalised, words[a]!, words[b]!, calibration);
        if (kept || score >= floor - ROUNDING) sides.push(a, b);
        if (!asked) continue;
        counts[Math.max(0, Math.min(BINS - 1, Math.floor((score - FROM) / STEP)))]!++;
        if (score > best[a]!) best[a] = score;
        if (score > best[b]!) best[b] = score;
      }
    return { sides: Int32Array.from(sides), counts, best };
  },
};

/** Each side's offsets, all views added. */
function offsetsOf({ offsets, bylines }: PairBasis): Float64Array {
  const views = offsets.length / bylines;
  const out = new Float64Array(bylines);
  offsets.forEach((o, i) => (out[Math.floor(i / views)]! += o));
  return out;
}

function scoreOf(normalised: number, x: number, y: number, calibration: PairCalibration): number {
  return log10Odds(calibration, pairFeatures({ normalised, wordsLess: Math.min(x, y), wordsMore: Math.max(x, y) }));
}

/** Scores any pair of bylines, as it was scored among all. */
export function scoredBy(basis: PairBasis, calibration: PairCalibration): OtherPairs['scored'] {
  const { slopes, offsets, words } = basis;
  const { cap } = calibration;
  return (a, b) => {
    const alike = likenessByView(basis, a, b);
    const [p, q] = [a * alike.length, b * alike.length];
    // Rounded as the columns of all pairs are.
    const added = alike.map((l, v) => Math.fround(l * (slopes[a]! + slopes[b]!) - offsets[p + v]! - offsets[q + v]!));
    const views = Object.fromEntries(VIEW_NAMES.map((name, v) => [name, added[v]])) as Record<ViewName, number>;
    const normalised = added.reduce((s, x) => s + x, 0);
    const score = scoreOf(normalised, words[a]!, words[b]!, calibration);
    return {
      words: Math.min(words[a]!, words[b]!),
      views,
      score,
      log10LR: Math.max(-cap, Math.min(cap, score)),
    };
  };
}

/** The kept pairs as columns, and what is known of the others. */
function joined(
  found: readonly FoundPairs[],
  basis: PairBasis,
  calibration: PairCalibration,
  { floor: least, about }: CompareOptions,
): Pairs {
  const scored = scoredBy(basis, calibration);
  const wanted = new Set(about);
  let all: { readonly a: number; readonly b: number; readonly pair: ScoredPair }[] = [];
  const keepFrom = (floor: number): void => {
    all = all.filter(({ a, b, pair }) => pair.score >= floor || wanted.has(a) || wanted.has(b));
  };
  for (const { sides } of found)
    for (let p = 0; p < sides.length; p += 2)
      all.push({ a: sides[p]!, b: sides[p + 1]!, pair: scored(sides[p]!, sides[p + 1]!) });
  let floor = least;
  keepFrom(floor);
  if (all.length > MOST_KEPT) {
    floor = all.map(({ pair }) => pair.score).sort((x, y) => y - x)[MOST_KEPT - 1]!;
    keepFrom(floor);
  }
  const counts = new Float64Array(BINS);
  const best = new Float64Array(basis.bylines).fill(-Infinity);
  for (const part of found) {
    for (let i = 0; i < BINS; i++) counts[i]! += part.counts[i]!;
    for (let b = 0; b < best.length; b++) best[b] = Math.max(best[b]!, part.best[b]!);
  }
  const others: OtherPairs = { counts, from: FROM, step: STEP, floor, best, scored, basis };
  return {
    a: Int32Array.from(all, ({ a }) => a),
    b: Int32Array.from(all, ({ b }) => b),
    words: Float64Array.from(all, ({ pair }) => pair.words),
    views: Object.fromEntries(
      VIEW_NAMES.map((v) => [v, Float32Array.from(all, ({ pair }) => pair.views[v])]),
    ) as Record<ViewName, Float32Array>,
    score: Float64Array.from(all, ({ pair }) => pair.score),
    log10LR: Float64Array.from(all, ({ pair }) => pair.log10LR),
    others,
  };
}

/** What this stage asks workers to do. */
export const COMPARE_TASKS: readonly Task<unknown, unknown>[] = [cohortTask, pairsTask];
