import { describe, expect, it } from 'vitest';
import { CentreRatios, fitTwoCovariance } from '../../src/gate/covariance.js';
import { toUnit } from '../../src/gate/space.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';

const DIMS = 20;

/** Rows of length 1 around centres `apart` spreads from nought. */
function bylines(count: number, articles: number, apart: number, seed: number) {
  const random = seededRandom(seed);
  const rows: Float32Array[][] = [];
  const sums = new Float32Array(count * DIMS);
  for (let b = 0; b < count; b++) {
    const centre = Array.from({ length: DIMS }, () => apart * normalDraw(random));
    // One more than is summed: the submission.
    rows.push(
      Array.from({ length: articles + 1 }, () =>
        toUnit(
          Float32Array.from(centre, (c) => c + normalDraw(random)),
          DIMS,
        ),
      ),
    );
    for (const row of rows[b]!.slice(0, articles)) row.forEach((v, k) => (sums[b * DIMS + k]! += v));
  }
  return { rows, sums, articles: new Float64Array(count).fill(articles) };
}

function ratios(count: number, articles: number, apart: number): { own: number[]; other: number[] } {
  const { rows, sums, articles: amounts } = bylines(count, articles, apart, 3);
  const centres = new CentreRatios(fitTwoCovariance(sums, amounts, DIMS)!);
  const own: number[] = [];
  const other: number[] = [];
  rows.forEach((of, b) => {
    for (let c = 0; c < count; c++)
      (c === b ? own : other).push(centres.ratio(of.at(-1)!, sums, c * DIMS, amounts[c]!));
  });
  return { own, other };
}

const mean = (values: readonly number[]): number => values.reduce((s, v) => s + v, 0) / values.length;

describe('the likelihood ratio of a centre', () => {
  it('speaks for the byline that wrote a text and against the others', () => {
    const { own, other } = ratios(30, 6, 1);
    expect(mean(own)).toBeGreaterThan(0.5);
    expect(mean(other)).toBeLessThan(-0.3);
  });

  it('says less where a byline has one article', () => {
    const [one, many] = [1, 12].map((kept) => {
      const { rows, sums } = bylines(30, 12, 1, 4);
      const centres = new CentreRatios(fitTwoCovariance(sums, new Float64Array(30).fill(12), DIMS)!);
      return mean(
        rows.map((of, b) => {
          const sum = new Float32Array(DIMS);
          for (const row of of.slice(0, kept)) row.forEach((v, k) => (sum[k]! += v));
          const stranger = rows[(b + 1) % 30]!.at(-1)!;
          return centres.ratio(stranger, sum, 0, kept);
        }),
      );
    });
    expect(one!).toBeLessThan(0);
    expect(one!).toBeGreaterThan(many!);
  });

  it('says hardly anything where bylines do not differ', () => {
    const { own, other } = ratios(30, 6, 0);
    expect(Math.abs(mean(own) - mean(other))).toBeLessThan(0.1);
  });

  it('is nought without articles, and not to be had where no byline has two', () => {
    const { rows, sums, articles } = bylines(5, 3, 1, 6);
    const centres = new CentreRatios(fitTwoCovariance(sums, articles, DIMS)!);
    expect(centres.ratio(rows[0]![0]!, sums, 0, 0)).toBe(0);
    expect(fitTwoCovariance(sums, Float64Array.from([1, 1, 0, 1, 1]), DIMS)).toBeNull();
  });
});
