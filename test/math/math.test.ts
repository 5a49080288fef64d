import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { cluster, cutAt, cutInto } from '../../src/math/linkage.js';
import { fitLogistic, log10Odds } from '../../src/math/logistic.js';
import { areaUnderRoc, bcubedF, calibrationLossIfRight, cllr, cllrMin, recallAt } from '../../src/math/metrics.js';
import { normalDraw, sampleIndices, seededRandom, shuffled } from '../../src/math/random.js';
import { quantile } from '../../src/math/statistics.js';
import { lowerBound, upperBound } from '../../src/math/search.js';

describe('search', () => {
  it('finds the first and the last place of a value among ascending ones, and where it would stand', () => {
    const ascending = [1, 2, 2, 2, 5];
    expect([0, 1, 2, 3, 5, 6].map((x) => lowerBound(ascending, x))).toEqual([0, 0, 1, 4, 4, 5]);
    expect([0, 1, 2, 3, 5, 6].map((x) => upperBound(ascending, x))).toEqual([0, 1, 4, 4, 5, 5]);
    expect([lowerBound([], 1), upperBound([], 1)]).toEqual([0, 0]);
  });
});

describe('seeded random', () => {
  it('gives the same stream for the same seed and another for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('samples different ascending indices', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), fc.integer(), (n, count, seed) => {
        const out = sampleIndices(n, count, seededRandom(seed));
        expect(out).toEqual([...new Set(out)].sort((a, b) => a - b));
        expect(out.length).toBe(Math.min(n, count));
      }),
    );
  });

  it('shuffles without losing anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        expect(shuffled(items, seededRandom(seed)).sort()).toEqual(items.slice().sort());
      }),
    );
  });
});

describe('quantile', () => {
  it('agrees with type 7 of Hyndman and Fan', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75);
    expect(quantile([5], 0.9)).toBe(5);
  });
});

describe('logistic regression', () => {
  it('recovers the log likelihood ratio of two normal classes, whatever their sizes', () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 6000 }, (_, i) => [normalDraw(random) + (i % 6 === 0 ? 2 : 0)]);
    const fit = fitLogistic(
      rows,
      rows.map((_, i) => i % 6 === 0),
      { ridge: 0.01 },
    );
    // log10 LR of N(2,1) against N(0,1) at x is (2x - 2) / ln 10.
    expect(log10Odds(fit, [1])).toBeCloseTo(0, 0);
    expect(log10Odds(fit, [3])).toBeGreaterThan(1.3);
    expect(log10Odds(fit, [3])).toBeLessThan(2.3);
  });

  it('refuses a single class', () => {
    expect(() => fitLogistic([[1], [2]], [true, true], { ridge: 1 })).toThrow(RangeError);
  });
});

describe('metrics', () => {
  it('gives Cllr 1 for scores that say nothing and near 0 for sure and right ones', () => {
    const none = [true, false].map((truth) => ({ score: 0, truth }));
    expect(cllr(none)).toBeCloseTo(1);
    expect(
      cllr([
        { score: 5, truth: true },
        { score: -5, truth: false },
      ]),
    ).toBeLessThan(0.001);
    expect(
      cllr([
        { score: -5, truth: true },
        { score: 5, truth: false },
      ]),
    ).toBeGreaterThan(10);
  });

  it('never has Cllr below its minimum', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -4, max: 4, noNaN: true }), fc.boolean()), { minLength: 4, maxLength: 60 }),
        (raw) => {
          const cases = [
            ...raw.map(([score, truth]) => ({ score, truth })),
            { score: 0, truth: true },
            { score: 0, truth: false },
          ];
          expect(cllrMin(cases)).toBeLessThanOrEqual(cllr(cases) + 1e-9);
        },
      ),
    );
  });

  it('tells a wrong calibration from a loss that few cases alone bring', () => {
    // Scores of two normals two deviations apart: twice the score, in natural logarithms, is exactly its own ratio.
    const random = seededRandom(3);
    const drawn = (count: number): { score: number; truth: boolean }[] =>
      Array.from({ length: count }, (_, i) => {
        const truth = i % 2 === 0;
        return { score: (2 * (normalDraw(random) + (truth ? 1 : -1))) / Math.LN10, truth };
      });
    const mean = (count: number, of: (cases: ReturnType<typeof drawn>) => number): number =>
      Array.from({ length: 40 }, () => of(drawn(count))).reduce((sum, v) => sum + v, 0) / 40;
    const loss = (cases: ReturnType<typeof drawn>): number => cllr(cases) - cllrMin(cases);
    const bold = (cases: ReturnType<typeof drawn>): ReturnType<typeof drawn> =>
      cases.map(({ score, truth }) => ({ score: 3 * score, truth }));
    expect(mean(80, loss)).toBeCloseTo(mean(80, calibrationLossIfRight), 1);
    expect(mean(80, calibrationLossIfRight)).toBeGreaterThan(0.08);
    expect(mean(2000, calibrationLossIfRight)).toBeLessThan(0.02);
    expect(mean(80, (cases) => loss(bold(cases)))).toBeGreaterThan(
      2 * mean(80, (cases) => calibrationLossIfRight(bold(cases))),
    );
    expect(calibrationLossIfRight([{ score: 1, truth: true }])).toBeNaN();
  });

  it('counts recall above the false cases allowed', () => {
    const cases = [3, 2, 1]
      .map((score) => ({ score, truth: true }))
      .concat([2.5, 0, -1].map((score) => ({ score, truth: false })));
    expect(recallAt(cases, 0.001)).toBeCloseTo(1 / 3);
    expect(areaUnderRoc(cases)).toBeCloseTo(7 / 9);
  });

  it('gives BCubed 1 to a perfect grouping and the published value to a partial one', () => {
    expect(bcubedF([0, 0, 1], ['a', 'a', 'b'])).toBe(1);
    // All in one cluster of two hands of two: precision 1/2, recall 1, F 2/3.
    expect(bcubedF([0, 0, 0, 0], [1, 1, 2, 2])).toBeCloseTo(2 / 3);
  });
});

describe('linkage', () => {
  const line = (points: readonly number[]): Float64Array =>
    Float64Array.from(points.flatMap((a) => points.map((b) => (a - b) ** 2)));

  it('parts two far groups, with every linkage', () => {
    for (const how of ['average', 'ward'] as const) {
      const merges = cluster(line([0, 0.1, 0.2, 9, 9.1]), 5, how);
      expect(cutInto(merges, 5, 2)).toEqual([0, 0, 0, 1, 1]);
      expect(cutAt(merges, 5, 1)).toEqual([0, 0, 0, 1, 1]);
    }
  });

  it('merges by rising distance', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 25 }), (points) => {
        const merges = cluster(line(points), points.length, 'average');
        expect(merges.length).toBe(points.length - 1);
        for (let i = 1; i < merges.length; i++)
          expect(merges[i]!.distance).toBeGreaterThanOrEqual(merges[i - 1]!.distance);
      }),
    );
  });
});
