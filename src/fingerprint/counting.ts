import type { SparseRows } from '../types.js';

/** Hash buckets of one view: 2^20 leave the ≈100,000 different n-grams of a dump nearly free of collisions. */
export const BUCKETS = 1 << 20;
const HASH_MASK = BUCKETS - 1;

/**
 * Counts hashed n-grams of one document after another, without an object per n-gram.
 * `add` counts, `endRow` closes the document, `finish` gives the rows. Counts saturate at 65,535.
 */
export class RowCounter {
  private readonly seen = new Uint16Array(BUCKETS);
  private touched = new Uint32Array(1 << 14);
  private touchedCount = 0;
  private ids = new Uint32Array(1 << 16);
  private counts = new Uint16Array(1 << 16);
  private used = 0;
  private readonly starts: number[] = [0];

  add(hash: number): void {
    const id = (hash ^ (hash >>> 15)) & HASH_MASK;
    const count = this.seen[id]!;
    if (count === 0) {
      if (this.touchedCount === this.touched.length) this.touched = grown(this.touched);
      this.touched[this.touchedCount++] = id;
    }
    if (count < 65_535) this.seen[id] = count + 1;
  }

  endRow(): void {
    while (this.used + this.touchedCount > this.ids.length) {
      this.ids = grown(this.ids);
      this.counts = grown(this.counts);
    }
    for (let i = 0; i < this.touchedCount; i++) {
      const id = this.touched[i]!;
      this.ids[this.used] = id;
      this.counts[this.used++] = this.seen[id]!;
      this.seen[id] = 0;
    }
    this.touchedCount = 0;
    this.starts.push(this.used);
  }

  finish(): SparseRows {
    return {
      start: Int32Array.from(this.starts),
      ids: this.ids.slice(0, this.used),
      counts: this.counts.slice(0, this.used),
    };
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
