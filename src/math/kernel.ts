import { KERNEL_CODE } from './kernel-code.js';

/** Functions of kernel.wat; addresses are bytes, widths floats of a row with its padding. */
interface Exports {
  readonly addRows: (rows: number, values: number, count: number, matrix: number, width: number, sum: number) => void;
  readonly addRowsOfEach: (
    ...args: [
      ...[starts: number, next: number, count: number, rows: number, values: number],
      ...[matrix: number, width: number, sums: number, below: number],
    ]
  ) => void;
  readonly addRows64: (
    ...args: [values: number, step: number, count: number, matrix: number, width: number, sum: number]
  ) => void;
  readonly weigh: (
    ...args: [
      ...[entries: number, end: number, kept: number, before: number],
      ...[idf: number, weights: number, column: number, value: number],
    ]
  ) => number;
  readonly scramble: (values: number, count: number) => void;
  readonly countGrams: (
    ...args: [
      ...[tally: number, values: number, starts: number, n: number],
      ...[seed: number, shortest: number, longest: number, hashes: number],
    ]
  ) => void;
  readonly tally: (tally: number, hashes: number, count: number) => void;
  readonly takeRow: (tally: number, out: number) => number;
  readonly addSquares64: (matrix: number, count: number, own: number, width: number, out: number) => void;
  readonly shuffleRows64: (matrix: number, count: number, own: number, width: number, state: number) => number;
  readonly withoutParts: (column: number, others: number, count: number, length: number, bytes: number) => void;
  readonly dots: (vector: number, matrix: number, rows: number, width: number, out: number) => void;
}

let compiled: WebAssembly.Module | null = null;

/** Entries of a sparse row, or rows of a block of dot products, that are handed over at once. */
const AT_ONCE = 4096;
const PAGE = 65_536;

/** Bytes of a tile: half of what the second cache of a core holds, or a quarter. */
const TILE = 1 << 19;

/** Rows are padded with zeros to a multiple of so many floats. */
const STEP = 32;

/** Floats of a row with its padding. */
function padded(width: number): number {
  return Math.ceil(width / STEP) * STEP;
}

/** Memory that the kernel reaches. What is multiplied with each other stands in the same; what is never written to takes no room. */
export class Arena {
  readonly kernel: Exports;
  private readonly buffer: ArrayBuffer;
  private used = 0;

  /** @param bytes for all that will be asked for */
  constructor(bytes: number) {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_CODE, 'base64'));
    this.kernel = new WebAssembly.Instance(compiled, { js: { memory } }).exports as unknown as Exports;
    this.buffer = memory.buffer;
  }

  bytes(n: number): Uint8Array {
    return new Uint8Array(this.buffer, this.take(n), n);
  }

  shorts(n: number): Uint16Array {
    return new Uint16Array(this.buffer, this.take(2 * n), n);
  }

  ints(n: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * n), n);
  }

  floats(n: number): Float32Array {
    return new Float32Array(this.buffer, this.take(4 * n), n);
  }

  doubles(n: number): Float64Array {
    return new Float64Array(this.buffer, this.take(8 * n), n);
  }

  private take(bytes: number): number {
    const at = this.used;
    this.used += Math.ceil(bytes / 16) * 16;
    return at;
  }
}

/**
 * A dense matrix of 32-bit floats that stands where WebAssembly can reach it, four floats an instruction: three to six
 * times as fast as a loop over typed arrays. Rounds alike on every machine, so the same input gives the same bytes.
 */
export class DenseMatrix {
  /** Floats from one row to the next: the width, padded. */
  readonly stride: number;
  /** rows × stride, the padding 0; to be filled by the owner. */
  readonly values: Float32Array;
  private readonly kernel: Exports;
  private readonly vector: Float32Array;
  private readonly indices: Int32Array;
  private readonly floats: Float32Array;

  /** Bytes of an arena that a matrix takes: its rows, three rows of room for `dots`, and what is handed over. */
  static bytes(rows: number, width: number): number {
    return 4 * (padded(width) * (rows + 4) + 2 * AT_ONCE);
  }

  /** @param arena where it stands; in one of its own when left out */
  constructor(
    readonly rows: number,
    readonly width: number,
    arena = new Arena(DenseMatrix.bytes(rows, width)),
  ) {
    this.stride = padded(width);
    this.kernel = arena.kernel;
    this.vector = arena.floats(this.stride);
    this.indices = arena.ints(AT_ONCE);
    this.floats = arena.floats(AT_ONCE);
    this.values = arena.floats((rows + 3) * this.stride).subarray(0, rows * this.stride);
  }

  /**
   * sum += Σ values[p] · row indices[p], for p in from … to.
   *
   * @param sum of `width` floats or more; what is beyond the width stays
   */
  addRows(indices: Int32Array, values: Float32Array, from: number, to: number, sum: Float32Array): void {
    this.vector.fill(0);
    this.vector.set(sum.length > this.stride ? sum.subarray(0, this.stride) : sum);
    for (let at = from; at < to; at += AT_ONCE) {
      const end = Math.min(to, at + AT_ONCE);
      this.indices.set(indices.subarray(at, end));
      this.floats.set(values.subarray(at, end));
      this.kernel.addRows(
        this.indices.byteOffset,
        this.floats.byteOffset,
        end - at,
        this.values.byteOffset,
        this.stride,
        this.vector.byteOffset,
      );
    }
    sum.set(this.vector.subarray(0, this.width));
  }

  /** Dot products of a vector with the rows from … to, into out[0 … to - from). */
  dots(vector: Float32Array, from: number, to: number, out: Float32Array): void {
    this.vector.fill(0);
    this.vector.set(vector);
    for (let at = from; at < to; at += AT_ONCE) {
      const rows = Math.min(AT_ONCE, to - at);
      // Three rows of room behind the last: the kernel takes four at a time.
      this.kernel.dots(
        this.vector.byteOffset,
        this.values.byteOffset + 4 * at * this.stride,
        Math.ceil(rows / 4) * 4,
        this.stride,
        this.floats.byteOffset,
      );
      out.set(this.floats.subarray(0, rows), at - from);
    }
  }
}

/** Sparse rows of 32-bit floats in an arena, to be filled by the owner: row r holds index[start[r] … start[r + 1]) with their values. */
export class SparseMatrix {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float32Array;
  private readonly next: Int32Array;

  static bytes(rows: number, entries: number): number {
    return 4 * (2 * rows + 2 * entries) + 80;
  }

  constructor(
    readonly rows: number,
    entries: number,
    private readonly arena: Arena,
  ) {
    this.start = arena.ints(rows + 1);
    this.index = arena.ints(entries);
    this.value = arena.floats(entries);
    this.next = arena.ints(rows);
  }

  /**
   * sums += this · matrix; all three stand in one arena. The matrix is gone through in tiles that a core's cache holds,
   * which need indices that ascend in every row; the order of the additions is that of the row all the same.
   */
  addProduct(matrix: DenseMatrix, sums: DenseMatrix): void {
    this.next.set(this.start.subarray(0, this.rows));
    const tile = Math.max(1, Math.floor(TILE / (4 * matrix.stride)));
    for (let from = 0; from < matrix.rows; from += tile)
      this.arena.kernel.addRowsOfEach(
        this.start.byteOffset,
        this.next.byteOffset,
        this.rows,
        this.index.byteOffset,
        this.value.byteOffset,
        matrix.values.byteOffset,
        matrix.stride,
        sums.values.byteOffset,
        from + tile,
      );
  }
}

/** A dense matrix of 64-bit floats in an arena. */
export class DoubleMatrix {
  /** Floats from one row to the next: the width, padded. */
  readonly stride: number;
  /** rows × stride, the padding 0; to be filled by the owner. */
  readonly values: Float64Array;

  static bytes(rows: number, width: number): number {
    return 8 * padded(width) * rows + 16;
  }

  /** @param room of another matrix in the arena, where this one takes its place */
  constructor(
    readonly rows: number,
    readonly width: number,
    private readonly arena: Arena,
    room?: Float64Array,
  ) {
    this.stride = padded(width);
    this.values = room?.subarray(0, rows * this.stride) ?? arena.doubles(rows * this.stride);
  }

  /** A matrix in the place of this one, which is as large or larger; all 0. */
  resized(rows: number, width: number): DoubleMatrix {
    const out = new DoubleMatrix(rows, width, this.arena, this.values);
    out.values.fill(0);
    return out;
  }

  row(r: number): Float64Array {
    return this.values.subarray(r * this.stride, (r + 1) * this.stride);
  }

  /**
   * sum += Σ values[p · step] · row p, for p below `count`, in this order.
   *
   * @param values in the same arena
   * @param sum in the same arena, as long as a row with its padding
   */
  addRows(values: Float64Array, step: number, count: number, sum: Float64Array): void {
    const { values: own, stride } = this;
    this.arena.kernel.addRows64(values.byteOffset, 8 * step, count, own.byteOffset, stride, sum.byteOffset);
  }

  /** Takes out of row r what lies along each of the rows before it, which are of length 1 or 0, one after the other. */
  withoutEarlier(r: number): void {
    const { values, width, stride } = this;
    this.arena.kernel.withoutParts(this.row(r).byteOffset, values.byteOffset, r, width, 8 * stride);
  }

  /** out += thisᵀ · this, the rows added one after the other; `out` is as wide and stands in the same arena. */
  addSquares(out: DoubleMatrix): void {
    const { values, rows, width, stride } = this;
    this.arena.kernel.addSquares64(values.byteOffset, rows, width, stride, out.values.byteOffset);
    for (let i = 0; i < width; i++)
      for (let j = 0; j < i; j++) out.values[i * stride + j] = out.values[j * stride + i]!;
  }

  /**
   * Shuffles every row by itself, as `shuffled` does with the numbers of `seededRandom`.
   *
   * @param state the seed, or what was given when rows were last shuffled
   */
  shuffleRows(state: number): number {
    const { values, rows, width, stride } = this;
    return this.arena.kernel.shuffleRows64(values.byteOffset, rows, width, stride, state);
  }
}
