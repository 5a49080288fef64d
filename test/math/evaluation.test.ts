import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { recallIntervals, type HandPair } from '../../src/math/bootstrap.js';
import {
  equalErrorRate,
  errorTradeOff,
  expectedCalibrationError,
  recallAt,
  reliabilityBins,
  type Scored,
} from '../../src/math/metrics.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { probit, studentQuantile } from '../../src/math/statistics.js';
import { cAt1, f05u, type Answered } from '../../src/math/verification.js';

const scored = (same: readonly number[], different: readonly number[]): { score: number; truth: boolean }[] => [
  ...same.map((score) => ({ score, truth: true })),
  ...different.map((score) => ({ score, truth: false })),
];
/** right, wrong, unanswered among true problems, then among false ones. */
const problems = (counts: readonly [number, number, number, number, number, number]): Answered[] =>
  [
    { truth: true, answer: true },
    { truth: true, answer: false },
    { truth: true, answer: null },
    { truth: false, answer: false },
    { truth: false, answer: true },
    { truth: false, answer: null },
  ].flatMap((p, i) => Array.from({ length: counts[i]! }, () => p));

describe('the equal error rate', () => {
  it('is one third where one of three crosses on each side', () => {
    expect(equalErrorRate(scored([1, 3, 4], [0, 0.5, 2]))).toBeCloseTo(1 / 3);
  });

  it('is 0 for parted classes, a half where scores say nothing, and that of two normals one apart', () => {
    expect(equalErrorRate(scored([2, 3], [0, 1]))).toBe(0);
    expect(equalErrorRate(scored([1, 1], [1, 1, 1]))).toBeCloseTo(0.5);
    const random = seededRandom(4);
    const draw = (mean: number): number[] => Array.from({ length: 20_000 }, () => normalDraw(random) + mean);
    // Φ(-1/2) = 0.3085
    expect(equalErrorRate(scored(draw(1), draw(0)))).toBeCloseTo(0.3085, 2);
  });

  it('lies on a trade-off that falls on one side and rises on the other', () => {
    const points = errorTradeOff(scored([1, 3, 4], [0, 0.5, 2]));
    expect(points[0]).toEqual({ missed: 1, letThrough: 0 });
    expect(points.at(-1)).toEqual({ missed: 0, letThrough: 1 });
    points.slice(1).forEach((p, i) => {
      expect(p.missed).toBeLessThanOrEqual(points[i]!.missed);
      expect(p.letThrough).toBeGreaterThanOrEqual(points[i]!.letThrough);
    });
  });
});

const calibrationError = (cases: readonly Scored[]): number => expectedCalibrationError(reliabilityBins(cases));

describe('calibration error', () => {
  it('is what hand computation gives', () => {
    // Stated 10/11 for both: true share is 1/2, so the distance is 10/11 - 1/2.
    expect(calibrationError(scored([1], [1]))).toBeCloseTo(10 / 11 - 0.5);
    // Stated 10/11, all true; stated 1/11, all false: each off by 1/11.
    expect(calibrationError(scored([1, 1], [-1]))).toBeCloseTo(1 / 11);
  });

  it('is near 0 for likelihood ratios that are right, and grows when they are doubled', () => {
    const random = seededRandom(9);
    // ln LR of N(1, 1) against N(-1, 1) at x is 2x.
    const draw = (mean: number): number[] =>
      Array.from({ length: 20_000 }, () => (2 * (normalDraw(random) + mean)) / Math.LN10);
    const [same, different] = [draw(1), draw(-1)];
    const right = calibrationError(scored(same, different));
    expect(right).toBeLessThan(0.01);
    const bold = calibrationError(
      scored(
        same.map((s) => 3 * s),
        different.map((s) => 3 * s),
      ),
    );
    expect(bold).toBeGreaterThan(5 * right);
  });

  it('has bins that hold the whole mass', () => {
    const bins = reliabilityBins(scored([0.2, 3, -1], [-2, 0.1]));
    expect(bins.reduce((sum, b) => sum + b.mass, 0)).toBeCloseTo(1);
    expect(bins.reduce((sum, b) => sum + b.trueCases + b.falseCases, 0)).toBe(5);
  });
});

describe('verification measures', () => {
  it('c@1 is accuracy where all is answered, and the paper’s formula where not', () => {
    expect(cAt1(problems([4, 1, 0, 3, 2, 0]))).toBeCloseTo(0.7);
    // Peñas & Rodrigo: (n_ac + n_u · n_ac / n) / n with n = 10, n_ac = 6, n_u = 2.
    expect(cAt1(problems([3, 1, 1, 3, 1, 1]))).toBeCloseTo((6 + (2 * 6) / 10) / 10);
    expect(cAt1(problems([0, 0, 3, 0, 0, 3]))).toBe(0);
  });

  it('F0.5u counts what is unanswered as missed', () => {
    expect(f05u(problems([4, 1, 0, 4, 1, 0]))).toBeCloseTo((1.25 * 4) / (1.25 * 4 + 0.25 * 1 + 1));
    expect(f05u(problems([3, 1, 1, 3, 1, 1]))).toBeCloseTo((1.25 * 3) / (1.25 * 3 + 0.25 * 3 + 1));
    expect(f05u(problems([5, 0, 0, 5, 0, 0]))).toBe(1);
  });
});

describe('bootstrap of hands', () => {
  /** Two bylines each of `hands` hands; true pairs lie `apart` above. */
  const made = (hands: number, apart: number, seed: number): HandPair[] => {
    const random = seededRandom(seed);
    const out: HandPair[] = [];
    for (let i = 0; i < 2 * hands; i++)
      for (let j = i + 1; j < 2 * hands; j++) {
        const truth = i >> 1 === j >> 1;
        out.push({ a: i >> 1, b: j >> 1, truth, score: normalDraw(random) + (truth ? apart : 0) });
      }
    return out;
  };

  it('holds the figure itself, is the same for one seed, and is wider with fewer hands', () => {
    const pairs = made(30, 2, 1);
    const [at] = recallIntervals(pairs, [0.01], { seed: 3 });
    expect(recallIntervals(pairs, [0.01], { seed: 3 })[0]).toEqual(at);
    expect(at!.low).toBeLessThanOrEqual(recallAt(pairs, 0.01));
    expect(at!.high).toBeGreaterThanOrEqual(recallAt(pairs, 0.01));
    const few = recallIntervals(made(8, 2, 1), [0.01], { seed: 3 })[0]!;
    expect(few.high - few.low).toBeGreaterThan(at!.high - at!.low);
  });

  it('covers the recall of the population about as often as it says', () => {
    // True pairs two spreads above: recall at 1 % is 1 - Φ(2.326 - 2) = 0.372.
    const covered = Array.from({ length: 60 }, (_, i) => {
      const [at] = recallIntervals(made(20, 2, 100 + i), [0.01], { seed: i, samples: 200 });
      return at!.low <= 0.372 && 0.372 <= at!.high;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThanOrEqual(45);
  });

  it('does not depend on the order of pairs, ties or not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 15, maxLength: 15 }), (scores) => {
        const pairs = made(3, 0, 1).map((p, i) => ({ ...p, score: scores[i % 15]! }));
        expect(recallIntervals(pairs.slice().reverse(), [0.1], { seed: 2, samples: 20 })).toEqual(
          recallIntervals(pairs, [0.1], { seed: 2, samples: 20 }),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('says nothing of a single hand', () => {
    expect(recallIntervals(made(1, 2, 1), [0.01], { seed: 3 })[0]!.low).toBeNaN();
  });
});

describe("Student's t", () => {
  it('has its tabled quantiles, and those of the normal distribution where freedom is much', () => {
    for (const [p, freedom, t] of [
      [0.95, 7, 1.8946],
      [0.95, 24, 1.7109],
      [0.975, 10, 2.2281],
      [0.05, 16, -1.7459],
      [0.95, 1e9, 1.6449],
    ] as const)
      expect(Math.abs(studentQuantile(p, freedom) - t)).toBeLessThan(0.01);
  });
});

describe('probit', () => {
  it('gives the tabled quantiles of the normal distribution', () => {
    for (const [p, z] of [
      [0.5, 0],
      [0.975, 1.959964],
      [0.95, 1.644854],
      [0.001, -3.090232],
      [0.0001, -3.719016],
    ])
      expect(probit(p!)).toBeCloseTo(z!, 5);
    expect(probit(0)).toBe(-Infinity);
  });
});
