import { describe, expect, it } from 'vitest';
import { partedHabits, sharedHabits } from '../../src/judge/evidence.js';
import { habitTables } from '../../src/judge/habit-table.js';
import { sameMean, sameRate } from '../../src/judge/shared-rates.js';
import { seededRandom } from '../../src/math/random.js';
import { logGamma } from '../../src/math/statistics.js';
import type { Fingerprints } from '../../src/types/types.js';

/** Bylines of `articles` articles with one habit, its rate per 1,000 words by byline; 1,000 words an article. */
function withRates(rates: readonly number[], articles = 4, unit = 'per 1,000 words', words = 1000): Fingerprints {
  const random = seededRandom(3);
  const documents = rates.length * articles;
  const empty = { dims: 1, rows: new Float32Array(documents), variances: new Float64Array(1) };
  return {
    documents,
    bylines: rates.length,
    bylineOf: Int32Array.from({ length: documents }, (_, d) => Math.floor(d / articles)),
    words: new Float64Array(documents).fill(words),
    lexed: new Uint8Array(documents).fill(1),
    views: { characters: empty, grammar: empty, words: empty, outline: empty, functionWords: empty },
    grammar: { packedOf: () => ({ start: new Float64Array(1), entries: new Uint16Array() }) },
    functionWords: { packedOf: () => ({ start: new Float64Array(1), entries: new Uint16Array() }) },
    habits: [
      {
        name: 'the word “upon”',
        unit,
        values: Float32Array.from({ length: documents }, (_, d) => {
          const rate = rates[Math.floor(d / articles)]!;
          return Math.max(0, rate + (random() - 0.5) * Math.sqrt(rate));
        }),
      },
    ],
  };
}
const others = [2, 2.5, 3, 3.5, 4, 2.2, 2.8, 3.2, 3.8, 3];

describe('the ratio of one rate behind two counts', () => {
  const population = { mean: 0.003, variance: 0.000001 };

  it('agrees with the negative binomial worked by hand, without drift to speak of', () => {
    // Counts of 0 in 1 word: with shape k and rate r both marginals are (r / (r + n))^k.
    const [k, r] = [0.003 ** 2 / 0.000001, 0.003 / 0.000001];
    const none = { count: 0, words: 1 };
    const expected = (k * Math.log(r / (r + 2)) - 2 * k * Math.log(r / (r + 1))) / Math.LN10;
    expect(sameRate(none, none, population, 1)).toBeCloseTo(expected, 6);
  });

  it('says more of a rare rate than of a usual one, and more in long texts than in short ones', () => {
    const both = (rate: number, words: number): number =>
      sameRate({ count: rate * words, words }, { count: rate * words, words }, population, 1);
    expect(both(0.009, 5000)).toBeGreaterThan(both(0.003, 5000) + 0.3);
    expect(both(0.009, 5000)).toBeGreaterThan(both(0.009, 500));
  });

  it('makes next to nothing of absence in little text', () => {
    const absent = (words: number): number => sameRate({ count: 0, words }, { count: 0, words }, population, 1);
    expect(Math.abs(absent(100))).toBeLessThan(0.03);
    expect(absent(10_000)).toBeGreaterThan(0.5);
  });

  it('does not count for ever against one hand that drifts by a tenth', () => {
    const drifted = (words: number): number =>
      sameRate({ count: 0.003 * words, words }, { count: 0.0033 * words, words }, population, 1);
    expect(drifted(1_000_000)).toBeGreaterThan(0);
  });

  it('is as good as nothing where the dump says nothing', () => {
    expect(sameRate({ count: 1, words: 9 }, { count: 1, words: 9 }, { mean: NaN, variance: NaN }, 1)).toBe(0);
    expect(sameMean({ mean: 1, variance: 1 }, { mean: 1, variance: 1 }, { mean: NaN, variance: NaN })).toBe(0);
  });

  it('of two means: near and rare speak for one value, far apart against', () => {
    const usual = { mean: 20, variance: 9 };
    const of = (x: number, y: number): number =>
      sameMean({ mean: x, variance: 0.5 }, { mean: y, variance: 0.5 }, usual);
    expect(of(28, 28.3)).toBeGreaterThan(of(20, 20.3));
    expect(of(20, 20.3)).toBeGreaterThan(0);
    expect(of(15, 25)).toBeLessThan(-1);
  });
});

describe('habits as evidence', () => {
  it('name a rare rate that both share, with how many others lie as far out', () => {
    const [found] = sharedHabits(habitTables(withRates([9, 9.3, ...others])), 0, 1);
    expect(found!.habit).toBe('the word “upon”');
    expect(found!.text).toContain('none of the other 10');
    expect(found!.values!['shareAsExtreme']).toBe(0);
  });

  it('say nothing of a usual rate, of rates on two sides, or of absence in little text', () => {
    expect(sharedHabits(habitTables(withRates([3, 3, ...others])), 0, 1)).toEqual([]);
    expect(sharedHabits(habitTables(withRates([9, 0.5, ...others])), 0, 1)).toEqual([]);
    const rare = others.map((r) => r / 10);
    expect(sharedHabits(habitTables(withRates([0, 0, ...rare], 4, 'per 1,000 words', 500)), 0, 1)).toEqual([]);
    // The same absence in ten times the text is worth a word.
    expect(sharedHabits(habitTables(withRates([0, 0, ...others], 10)), 0, 1)).toHaveLength(1);
  });

  it('argue against one hand where rates differ beyond counting and drift, and not where they do not', () => {
    const [found] = partedHabits(habitTables(withRates([9, 0.5, ...others])), 0, 1);
    expect(found!.values!['log10LR']).toBeLessThan(-0.3);
    expect(partedHabits(habitTables(withRates([3, 3.4, ...others])), 0, 1)).toEqual([]);
  });

  it('never let one habit exclude one hand', () => {
    const [table] = habitTables(withRates([200, 0, ...others], 40));
    expect(table!.log10LR(0, 1)).toBeGreaterThanOrEqual(Math.log10(0.05) - 1e-9);
  });

  it('are the same from both sides', () => {
    const [table] = habitTables(withRates([9, 7, ...others], 4, 'words'));
    expect(table!.log10LR(0, 1)).toBeCloseTo(table!.log10LR(1, 0), 12);
  });
});

it('logGamma gives factorials and the root of pi', () => {
  expect(logGamma(6)).toBeCloseTo(Math.log(120), 10);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 10);
  expect(logGamma(1)).toBeCloseTo(0, 10);
});
