import type { PackedRows, SparseRows } from '../types.js';
import { Pieces } from '../work/pieces.js';
import { RowCounter, STEP_BITS } from './counting.js';

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

/** All rows of a batch, unpacked. */
export function unpackRows(rows: PackedRows): SparseRows {
  return new PackedBatches([rows]).rowsOf([...rows.start.keys()].slice(1).map((r) => r - 1));
}

/** Room for the entries of one row, used again for every row. */
export class RowReader {
  ids = new Uint32Array(1 << 12);
  counts = new Uint16Array(1 << 12);

  /** Reads row r into `ids` and `counts`. @returns how many entries it has */
  read({ start, entries }: PackedRows, r: number): number {
    const end = start[r + 1]!;
    let at = start[r]!;
    if (end - at > this.ids.length) {
      this.ids = new Uint32Array(2 * (end - at));
      this.counts = new Uint16Array(2 * (end - at));
    }
    const { ids, counts } = this;
    let id = 0;
    let n = 0;
    while (at < end) {
      const entry = entries[at++]!;
      let count = entry >>> STEP_BITS;
      id += entry & ((1 << STEP_BITS) - 1);
      if (count === 0) {
        id += entries[at++]! << STEP_BITS;
        count = entries[at++]!;
      }
      ids[n] = id;
      counts[n++] = count;
    }
    return n;
  }
}

/** Entries that rows are unpacked into before their number is known: new arrays each time made the engine collect all the time. */
const roomOf = (entries: number) => ({ ids: new Uint32Array(entries), counts: new Uint16Array(entries) });
const ROOM = 1 << 19;
let unpacked: ReturnType<typeof roomOf> | null = null;

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

  /** Reads one row. @returns how many entries it has */
  read(row: number, into: RowReader): number {
    return into.read(...this.find(row));
  }

  /** Entries of a row, or a few more. */
  lengthOf(row: number): number {
    const [{ start }, r] = this.find(row);
    return start[r + 1]! - start[r]!;
  }

  /** The batch a row is in, and its number there. */
  find(row: number): [PackedRows, number] {
    const b = this.batchOf(row);
    return [this.packed[b]!, row - this.first[b]!];
  }

  private batchOf(row: number): number {
    let [low, high] = [0, this.packed.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.first[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Chosen rows, in the order asked for, as plain sparse rows. */
  rowsOf(rows: readonly number[]): SparseRows {
    const reader = new RowReader();
    const start = new Int32Array(rows.length + 1);
    const most = rows.reduce((n, row) => n + this.lengthOf(row), 0);
    const { ids, counts } = most > ROOM ? roomOf(most) : (unpacked ??= roomOf(ROOM));
    rows.forEach((r, i) => {
      const n = this.read(r, reader);
      ids.set(reader.ids.subarray(0, n), start[i]!);
      counts.set(reader.counts.subarray(0, n), start[i]!);
      start[i + 1] = start[i]! + n;
    });
    const used = start[rows.length]!;
    return { start, ids: ids.slice(0, used), counts: counts.slice(0, used) };
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
