import type { SparseRows } from '../types.js';

/** Hash buckets of one view: 2^20 leave the ≈100,000 different n-grams of a dump nearly free of collisions. */
export const BUCKETS = 1 << 20;
const HASH_MASK = BUCKETS - 1;

/**
 * Counts hashed n-grams of one document after another, without an object per n-gram. Hashes go into `room`, `addAll` counts
 * them, `endRow` closes the document, `finish` gives the rows since it was last called. Counts saturate at 65,535.
 */
export class RowCounter {
  private readonly seen = new Uint16Array(BUCKETS);
  private touched = new Uint32Array(1 << 14);
  private touchedCount = 0;
  private hashes = new Int32Array(1 << 14);
  private ids = new Uint32Array(1 << 16);
  private counts = new Uint16Array(1 << 16);
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
    while (this.touchedCount + n > this.touched.length) this.touched = grown(this.touched);
    const { seen, touched, hashes } = this;
    let last = this.touchedCount;
    for (let i = 0; i < n; i++) {
      const hash = hashes[i]!;
      const id = (hash ^ (hash >>> 15)) & HASH_MASK;
      const count = seen[id]!;
      if (count === 0) touched[last++] = id;
      if (count < 65_535) seen[id] = count + 1;
    }
    this.touchedCount = last;
  }

  endRow(): void {
    while (this.used + this.touchedCount > this.ids.length) {
      this.ids = grown(this.ids);
      this.counts = grown(this.counts);
    }
    const { ids, counts, seen, touched, touchedCount, used } = this;
    for (let i = 0; i < touchedCount; i++) {
      const id = touched[i]!;
      ids[used + i] = id;
      counts[used + i] = seen[id]!;
      seen[id] = 0;
    }
    this.used += touchedCount;
    this.touchedCount = 0;
    this.starts.push(this.used);
  }

  finish(): SparseRows {
    const rows = {
      start: Int32Array.from(this.starts),
      ids: this.ids.slice(0, this.used),
      counts: this.counts.slice(0, this.used),
    };
    this.used = 0;
    this.starts = [0];
    return rows;
  }
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

function grown<T extends Uint32Array | Uint16Array>(array: T): T {
  const bigger = new (array.constructor as new (length: number) => T)(array.length * 2);
  bigger.set(array);
  return bigger;
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
