import { upperBound } from '../math/search.js';
import type { PackedRows, SparseRows } from '../types/types.js';
import { Pieces } from '../work/pieces.js';
import { RowCounter } from './counting.js';

export { RowReader, unpackRows } from '../math/counts.js';

let packer: RowCounter | null = null;

/** Plain rows packed; in each row the ids ascend. */
export function packRows({ start, ids, counts }: SparseRows): PackedRows {
  packer ??= new RowCounter();
  for (let r = 0; r + 1 < start.length; r++) {
    for (let p = start[r]!; p < start[r + 1]!; p++) packer.put(ids[p]!, counts[p]!);
    packer.endRow();
  }
  return packer.finish();
}

/** Packed batches seen as one run of rows. */
export class PackedBatches {
  /** Number of the first row of each batch, and of all rows at the end. */
  readonly first: Int32Array;

  constructor(readonly packed: readonly PackedRows[]) {
    this.first = new Int32Array(packed.length + 1);
    packed.forEach(({ start }, i) => (this.first[i + 1] = this.first[i]! + start.length - 1));
  }

  get rows(): number {
    return this.first[this.packed.length]!;
  }

  /** Entries of a row, or a few more. */
  lengthOf(row: number): number {
    const [{ start }, r] = this.find(row);
    return start[r + 1]! - start[r]!;
  }

  /** The batch a row is in, and its number there. */
  find(row: number): [PackedRows, number] {
    const b = upperBound(this.first, row) - 1;
    return [this.packed[b]!, row - this.first[b]!];
  }

  /** Chosen rows, in the order asked for, packed as they are. */
  packedOf(rows: readonly number[]): PackedRows {
    const found = rows.map((r) => this.find(r));
    const start = new Float64Array(rows.length + 1);
    found.forEach(([own, r], i) => (start[i + 1] = start[i]! + own.start[r + 1]! - own.start[r]!));
    const entries = new Uint16Array(start[rows.length]!);
    found.forEach(([own, r], i) => entries.set(own.entries.subarray(own.start[r]!, own.start[r + 1]!), start[i]!));
    return { start, entries };
  }
}

/** Rows of several packed batches as one batch. */
export function joinRows(parts: readonly PackedRows[], pieces = new Pieces(0)): PackedRows {
  const rows = parts.reduce((n, p) => n + p.start.length - 1, 0);
  const entries = pieces.takeUint16(parts.reduce((n, p) => n + p.entries.length, 0));
  const start = new Float64Array(rows + 1);
  let [row, used] = [0, 0];
  for (const part of parts) {
    entries.set(part.entries, used);
    for (let r = 1; r < part.start.length; r++) start[++row] = used + part.start[r]!;
    used += part.entries.length;
  }
  return { start, entries };
}
