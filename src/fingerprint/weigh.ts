import type { PackedRows } from '../types.js';
import { Kept } from '../work/work.js';
import type { WeightedRows } from './axes.js';
import { BUCKETS } from './counting.js';
import { RowReader, type PackedBatches } from './packed.js';

/** The columns kept of one view. */
export interface Columns {
  /** Hash buckets kept, in column order. */
  readonly buckets: Uint32Array;
  /** Inverse document frequency of each column. */
  readonly idf: Float64Array;
}

/**
 * Column of each bucket, one beyond the last for none: there are fewer than 2¹⁵ columns, and a core's cache holds a table of
 * 16 bits.
 */
const columnsByKey = new Kept<Int16Array>();

/** 1 + ln count, for the counts met nearly always. */
const SUBLINEAR = Float64Array.from({ length: 256 }, (_, count) => 1 + Math.log(Math.max(1, count)));

/** Weighs (1 + ln count) · idf in the kept columns; scales each row to length 1. */
export class Weigher {
  column = new Int32Array(1 << 12);
  value = new Float32Array(1 << 12);
  private readonly reader = new RowReader();
  private readonly columnOf: Int16Array;
  private readonly columns: number;
  /** Of each column; 0 behind the last. */
  private readonly idf: Float64Array;

  constructor(key: number, { buckets, idf }: Columns) {
    this.columns = buckets.length;
    this.idf = new Float64Array(this.columns + 1);
    this.idf.set(idf);
    this.columnOf = columnsByKey.get(key, () => {
      const columnOf = new Int16Array(BUCKETS).fill(buckets.length);
      buckets.forEach((id, c) => (columnOf[id] = c));
      return columnOf;
    });
  }

  /** Weighs one row into `column` and `value`. @returns how many entries it has */
  read(batch: PackedRows, row: number): number {
    return this.weigh(this.reader.read(batch, row));
  }

  /** Chosen rows, weighed. */
  rows(batches: PackedBatches, chosen: readonly number[]): WeightedRows {
    const start = new Int32Array(chosen.length + 1);
    const most = chosen.reduce((n, row) => n + batches.lengthOf(row), 0);
    const column = new Int32Array(most);
    const value = new Float32Array(most);
    chosen.forEach((row, i) => {
      const n = this.weigh(batches.read(row, this.reader));
      column.set(this.column.subarray(0, n), start[i]!);
      value.set(this.value.subarray(0, n), start[i]!);
      start[i + 1] = start[i]! + n;
    });
    const used = start[chosen.length]!;
    const columns = Math.max(1, this.columns);
    return { start, column: column.subarray(0, used), value: value.subarray(0, used), columns };
  }

  private weigh(entries: number): number {
    if (entries > this.column.length) {
      this.column = new Int32Array(2 * entries);
      this.value = new Float32Array(2 * entries);
    }
    const { ids, counts } = this.reader;
    const { columnOf, columns, idf, column, value } = this;
    let used = 0;
    let squares = 0;
    // No branch on the column, which no processor can foretell: what has none is written as well, and written over.
    for (let p = 0; p < entries; p++) {
      const c = columnOf[ids[p]!]!;
      const count = counts[p]!;
      const v = (count < 256 ? SUBLINEAR[count]! : 1 + Math.log(count)) * idf[c]!;
      column[used] = c;
      value[used] = v;
      used += (c - columns) >>> 31;
      squares += v * v;
    }
    const norm = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let p = 0; p < used; p++) value[p]! *= norm;
    return used;
  }
}
