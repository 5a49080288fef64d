import { describe, expect, it } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import { applied, recalibrate, refitted, rescored, FEWEST_SPLIT } from '../../src/compare/recalibrate.js';
import { selfTest, type SelfCases } from '../../src/compare/selftest.js';
import { cllr } from '../../src/math/metrics.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { prints, selfCases } from './prints.js';

const CALIBRATION = { intercept: -1, weights: [0.9, 0, 0, 0], cap: 4 };
const made = (bylines: number, articles: number, dates?: readonly (number | null)[]): SelfCases =>
  selfCases(prints(bylines, articles), CALIBRATION, dates)!;

describe('the self-test on the dump', () => {
  it('finds bylines split in two where styles differ, and none where all write alike', () => {
    const distinct = selfTest(made(20, 6), 1, () => true, null, 4);
    expect(distinct.sameHandPairs).toBe(20);
    expect(distinct.recallAt1Percent).toBeGreaterThan(0.9);
    const alike = prints(20, 6);
    const random = seededRandom(8);
    alike.views.words.rows.forEach((_, i, rows) => (rows[i] = normalDraw(random)));
    expect(selfTest(selfCases(alike, CALIBRATION)!, 1, () => true, null, 4).recallAt1Percent).toBeLessThan(0.3);
  });

  it('declines with fewer than three bylines to split, and where bylines are short', () => {
    expect(selfCases(prints(2, 6), CALIBRATION)).toBeNull();
    expect(selfCases(prints(20, 1), CALIBRATION)).toBeNull();
  });

  it('splits bylines of two articles only where fewer than twenty have four', () => {
    expect(made(20, 2).split).toBe(20);
    const mixed = (long: number): number => {
      const all = prints(30, 4);
      // The bylines behind the first `long` keep two articles; the others of theirs are background.
      const bylineOf = all.bylineOf.map((b, d) => (b >= long && d % 4 > 1 ? 30 + (d % 3) : b));
      return selfCases({ ...all, bylineOf }, CALIBRATION)!.split;
    };
    expect(mixed(20)).toBe(20);
    expect(mixed(19)).toBe(30);
  });

  it('splits every byline once, a fifth at a time, and counts only pairs with a half in them', () => {
    const { cases, split } = made(20, 6);
    expect(split).toBe(20);
    expect(cases.filter((c) => c.truth)).toHaveLength(20);
    // Five folds of four bylines: eight halves with 16 others, and with each other but for their own.
    expect(cases.filter((c) => !c.truth)).toHaveLength(5 * (8 * 16 + (8 * 7) / 2 - 4));
  });

  it('splits by date where every article of a byline has one, and else in order of id', () => {
    const dates = Array.from({ length: 120 }, (_, d) => (d < 60 ? 1000 - d : null));
    const { byDate } = made(20, 6, dates);
    expect(byDate).toBe(10);
    // The earlier half is another one, so the figures are not those of the order of id.
    const shuffledDates = Array.from({ length: 120 }, (_, d) => (d % 2) * 1000 + d);
    expect(made(20, 6, shuffledDates).cases.map((c) => c.score)).not.toEqual(made(20, 6).cases.map((c) => c.score));
  });

  it('gives the same counts by amount as in all, and bins that hold every pair', () => {
    const own = made(20, 6);
    const test = selfTest(own, 1, () => true, null, 4);
    for (const key of ['sameHandPairs', 'found', 'falseLinks'] as const)
      expect(test.amounts.reduce((sum, a) => sum + a[key], 0)).toBe(test[key]);
    expect(test.reliability.reduce((sum, b) => sum + b.trueCases + b.falseCases, 0)).toBe(own.cases.length);
  });
});

describe('what the self-test says was found', () => {
  it('is what the report would name: no halves of which something else than their score is asked in vain', () => {
    // Of bylines of fewer than four articles nothing is asked beside their score.
    const own = made(20, 8);
    const all = selfTest(own, 1, () => true, null, 4);
    expect(all.found).toBeGreaterThan(0);
    expect(selfTest(own, 1, () => false, null, 4)).toMatchObject({ found: 0, falseLinks: 0, cllr: all.cllr });
    const [least, most] = [Math.min, Math.max].map((of) => of(...own.cases.map((c) => c.words)));
    expect(least).toBe(most);
    expect(selfTest(own, 1, (pair) => pair.words > most!, null, 4).found).toBe(0);
    const halves = own.cases.filter((c) => c.truth);
    expect(halves.every((c) => !Number.isNaN(c.ofOwn))).toBe(true);
    expect(new Set(halves.map((c) => c.spelled + c.masked)).size).toBeGreaterThan(10);
  });
});

/** Scores of two normal classes whose true ln LR is 2x, told wrong by `scale` and `offset`. */
const scored = (
  same: number,
  different: number,
  told: { scale: number; offset: number },
  seed = 3,
): { score: number; truth: boolean }[] => {
  const random = seededRandom(seed);
  const draw = (mean: number): number => told.offset + (told.scale * 2 * (normalDraw(random) + mean)) / Math.LN10;
  return [
    ...Array.from({ length: same }, () => ({ score: draw(1), truth: true })),
    ...Array.from({ length: different }, () => ({ score: draw(-1), truth: false })),
  ];
};
const right = { scale: 1, offset: 0 };

describe('recalibration on the dump', () => {
  it('finds the scale and offset that make the ratios right, with pairs enough', () => {
    const r = recalibrate(scored(2000, 40_000, { scale: 2, offset: 0.5 }))!;
    // score = 0.5 + 2 · true, so true = -0.25 + score / 2; doubting the far ends makes the scale a little bold.
    expect(r.scale).toBeGreaterThan(0.45);
    expect(r.scale).toBeLessThan(0.6);
    expect(Math.abs(r.offset + 0.25)).toBeLessThan(0.1);
  });

  it('lowers the cost on pairs it never saw where the shipped ratios were wrong, and hardly raises it where they were right', () => {
    for (const told of [
      { scale: 2.5, offset: 0 },
      { scale: 1, offset: 1 },
      { scale: 0.5, offset: -0.5 },
    ]) {
      const r = recalibrate(scored(30, 1800, told))!;
      const fresh = scored(2000, 2000, told, 77);
      expect(cllr(fresh.map((c) => ({ ...c, score: applied(r, c.score) })))).toBeLessThan(cllr(fresh));
    }
    const r = recalibrate(scored(30, 1800, right))!;
    const fresh = scored(2000, 2000, right, 77);
    expect(cllr(fresh.map((c) => ({ ...c, score: applied(r, c.score) })))).toBeLessThan(cllr(fresh) + 0.02);
  });

  it('is held near no change by its pseudo-pairs: the fewer bylines split, the nearer', () => {
    const moved = (same: number): number => {
      const r = recalibrate(scored(same, 60 * same, { scale: 1, offset: 1 }))!;
      return Math.abs(applied(r, 0));
    };
    expect(moved(10)).toBeLessThan(moved(400));
    expect(moved(400)).toBeGreaterThan(0.8);
    const strong = recalibrate(scored(30, 1800, { scale: 1, offset: 1 }), Infinity, 1e6)!;
    expect(strong.scale).toBeCloseTo(1, 2);
    expect(strong.offset).toBeCloseTo(0, 2);
  });

  it('raises the scale no further than allowed, and finds the offset that goes with it', () => {
    const timid = scored(200, 8000, { scale: 0.5, offset: 0.5 });
    const free = recalibrate(timid)!;
    const bound = recalibrate(timid, 1)!;
    expect(free.scale).toBeGreaterThan(1.3);
    expect(bound.scale).toBe(1);
    expect(bound.offset).not.toBeCloseTo(free.offset, 2);
    // A scale that has to be lowered is lowered all the same.
    const bold = scored(200, 8000, { scale: 2, offset: 0 });
    expect(recalibrate(bold, 1)!.scale).toBeCloseTo(recalibrate(bold)!.scale, 6);
  });

  it('declines with few bylines split', () => {
    expect(recalibrate(scored(FEWEST_SPLIT - 1, 500, right))).toBeNull();
    expect(recalibrate(scored(FEWEST_SPLIT, 500, right))).not.toBeNull();
    expect(recalibrate(scored(FEWEST_SPLIT, 0, right))).toBeNull();
  });

  it('never turns a higher score into a lower one', () => {
    const upside = scored(50, 3000, right).map((c) => ({ ...c, score: -c.score }));
    expect(recalibrate(upside, Infinity, 0)!.scale).toBeGreaterThan(0);
  });

  it.each([0, 1, 2, 3])('is moved little when a tenth of the bylines are hidden sockpuppets (draw %i)', (seed) => {
    const honest = scored(40, 3000, { scale: 1.3, offset: 0.3 }, seed);
    // Four of 40 bylines are two pairs of twins: 2 pairs, met by four halves each, scored as one hand is.
    const hidden = scored(8, 0, { scale: 1.3, offset: 0.3 }, seed + 50).map((c) => ({ ...c, truth: false }));
    const [clean, poisoned] = [recalibrate(honest)!, recalibrate([...honest, ...hidden])!];
    for (const log10LR of [0, 1, 2, 3])
      expect(Math.abs(applied(poisoned, log10LR) - applied(clean, log10LR))).toBeLessThan(0.25);
  });

  it.each([0, 1, 2, 3])('is moved little by a byline that changed hands (draw %i)', (seed) => {
    const honest = scored(40, 3000, { scale: 1.3, offset: 0.3 }, seed);
    const teams = [-4, -2.5].map((score) => ({ score, truth: true }));
    const [clean, changed] = [recalibrate(honest)!, recalibrate([...honest, ...teams])!];
    for (const log10LR of [0, 1, 2, 3])
      expect(Math.abs(applied(changed, log10LR) - applied(clean, log10LR))).toBeLessThan(0.2);
  });

  it('is moved little by hidden twins in a whole dump, end to end', () => {
    const twins = [
      [0, 1],
      [2, 3],
    ] as const;
    const of = (t: readonly (readonly [number, number])[]): ReturnType<typeof recalibrate> =>
      recalibrate(selfCases(prints(40, 6, t, 2), CALIBRATION)!.cases);
    const [clean, poisoned] = [of([])!, of(twins)!];
    for (const log10LR of [0, 1, 2])
      expect(Math.abs(applied(poisoned, log10LR) - applied(clean, log10LR))).toBeLessThan(0.3);
  });

  it('gives the same scores as the refitted calibration does by itself', () => {
    const dump = prints(12, 6);
    const r = { scale: 0.7, offset: -0.3, sameHandPairs: 12, differentHandsPairs: 100, pseudoPairs: 20 };
    const direct = compare(dump, refitted(CALIBRATION, r));
    const after = rescored(compare(dump, CALIBRATION), r, CALIBRATION.cap);
    direct.score.forEach((s, p) => expect(after.score[p]).toBeCloseTo(s, 9));
    direct.log10LR.forEach((s, p) => expect(after.log10LR[p]).toBeCloseTo(s, 9));
  });
});
