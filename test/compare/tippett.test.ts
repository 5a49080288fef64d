import { describe, expect, it } from 'vitest';
import { tippett } from '../../src/compare/tippett.js';
import { seededRandom } from '../../src/math/random.js';

describe('the Tippett curve', () => {
  const random = seededRandom(5);
  const cases = Array.from({ length: 500 }, (_, i) => ({ score: 16 * random() - 7, truth: i % 3 === 0 }));

  it('is the share of cases at or above each log10LR', () => {
    const share = (truth: boolean, from: number): number => {
      const own = cases.filter((c) => c.truth === truth);
      return own.filter((c) => c.score >= from).length / own.length;
    };
    for (const p of tippett(cases)) {
      expect(p.sameHand).toBeCloseTo(share(true, p.log10LR), 12);
      expect(p.differentHands).toBeCloseTo(share(false, p.log10LR), 12);
    }
  });

  it('has its points in order, a quarter apart, and is all 0 without cases', () => {
    const points = tippett([]);
    points.slice(1).forEach((p, i) => expect(p.log10LR - points[i]!.log10LR).toBe(0.25));
    expect(points.every((p) => p.sameHand === 0 && p.differentHands === 0)).toBe(true);
  });
});
