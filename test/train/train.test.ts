import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { expectedFalse, loadModel } from '../../src/model/model.js';
import { calibrated, fitCases, leaveCorpusOut, shareWriters, type Fitted } from '../../src/train/fit.js';
import type { Case } from '../../src/train/gather.js';
import { evaluateHands } from '../../src/train/evaluate-hands.js';
import { DAYS_BETWEEN, personas, splitBylines, weekly, type Labelled } from '../../src/train/simulate.js';
import { log10Odds } from '../../src/math/logistic.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import type { Document } from '../../src/types/types.js';

/** Ten hands of twenty articles; a hand's subject is the long word its articles repeat. */
const corpus: Labelled = {
  name: 'made-up',
  hands: new Map(
    Array.from({ length: 10 }, (_, h) => [
      `hand ${h}`,
      Array.from({ length: 20 }, (_, i): Document => {
        const text = `subject${'abcde'.charAt(h >> 1).repeat(6)} article ${i}`;
        return {
          id: `${h}/${i}`,
          byline: h,
          title: null,
          outlet: null,
          publishedAt: i,
          text,
          words: 3,
          lang: 'en',
          removed: [],
          unusual: { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 },
          origin: new Int32Array([0, 0]),
        };
      }),
    ]),
  ),
};

describe('split bylines', () => {
  it('put no article on both sides, and the earlier half before the later', () => {
    const { cleaned, hands } = splitBylines(corpus, 5, 1);
    expect(hands).toHaveLength(20);
    const ids = cleaned.documents.map((d) => d.id);
    expect(new Set(ids).size).toBe(ids.length);
    const dates = (byline: number): number[] =>
      cleaned.documents.filter((d) => d.byline === byline).map((d) => d.publishedAt!);
    for (let b = 0; b < 20; b += 2) expect(Math.max(...dates(b))).toBeLessThan(Math.min(...dates(b + 1)));
  });

  it('are the same for one seed and others for another', () => {
    const ids = (seed: number): string =>
      splitBylines(corpus, 5, seed)
        .cleaned.documents.map((d) => d.id)
        .join();
    expect(ids(1)).toBe(ids(1));
    expect(ids(1)).not.toBe(ids(2));
  });
});

describe('personas', () => {
  it.each([2, 3])('of %i hands: every hand stands behind one byline only', (hands) => {
    const made = personas(corpus, { articles: 10, hands, minority: null, seed: 4 });
    const owners = made.hands.map((h) => [...new Set(h)]);
    expect(owners.flat()).toHaveLength(10);
    expect(new Set(owners.flat()).size).toBe(10);
    expect(owners.filter((o) => o.length === hands)).toHaveLength(Math.floor(10 / (hands + 1)));
    for (const h of made.hands) expect(h).toHaveLength(10);
  });

  it('give a minority hand its share', () => {
    const made = personas(corpus, { articles: 10, hands: 2, minority: 0.2, seed: 4 });
    const mixed = made.hands.find((h) => new Set(h).size === 2)!;
    expect(mixed.filter((h) => h === mixed.at(-1))).toHaveLength(2);
  });

  it('of one desk share their subject, and no more of them are made than asked', () => {
    const made = personas(corpus, { articles: 10, hands: 2, minority: null, seed: 4, sameDesk: true, teams: 2 });
    const mixed = made.hands.map((h) => [...new Set(h)]).filter((o) => o.length === 2);
    expect(mixed).toHaveLength(2);
    for (const [a, b] of mixed) expect(Number(a!.slice(5)) >> 1).toBe(Number(b!.slice(5)) >> 1);
  });
});

describe('made-up dates', () => {
  const made = personas(corpus, { articles: 10, hands: 2, minority: null, seed: 4 });
  const runs = (own: readonly string[], dates: readonly number[]): number => {
    const order = [...dates.keys()].sort((a, b) => dates[a]! - dates[b]!);
    return order.filter((i, t) => t > 0 && own[i] !== own[order[t - 1]!]).length;
  };

  it.each(['in-turn', 'mixed'] as const)('%s: one article a week, every hand in its own order', (order) => {
    const dates = weekly(made, order, 1);
    let at = 0;
    let changes = 0;
    for (const own of made.hands) {
      const ours = [...dates.subarray(at, at + own.length)];
      at += own.length;
      expect(ours.slice().sort((a, b) => a - b)).toEqual(own.map((_, i) => i * DAYS_BETWEEN * 86_400_000));
      for (const hand of new Set(own)) {
        const its = ours.filter((_, i) => own[i] === hand);
        expect(its).toEqual(its.slice().sort((a, b) => a - b));
      }
      changes += new Set(own).size > 1 ? runs(own, ours) : 0;
    }
    const mixed = made.hands.filter((h) => new Set(h).size > 1).length;
    if (order === 'in-turn') expect(changes).toBe(mixed);
    else expect(changes).toBeGreaterThan(2 * mixed);
  });
});

describe('single hands that change their subject', () => {
  it('are drawn from two subjects, one after the other', () => {
    const two = new Map(
      [...corpus.hands].map(([hand, own]) => [
        hand,
        own.map((d, i) => ({ ...d, text: i % 2 === 0 ? 'harvest harvest orchard' : 'warship warship submarine' })),
      ]),
    );
    const made = personas(
      { name: 'two', hands: two },
      { articles: 8, hands: 1, minority: null, seed: 1, teams: 0, topicChange: true },
    );
    expect(made.hands).toHaveLength(10);
    for (const [b, own] of made.hands.entries()) {
      expect(new Set(own).size).toBe(1);
      const texts = made.cleaned.documents.filter((d) => d.byline === b).map((d) => d.text);
      expect(new Set(texts.slice(0, 4)).size).toBe(1);
      expect(new Set(texts.slice(4)).size).toBe(1);
      expect(texts[0]).not.toBe(texts[7]);
    }
  });
});

describe('evaluateHands', () => {
  /** Fourteen hands with function words of their own, and subjects that come and go. */
  const written: Labelled = {
    name: 'written',
    hands: new Map(
      Array.from({ length: 14 }, (_, h) => [
        `hand ${h}`,
        corpus.hands.get(`hand ${h % 10}`)!.map((d, i) => {
          const random = seededRandom(h * 1000 + i);
          const words =
            'the of and to in that it with as for but which upon while though because very then however'.split(' ');
          const pick = (): string => words[Math.floor(random() ** (0.5 + h / 3) * words.length)]!;
          const text = Array.from({ length: 120 }, (_, k) =>
            k % 2 === 0 ? pick() : `thing${Math.floor(random() * 40)}`,
          ).join(' ');
          return { ...d, id: `${h}/${i}`, text, words: 120 };
        }),
      ]),
    ),
  };

  it('gives a row for every cell that the corpus can fill, with figures in their range, and names the others', () => {
    const options = { model: loadModel(), seeds: [1, 2], articles: [5, 6, 30] };
    const { rows, skipped } = evaluateHands([written], options);
    expect(rows.every((r) => r.articles === 6)).toBe(true);
    expect(skipped).toEqual([
      { articles: 5, hands: [], able: null },
      { articles: 30, hands: [1, 2, 3, 4], able: 0 },
    ]);
    const keys = rows.map((r) => `${r.hands} ${r.shares} ${r.topics}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('1 even change');
    expect(keys).toContain('2 even same');
    for (const r of rows) {
      if (r.hands === 1) expect(r.personas).toBe(0);
      else expect(r.personas).toBeGreaterThan(0);
      for (const share of [
        r.auc,
        r.recallAt1Percent,
        r.recallAt5Percent,
        r.rightCount,
        r.bcubedF,
        r.falseFlags,
        r.handoversFound,
      ])
        expect(Number.isNaN(share) || (share >= 0 && share <= 1)).toBe(true);
      if (r.hands > 1) expect(r.cllr).toBeGreaterThanOrEqual(r.cllrMin - 1e-9);
    }
    // Some fifty dumps are fingerprinted: slow where the machine is shared.
  }, 300_000);
});

describe('calibration', () => {
  /** True cases lie `apart` standard deviations above false ones. */
  const cases = (name: string, count: number, apart: number): Case[] => {
    const random = seededRandom(name.length * 1000 + count);
    return Array.from({ length: count }, (_, i) => ({
      features: [normalDraw(random) + (i % 2 === 0 ? apart : 0)],
      truth: i % 2 === 0,
      corpus: name,
      cell: name,
      words: 1000,
    }));
  };

  it('finds the likelihood ratio of two normal distributions', () => {
    // ln LR = d·x - d²/2 for unit variances d apart.
    const fit = fitCases(cases('one', 20_000, 2), 'pairs');
    for (const x of [-1, 0, 1, 2]) expect(log10Odds(fit, [x]) * Math.LN10).toBeCloseTo(2 * x - 2, 0);
  });

  it('lets no corpus outweigh another by its size', () => {
    const small = cases('small', 400, 1);
    const slope = (n: number): number => fitCases([...small, ...cases('large one', n, 3)], 'pairs').weights[0]!;
    expect(Math.abs(slope(4000) - slope(40_000))).toBeLessThan(0.35);
  });

  it('holds what few cases speak for, and nothing else', () => {
    const slope = (count: number, fitted: Fitted): number => fitCases(cases('one', count, 1), fitted).weights[0]!;
    expect(slope(60, 'pairsFew')).toBeLessThan(0.9 * slope(60, 'pairs'));
    expect(slope(20_000, 'pairs')).toBeCloseTo(1, 1);
  });

  it('leaves out with a corpus those of the same writers', () => {
    const others = cases('enron50', 400, 1);
    const scores = (writers: readonly Case[]): number[] =>
      leaveCorpusOut([...cases('digitalgov', 400, 1), ...others, ...writers], 'pairs')
        .filter((h) => h.case.corpus === 'digitalgov')
        .map((h) => h.scored.score);
    expect(scores(cases('blog18f', 400, 3))).toEqual(scores([]));
    expect(scores(cases('c50-half', 400, 3))).not.toEqual(scores([]));
    const leftOut = (name: string): string[] =>
      ['blog18f', 'digitalgov', 'enron50'].filter((c) => shareWriters(c, name));
    expect(leftOut('digitalgov')).toEqual(['blog18f', 'digitalgov']);
    expect(leftOut('enron50')).toEqual(['enron50']);
  });

  it('claims no more than its false cases support, and speaks for the worst corpus', () => {
    const fit = calibrated([...cases('easy', 2000, 4), ...cases('harder', 2000, 1)], 'pairs');
    expect(fit.cap).toBeLessThanOrEqual(Math.log10(2000 / 3));
    expect([...fit.falseShare]).toEqual([...fit.falseShare].sort((a, b) => b - a));
    expect(expectedFalse(fit, 0, 100)).toBeGreaterThan(expectedFalse(fit, 1, 100));
    const easy = calibrated([...cases('easy', 2000, 4), ...cases('easy as well', 2000, 4)], 'pairs');
    expect(fit.falseShare[1]!).toBeGreaterThan(easy.falseShare[1]!);
  });
});

describe.each([
  ['train', [] as string[], /needs a folder of labelled corpora: npm run train -- DIR/],
  ['train', ['no-such-folder'], /there is no no-such-folder/],
  ['bench', [], /needs labelled corpora: npm run bench -- --corpus DIR/],
  ['bench', ['--corpus', 'no-such-folder'], /there is no no-such-folder/],
])('npm run %s %j', (command, args, message) => {
  it('says plainly that the corpora are absent', () => {
    const file = command === 'train' ? 'main' : 'bench-main';
    const { status, stderr, stdout } = spawnSync(process.execPath, [`dist/train/${file}.js`, ...args], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });
});
