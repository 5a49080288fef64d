import { describe, expect, it } from 'vitest';
import { diarise } from '../../src/diarise/diarise.js';
import { contrastLikeness, contrastStructure } from '../../src/diarise/contrast.js';
import type { Levels } from '../../src/diarise/affinity.js';
import { partAlone } from '../../src/diarise/part.js';
import { cutStatistic } from '../../src/diarise/statistics.js';
import { RowCounter } from '../../src/fingerprint/counting.js';
import { PackedBatches, packRows, unpackRows } from '../../src/fingerprint/packed.js';
import { bcubedF } from '../../src/math/metrics.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { loadModel } from '../../src/model/model.js';
import type { Fingerprints, SparseRows } from '../../src/types/types.js';

/** Grammar counts of rows drawn from one of two profiles. */
function counts(profile: readonly number[]): SparseRows {
  const random = seededRandom(2);
  const counter = new RowCounter();
  for (const p of profile) {
    for (let i = 0; i < 400; i++) counter.add(Math.floor(random() ** (p === 0 ? 1 : 3) * 60) * 7919);
    counter.endRow();
  }
  return unpackRows(counter.finish());
}

/** Twelve bylines of twelve articles; the first is even shares of two hands, or of one. */
function prints(hands: 1 | 2): Fingerprints {
  const random = seededRandom(31);
  const dims = 200;
  const centre = (): number[] => Array.from({ length: dims }, () => normalDraw(random));
  const centres = Array.from({ length: 13 }, centre);
  const bylineOf = Int32Array.from({ length: 144 }, (_, i) => Math.floor(i / 12));
  const rows = Float32Array.from({ length: 144 * dims }, (_, i) => {
    const article = Math.floor(i / dims);
    const second = hands === 2 && article < 12 && article % 2 === 1;
    return 0.35 * centres[second ? 12 : bylineOf[article]!]![i % dims]! + normalDraw(random);
  });
  const view = { dims, rows, variances: new Float64Array(dims).fill(1) };
  return {
    documents: 144,
    bylineOf,
    bylines: 12,
    words: new Float64Array(144).fill(500),
    lexed: new Uint8Array(144).fill(1),
    views: { characters: view, grammar: view, words: view, outline: view, functionWords: view },
    grammar: new PackedBatches([packRows(counts(new Array<number>(144).fill(0)))]),
    functionWords: new PackedBatches([packRows(counts(new Array<number>(144).fill(0)))]),
    habits: [],
  };
}

/** Bylines of one hand each with so many articles, of which only the first so many are of the dump and the others lent to it. */
function honest(sizes: readonly number[], own = sizes.length): Fingerprints {
  const random = seededRandom(32);
  const dims = 120;
  const centres = sizes.map(() => Array.from({ length: dims }, () => normalDraw(random)));
  const bylineOf = Int32Array.from(sizes.flatMap((n, b) => new Array<number>(n).fill(b)));
  const rows = Float32Array.from({ length: bylineOf.length * dims }, (_, i) => {
    return 0.18 * centres[bylineOf[Math.floor(i / dims)]!]![i % dims]! + normalDraw(random);
  });
  const view = { dims, rows, variances: new Float64Array(dims).fill(1) };
  const documents = sizes.slice(0, own).reduce((sum, n) => sum + n, 0);
  const packed = new PackedBatches([packRows(counts(new Array<number>(documents).fill(0)))]);
  return {
    documents,
    bylineOf,
    bylines: own,
    words: new Float64Array(documents).fill(500),
    lexed: new Uint8Array(documents).fill(1),
    views: { characters: view, grammar: view, words: view, outline: view, functionWords: view },
    grammar: packed,
    functionWords: packed,
    habits: [],
  };
}

describe('diarise', () => {
  const model = loadModel();

  it('leaves a byline that is most of a dump, by which its axes are made, to be measured by itself; twins: as many as others, few of many, alone', () => {
    const asked = (sizes: readonly number[], own?: number): unknown => diarise(honest(sizes, own), model)[0]!.apart;
    const others = (n: number, articles: number): number[] => new Array<number>(n).fill(articles);
    expect(asked([40, ...others(11, 8)])).toBe('due');
    expect(asked([29, ...others(11, 8)])).toBeUndefined();
    expect(asked([40, ...others(11, 30)])).toBeUndefined();
    expect(asked([40, ...others(3, 40), ...others(12, 8)], 4)).toBeUndefined();
    expect(asked([16, ...others(30, 8)])).toBeUndefined();
    expect(asked([40, ...others(12, 8)], 1)).toBeUndefined();
  });

  it('scores a byline of two hands above its honest twin, and parts its articles', () => {
    const [two] = diarise(prints(2), model);
    const [one] = diarise(prints(1), model);
    expect(two!.alone || one!.alone).toBe(false);
    expect(two!.score).toBeGreaterThan(one!.score + 0.5);
    expect(two!.count).toBeGreaterThan(1);
    expect(
      bcubedF(
        two!.hands,
        two!.hands.map((_, i) => i % 2),
      ),
    ).toBeGreaterThan(0.85);
  });

  it('answers nothing where half the articles or more are too short, however far they part', () => {
    const two = prints(2);
    const cut = (words: number): Fingerprints => ({ ...two, words: two.words.map((w, i) => (i < 7 ? words : w)) });
    const [short] = diarise(cut(199), model);
    expect(short).toMatchObject({ unanswered: { why: 'short', have: 199, need: 200 }, log10LR: 0, count: 1 });
    const [longer] = diarise(cut(200), model);
    expect(longer).toMatchObject({ unanswered: null, count: 2 });
    expect(longer!.log10LR).not.toBe(0);
  });

  it('says how likely further hands are', () => {
    const [two] = diarise(prints(2), model);
    expect(two!.further.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    expect(two!.further[0]).toBeGreaterThan(two!.further[2]);
  });

  it('scores bylines of one and two articles, and ranks them below one that parts', () => {
    const two = prints(2);
    const few = {
      ...two,
      bylineOf: two.bylineOf.map((b, i) => (i >= 141 ? 11 + (i - 141) : Math.min(b, 10))),
      bylines: 14,
    };
    const found = diarise(few, model);
    for (const d of found) expect(Number.isFinite(d.score)).toBe(true);
    for (const d of found.slice(11)) {
      expect(d.count).toBe(1);
      expect(d.score).toBeLessThan(found[0]!.score);
    }
  });

  it('dates the hands where articles are dated', () => {
    const dates = Array.from({ length: 144 }, (_, i) => (i % 2) * 6 + (i >> 1));
    const [two] = diarise(prints(2), model, dates);
    expect(two!.inTime?.kind).toBe('in-turn');
    expect(diarise(prints(2), model)[0]!.inTime?.kind).toBe('undated');
  });

  it('gives every article a hand and a certainty', () => {
    for (const d of diarise(prints(2), model)) {
      expect(d.hands.length).toBe(d.articles.length);
      for (const c of d.confidence) expect(c >= 0 && c <= 1).toBe(true);
    }
  });
});

describe('the contrast inside a byline', () => {
  it('parts two profiles', () => {
    const profiles = Array.from({ length: 16 }, (_, i) => Number(i % 3 === 0));
    const { hands } = partAlone(
      contrastLikeness(
        counts(profiles),
        profiles.map((_, i) => i),
      ),
      16,
    );
    expect(bcubedF(hands, profiles)).toBeGreaterThan(0.9);
  });

  it('finds more structure in two profiles than in one', () => {
    const rows = Array.from({ length: 16 }, (_, i) => i);
    const one = contrastStructure(counts(new Array<number>(16).fill(0)), rows);
    const two = contrastStructure(counts(rows.map((i) => i % 2)), rows);
    expect(one).toBeLessThan(1.5);
    expect(two).toBeGreaterThan(one * 1.5);
  });
});

describe('the cut statistic', () => {
  it('rises when articles part in two, whatever their order, and is free of the scale of likeness', () => {
    const level = (scale: number): Levels => ({
      all: { mean: scale, deviation: scale },
      near: { mean: scale, deviation: scale },
    });
    const statistic = (f: (i: number, j: number) => number, scale = 1): number => {
      const likeness = Float64Array.from({ length: 64 }, (_, k) =>
        Math.floor(k / 8) === k % 8 ? NaN : scale * f(Math.floor(k / 8), k % 8),
      );
      return cutStatistic({ all: likeness, near: likeness }, 8, level(scale));
    };
    const alike = statistic(() => 2);
    const parted = statistic((i, j) => (i % 2 === j % 2 ? 2 : -1));
    const reordered = statistic((i, j) => (i < 4 === j < 4 ? 2 : -1));
    expect(parted).toBeGreaterThan(alike);
    expect(parted).toBeCloseTo(reordered, 9);
    expect(statistic((i, j) => (i % 2 === j % 2 ? 2 : -1), 10)).toBeCloseTo(parted, 9);
  });
});
