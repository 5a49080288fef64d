import { dequantise, type QuantisedRows } from './quantised.js';
import { toUnit } from './space.js';

/** A submission, or an article, among the hands of one byline. */
export interface NearestHand {
  readonly hand: number;
  readonly confidence: number;
}

/** Cosines are this many times as decisive as they look: .05 between two hands' means is three to one. */
const SHARPNESS = 22;

/**
 * The hand whose articles' mean is nearest, and how much nearer than the next: the mean cosine over the views, as shares
 * that add up to one.
 *
 * @param rows the submission, one row a view, turned
 * @param members articles of the byline
 * @param handOf hand of every article
 */
export function nearestHand(
  rows: readonly Float32Array[],
  views: readonly QuantisedRows[],
  members: readonly number[],
  handOf: Int32Array,
  skip = -1,
): NearestHand {
  const hands = members.reduce((most, r) => Math.max(most, handOf[r]! + 1), 1);
  const cosines = new Float64Array(hands);
  views.forEach((packed, v) => {
    const { dims } = packed;
    const sums = new Float32Array(hands * dims);
    for (const r of members) {
      if (r === skip) continue;
      const row = dequantise({
        dims,
        values: packed.values.subarray(r * dims, (r + 1) * dims),
        scale: packed.scale.subarray(r, r + 1),
      });
      for (let k = 0; k < dims; k++) sums[handOf[r]! * dims + k]! += row.values[k]!;
    }
    toUnit(sums, dims);
    for (let h = 0; h < hands; h++)
      for (let k = 0; k < dims; k++) cosines[h]! += (sums[h * dims + k]! * rows[v]![k]!) / views.length;
  });
  const best = cosines.reduce((b, c, h) => (c > cosines[b]! ? h : b), 0);
  const total = cosines.reduce((sum, c) => sum + Math.exp(SHARPNESS * (c - cosines[best]!)), 0);
  return { hand: best, confidence: 1 / total };
}
