import { STEP_BITS } from '../math/counts.js';
import type { PackedRows, SparseRows } from '../types.js';
import { Pieces } from '../work/pieces.js';

/** Hash buckets of one view: 2^20 leave the ≈100,000 different n-grams of a dump nearly free of collisions. */
export const BUCKETS = 1 << 20;
const HASH_MASK = BUCKETS - 1;

/** Steps and counts from which an entry no longer holds them. */
const [STEPS, COUNTS] = [1 << STEP_BITS, 1 << (16 - STEP_BITS)];

/**
 * The row that is being counted, of whichever counter: a core's cache holds one tally, and not one a view. `seen` are counts
 * by id, `many` those from 255 on; `ids` has a bit for every id seen, and `words` one for every number of those that is not
 * 0: they give the ids in order.
 */
const tally = {
  seen: new Uint8Array(BUCKETS),
  many: new Map<number, number>(),
  ids: new Int32Array(BUCKETS >> 5),
  words: new Int32Array(BUCKETS >> 10),
};

/**
 * Counts hashed n-grams of one document after another, without an object per n-gram. Hashes go into `room`, `addAll` counts
 * them, `endRow` closes the document, before any other counter of this thread is given a hash; `finish` gives the rows since
 * it was last called. Counts saturate at 65,535.
 */
export class RowCounter {
  /** Different ids of this row, at most. */
  private most = 0;
  private hashes = new Int32Array(1 << 14);
  private entries = new Uint16Array(1 << 16);
  private used = 0;
  private starts: number[] = [0];

  /** Where up to `n` hashes can be put, from the first place on. */
  room(n: number): Int32Array {
    if (n > this.hashes.length) this.hashes = new Int32Array(2 * n);
    return this.hashes;
  }

  add(hash: number): void {
    this.room(1)[0] = hash;
    this.addAll(1);
  }

  /** Counts the first `n` hashes of the room. */
  addAll(n: number): void {
    const { seen, many, ids, words } = tally;
    const { hashes } = this;
    // No branch on whether an id is new, which no processor can foretell.
    for (let i = 0; i < n; i++) {
      const hash = hashes[i]!;
      const id = (hash ^ (hash >>> 15)) & HASH_MASK;
      ids[id >>> 5]! |= 1 << (id & 31);
      words[id >>> 10]! |= 1 << ((id >>> 5) & 31);
      const count = seen[id]!;
      if (count < 254) seen[id] = count + 1;
      else {
        seen[id] = 255;
        many.set(id, Math.min(65_535, (many.get(id) ?? 254) + 1));
      }
    }
    this.most += n;
  }

  /** Puts the count of an id that is new in this row. */
  put(id: number, count: number): void {
    tally.ids[id >>> 5]! |= 1 << (id & 31);
    tally.words[id >>> 10]! |= 1 << ((id >>> 5) & 31);
    tally.seen[id] = Math.min(255, count);
    if (count >= 255) tally.many.set(id, count);
    this.most++;
  }

  /** Writes the row, its ids ascending, and forgets it. */
  endRow(): void {
    // An entry that does not fit takes three places.
    const end = this.used + 3 * Math.min(BUCKETS, this.most);
    if (end > this.entries.length) this.entries = longer(this.entries, end);
    const { seen, many, ids, words } = tally;
    const { entries } = this;
    let used = this.used;
    let before = 0;
    for (let block = 0; block < words.length; block++) {
      for (let some = words[block]!; some !== 0; some &= some - 1) {
        const word = (block << 5) + lowestBit(some);
        for (let bits = ids[word]!; bits !== 0; bits &= bits - 1) {
          const id = (word << 5) + lowestBit(bits);
          const count = seen[id]!;
          const step = id - before;
          if (step < STEPS && count < COUNTS) entries[used++] = (count << STEP_BITS) | step;
          else {
            entries[used++] = step & (STEPS - 1);
            entries[used++] = step >>> STEP_BITS;
            entries[used++] = count < 255 ? count : many.get(id)!;
          }
          seen[id] = 0;
          before = id;
        }
        ids[word] = 0;
      }
      words[block] = 0;
    }
    many.clear();
    this.used = used;
    this.most = 0;
    this.starts.push(used);
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

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
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

/** Rows of `a`, then rows of `b`. */
export function stackRows(a: SparseRows, b: SparseRows): SparseRows {
  const start = new Int32Array(a.start.length + b.start.length - 1);
  start.set(a.start);
  for (let r = 1; r < b.start.length; r++) start[a.start.length - 1 + r] = b.start[r]! + a.ids.length;
  const ids = new Uint32Array(a.ids.length + b.ids.length);
  ids.set(a.ids);
  ids.set(b.ids, a.ids.length);
  const counts = new Uint16Array(ids.length);
  counts.set(a.counts);
  counts.set(b.counts, a.ids.length);
  return { start, ids, counts };
}
