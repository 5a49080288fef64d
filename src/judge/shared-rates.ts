import { logGamma } from '../math/statistics.js';

/**
 * How much likelier two bylines' figures for one habit are if they share one underlying value than if each has its own,
 * drawn from what this dump's bylines show. Two noises are kept apart: chance in counting, and the drift of one hand from
 * article to article and year to year.
 */

/** Share by which a hand's own rate drifts between two samples of its work, as a standard deviation. */
const DRIFT = 0.15;

/** Rates among the bylines of a dump: a gamma distribution with this mean and variance. */
export interface Population {
  readonly mean: number;
  /** Of the true values, the noise of counting or averaging taken off. */
  readonly variance: number;
}

/** Occurrences in so many words. */
export interface Counted {
  readonly count: number;
  readonly words: number;
}

/**
 * log10 likelihood ratio of one rate behind two counts against two rates, by the gamma-Poisson model (Gelman et al. 2013,
 * section 2.6). Absence weighs little where little text would have let few occurrences be expected: that follows from
 * the model and needs no rule.
 *
 * @param population of rates per word
 * @param clumping variance of counts over that of a Poisson distribution, 1 up; counts are divided by it
 */
export function sameRate(a: Counted, b: Counted, { mean, variance }: Population, clumping: number): number {
  if (!(mean > 0) || !(variance > 0)) return 0;
  const [shape, rate] = [mean ** 2 / variance, mean / variance];
  const effective = ({ count, words }: Counted): Counted => {
    // More text than the drift allows to matter adds nothing.
    const worth = 1 / clumping / (1 + (words / clumping) * mean * DRIFT ** 2);
    return { count: count * worth, words: words * worth };
  };
  const marginal = ({ count, words }: Counted): number =>
    logGamma(shape + count) - logGamma(shape) + shape * Math.log(rate) - (shape + count) * Math.log(rate + words);
  const [x, y] = [effective(a), effective(b)];
  const both = { count: x.count + y.count, words: x.words + y.words };
  return (marginal(both) - marginal(x) - marginal(y)) / Math.LN10;
}

/** A mean with the variance of that mean. */
export interface Averaged {
  readonly mean: number;
  readonly variance: number;
}

/** As `sameRate`, for a length or share that is normal among bylines: log10 likelihood ratio of one value against two. */
export function sameMean(a: Averaged, b: Averaged, { mean, variance }: Population): number {
  if (!(variance > 0)) return 0;
  const drift = variance * DRIFT ** 2;
  const [va, vb] = [variance + a.variance + drift, variance + b.variance + drift];
  const [x, y] = [a.mean - mean, b.mean - mean];
  const apart = (x ** 2 / va + y ** 2 / vb + Math.log(va * vb)) / 2;
  const determinant = va * vb - variance ** 2;
  const together = ((vb * x ** 2 - 2 * variance * x * y + va * y ** 2) / determinant + Math.log(determinant)) / 2;
  return (apart - together) / Math.LN10;
}
