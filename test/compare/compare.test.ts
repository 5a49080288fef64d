import { describe, expect, it } from 'vitest';
import { compare, pairFeatures } from '../../src/compare/compare.js';
import { cosines, symmetricNorm } from '../../src/compare/normalise.js';
import { prints } from './prints.js';

const CALIBRATION = { intercept: -1, weights: [0.4, 0.1, 0.4, 0, 0, 0], cap: 4 };

describe('S-norm', () => {
  it('is symmetric and does not depend on the scale of the raw scores', () => {
    const { bylineOf, views } = prints(9, 1);
    const raw = cosines(views.words.rows, bylineOf.length, views.words.dims);
    const doubled = { n: raw.n, values: raw.values.map((v) => 2 * v + 0.1) };
    const [a, b] = [symmetricNorm(raw, 9), symmetricNorm(doubled, 9)];
    for (let i = 0; i < 9; i++)
      for (let j = 0; j < 9; j++) {
        if (i === j) continue;
        expect(a.values[i * 9 + j]).toBe(a.values[j * 9 + i]);
        expect(a.values[i * 9 + j]).toBeCloseTo(b.values[i * 9 + j]!, 3);
      }
  });
});

describe('compare', () => {
  it('puts the two bylines of one hand above all others', () => {
    const pairs = compare(prints(20, 4, [[3, 11]]), CALIBRATION);
    const best = pairs.score.reduce((top, s, p) => (s > pairs.score[top]! ? p : top), 0);
    expect([pairs.a[best], pairs.b[best]]).toEqual([3, 11]);
    expect(pairs.a.length).toBe(190);
  });

  it('caps log10LR and keeps scores finite, with two bylines and with one', () => {
    for (const n of [1, 2, 3]) {
      const pairs = compare(prints(n, 2), { ...CALIBRATION, intercept: 50 });
      expect([...pairs.score].every(Number.isFinite)).toBe(true);
      expect([...pairs.log10LR].every((v) => v <= 4)).toBe(true);
    }
  });

  it('reads the amount of text on both sides', () => {
    const row = { characters: 1, grammar: 1, words: 1, wordsLess: 1000, wordsMore: 2000 };
    expect(pairFeatures(row)[3]).toBeCloseTo(0);
    expect(pairFeatures(row)[4]).toBeCloseTo(Math.LN2);
  });
});
