import { describe, expect, it } from 'vitest';
import { cluster } from '../../src/cluster/cluster.js';
import { compareSteps } from '../../src/compare/blocked.js';
import { compare } from '../../src/compare/compare.js';
import { chanceOf } from '../../src/judge/chance.js';
import { pairIndex } from '../../src/judge/pair-evidence.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { loadModel } from '../../src/model/model.js';
import type { DenseRows, Fingerprints } from '../../src/types/types.js';
import { VIEW_NAMES } from '../../src/types/views.js';
import { inline } from '../../src/work/work.js';
import { prints, selfCases } from './prints.js';

const BYLINES = 300;

/** Four articles a byline, every view on rows of its own; bylines 0 and 1, and 2 and 3, have one hand. */
function dumpOf(bylines = BYLINES): Fingerprints {
  const made = prints(bylines, 4, [
    [0, 1],
    [2, 3],
  ]);
  const random = seededRandom(9);
  const noisy = (view: DenseRows): DenseRows => ({ ...view, rows: view.rows.map((x) => x + normalDraw(random)) });
  const { characters, grammar, words, outline } = made.views;
  return {
    ...made,
    words: made.words.map((_, d) => (d < 30 ? 90 : 100)),
    views: {
      ...made.views,
      characters,
      grammar: noisy(grammar),
      words: noisy(words),
      outline: noisy(outline),
    },
  };
}

describe('pairs of many bylines, block by block', () => {
  const { pairs: calibration } = loadModel();
  const dump = dumpOf();
  const whole = compare(dump, calibration);
  const options = { floor: -1, leastWords: 400, about: [7], everyPair: 0 };
  const kept = inline(compareSteps(dump, calibration, options));

  it('keeps every pair at or above the floor with text enough, and all of the byline asked about', () => {
    const want: string[] = [];
    // Sums taken in another order differ in the seventh digit: what lies on the floor may fall on either side of it.
    const onFloor = (p: number): boolean => Math.abs(whole.score[p]! + 1) < 1e-5;
    for (let p = 0; p < whole.a.length; p++) {
      const about = whole.a[p] === 7 || whole.b[p] === 7;
      if (about || (whole.words[p]! >= 400 && whole.score[p]! >= -1 && !onFloor(p)))
        want.push(`${whole.a[p]} ${whole.b[p]}`);
    }
    expect(want.length).toBeGreaterThan(BYLINES);
    const got = Array.from(kept.a, (a, p) => ({ a, b: kept.b[p]! })).filter(
      ({ a, b }) => a === 7 || b === 7 || !onFloor(pairIndex(whole, BYLINES, a, b)),
    );
    expect(got.map(({ a, b }) => `${a} ${b}`)).toEqual(want);
  });

  it('scores them as if all had been kept, and any other when asked', () => {
    for (let p = 0; p < kept.a.length; p++) {
      const all = pairIndex(whole, BYLINES, kept.a[p]!, kept.b[p]!);
      expect(kept.score[p]).toBeCloseTo(whole.score[all]!, 3);
      for (const view of VIEW_NAMES) expect(kept.views[view][p]).toBeCloseTo(whole.views[view][all]!, 3);
      expect(pairIndex(kept, BYLINES, kept.a[p]!, kept.b[p]!)).toBe(p);
    }
    for (const [a, b] of [
      [20, 31],
      [0, 299],
    ] as const)
      expect(kept.others!.scored(a, b).score).toBeCloseTo(whole.score[pairIndex(whole, BYLINES, a, b)]!, 3);
  });

  it('says what chance would bring as if all scores had been kept', () => {
    const asked = whole.score.filter((_, p) => whole.words[p]! >= 400);
    const [exact, counted] = [chanceOf(asked, calibration), chanceOf(kept.others!, calibration)];
    for (const score of [0, 1, 2, 4]) expect(counted(score) / exact(score)).toBeCloseTo(1, 1);
    expect(kept.others!.counts.reduce((n, c) => n + c, 0)).toBe(asked.length);
  });

  it('groups the same bylines', () => {
    const of = (pairs: typeof whole): number[][] => cluster(pairs, -0.5).map(({ bylines }) => [...bylines]);
    expect(of(whole).length).toBeGreaterThan(0);
    const within = (pairs: typeof whole): number[][] =>
      cluster(pairs, -0.5, (p) => pairs.words[p]! >= 400).map(({ bylines }) => [...bylines]);
    expect(within(kept)).toEqual(within(whole));
  });

  it('tests itself on bylines drawn by lot where there are very many, among all of them', () => {
    const many = selfCases(dumpOf(1100), calibration)!;
    expect(many.split).toBe(200);
    expect(many.cases.filter((c) => c.truth).length).toBe(200);
    // A half meets the thousand asked about and the other halves, no stranger.
    expect(many.cases.length).toBe((1200 * 1199) / 2 - (800 * 799) / 2);
  });
});

describe('pairs found by an index', () => {
  const { pairs: calibration } = loadModel();
  const dump = dumpOf(600);
  const options = { leastWords: 300, everyPair: 0 };
  const exact = inline(compareSteps(dump, calibration, { ...options, floor: 0.5, about: [] }));
  const indexed = inline(compareSteps(dump, calibration, { ...options, floor: 0.5, about: [7], exactUpTo: 0 }));
  const keyed = (pairs: typeof exact): Map<string, number> =>
    new Map(Array.from(pairs.a, (a, p) => [`${a} ${pairs.b[p]!}`, p]));

  it('are nearly all that matter, and the report of what was missed is counted, not guessed', () => {
    const [all, found] = [keyed(exact), keyed(indexed)];
    const inside = [...all.keys()].filter((key) => found.has(key)).length;
    expect(all.size).toBeGreaterThan(100);
    expect(inside / all.size).toBeGreaterThan(0.97);
    expect(found.has('0 1') && found.has('2 3')).toBe(true);
    // Of so few bylines all are drawn: what the index found of the exact pairs is known in full.
    const { exact: of, found: got } = indexed.recall!;
    expect(of).toBeGreaterThan(100);
    expect(got).toBeLessThanOrEqual(of);
    expect(got / of).toBeGreaterThan(0.97);
    expect(exact.recall).toBeUndefined();
  });

  it('score as they would among all, every pair of the byline asked about is there, in order', () => {
    const all = keyed(exact);
    for (const [key, p] of keyed(indexed))
      if (all.has(key)) expect(Math.abs(indexed.score[p]! - exact.score[all.get(key)!]!)).toBeLessThan(0.3);
    for (let b = 0; b < 600; b++)
      if (b !== 7) expect(pairIndex(indexed, 600, Math.min(7, b), Math.max(7, b))).toBeGreaterThanOrEqual(0);
  });

  it('chance is told from bylines drawn by lot, scaled to all pairs', () => {
    const sum = (counts: Float64Array): number => counts.reduce((n, c) => n + c, 0);
    expect(sum(indexed.others!.counts) / sum(exact.others!.counts)).toBeCloseTo(1, 6);
    const [x, y] = [chanceOf(exact.others!, calibration), chanceOf(indexed.others!, calibration)];
    for (const score of [0, 1, 2]) expect(y(score) / x(score)).toBeCloseTo(1, 0);
  });
});
