import { describe, expect, it } from 'vitest';
import { diarise } from '../../src/diarise/diarise.js';
import { contrastStructure } from '../../src/diarise/contrast.js';
import { cutStatistic } from '../../src/diarise/statistics.js';
import { RowCounter } from '../../src/fingerprint/counting.js';
import { PackedBatches, packRows } from '../../src/fingerprint/packed.js';
import { bcubedF } from '../../src/math/metrics.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { loadModel } from '../../src/model/model.js';
import type { Fingerprints, SparseRows } from '../../src/types.js';

/** Grammar counts of rows drawn from one of two profiles. */
function counts(profile: readonly number[]): SparseRows {
  const random = seededRandom(2);
  const counter = new RowCounter();
  for (const p of profile) {
    for (let i = 0; i < 400; i++) counter.add(Math.floor(random() ** (p === 0 ? 1 : 3) * 60) * 7919);
    counter.endRow();
  }
  return counter.finish();
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
    views: { characters: view, grammar: view, words: view },
    grammar: new PackedBatches([packRows(counts(new Array<number>(144).fill(0)))]),
    habits: [],
  };
}

describe('diarise', () => {
  const model = loadModel();

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

  it('gives every article a hand and a certainty', () => {
    for (const d of diarise(prints(2), model)) {
      expect(d.hands.length).toBe(d.articles.length);
      for (const c of d.confidence) expect(c >= 0 && c <= 1).toBe(true);
    }
  });
});

describe('the contrast inside a byline', () => {
  it('finds more structure in two profiles than in one', () => {
    const rows = Array.from({ length: 16 }, (_, i) => i);
    const one = contrastStructure(counts(new Array<number>(16).fill(0)), rows);
    const two = contrastStructure(counts(rows.map((i) => i % 2)), rows);
    expect(one).toBeLessThan(1.5);
    expect(two).toBeGreaterThan(one * 1.5);
  });
});

describe('the cut statistic', () => {
  it('rises when articles part in two, whatever their order', () => {
    const matrix = (f: (i: number, j: number) => number): Float64Array =>
      Float64Array.from({ length: 64 }, (_, k) => (Math.floor(k / 8) === k % 8 ? NaN : f(Math.floor(k / 8), k % 8)));
    const alike = cutStatistic(
      matrix(() => 2),
      matrix(() => 2),
      8,
      { all: 1, grammar: 1 },
    );
    const parted = cutStatistic(
      matrix((i, j) => (i % 2 === j % 2 ? 2 : -1)),
      matrix(() => 2),
      8,
      { all: 1, grammar: 1 },
    );
    const reordered = cutStatistic(
      matrix((i, j) => (i < 4 === j < 4 ? 2 : -1)),
      matrix(() => 2),
      8,
      { all: 1, grammar: 1 },
    );
    expect(parted).toBeGreaterThan(alike);
    expect(parted.toFixed(9)).toBe(reordered.toFixed(9));
  });
});
