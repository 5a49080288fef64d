import { describe, expect, it } from 'vitest';
import { compare, pairFeatures, rawPairs } from '../../src/compare/compare.js';
import { likenesses, viewSpace } from '../../src/compare/space.js';
import { log10Odds } from '../../src/math/logistic.js';
import { loadModel } from '../../src/model/model.js';
import type { DenseRows } from '../../src/types/types.js';
import { prints } from './prints.js';

const CALIBRATION = { intercept: -1, weights: [0.9, 0, 0, 0], cap: 4 };

describe('likeness of bylines', () => {
  it('is the mean S-normed cosine of their articles, as worked out pair by pair', () => {
    const { views, bylineOf, bylines } = prints(6, 3);
    const space = viewSpace(views.words, bylineOf, bylines);
    const row = new Float32Array(bylines);
    const expected = meanOfPairs(views.words, bylineOf, bylines);
    // The space is in units of its own spread: two differences have the ratio they have without it.
    likenesses(space, 0, row);
    const ratio = (row[1]! - row[2]!) / (row[1]! - row[3]!);
    expect(ratio).toBeCloseTo((expected(0, 1) - expected(0, 2)) / (expected(0, 1) - expected(0, 3)), 3);
  });

  it('is what the views add up to, the same both ways round', () => {
    const made = prints(9, 2, [[1, 5]]);
    const { views, row, a } = rawPairs(made);
    for (let p = 0; p < a.length; p++)
      expect(row(p).normalised).toBeCloseTo(
        views.characters[p]! + views.grammar[p]! + views.words[p]! + views.outline[p]!,
      );
    const turned = rawPairs({ ...made, bylineOf: made.bylineOf.map((b) => 8 - b) });
    // Pair (0, 1) is pair (7, 8) when the bylines are turned round.
    expect(turned.row(a.length - 1).normalised).toBeCloseTo(row(0).normalised, 3);
  });
});

/** Mean over the articles of both bylines of the cosine less its mean, over the geometric mean of both spreads. */
function meanOfPairs(view: DenseRows, bylineOf: Int32Array, bylines: number): (a: number, b: number) => number {
  const { dims, rows } = view;
  const n = bylineOf.length;
  const unit = Array.from({ length: n }, (_, r) => {
    const own = Array.from({ length: dims }, (_, k) => rows[r * dims + k]!);
    const length = Math.hypot(...own);
    return own.map((v) => v / length);
  });
  const cosine = (i: number, j: number): number => unit[i]!.reduce((s, v, k) => s + v * unit[j]![k]!, 0);
  const others = (i: number): number[] => Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
  const mean = unit.map((_, i) => others(i).reduce((s, j) => s + cosine(i, j), 0) / (n - 1));
  const spread = unit.map((_, i) =>
    Math.sqrt(others(i).reduce((s, j) => s + (cosine(i, j) - mean[i]!) ** 2, 0) / (n - 1)),
  );
  expect(bylines).toBeGreaterThan(3);
  return (a, b) => {
    let [sum, pairs] = [0, 0];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        if (bylineOf[i] !== a || bylineOf[j] !== b) continue;
        const level = mean[i]! / spread[i]! / 2 + mean[j]! / spread[j]! / 2;
        sum += cosine(i, j) / Math.sqrt(spread[i]! * spread[j]!) - level;
        pairs++;
      }
    return sum / pairs;
  };
}

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

  it('never lowers a score when more of the same evidence comes', () => {
    const shipped = loadModel().pairs;
    const twins = [0, 1, 2, 3, 4, 5].map((t) => [2 * t, 2 * t + 1] as const);
    // The mean of six pairs: one pair's few articles may be alike by luck.
    const scores = [2, 4, 8, 16, 32].map((articles) => {
      const { a, b, score } = compare(prints(40, articles, twins, 2), shipped);
      const own = Array.from(score).filter((_, p) => twins.some(([x, y]) => a[p] === x && b[p] === y));
      return own.reduce((sum, s) => sum + s, 0) / own.length;
    });
    expect(scores).toEqual(scores.slice().sort((x, y) => x - y));
    // At a given amount, the likelier by style is the likelier: also where there is hardly any text, and where there is much.
    for (const words of [1, 100, 400, 5000, 1_000_000]) {
      const at = (normalised: number): number =>
        log10Odds(shipped, pairFeatures({ normalised, less: words, more: words }));
      for (const low of [-3, -0.5, 2]) expect(at(low + 1)).toBeGreaterThan(at(low));
    }
  });

  it('reads the amount of text on both sides', () => {
    expect(pairFeatures({ normalised: 3, less: 1000, more: 1000 })[1]).toBeCloseTo(Math.SQRT1_2);
    // A thousand words against endless text measure as well as two thousand against two thousand.
    expect(pairFeatures({ normalised: 3, less: 2000, more: 2000 })).toEqual([3, 1, 3, 3]);
    expect(pairFeatures({ normalised: -3, less: 2000, more: 2000 })).toEqual([-3, 1, -3, 0]);
  });
});
