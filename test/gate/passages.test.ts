import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { placedWords } from '../../src/clean/clean.js';
import { passagesOf } from '../../src/gate/entries.js';
import { copiedPassages, winnowed, type Occurrence } from '../../src/gate/passages.js';
import { seededRandom } from '../../src/math/random.js';

const invented = (n: number, seed: number): string[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => `w${Math.floor(random() * 3000)}`);
};
const grams = (words: readonly string[]) => winnowed(placedWords(words.join(' ')).hashes);
const archive = (words: readonly string[]): Map<number, Occurrence[]> => {
  const { hash, word } = grams(words);
  const out = new Map<number, Occurrence[]>();
  hash.forEach((h, i) => out.set(h, [...(out.get(h) ?? []), { article: 7, word: word[i]! }]));
  return out;
};

describe('copied passages', () => {
  it('finds every stretch of fifty words, wherever it stands, within sixteen words of its ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 300 }),
        fc.nat(1000),
        (at, from, seed) => {
          const old = invented(400, seed);
          const fresh = invented(250, seed + 5000);
          const mixed = [...fresh.slice(0, at), ...old.slice(from, from + 50), ...fresh.slice(at)];
          const [found] = copiedPassages(grams(mixed), archive(old), -1);
          expect(found).toBeDefined();
          expect(found!.first).toBeGreaterThanOrEqual(at);
          expect(found!.first).toBeLessThanOrEqual(at + 16);
          expect(found!.last).toBeLessThan(at + 50);
          expect(found!.from - found!.first).toBe(from - at);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finds nothing between texts that share single phrases only', () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const old = invented(400, seed);
        const fresh = invented(400, seed + 5000);
        // Phrases of ten words, shared at four places far apart and in another order.
        for (const [i, place] of [300, 200, 100, 0].entries())
          fresh.splice(50 + i * 90, 10, ...old.slice(place, place + 10));
        expect(copiedPassages(grams(fresh), archive(old), -1)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('does not look in the article that is the submission itself', () => {
    const old = invented(300, 1);
    expect(copiedPassages(grams(old), archive(old), 7)).toEqual([]);
    expect(copiedPassages(grams(old), archive(old), -1)).toHaveLength(1);
  });

  it('keeps words and places together when it sorts them by hash', () => {
    const article = { id: 'a', bylines: ['x'] };
    const entry = (text: string) => ({ article, document: null, copy: text, byline: -1 }) as never;
    const {
      hash,
      article: of,
      word,
    } = passagesOf([entry(invented(300, 3).join(' ')), entry(invented(200, 4).join(' '))], 10);
    expect([...hash]).toEqual([...hash].sort((a, b) => a - b));
    const second = grams(invented(200, 4));
    second.hash.forEach((h, i) => {
      const at = hash.indexOf(h);
      expect([of[at], word[at]]).toEqual([11, second.word[i]]);
    });
  });
});
