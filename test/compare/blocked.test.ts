import { describe, expect, it } from 'vitest';
import { cluster } from '../../src/cluster/cluster.js';
import { compareSteps } from '../../src/compare/blocked.js';
import { compare } from '../../src/compare/compare.js';
import { selfTest } from '../../src/compare/selftest.js';
import { chanceOf } from '../../src/judge/chance.js';
import { pairIndex } from '../../src/judge/judge.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { loadModel } from '../../src/model/model.js';
import type { Fingerprints } from '../../src/types.js';
import { inline } from '../../src/work/work.js';

const BYLINES = 300;

/** Three articles a byline; bylines 0 and 1, and 2 and 3, have one hand. */
function prints(bylines = BYLINES): Fingerprints {
  const random = seededRandom(5);
  const dims = 40;
  const centres = Array.from({ length: bylines }, () => Array.from({ length: dims }, () => normalDraw(random)));
  const rows = Float32Array.from({ length: 3 * bylines * dims }, (_, i) => {
    const byline = Math.floor(i / dims / 3);
    return centres[byline < 4 ? byline & 2 : byline]![i % dims]! + normalDraw(random);
  });
  const view = { dims, rows, variances: new Float64Array(dims).fill(1) };
  return {
    documents: 3 * bylines,
    bylineOf: Int32Array.from({ length: 3 * bylines }, (_, i) => Math.floor(i / 3)),
    bylines,
    words: Float64Array.from({ length: 3 * bylines }, (_, i) => (i < 30 ? 100 : 400)),
    views: { characters: view, grammar: view, words: view },
    grammar: { rowsOf: () => ({ start: new Int32Array(1), ids: new Uint32Array(), counts: new Uint16Array() }) },
    habits: [],
  };
}

describe('pairs of many bylines, block by block', () => {
  const { pairs: calibration } = loadModel();
  const dump = prints();
  const whole = compare(dump, calibration);
  const options = { floor: -1, leastWords: 400, about: [7], everyPair: 0 };
  const kept = inline(compareSteps(dump, calibration, options));

  it('keeps every pair at or above the floor with text enough, and all of the byline asked about', () => {
    const want: string[] = [];
    for (let p = 0; p < whole.a.length; p++) {
      const about = whole.a[p] === 7 || whole.b[p] === 7;
      if (about || (whole.words[p]! >= 400 && whole.score[p]! >= -1)) want.push(`${whole.a[p]} ${whole.b[p]}`);
    }
    expect(want.length).toBeGreaterThan(BYLINES);
    expect(Array.from(kept.a, (a, p) => `${a} ${kept.b[p]}`)).toEqual(want);
  });

  it('scores them as if all had been kept, and any other when asked', () => {
    for (let p = 0; p < kept.a.length; p++) {
      const all = pairIndex(whole, BYLINES, kept.a[p]!, kept.b[p]!);
      expect(kept.score[p]).toBeCloseTo(whole.score[all]!, 3);
      expect(kept.views.grammar[p]).toBeCloseTo(whole.views.grammar[all]!, 3);
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

  it('tests itself on a sample where there are very many', () => {
    const many = { ...prints(1100) };
    const doubled = {
      ...many,
      documents: 2 * many.documents,
      bylineOf: Int32Array.from({ length: 2 * many.documents }, (_, i) => many.bylineOf[i % many.documents]!),
      words: Float64Array.from({ length: 2 * many.documents }, () => 400),
      views: Object.fromEntries(
        Object.entries(many.views).map(([name, view]) => {
          const rows = new Float32Array(2 * view.rows.length);
          rows.set(view.rows);
          rows.set(view.rows, view.rows.length);
          return [name, { ...view, rows }];
        }),
      ) as unknown as Fingerprints['views'],
    };
    expect(selfTest(doubled, calibration, 1)!.sameHandPairs).toBe(600);
  });
});
