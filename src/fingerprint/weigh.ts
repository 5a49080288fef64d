import type { Arena, SparseMatrix } from '../math/kernel.js';
import type { PackedRows } from '../types.js';
import type { WeightedRows } from './axes.js';
import type { Columns } from './columns.js';
import { BUCKETS } from './counting.js';
import type { PackedBatches } from './packed.js';

/** Places of the entries of one packed row, at most: one that does not fit into two bytes takes three. */
const MOST_PLACES = 3 * BUCKETS;

/** 1 + ln count, by count. */
let sublinear: Float64Array | null = null;

/** Weighs (1 + ln count) · idf in the kept columns, where the kernel reaches them; scales each row to length 1. */
export class Weigher {
  private readonly entries: Uint16Array;
  /**
   * Column of each bucket, the number of columns for none: there are fewer than 2¹⁵, and a core's cache holds a table of
   * 16 bits.
   */
  private readonly columnOf: Uint16Array;
  /** Of each column; 0 behind the last. */
  private readonly idf: Float64Array;
  private readonly weights: Float64Array;
  private columns = 0;
  private key = -1;

  /** Bytes of an arena that it takes. */
  static bytes(columns: number): number {
    return 2 * MOST_PLACES + 2 * BUCKETS + 8 * (columns + 1) + 8 * 65_536 + 64;
  }

  /** @param most columns that there will be, at most */
  constructor(
    most: number,
    private readonly arena: Arena,
  ) {
    this.entries = arena.shorts(MOST_PLACES);
    this.columnOf = arena.shorts(BUCKETS);
    this.idf = arena.doubles(most + 1);
    this.weights = arena.doubles(65_536);
    sublinear ??= Float64Array.from({ length: 65_536 }, (_, count) => 1 + Math.log(Math.max(1, count)));
    this.weights.set(sublinear);
  }

  /**
   * @param key of the columns: they are looked at only where it is another than the last
   * @param placesOf numbers that columns go by; those they have when left out
   */
  choose(key: number, { buckets, idf }: Columns, placesOf?: () => Int32Array): void {
    if (key === this.key) return;
    this.key = key;
    this.columns = buckets.length;
    const places = placesOf?.();
    this.columnOf.fill(buckets.length);
    this.idf[buckets.length] = 0;
    buckets.forEach((id, c) => {
      const place = places?.[c] ?? c;
      this.columnOf[id] = place;
      this.idf[place] = idf[c]!;
    });
  }

  /** Weighs one row into a matrix of the same arena, from a place of its entries on. @returns how many entries it has */
  weigh({ start, entries }: PackedRows, row: number, into: SparseMatrix, at: number): number {
    const own = entries.subarray(start[row]!, start[row + 1]!);
    this.entries.set(own);
    const { byteOffset } = this.entries;
    return this.arena.kernel.weigh(
      byteOffset,
      byteOffset + 2 * own.length,
      this.columnOf.byteOffset,
      this.columns,
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
