import { sampleIndices, seededRandom } from '../math/random.js';
import type { PairBasis } from '../types.js';
import { each, Kept, nextKey, type Steps, type Task } from '../work/work.js';
import { addSide, likenessByView, meansWithAll, offsetsOf, PLACES, scoreOf, sidesOf, type Dump } from './basis.js';
import { BINS, binOf, ROUNDING, type FoundPairs } from './bins.js';
import { CELLS, cellsOf, chosen, eachOf, eachOfCell, type Block, type Cell } from './cells.js';
import type { PairCalibration } from './compare.js';
import { NEAREST } from './normalise.js';

/**
 * Candidates among more bylines than can be compared pair by pair, by an index of cells (the inverted file of Jégou et al.
 * 2011, with several cells for each item). Some bylines drawn by lot are pivots; each byline stands in the cells of the
 * few pivots it is most like, as seen from the pivot; two bylines that share a cell are scored. What an index may miss is
 * measured in every run: bylines drawn by lot are scored with all others.
 */

/** Pivots, in roots of the number of bylines: a byline is scored with so many others that they grow with the root too. */
const PIVOTS = 8;
/** Bylines drawn by lot that stand for all: their spread is within 3 % of that of all, nineteen times in twenty. */
const SAMPLED = 2048;
/** Rows of one batch. */
const ROWS = 1024;

/** What the index missed, as far as bylines drawn by lot tell: exact pairs at or above the floor, and how many it found. */
interface Recall {
  readonly exact: number;
  readonly found: number;
}

interface NearbyOptions {
  readonly floor: number;
  readonly leastWords: number;
  readonly about: readonly number[];
}

/** Scores pairs that share a cell. @returns what is known of every side, the pairs at or above the floor, and the recall */
export function* nearbySteps(
  dump: Dump,
  calibration: PairCalibration,
  options: NearbyOptions,
): Steps<{ readonly basis: PairBasis; readonly found: FoundPairs; readonly recall: Recall }> {
  const { bylines } = dump;
  const sample = chosen(sampleIndices(bylines, SAMPLED, seededRandom(21)));
  const pivots = chosen(sampleIndices(bylines, PIVOTS * Math.ceil(Math.sqrt(bylines)), seededRandom(22)));
  const blocks = Array.from({ length: Math.ceil(bylines / ROWS) }, (_, i) => ({
    from: i * ROWS,
    to: Math.min(bylines, (i + 1) * ROWS),
  }));
  const own = { dump: { ...dump, key: nextKey() } };
  const variances = joined(
    yield* each(
      spreadsTask,
      blocks.map((block) => ({ ...block, ...own, among: sample })),
    ),
  );
  const places = joined(
    yield* each(
      cellsTask,
      blocks.map((block) => ({ ...block, ...own, among: pivots, variances })),
    ),
  );
  const cells = cellsOf(places, pivots.rows.length);
  const near = nearestOf(
    bylines,
    cells,
    yield* each(
      nearTask,
      cells.map((cell) => ({ ...cell, ...own })),
    ),
  );
  const basis = { ...dump, ...sidesOf([sides(dump, variances, near)], bylines) };
  const scoring = { basis, calibration, ...options };
  const parts = yield* each(
    candidatesTask,
    cells.map((cell) => ({ ...cell, ...own, ...scoring, places })),
  );
  const drawn = yield* each(
    drawnTask,
    blocks.map((block) => ({ ...block, ...own, ...scoring, among: sample })),
  );
  const about = chosen(options.about);
  const all = { ...scoring, floor: -Infinity, leastWords: 0 };
  const asked = yield* each(
    drawnTask,
    about.rows.length === 0 ? [] : blocks.map((block) => ({ ...block, ...own, ...all, among: about })),
  );
  return { basis, ...gathered(bylines, cells, parts, drawn, asked, options.leastWords, dump.words) };
}

/** Variance of the likeness of each byline of a block with the bylines drawn by lot. */
const spreadsTask: Task<Block, Float64Array> = {
  name: 'spreads',
  run: (block) => {
    const out = new Float64Array(block.to - block.from);
    eachOf(block, (a, likeness) => {
      const mean = meansWithAll(block.dump, a).reduce((s, m) => s + m, 0);
      let [squares, n] = [0, 0];
      block.among.rows.forEach((b, i) => {
        if (b === a) return;
        squares += (likeness[i]! - mean) ** 2;
        n++;
      });
      out[a - block.from] = squares / Math.max(1, n);
    });
    return out;
  },
};

/** The pivots each byline of a block is most like, in their order. A pivot that is like all is like none. */
const cellsTask: Task<Block & { readonly variances: Float64Array }, Float64Array> = {
  name: 'cells',
  run: ({ variances, ...block }) => {
    const { rows } = block.among;
    const means = Float64Array.from(rows, (p) => meansWithAll(block.dump, p).reduce((s, m) => s + m, 0));
    const scales = Float64Array.from(rows, (p) => 1 / Math.max(1e-9, Math.sqrt(variances[p]!)));
    const out = new Float64Array((block.to - block.from) * CELLS).fill(-1);
    const seen = new Float64Array(rows.length);
    eachOf(block, (a, likeness) => {
      // A pivot stands in its own cell.
      for (let i = 0; i < rows.length; i++)
        seen[i] = rows[i] === a ? Infinity : (likeness[i]! - means[i]!) * scales[i]!;
      out.set(
        highest(seen, rows.length, CELLS).sort((x, y) => x - y),
        (a - block.from) * CELLS,
      );
    });
    return out;
  },
};

/** Places of the highest values, the highest first; ties by place. */
function highest(values: ArrayLike<number>, length: number, most: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < length; i++) {
    if (best.length === most && values[i]! <= values[best[most - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && values[best[at - 1]!]! < values[i]!) at--;
    best.splice(at, 0, i);
    if (best.length > most) best.pop();
  }
  return best;
}

/** Strangers of the adaptive cohort, and the nearest one, which is left out of it. */
const NEAR = NEAREST + 1;

/** The nearest of its cell to each row of a part of a cell: [byline, likeness, …], -1 where there are fewer. */
const nearTask: Task<Cell & { readonly dump: Dump }, Float64Array> = {
  name: 'near',
  run: (part) => {
    const out = new Float64Array((part.to - part.from) * NEAR * 2).fill(-1);
    eachOfCell(part, (i, likeness) => {
      likeness[i] = -Infinity;
      highest(likeness, likeness.length, NEAR).forEach((j, k) => {
        if (j === i) return;
        out.set([part.members[j]!, likeness[j]!], ((i - part.from) * NEAR + k) * 2);
      });
    });
    return out;
  },
};

/** The nearest of each byline over all its cells, the very nearest left out. */
function nearestOf(bylines: number, cells: readonly Cell[], parts: readonly Float64Array[]): number[][] {
  const found: Map<number, number>[] = Array.from({ length: bylines }, () => new Map());
  cells.forEach(({ members, from, to }, c) => {
    for (let i = from; i < to; i++)
      for (let k = 0; k < NEAR; k++) {
        const at = ((i - from) * NEAR + k) * 2;
        if (parts[c]![at]! >= 0) found[members[i]!]!.set(parts[c]![at]!, parts[c]![at + 1]!);
      }
  });
  return found.map((near) =>
    [...near]
      .sort((x, y) => y[1] - x[1] || x[0] - y[0])
      .slice(1, NEAR)
      .map(([b]) => b),
  );
}

/** Every byline's slope and offsets, one behind the other. */
function sides(dump: Dump, variances: Float64Array, near: readonly (readonly number[])[]): Float64Array {
  const out = new Float64Array(dump.bylines * PLACES);
  near.forEach((others, a) => {
    const views = others.map((b) => likenessByView(dump, a, b));
    const sums = views.map((view) => view.reduce((s, x) => s + x, 0));
    addSide(out.subarray(a * PLACES, (a + 1) * PLACES), meansWithAll(dump, a), () => variances[a]!, views, sums);
  });
  return out;
}

interface Scoring extends NearbyOptions {
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
const candidatesTask: Task<Cell & Scoring & { readonly dump: Dump; readonly places: Float64Array }, Candidates> = {
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
const drawnTask: Task<Block & Scoring, Pick<FoundPairs, 'sides' | 'counts'>> = {
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

function gathered(
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

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(new SharedArrayBuffer(8 * parts.reduce((n, p) => n + p.length, 0)));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What this search asks workers to do. */
export const NEARBY_TASKS: readonly Task<unknown, unknown>[] = [
  spreadsTask,
  cellsTask,
  nearTask,
  candidatesTask,
  drawnTask,
];
