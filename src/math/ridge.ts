import type { DenseRows } from '../types/types.js';

/**
 * What rows whitened with a ridge of one mean variance are multiplied by, axis by axis, to have another ridge. Small: full
 * whitening, for much text. Large: hardly any, for little text, where the small axes are noise.
 *
 * @param ridge in mean variances, above 0
 */
export function ridgeWeights({ variances }: DenseRows, ridge: number): Float64Array {
  return variances.map((v) => Math.sqrt((v + 1) / (v + ridge)));
}
