import type { PairBasis } from '../types/types.js';
import { Kept, type Task } from '../work/work.js';
import { offsetsOf, scoreOf, type Dump } from './basis.js';
import { BINS, binOf, ROUNDING, type FoundPairs, type KeptPairs } from './bins.js';
import { CELLS, eachOf, eachOfCell, type Block, type Cell } from './cells.js';
import type { PairCalibration } from './compare.js';

/** What the index missed, as far as bylines drawn by lot tell: exact pairs at or above the floor, and how many it found. */
export interface Recall {
  readonly exact: number;
  readonly found: number;
}

interface Scoring extends KeptPairs {
  readonly basis: PairBasis;
  readonly calibration: PairCalibration;
}

/** Pairs at or above the floor, [a, b, …] with a < b, and the highest score of each member with another of text enough. */
interface Candidates {
  readonly sides: Int32Array;
  readonly best: Float32Array;
}

const offsetsByKey = new Kept<Float64Array>();

/** Makes the function that scores a likeness. */
function scorer({ basis, calibration }: Scoring, key: number): (a: number, b: number, likeness: number) => number {
  const { slopes, amounts } = basis;
  const offsets = offsetsByKey.get(key, () => offsetsOf(basis));
  return (a, b, likeness) =>
    scoreOf(likeness * (slopes[a]! + slopes[b]!) - offsets[a]! - offsets[b]!, amounts[a]!, amounts[b]!, calibration);
}

/** Scores some rows of a cell with the rows behind them. */
export const candidatesTask: Task<Cell & Scoring & { readonly dump: Dump; readonly places: Float64Array }, Candidates> =
  {
    name: 'candidates',
    run: (part) => {
      const { cell, members, places, dump, floor, leastWords } = part;
      const { words } = dump;
      const score = scorer(part, dump.key);
      const found: number[] = [];
      const best = new Float32Array(members.length).fill(-Infinity);
      eachOfCell(part, (i, likeness) => {
        const a = members[i]!;
        if (words[a]! < leastWords) return;
        for (let j = i + 1; j < members.length; j++) {
          const b = members[j]!;
          if (words[b]! < leastWords) continue;
          const scored = score(a, b, likeness[j]!);
          if (scored > best[i]!) best[i] = scored;
          if (scored > best[j]!) best[j] = scored;
          if (scored >= floor - ROUNDING && firstShared(places, a, b) === cell) found.push(a, b);
        }
      });
      return { sides: Int32Array.from(found), best };
    },
  };

/** The first cell that two bylines share. */
function firstShared(places: Float64Array, a: number, b: number): number {
  let [i, j] = [a * CELLS, b * CELLS];
  const [endA, endB] = [i + CELLS, j + CELLS];
  while (i < endA && j < endB) {
    if (places[i] === places[j] && places[i]! >= 0) return places[i]!;
    if (places[i]! <= places[j]!) i++;
    else j++;
  }
  return -1;
}

/** Pairs of a block with the bylines drawn, exactly: scores of all in bins, and those at or above the floor. */
export const drawnTask: Task<Block & Scoring, Pick<FoundPairs, 'sides' | 'counts'>> = {
  name: 'drawn',
  run: (block) => {
    const { among, dump, floor, leastWords } = block;
    const { words } = dump;
    const score = scorer(block, dump.key);
    const found: number[] = [];
    const counts = new Float64Array(BINS);
    eachOf(block, (a, likeness) => {
      among.rows.forEach((b, i) => {
        if (a === b || words[a]! < leastWords || words[b]! < leastWords) return;
        const scored = score(a, b, likeness[i]!);
        counts[binOf(scored)]!++;
        if (scored >= floor) found.push(Math.min(a, b), Math.max(a, b));
      });
    });
    return { sides: Int32Array.from(found), counts };
  },
};

/** What was found cell by cell, and what of the exact answer for the bylines drawn is among it. */
export function gathered(
  bylines: number,
  cells: readonly Cell[],
  parts: readonly Candidates[],
  drawn: readonly Pick<FoundPairs, 'sides' | 'counts'>[],
  asked: readonly Pick<FoundPairs, 'sides'>[],
  leastWords: number,
  words: Float64Array,
): { readonly found: FoundPairs; readonly recall: Recall } {
  const candidates = keysOf(parts, bylines);
  const exact = keysOf(drawn, bylines);
  const known = new Set(candidates);
  const best = new Float32Array(bylines).fill(-Infinity);
  parts.forEach((part, c) => {
    cells[c]!.members.forEach((b, i) => (best[b] = Math.max(best[b]!, part.best[i]!)));
  });
  const counts = new Float64Array(BINS);
  for (const part of drawn) part.counts.forEach((n, i) => (counts[i]! += n));
  const able = words.reduce((n, w) => n + Number(w >= leastWords), 0);
  // Scaled to the number of all pairs that are asked.
  const scale =
    (able * (able - 1)) /
    2 /
    Math.max(
      1,
      counts.reduce((n, c) => n + c, 0),
    );
  const keys = Float64Array.from(new Set([...candidates, ...exact, ...keysOf(asked, bylines)])).sort();
  const sides = new Int32Array(2 * keys.length);
  keys.forEach((key, p) => sides.set([Math.floor(key / bylines), key % bylines], 2 * p));
  return {
    found: { sides, counts: counts.map((n) => n * scale), best },
    recall: { exact: exact.length, found: exact.filter((key) => known.has(key)).length },
  };
}

/** Pairs as numbers, each once, ascending. */
function keysOf(parts: readonly Pick<FoundPairs, 'sides'>[], bylines: number): Float64Array {
  const keys = new Set<number>();
  for (const { sides: own } of parts) for (let p = 0; p < own.length; p += 2) keys.add(own[p]! * bylines + own[p + 1]!);
  return Float64Array.from(keys).sort();
}
