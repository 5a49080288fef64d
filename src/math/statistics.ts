/**
 * Quantile of ascending values by linear interpolation (type 7 of Hyndman & Fan 1996).
 *
 * @param sorted ascending
 * @param p in [0, 1]
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return (sorted[low] as number) + (at - low) * ((sorted[high] as number) - (sorted[low] as number));
}

/** How many pairs so many things have. */
export function pairsAmong(n: number): number {
  return (n * (n - 1)) / 2;
}

/** A sorted (ascending) copy as Float64Array. */
export function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * Quantile of the standard normal distribution (probit), by Acklam's rational approximation (2003): relative error below
 * 1.2e-9.
 *
 * @param p in (0, 1); 0 and 1 give -Infinity and Infinity
 */
export function probit(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -probit(1 - p);
  const along = (c: readonly number[], x: number): number => c.reduce((sum, k) => sum * x + k, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return along(TAIL, q) / (along(TAIL_BELOW, q) * q + 1);
  }
  const q = p - 0.5;
  return (along(MIDDLE, q * q) * q) / (along(MIDDLE_BELOW, q * q) * q * q + 1);
}

const MIDDLE = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const MIDDLE_BELOW = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const TAIL = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BELOW = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

/**
 * Quantile of Student's t, from that of the normal (the first terms of the expansion by Fisher & Cornish 1960; within .01 for
 * seven degrees of freedom or more and p from .01 to .99).
 *
 * @param p from 0 to 1, exclusive
 * @param freedom degrees of freedom
 */
export function studentQuantile(p: number, freedom: number): number {
  const z = probit(p);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / freedom + second / freedom ** 2;
}

/**
 * Sum of the values of each group: words by byline, say.
 *
 * @param groupOf group of each value, 0 up; values of groups from `groups` on are left out
 */
export function sumsBy(groupOf: ArrayLike<number>, groups: number, values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(groups);
  for (let i = 0; i < values.length; i++) if (groupOf[i]! < groups) out[groupOf[i]!]! += values[i]!;
  return out;
}

/** Natural logarithm of the gamma function for x > 0 (Lanczos 1964, g = 7): relative error below 1e-13. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const y = x - 1;
  const sum = LANCZOS.reduce((s, c, i) => (i === 0 ? c : s + c / (y + i)), 0);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
];
