import type { Arena, SparseMatrix } from '../math/kernel.js';
import type { PackedRows } from '../types/types.js';
import type { WeightedRows } from './axes.js';
import type { Columns } from './columns.js';
import { BUCKETS, MOST_PLACES } from './counting.js';
import type { PackedBatches } from './packed.js';

/** Counts are below this. */
const MOST_COUNT = 1 << 16;

/** 1 + ln count, by count. */
let sublinear: Float64Array | null = null;

/** Place of each column in the order of the buckets: its own number, but in references enrolled before columns were in that order. */
export function placesOf(buckets: Uint32Array): Int32Array {
  const places = Int32Array.from(buckets.keys());
  if (buckets.every((id, c) => c === 0 || id > buckets[c - 1]!)) return places;
  const inOrder = places.slice().sort((a, b) => buckets[a]! - buckets[b]!);
  inOrder.forEach((c, place) => (places[c] = place));
  return places;
}

/** Weighs (1 + ln count) · idf in the kept columns, where the kernel reaches them; scales each row to length 1. */
export class Weigher {
  private readonly entries: Uint16Array;
  /** A bit for every bucket that has a column. */
  private readonly kept: Int32Array;
  /** Columns before every 64 buckets. A table of every bucket's column would not stay in a core's cache. */
  private readonly before: Uint16Array;
  private readonly idf: Float64Array;
  private readonly weights: Float64Array;
  private columns = 0;
  private key = -1;

  /** Bytes of an arena that it takes. */
  static bytes(columns: number): number {
    return 2 * MOST_PLACES + BUCKETS / 8 + BUCKETS / 32 + 8 * (columns + 1) + 8 * MOST_COUNT + 64;
  }

  /** @param most columns that there will be, at most: below 2¹⁶ */
  constructor(
    most: number,
    private readonly arena: Arena,
  ) {
    this.entries = arena.shorts(MOST_PLACES);
    this.kept = arena.ints(BUCKETS / 32);
    this.before = arena.shorts(BUCKETS / 64);
    this.idf = arena.doubles(most + 1);
    this.weights = arena.doubles(MOST_COUNT);
    sublinear ??= Float64Array.from({ length: MOST_COUNT }, (_, count) => 1 + Math.log(Math.max(1, count)));
    this.weights.set(sublinear);
  }

  /**
   * Columns go by their places in the order of their buckets, which is the order in which the entries of a row come.
   *
   * @param key of the columns: they are looked at only where it is another than the last
   */
  choose(key: number, { buckets, idf }: Columns): void {
    if (key === this.key) return;
    this.key = key;
    this.columns = buckets.length;
    this.kept.fill(0);
    for (const id of buckets) this.kept[id >>> 5]! |= 1 << (id & 31);
    const places = placesOf(buckets);
    let sum = 0;
    const ascending = buckets.slice().sort();
    for (let block = 0; block < this.before.length; block++) {
      this.before[block] = sum;
      while (sum < ascending.length && ascending[sum]! >>> 6 === block) sum++;
    }
    idf.forEach((value, c) => (this.idf[places[c]!] = value));
  }

  /** Weighs one row into a matrix of the same arena, from a place of its entries on. @returns how many entries it has */
  weigh({ start, entries }: PackedRows, row: number, into: SparseMatrix, at: number): number {
    const own = entries.subarray(start[row]!, start[row + 1]!);
    this.entries.set(own);
    const { byteOffset } = this.entries;
    return this.arena.kernel.weigh(
      byteOffset,
      byteOffset + 2 * own.length,
      this.kept.byteOffset,
      this.before.byteOffset,
      this.idf.byteOffset,
      this.weights.byteOffset,
      into.index.byteOffset + 4 * at,
      into.value.byteOffset + 4 * at,
    );
  }

  /** Chosen rows, weighed, each at the beginning of a matrix of the same arena. */
  rows(batches: PackedBatches, chosen: readonly number[], by: SparseMatrix): WeightedRows {
    const start = new Int32Array(chosen.length + 1);
    const most = chosen.reduce((n, row) => n + batches.lengthOf(row), 0);
    const column = new Int32Array(most);
    const value = new Float32Array(most);
    chosen.forEach((row, i) => {
      const n = this.weigh(...batches.find(row), by, 0);
      column.set(by.index.subarray(0, n), start[i]!);
      value.set(by.value.subarray(0, n), start[i]!);
      start[i + 1] = start[i]! + n;
    });
    const used = start[chosen.length]!;
    const columns = Math.max(1, this.columns);
    return { start, column: column.subarray(0, used), value: value.subarray(0, used), columns };
  }
}
