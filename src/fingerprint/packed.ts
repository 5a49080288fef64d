import type { PackedRows, SparseRows } from '../types.js';
import type { Pieces } from '../work/pieces.js';

/** Radix of the two passes that sort bucket numbers of 20 bits. */
const HALF = 1024;

const low = new Uint32Array(HALF + 1);
const high = new Uint32Array(HALF + 1);

function pieceOfItsOwn(bytes: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}

/**
 * Rows in a third of the room: in each row the ids ascend, and each stands as its distance from the one before, with the
 * count behind it where that is not 1; seven bits a byte. The bytes are shared memory, so no thread copies them.
 *
 * @param pieces where they stand; in a piece of their own when left out
 */
export function packRows(rows: SparseRows, pieces: Pieces | null = null): PackedRows {
  const { ids, counts } = rows;
  const total = rows.start.length - 1;
  const start = new Float64Array(total + 1);
  let bytes = new Uint8Array(ids.length * 3 + 64);
  let order = new Uint32Array(1 << 12);
  let spare = new Uint32Array(1 << 12);
  let used = 0;
  for (let r = 0; r < total; r++) {
    const [from, to] = [rows.start[r]!, rows.start[r + 1]!];
    if (to - from > order.length) [order, spare] = [new Uint32Array(2 * (to - from)), new Uint32Array(2 * (to - from))];
    sortIds(ids, from, to, order, spare);
    if (used + 8 * (to - from) > bytes.length) bytes = longer(bytes, used + 8 * (to - from));
    let before = 0;
    for (let i = 0; i < to - from; i++) {
      const at = order[i]!;
      const id = ids[at]!;
      const count = counts[at]!;
      used = put(bytes, used, 2 * (id - before) + (count > 1 ? 1 : 0));
      if (count > 1) used = put(bytes, used, count);
      before = id;
    }
    start[r + 1] = used;
  }
  const shared = pieces?.take(used) ?? pieceOfItsOwn(used);
  shared.set(bytes.subarray(0, used));
  return { start, bytes: shared };
}

/** Places from … to in ascending order of their ids, into `order`. */
function sortIds(ids: Uint32Array, from: number, to: number, order: Uint32Array, spare: Uint32Array): void {
  low.fill(0);
  high.fill(0);
  for (let p = from; p < to; p++) {
    low[(ids[p]! & (HALF - 1)) + 1]!++;
    high[(ids[p]! >>> 10) + 1]!++;
  }
  for (let i = 0; i < HALF; i++) {
    low[i + 1]! += low[i]!;
    high[i + 1]! += high[i]!;
  }
  for (let p = from; p < to; p++) spare[low[ids[p]! & (HALF - 1)]!++] = p;
  for (let i = 0; i < to - from; i++) order[high[ids[spare[i]!]! >>> 10]!++] = spare[i]!;
}

function put(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest >= 128) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

function longer(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(Math.max(least, 2 * bytes.length));
  out.set(bytes);
  return out;
}

/** Room for the entries of one row, used again for every row. */
export class RowReader {
  ids = new Uint32Array(1 << 12);
  counts = new Uint16Array(1 << 12);

  /** Reads row r into `ids` and `counts`. @returns how many entries it has */
  read({ start, bytes }: PackedRows, r: number): number {
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
      let byte = bytes[at++]!;
      let value = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = bytes[at++]!;
        value |= (byte & 127) << shift;
      }
      id += value >>> 1;
      let count = 1;
      if ((value & 1) === 1) {
        byte = bytes[at++]!;
        count = byte & 127;
        for (let shift = 7; byte >= 128; shift += 7) {
          byte = bytes[at++]!;
          count |= (byte & 127) << shift;
        }
      }
      ids[n] = id;
      counts[n++] = count;
    }
    return n;
  }
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

  /** Reads one row. @returns how many entries it has */
  read(row: number, into: RowReader): number {
    let [low, high] = [0, this.packed.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.first[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return into.read(this.packed[low]!, row - this.first[low]!);
  }

  /** Chosen rows, in the order asked for, as plain sparse rows. */
  rowsOf(rows: readonly number[]): SparseRows {
    const reader = new RowReader();
    const start = new Int32Array(rows.length + 1);
    const parts = rows.map((r, i) => {
      const n = this.read(r, reader);
      start[i + 1] = start[i]! + n;
      return { ids: reader.ids.slice(0, n), counts: reader.counts.slice(0, n) };
    });
    const out = { start, ids: new Uint32Array(start[rows.length]!), counts: new Uint16Array(start[rows.length]!) };
    parts.forEach(({ ids, counts }, i) => {
      out.ids.set(ids, start[i]!);
      out.counts.set(counts, start[i]!);
    });
    return out;
  }
}

/** Rows of several packed batches as one batch. */
export function joinRows(parts: readonly PackedRows[], pieces: Pieces | null = null): PackedRows {
  const rows = parts.reduce((n, p) => n + p.start.length - 1, 0);
  const size = parts.reduce((n, p) => n + p.bytes.length, 0);
  const bytes = pieces?.take(size) ?? pieceOfItsOwn(size);
  const start = new Float64Array(rows + 1);
  let [row, used] = [0, 0];
  for (const part of parts) {
    bytes.set(part.bytes, used);
    for (let r = 1; r < part.start.length; r++) start[++row] = used + part.start[r]!;
    used += part.bytes.length;
  }
  return { start, bytes };
}
