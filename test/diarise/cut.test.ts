import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { bestCut } from '../../src/diarise/cut.js';
import { extended, partAmongStrangers } from '../../src/diarise/part.js';
import { bcubedF } from '../../src/math/metrics.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';

/** What `planted` likenesses show inside a hand, with the deviation that honest bylines have. */
const USUAL = { mean: 5, deviation: 6 };

/** Likeness 5 inside a hand and 0 across, with noise of standard deviation 1.5. */
function planted(hands: readonly number[], seed: number): Float64Array {
  const n = hands.length;
  const random = seededRandom(seed);
  const out = new Float64Array(n * n).fill(NaN);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      out[i * n + j] = out[j * n + i] = (hands[i] === hands[j] ? 5 : 0) + 1.5 * normalDraw(random);
  return out;
}

function gainOf(likeness: Float64Array, n: number, threshold: number, groups: readonly number[]): number {
  let gain = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) if (groups[i] !== groups[j]) gain += threshold - likeness[i * n + j]!;
  return gain;
}

describe('the best cut', () => {
  it('is never beaten by setting one article apart, and its gain is what its groups gain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 1e6 }), (n, seed) => {
        const likeness = planted(new Array<number>(n).fill(0), seed);
        const cut = bestCut(likeness, n, 5)!;
        expect(cut.gain).toBeCloseTo(gainOf(likeness, n, 5, cut.groups), 6);
        for (let apart = 0; apart < n; apart++) {
          const groups = Array.from({ length: n }, (_, i) => Number(i === apart));
          expect(cut.gain).toBeGreaterThan(gainOf(likeness, n, 5, groups) - 1e-6);
        }
      }),
    );
  });

  it('keeps as many articles in the smaller group as it is told to', () => {
    const cut = bestCut(planted([0, 0, 0, 0, 0, 0, 0, 1], 3), 8, 5, 3)!;
    expect(Math.min(...[0, 1].map((g) => cut.groups.filter((x) => x === g).length))).toBeGreaterThanOrEqual(3);
    expect(bestCut(planted([0, 0, 0], 3), 3, 5, 2)).toBeNull();
  });

  it('gains more on two hands than on their honest twin', () => {
    const two = Array.from({ length: 12 }, (_, i) => i % 2);
    const one = two.map(() => 0);
    for (const seed of [1, 2, 3, 4, 5])
      expect(bestCut(planted(two, seed), 12, 5)!.gain).toBeGreaterThan(2 * bestCut(planted(one, seed), 12, 5)!.gain);
  });
});

describe('parting among strangers', () => {
  it.each([
    ['even shares', Array.from({ length: 20 }, (_, i) => i % 2)],
    ['a minority of one in five', Array.from({ length: 20 }, (_, i) => Number(i % 5 === 0))],
    ['three hands', Array.from({ length: 21 }, (_, i) => i % 3)],
  ])('finds %s', (_, hands) => {
    const n = hands.length;
    const found = partAmongStrangers(planted(hands, 11), n, USUAL);
    expect(found.count).toBe(new Set(hands).size);
    expect(bcubedF(found.hands, hands)).toBeGreaterThan(0.95);
  });

  it('numbers hands by their articles, and is surer of a clear article than of one between two hands', () => {
    const hands = Array.from({ length: 20 }, (_, i) => Number(i >= 12));
    const likeness = planted(hands, 5);
    for (let j = 0; j < 20; j++) if (j !== 19) likeness[19 * 20 + j] = likeness[j * 20 + 19] = 2.5;
    const { hands: found, confidence } = partAmongStrangers(likeness, 20, USUAL);
    expect(found.filter((h) => h === 0).length).toBeGreaterThan(found.filter((h) => h === 1).length);
    expect(confidence[19]!).toBeLessThan(Math.min(...confidence.slice(0, 12)));
  });

  it('gives a sample’s hands to all articles of a byline', () => {
    const hands = Array.from({ length: 40 }, (_, i) => i % 2);
    const likeness = planted(hands, 9);
    const of = (rows: readonly number[]): Float64Array =>
      Float64Array.from(rows.flatMap((i) => rows.map((j) => likeness[i * 40 + j]!)));
    const sample = hands.flatMap((_, i) => (i < 20 ? [i] : []));
    const all = hands.map((_, i) => i);
    const found = extended(partAmongStrangers(of(sample), 20, USUAL), sample, all, of);
    expect(bcubedF(found.hands, hands)).toBeCloseTo(1, 9);
    for (const c of found.confidence) expect(c).toBeGreaterThan(0.5);
  });
});
