import { ID_BITS } from '../math/counts.js';
import { Arena } from '../math/kernel.js';
import type { PackedRows, SparseRows } from '../types/types.js';
import { Pieces } from '../work/pieces.js';

/** Hash buckets of one view: 2^20 leave the ≈100,000 different n-grams of a dump nearly free of collisions. */
export const BUCKETS = 1 << ID_BITS;

/** Most that one row takes: an entry that does not fit into two bytes takes three places. */
export const MOST_PLACES = 3 * BUCKETS;

/** n-grams by length, and the number that their hashes begin with. */
export interface Grams {
  readonly seed: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Values whose n-grams are counted at once, and those behind them that an n-gram of the longest may reach. */
const [AT_ONCE, REACH] = [1024, 8];

/**
 * The row that is being counted, of whichever counter: a core's cache holds one tally, and not one a view. Where the kernel
 * reaches it (`tally` in kernel.wat): counts by id, a bit for every id seen, and one for every 64 of those that are not
 * all 0, which give the ids in order.
 */
class Tally {
  private readonly arena = new Arena(0x220810 + 4 * 2 * (AT_ONCE + REACH) + 2 * MOST_PLACES);
  private readonly tally = this.arena.bytes(0x220810);
  private readonly values = this.arena.ints(AT_ONCE + REACH);
  private readonly hashes = this.arena.ints(AT_ONCE + REACH);
  private readonly entries = this.arena.shorts(MOST_PLACES);

  add(hash: number): void {
    this.hashes[0] = hash;
    this.arena.kernel.tally(this.tally.byteOffset, this.hashes.byteOffset, 1);
  }

  put(id: number, count: number): void {
    const { tally } = this;
    tally[0x200000 + (id >>> 3)]! |= 1 << (id & 7);
    tally[0x220000 + (id >>> 9)]! |= 1 << ((id >>> 6) & 7);
    tally[id] = count;
    tally[0x100000 + id] = count >>> 8;
    if (count > 255) tally[0x220800] = 1;
  }

  addGrams(length: number, fill: Fill, kinds: readonly Grams[]): void {
    const { tally, values, hashes, arena } = this;
    for (let from = 0; from < length; from += AT_ONCE) {
      const n = Math.min(length - from, values.length);
      fill(values, from, n);
      arena.kernel.scramble(values.byteOffset, n);
      for (const { seed, shortest, longest } of kinds)
        arena.kernel.countGrams(
          ...[tally.byteOffset, values.byteOffset, Math.min(n, AT_ONCE), n],
          ...[seed, shortest, longest, hashes.byteOffset],
        );
    }
  }

  /** Gives the row, as long as the next is not asked for, and forgets it. */
  take(): Uint16Array {
    const { byteOffset } = this.entries;
    return this.entries.subarray(0, (this.arena.kernel.takeRow(this.tally.byteOffset, byteOffset) - byteOffset) / 2);
  }
}

/** Writes n values of a sequence, from a place of it on, to the beginning of `into`. */
type Fill = (into: Int32Array, from: number, n: number) => void;

/** One a thread. */
let tally: Tally | null = null;

/**
 * Counts hashed n-grams of one document after another, without an object per n-gram: `add` and `addGrams` count, `endRow`
 * closes the document, before any other counter of this thread is given anything; `finish` gives the rows since it was last
 * called. Counts saturate at 65,535.
 */
export class RowCounter {
  private readonly tally = (tally ??= new Tally());
  private entries = new Uint16Array(1 << 16);
  private used = 0;
  private starts: number[] = [0];

  add(hash: number): void {
    this.tally.add(hash);
  }

  /**
   * Counts n-grams of a sequence of `length` values.
   *
   * @param fill asked for some of them at a time
   */
  addGrams(length: number, fill: Fill, ...kinds: readonly Grams[]): void {
    this.tally.addGrams(length, fill, kinds);
  }

  /** Puts the count of an id that is new in this row. */
  put(id: number, count: number): void {
    this.tally.put(id, count);
  }

  /** Writes the row, its ids ascending, and forgets it. */
  endRow(): void {
    const row = this.tally.take();
    if (this.used + row.length > this.entries.length) this.entries = longer(this.entries, this.used + row.length);
    this.entries.set(row, this.used);
    this.used += row.length;
    this.starts.push(this.used);
  }

  /** @param pieces where the rows stand; in memory of their own when left out */
  finish(pieces = new Pieces(0)): PackedRows {
    const entries = pieces.takeUint16(this.used);
    entries.set(this.entries.subarray(0, this.used));
    const rows = { start: Float64Array.from(this.starts), entries };
    this.used = 0;
    this.starts = [0];
    return rows;
  }
}

function longer(entries: Uint16Array, least: number): Uint16Array<ArrayBuffer> {
  const out = new Uint16Array(Math.max(least, 2 * entries.length));
  out.set(entries);
  return out;
}

/** The chosen rows, in the order given. */
export function pickRows(rows: SparseRows, chosen: readonly number[]): SparseRows {
  const start = new Int32Array(chosen.length + 1);
  chosen.forEach((r, i) => (start[i + 1] = start[i]! + rows.start[r + 1]! - rows.start[r]!));
  const ids = new Uint32Array(start[chosen.length]!);
  const counts = new Uint16Array(ids.length);
  chosen.forEach((r, i) => {
    ids.set(rows.ids.subarray(rows.start[r]!, rows.start[r + 1]!), start[i]!);
    counts.set(rows.counts.subarray(rows.start[r]!, rows.start[r + 1]!), start[i]!);
  });
  return { start, ids, counts };
}
