import { describe, expect, it } from 'vitest';
import { compare, pairFeatures } from '../../src/compare/compare.js';
import { cosines, symmetricNorm } from '../../src/compare/normalise.js';
import { selfTest } from '../../src/compare/selftest.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import type { Fingerprints } from '../../src/types.js';

const CALIBRATION = { intercept: -1, weights: [0.4, 0.1, 0.4, 0, 0, 0], cap: 4 };

/** Bylines of `articles` random rows each around a centre of their own; `twins` share one centre. */
function prints(bylines: number, articles: number, twins: readonly [number, number] | null): Fingerprints {
  const random = seededRandom(5);
  const dims = 30;
  const centres = Array.from({ length: bylines }, () => Array.from({ length: dims }, () => normalDraw(random)));
  if (twins !== null) centres[twins[1]] = centres[twins[0]]!;
  const bylineOf = Int32Array.from({ length: bylines * articles }, (_, i) => Math.floor(i / articles));
  const rows = Float32Array.from(
    { length: bylineOf.length * dims },
    (_, i) => centres[bylineOf[Math.floor(i / dims)]!]![i % dims]! + normalDraw(random),
  );
  const view = { dims, rows, variances: new Float64Array(dims).fill(1) };
  return {
    documents: bylineOf.length,
    bylineOf,
    bylines,
    words: new Float64Array(bylineOf.length).fill(500),
    views: { characters: view, grammar: view, words: view },
    grammar: { rowsOf: () => ({ start: new Int32Array(1), ids: new Uint32Array(), counts: new Uint16Array() }) },
    habits: [],
  };
}

describe('S-norm', () => {
  it('is symmetric and does not depend on the scale of the raw scores', () => {
    const { bylineOf, views } = prints(9, 1, null);
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
    const pairs = compare(prints(20, 4, [3, 11]), CALIBRATION);
    const best = pairs.score.reduce((top, s, p) => (s > pairs.score[top]! ? p : top), 0);
    expect([pairs.a[best], pairs.b[best]]).toEqual([3, 11]);
    expect(pairs.a.length).toBe(190);
  });

  it('caps log10LR and keeps scores finite, with two bylines and with one', () => {
    for (const n of [1, 2, 3]) {
      const pairs = compare(prints(n, 2, null), { ...CALIBRATION, intercept: 50 });
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

describe('the self-test on the dump', () => {
  it('finds bylines split in two where styles differ, and none where all write alike', () => {
    const distinct = selfTest(prints(20, 6, null), CALIBRATION, 1)!;
    expect(distinct.sameHandPairs).toBe(20);
    expect(distinct.recallAt1Percent).toBeGreaterThan(0.9);
    const alike = prints(20, 6, null);
    const random = seededRandom(8);
    alike.views.words.rows.forEach((_, i, rows) => (rows[i] = normalDraw(random)));
    expect(selfTest(alike, CALIBRATION, 1)!.recallAt1Percent).toBeLessThan(0.3);
  });

  it('declines with fewer than three bylines to split', () => {
    expect(selfTest(prints(2, 6, null), CALIBRATION, 1)).toBeNull();
  });
});
