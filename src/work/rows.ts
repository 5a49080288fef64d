import type { Pieces } from './pieces.js';

export type Numbers = Float64Array | Int32Array | Uint8Array;

/**
 * Arrays of different lengths one behind the other: objects of their own for a hundred thousand short arrays take more room
 * than what is in them, and each is copied by itself on its way to another thread.
 */
export interface Rows<T extends Numbers> {
  readonly all: T;
  /** Where each row ends; it begins where the one before ended. */
  readonly ends: Int32Array;
}

export interface Kind<T extends Numbers> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** @param pieces where they stand; in memory of their own, and not shared, when null */
export function rowsOf<T extends Numbers>(
  kind: Kind<T>,
  rows: readonly ArrayLike<number>[],
  pieces: Pieces | null,
): Rows<T> {
  const room = <N extends Numbers>(of: Kind<N>, n: number): N => {
    const size = n * of.BYTES_PER_ELEMENT;
    const { buffer, byteOffset } = pieces?.take(size) ?? new Uint8Array(size);
    return new of(buffer, byteOffset, n);
  };
  const ends = room<Int32Array>(Int32Array, rows.length);
  let length = 0;
  rows.forEach((row, i) => (ends[i] = length += row.length));
  const all = room(kind, length);
  rows.forEach((row, i) => all.set(row, i === 0 ? 0 : ends[i - 1]));
  return { all, ends };
}

/** One row, where it stands. */
export function rowIn<T extends Numbers>({ all, ends }: Rows<T>, i: number): T {
  return all.subarray(i === 0 ? 0 : ends[i - 1], ends[i]) as T;
}
