import type { Fingerprints, OtherPairs, PairBasis, Pairs, ScoredPair } from '../types/types.js';
import { mapViews, VIEW_NAMES } from '../types/views.js';
import { each, type Steps, type Task } from '../work/work.js';
import {
  addSide,
  dumpOf,
  likenessByView,
  likenessesOf,
  meansWithAll,
  offsetsOf,
  PLACES,
  scoredBy,
  scoreOf,
  sidesOf,
  wholeOf,
  type Dump,
} from './basis.js';
import { BINS, binOf, FROM, ROUNDING, STEP, type FoundPairs, type KeptPairs } from './bins.js';
import { compare, type PairCalibration } from './compare.js';
import { NEARBY_TASKS, nearbySteps } from './nearby.js';
import { nearestTo } from './normalise.js';
import { halvesTask } from './selftest.js';
import { unitsTask } from './space.js';

export { scoredBy } from './basis.js';

/** Bylines up to which every pair is kept. */
export const EVERY_PAIR = 2000;
/** Bylines up to which every pair is scored; above, pairs that an index finds. */
const EXACT_UP_TO = 50_000;
/** Rows of one batch. */
const ROWS = 128;
/** Most pairs kept; where there are more, the strongest. */
const MOST_KEPT = 100_000;

export interface CompareOptions extends KeptPairs {
  /** Bylines up to which every pair is kept; `EVERY_PAIR` when left out. */
  readonly everyPair?: number;
  /** Bylines up to which every pair is scored; `EXACT_UP_TO` when left out. */
  readonly exactUpTo?: number;
}

/**
 * `compare` for any number of bylines: above `EVERY_PAIR` of them, all pairs are scored exactly, block by block, but
 * only those that may matter are kept. Time grows with the square of the bylines, at some ten million pairs a second
 * and thread; memory with the bylines and the pairs kept. Above `EXACT_UP_TO` an index finds the pairs that are scored
 * (`nearby.ts`), and what it may have missed is told.
 */
export function* compareSteps(
  prints: Fingerprints,
  calibration: PairCalibration,
  options: CompareOptions,
): Steps<Pairs> {
  if (prints.bylines <= (options.everyPair ?? EVERY_PAIR)) return compare(prints, calibration);
  const dump = dumpOf(prints);
  if (prints.bylines > (options.exactUpTo ?? EXACT_UP_TO)) {
    const { found, basis, recall } = yield* nearbySteps(dump, calibration, options);
    return { ...joined([found], basis, calibration, options), recall };
  }
  const blocks: Block[] = [];
  for (let from = 0; from < prints.bylines; from += ROWS)
    blocks.push({ from, to: Math.min(prints.bylines, from + ROWS) });
  const parts = yield* each(
    cohortTask,
    blocks.map((block) => ({ ...block, dump })),
  );
  const { floor, leastWords, about } = options;
  const basis = { ...dump, ...sidesOf(parts, prints.bylines) };
  const found = yield* each(
    pairsTask,
    blocks.map((block) => ({ ...block, basis, calibration, floor, leastWords, about })),
  );
  return joined(found, basis, calibration, options);
}

interface Block {
  readonly from: number;
  readonly to: number;
}

/** What each side of a block adds to and takes off a pair's likeness (`addSide`). */
const cohortTask: Task<Block & { readonly dump: Dump }, Float64Array> = {
  name: 'cohort',
  run: ({ from, to, dump }) => {
    const { total } = dump;
    const scores = likenessesOf(wholeOf(dump), from, to, 0, total);
    const out = new Float64Array((to - from) * PLACES);
    for (let a = from; a < to; a++) {
      const own = scores.subarray((a - from) * total, (a - from + 1) * total);
      const near = nearestTo(a, own);
      const spread = (mean: number): number => {
        let squares = 0;
        for (let b = 0; b < total; b++) if (b !== a) squares += (own[b]! - mean) ** 2;
        return squares / Math.max(1, total - 1);
      };
      addSide(
        out.subarray((a - from) * PLACES, (a - from + 1) * PLACES),
        meansWithAll(dump, a),
        spread,
        near.map((b) => likenessByView(dump, a, b)),
        near.map((b) => own[b]!),
      );
    }
    return out;
  },
};

interface PairsBlock extends Block, KeptPairs {
  readonly basis: PairBasis & Pick<Dump, 'key'>;
  readonly calibration: PairCalibration;
}

/** Scores each pair of a block's rows with the rows behind them. */
const pairsTask: Task<PairsBlock, FoundPairs> = {
  name: 'pairs',
  run: ({ from, to, basis, calibration, floor, leastWords, about }) => {
    const { bylines, words, amounts, slopes } = basis;
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
        const score = scoreOf(normalised, amounts[a]!, amounts[b]!, calibration);
        if (kept || score >= floor - ROUNDING) sides.push(a, b);
        if (!asked) continue;
        counts[binOf(score)]!++;
        if (score > best[a]!) best[a] = score;
        if (score > best[b]!) best[b] = score;
      }
    return { sides: Int32Array.from(sides), counts, best };
  },
};

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
    views: mapViews(VIEW_NAMES, (v) => Float32Array.from(all, ({ pair }) => pair.views[v])),
    score: Float64Array.from(all, ({ pair }) => pair.score),
    log10LR: Float64Array.from(all, ({ pair }) => pair.log10LR),
    others,
  };
}

/** What this stage asks workers to do. */
export const COMPARE_TASKS: readonly Task<unknown, unknown>[] = [
  unitsTask,
  halvesTask,
  cohortTask,
  pairsTask,
  ...NEARBY_TASKS,
];
