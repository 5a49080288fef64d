import type { PackedRows, SparseRows } from '../types/types.js';

/** Bits of the id of an n-gram: it is hashed into so many buckets. The kernel's tally is as large (kernel.wat). */
export const ID_BITS = 20;
/** Bits of an entry of packed rows that hold the distance from the id before; the others hold the count. */
const STEP_BITS = 13;

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

/** Rows of packed batches, each by its number there, in the order given, as plain sparse rows. */
export function unpackedRows(rows: readonly (readonly [batch: PackedRows, row: number])[]): SparseRows {
  const reader = new RowReader();
  const start = new Int32Array(rows.length + 1);
  const most = rows.reduce((n, [batch, r]) => n + batch.start[r + 1]! - batch.start[r]!, 0);
  const { ids, counts } = most > ROOM ? roomOf(most) : (unpacked ??= roomOf(ROOM));
  rows.forEach(([batch, r], i) => {
    const n = reader.read(batch, r);
    ids.set(reader.ids.subarray(0, n), start[i]!);
    counts.set(reader.counts.subarray(0, n), start[i]!);
    start[i + 1] = start[i]! + n;
  });
  const used = start[rows.length]!;
  return { start, ids: ids.slice(0, used), counts: counts.slice(0, used) };
}

/** All rows of a batch, unpacked. */
export function unpackRows(rows: PackedRows): SparseRows {
  return unpackedRows(Array.from({ length: rows.start.length - 1 }, (_, r) => [rows, r] as const));
}
