import { sampleIndices, seededRandom } from '../math/random.js';
import type { PairBasis } from '../types/types.js';
import { each, nextKey, type Steps, type Task } from '../work/work.js';
import { addSide, likenessByView, meansWithAll, PLACES, sidesOf, type Dump } from './basis.js';
import type { FoundPairs, KeptPairs } from './bins.js';
import { candidatesTask, drawnTask, gathered, type Recall } from './candidates.js';
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

/** Scores pairs that share a cell. @returns what is known of every side, the pairs at or above the floor, and the recall */
export function* nearbySteps(
  dump: Dump,
  calibration: PairCalibration,
  options: KeptPairs,
): Steps<{ readonly basis: PairBasis; readonly found: FoundPairs; readonly recall: Recall }> {
  const { bylines } = dump;
  const sample = chosen(sampleIndices(bylines, SAMPLED, seededRandom(21)));
  const own = { dump: { ...dump, key: nextKey() } };
  const blocks = Array.from({ length: Math.ceil(bylines / ROWS) }, (_, i) => ({
    from: i * ROWS,
    to: Math.min(bylines, (i + 1) * ROWS),
    ...own,
  }));
  const drawn = blocks.map((block) => ({ ...block, among: sample }));
  const variances = joined(yield* each(spreadsTask, drawn));
  const { places, cells } = yield* placedSteps(blocks, bylines, variances);
  const inCells = cells.map((cell) => ({ ...cell, ...own }));
  const near = nearestOf(bylines, cells, yield* each(nearTask, inCells));
  const basis = { ...dump, ...sidesOf([sides(dump, variances, near)], bylines) };
  const scoring = { basis, calibration, ...options };
  const found = yield* each(candidatesTask, eachWith(inCells, { ...scoring, places }));
  const ofDrawn = yield* each(drawnTask, eachWith(drawn, scoring));
  const about = chosen(options.about);
  const all = { ...scoring, floor: -Infinity, leastWords: 0, among: about };
  const asked = yield* each(drawnTask, about.rows.length === 0 ? [] : eachWith(blocks, all));
  return { basis, ...gathered(bylines, cells, found, ofDrawn, asked, options.leastWords, dump.words) };
}

/** Each of the parts, and what is the same for all. */
function eachWith<T extends object, U extends object>(parts: readonly T[], more: U): (T & U)[] {
  return parts.map((part) => ({ ...part, ...more }));
}

/** Every byline in the cells of its pivots. */
function* placedSteps(
  blocks: readonly Omit<Block, 'among'>[],
  bylines: number,
  variances: Float64Array,
): Steps<{ readonly places: Float64Array; readonly cells: readonly Cell[] }> {
  const pivots = chosen(sampleIndices(bylines, PIVOTS * Math.ceil(Math.sqrt(bylines)), seededRandom(22)));
  const asked = blocks.map((block) => ({ ...block, among: pivots, variances }));
  const places = joined(yield* each(cellsTask, asked));
  return { places, cells: cellsOf(places, pivots.rows.length) };
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
