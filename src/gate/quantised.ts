import type { Rows } from './space.js';

/** Rows in one byte a dimension: row r is values[r * dims …] · scale[r]. A cosine moves by less than .005. */
export interface QuantisedRows {
  readonly dims: number;
  readonly values: Int8Array;
  readonly scale: Float32Array;
}

/** Each row scaled so that its largest value is 127 or -127. */
export function quantise({ dims, values }: Rows): QuantisedRows {
  const rows = values.length / dims;
  const bytes = new Int8Array(values.length);
  const scale = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    let most = 0;
    for (let k = 0; k < dims; k++) most = Math.max(most, Math.abs(values[r * dims + k]!));
    scale[r] = most / 127;
    if (most > 0) for (let k = 0; k < dims; k++) bytes[r * dims + k] = Math.round((values[r * dims + k]! / most) * 127);
  }
  return { dims, values: bytes, scale };
}

export function dequantise({ dims, values, scale }: QuantisedRows): Rows {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i]! * scale[Math.floor(i / dims)]!;
  return { dims, values: out };
}

/** Sums of the rows of each byline, bylines × dims; rows of byline -1 are left out. */
export function bylineSums(rows: QuantisedRows, bylineOf: Int32Array, bylines: number): Float32Array {
  const { dims, values, scale } = rows;
  const out = new Float32Array(bylines * dims);
  for (let r = 0; r < bylineOf.length; r++) {
    const b = bylineOf[r]!;
    if (b < 0) continue;
    for (let k = 0; k < dims; k++) out[b * dims + k]! += values[r * dims + k]! * scale[r]!;
  }
  return out;
}

/** Some of the rows, in that order. */
export function picked({ dims, values, scale }: QuantisedRows, rows: readonly number[]): QuantisedRows {
  const out = { dims, values: new Int8Array(rows.length * dims), scale: new Float32Array(rows.length) };
  rows.forEach((r, i) => {
    out.values.set(values.subarray(r * dims, (r + 1) * dims), i * dims);
    out.scale[i] = scale[r]!;
  });
  return out;
}
