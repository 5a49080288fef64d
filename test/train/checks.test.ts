import { describe, expect, it } from 'vitest';
import { trainChecks } from '../../src/train/checks.js';
import { seededRandom } from '../../src/math/random.js';
import type { LabelledSources } from '../../src/train/simulate.js';
import type { Document } from '../../src/types/types.js';

/** Invented writers, each with favourite words among common ones. */
function corpus(name: string, hands: number, seed: number): LabelledSources {
  const random = seededRandom(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  const common = Array.from({ length: 200 }, (_, i) => `word${i}`);
  const document = (id: string, favourites: readonly string[]): Document => {
    const text = Array.from({ length: 160 }, () => (random() < 0.3 ? favourites[pick(8)] : common[pick(200)])).join(
      ' ',
    );
    const unusual = { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 };
    const none = { title: null, outlet: null, publishedAt: null, removed: [], origin: new Int32Array(0) };
    return { id, byline: 0, text, words: 160, lang: 'en', unusual, ...none };
  };
  const own = (h: number): Document[] => {
    const favourites = Array.from({ length: 8 }, () => common[pick(200)]!);
    return Array.from({ length: 8 }, (_, i) => document(`${name}-${h}-${i}`, favourites));
  };
  const all = new Map(Array.from({ length: hands }, (_, h) => [`${name} ${h}`, own(h)]));
  return { name, hands: all, sources: new Map([...all.values()].flat().map((d) => [d.id, d.text])) };
}

describe('what the calibration of a reference is drawn towards', () => {
  const corpora = [corpus('a', 8, 1), corpus('b', 8, 2), corpus('c', 6, 3)];
  const prior = trainChecks(corpora);

  it('finds that nearer articles and bylines speak for one hand', () => {
    expect(prior.weights.slice(0, 3).every((w) => w > 0)).toBe(true);
    expect(prior.intercept).toBeLessThan(0);
  });

  it('holds a fit without each corpus, which that corpus cannot change', () => {
    const other = trainChecks([corpora[0]!, corpora[1]!, corpus('c', 6, 99)]);
    expect(other.without['c']).toEqual(prior.without['c']);
    expect(other.without['a']).not.toEqual(prior.without['a']);
  });

  it('says nothing of how often honest texts are doubted where no corpus has texts enough', () => {
    expect(prior.honestShare.every((s) => s === 1)).toBe(true);
  });
});
