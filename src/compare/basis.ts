import { DenseMatrix } from '../math/kernel.js';
import { capped, log10Odds } from '../math/logistic.js';
import type { Fingerprints, OtherPairs, PairBasis } from '../types/types.js';
import { mapViews, VIEW_NAMES } from '../types/views.js';
import { Kept, nextKey } from '../work/work.js';
import { amountsByByline, pairFeatures, sides, wordsByByline, type PairCalibration } from './compare.js';
import { LEAST_SPREAD, SHARP_SHARE } from './normalise.js';
import { viewSpaces } from './space.js';

/** Rows that are multiplied with a block at once: both fit the processor's cache. */
const ACROSS = 256;

/** What every block is multiplied with, in shared memory. */
export interface Dump extends Omit<PairBasis, 'slopes' | 'offsets'> {
  readonly key: number;
  /** Sum of all rows, and of all constants view by view. */
  readonly sum: Float64Array;
  readonly taken: Float64Array;
}

export function dumpOf(prints: Fingerprints): Dump {
  const spaces = viewSpaces(prints);
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
    amounts: sharedFloats(amountsByByline(prints)),
    constants: sharedFloats(constants),
    sum: sharedFloats(sum),
    taken: sharedFloats(taken),
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

export function wholeOf({ key, rows, total, constants }: Pick<Dump, 'key' | 'rows' | 'total' | 'constants'>): Whole {
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
export function likenessesOf(
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

/** Numbers of a side: slope, and offset in every view. */
export const PLACES = VIEW_NAMES.length + 1;

/**
 * What a side adds to and takes off a pair's likeness, [slope, offset in every view, …]: the normalised score of
 * `normalise.ts` is a straight line in the likeness.
 *
 * @param side filled
 * @param means likeness with all others, view by view
 * @param variance of the likeness with all others, from its mean
 * @param near likeness with each of the near cohort, view by view, and their sums
 */
export function addSide(
  side: Float64Array,
  means: readonly number[],
  variance: (mean: number) => number,
  near: readonly (readonly number[])[],
  sums: readonly number[],
): void {
  addCohort(side, means, 1, variance);
  addCohort(side, meansOf(near), SHARP_SHARE, (mean) => {
    const squares = sums.reduce((s, x) => s + (x - mean) ** 2, 0);
    return squares / Math.max(1, sums.length);
  });
}

/** Blocks of sides as columns. */
export function sidesOf(parts: readonly Float64Array[], bylines: number): Pick<PairBasis, 'slopes' | 'offsets'> {
  const slopes = sharedFloats(new Float64Array(bylines));
  const offsets = sharedFloats(new Float64Array(bylines * (PLACES - 1)));
  let b = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += PLACES, b++) {
      slopes[b] = part[at]!;
      offsets.set(part.subarray(at + 1, at + PLACES), b * (PLACES - 1));
    }
  return { slopes, offsets };
}

/** A byline's constants in all views, added up. */
export function constantsOf(constants: Float64Array, total: number, b: number): number {
  const views = constants.length / total;
  let sum = 0;
  for (let v = 0; v < views; v++) sum += constants[b * views + v]!;
  return sum;
}

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
export function meansWithAll({ dims, rows, total, constants, sum, taken }: Dump, a: number): number[] {
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
export function likenessByView({ dims, rows, constants, total }: Rows, a: number, b: number): number[] {
  const width = rows.length / total;
  const [x, y] = [rows.subarray(a * width, (a + 1) * width), rows.subarray(b * width, (b + 1) * width)];
  let at = 0;
  return dims.map((size, v) => {
    let dot = 0;
    for (const end = at + size; at < end; at++) dot += x[at]! * y[at]!;
    return dot - constants[a * dims.length + v]! - constants[b * dims.length + v]!;
  });
}

/** Each side's offsets, all views added. */
export function offsetsOf({ offsets, bylines }: PairBasis): Float64Array {
  const views = offsets.length / bylines;
  const out = new Float64Array(bylines);
  offsets.forEach((o, i) => (out[Math.floor(i / views)]! += o));
  return out;
}

/** @param x amount of text of one side, @param y of the other */
export function scoreOf(normalised: number, x: number, y: number, calibration: PairCalibration): number {
  return log10Odds(calibration, pairFeatures({ normalised, ...sides(x, y) }));
}

/** Scores any pair of bylines, as it was scored among all. */
export function scoredBy(basis: PairBasis, calibration: PairCalibration): OtherPairs['scored'] {
  const { slopes, offsets, words, amounts } = basis;
  const { cap } = calibration;
  return (a, b) => {
    const alike = likenessByView(basis, a, b);
    const [p, q] = [a * alike.length, b * alike.length];
    // Rounded as the columns of all pairs are.
    const added = alike.map((l, v) => Math.fround(l * (slopes[a]! + slopes[b]!) - offsets[p + v]! - offsets[q + v]!));
    const views = mapViews(VIEW_NAMES, (_, v) => added[v]!);
    const normalised = added.reduce((s, x) => s + x, 0);
    const score = scoreOf(normalised, amounts[a]!, amounts[b]!, calibration);
    return { words: Math.min(words[a]!, words[b]!), views, score, log10LR: capped(score, cap) };
  };
}
