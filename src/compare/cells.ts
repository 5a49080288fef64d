import { DenseMatrix } from '../math/kernel.js';
import { Kept, nextKey } from '../work/work.js';
import { constantsOf, type Dump } from './basis.js';

/** Cells that a byline stands in. */
export const CELLS = 16;
/** Rows of one batch of a cell. */
const CELL_ROWS = 512;

/** Rows that blocks of others are multiplied with. */
export interface Chosen {
  readonly key: number;
  readonly rows: Int32Array;
}

export function chosen(rows: readonly number[]): Chosen {
  return { key: nextKey(), rows: Int32Array.from(rows) };
}

interface Gathered {
  readonly matrix: DenseMatrix;
  readonly constants: Float64Array;
}

/** Rows of some bylines in one matrix, and the sum of each byline's constants. */
function gather({ rows, total, constants }: Dump, members: Int32Array, into?: DenseMatrix): Gathered {
  const width = rows.length / total;
  const matrix = into ?? new DenseMatrix(members.length, width);
  members.forEach((b, i) => matrix.values.set(rows.subarray(b * width, (b + 1) * width), i * matrix.stride));
  return { matrix, constants: Float64Array.from(members, (b) => constantsOf(constants, total, b)) };
}

const gatheredByKey = new Kept<Gathered>();

/** Likeness of byline a with the gathered ones. */
function alike(
  { rows, total, constants }: Dump,
  a: number,
  { matrix, constants: theirs }: Gathered,
  out: Float32Array,
): void {
  const width = rows.length / total;
  matrix.dots(rows.subarray(a * width, (a + 1) * width), 0, theirs.length, out);
  const own = constantsOf(constants, total, a);
  for (let i = 0; i < theirs.length; i++) out[i]! -= own + theirs[i]!;
}

export interface Block {
  readonly from: number;
  readonly to: number;
  readonly dump: Dump;
  readonly among: Chosen;
}

/** Runs through a block's bylines, each with its likeness to the chosen ones. */
export function eachOf({ from, to, dump, among }: Block, visit: (a: number, likeness: Float32Array) => void): void {
  const others = gatheredByKey.get(among.key, () => gather(dump, among.rows));
  const likeness = new Float32Array(among.rows.length);
  for (let a = from; a < to; a++) {
    alike(dump, a, others, likeness);
    visit(a, likeness);
  }
}

/** Some rows of one cell, to be compared with all of it. */
export interface Cell {
  readonly cell: number;
  readonly members: Int32Array;
  readonly from: number;
  readonly to: number;
}

export function cellsOf(places: Float64Array, pivots: number): Cell[] {
  const members: number[][] = Array.from({ length: pivots }, () => []);
  places.forEach((cell, i) => {
    if (cell >= 0) members[cell]!.push(Math.floor(i / CELLS));
  });
  return members.flatMap((list, cell) => {
    const own = Int32Array.from(list);
    return Array.from({ length: Math.ceil(own.length / CELL_ROWS) }, (_, k): Cell => ({
      ...{ cell, members: own, from: k * CELL_ROWS },
      to: Math.min(own.length, (k + 1) * CELL_ROWS),
    }));
  });
}

/** One matrix a thread for all cells, as large as the largest yet. */
let room: DenseMatrix | null = null;

export function eachOfCell(
  { members, from, to, dump }: Cell & { readonly dump: Dump },
  visit: (place: number, likeness: Float32Array) => void,
): void {
  const width = dump.rows.length / dump.total;
  if (room === null || room.rows < members.length || room.width !== width)
    room = new DenseMatrix(Math.max(members.length, 2 * CELL_ROWS), width);
  const others = gather(dump, members, room);
  const likeness = new Float32Array(members.length);
  for (let i = from; i < to; i++) {
    alike(dump, members[i]!, others, likeness);
    visit(i, likeness);
  }
}
