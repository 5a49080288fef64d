import { describe, expect, it } from 'vitest';
import { ofOwn, rangeOfHalves } from '../../src/compare/own.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { prints } from './prints.js';

const pair = (a: number, b: number): { a: Int32Array; b: Int32Array } => ({ a: Int32Array.of(a), b: Int32Array.of(b) });

describe('likeness in shares of the likeness to themselves', () => {
  it('is about 1 for one hand, about 0 for strangers, and between for two hands of one kind', () => {
    const all = prints(12, 30, [[0, 1]]);
    // Bylines 2 and 3 have a direction that nobody else has, and each its own style in all others.
    const { rows, dims } = all.views.words;
    all.bylineOf.forEach((b, d) => {
      if (b === 2 || b === 3) rows[d * dims]! += 6;
    });
    const [twins, strangers, kind] = [pair(0, 1), pair(4, 5), pair(2, 3)].map((p) => ofOwn(all, p)[0]!);
    expect(twins).toBeGreaterThan(0.9);
    expect(twins).toBeLessThan(1.1);
    expect(Math.abs(strangers!)).toBeLessThan(0.3);
    expect(kind).toBeGreaterThan(0.3);
    expect(kind).toBeLessThan(0.85);
  });

  it('does not depend on which pairs are asked about together', () => {
    const all = prints(8, 10);
    const together = ofOwn(all, { a: Int32Array.of(0, 2, 0), b: Int32Array.of(1, 5, 5) });
    expect(ofOwn(all, pair(2, 5))[0]).toBe(together[1]);
  });

  it('cannot be told with fewer than four articles on a side', () => {
    expect(ofOwn(prints(8, 3), pair(0, 1))[0]).toBeNaN();
    expect(ofOwn(prints(8, 4), pair(0, 1))[0]).not.toBeNaN();
  });
});

describe('halves of one byline', () => {
  it('have a range where eight or more can be told, without those that cannot', () => {
    const shares = Array.from({ length: 21 }, (_, i) => i / 20);
    expect(rangeOfHalves([...shares, NaN])!.low).toBeCloseTo(0.05);
    expect(rangeOfHalves([...shares, NaN])!.high).toBeCloseTo(0.95);
    expect(rangeOfHalves([1, 1, 1, 1, 1, 1, 1, NaN, NaN])).toBeNull();
  });

  it.each([8, 25])('say what one pair of one hand in twenty is below, and %i of them say it as well', (n) => {
    const random = seededRandom(5);
    const draws = 8000;
    let below = 0;
    for (let d = 0; d < draws; d++) {
      const shares = Array.from({ length: n }, () => 0.8 + 0.2 * normalDraw(random));
      if (0.8 + 0.2 * normalDraw(random) < rangeOfHalves(shares)!.least) below++;
    }
    expect(below / draws).toBeGreaterThan(0.04);
    expect(below / draws).toBeLessThan(0.06);
  });
});
