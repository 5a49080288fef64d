import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { alignedPassages } from '../../src/clean/aligned.js';

/** Invented words, all different, so that every run of them occurs once. */
function words(seed: number, n: number): string[] {
  return Array.from({ length: n }, (_, i) => `w${seed}x${i}`);
}

describe('alignedPassages', () => {
  it('lays a copy beside its original, a differing word and all', () => {
    const original = words(1, 40);
    const copy = original.with(20, 'other');
    const [only, ...rest] = alignedPassages(original.join(' '), `Before it. ${copy.join(' ')}.`, 5);
    expect(rest).toEqual([]);
    expect(only).toEqual({ first: original.join(' '), second: `${copy.join(' ')}.` });
  });

  it('cuts long passages at the same place on both sides, and gives the longest in their order', () => {
    const text = words(1, 150).join(' ');
    const found = alignedPassages(text, text, 2);
    expect(found.map((p) => p.first.split(' ').length)).toEqual([60, 60]);
    for (const { first, second } of found) expect(second).toBe(first);
    expect(text.indexOf(found[0]!.first)).toBeLessThan(text.indexOf(found[1]!.first));
  });

  it('finds paragraphs that changed places', () => {
    const [a, b] = [words(1, 30).join(' '), words(2, 30).join(' ')];
    expect(alignedPassages(`${a}\n\n${b}`, `${b}\n\n${a}`, 5).map((p) => p.first)).toEqual([a, b]);
  });

  it('finds nothing in texts that only share short phrases', () => {
    const phrase = 'on the other hand we';
    const mixed = (seed: number): string =>
      words(seed, 60)
        .map((w, i) => (i % 12 === 0 ? `${phrase} ${w}` : w))
        .join(' ');
    expect(alignedPassages(mixed(1), mixed(2), 5)).toEqual([]);
  });

  it('takes text from right to left as it takes any', () => {
    const text =
      'كتب الصحفي مقالا طويلا عن الميناء القديم الذي باعه المجلس في الربيع الماضي لشركة لا يعرفها أحد في المدينة كلها';
    expect(alignedPassages(text, text, 3)).toEqual([{ first: text, second: text }]);
  });

  it('gives stretches that stand in their texts, whatever these are', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'Ω', '\u202e', '\ud83d', '1', '\n\n', '—');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 120 }), fc.array(word, { maxLength: 120 }), (x, y) => {
        const [first, second] = [x.join(' '), y.join(' ')];
        const flat = (t: string): string => t.replace(/\s+/g, ' ');
        for (const p of alignedPassages(first, second, 9)) {
          expect(flat(first)).toContain(p.first);
          expect(flat(second)).toContain(p.second);
        }
      }),
    );
  });

  it('stays fast on long texts of one word', () => {
    const text = 'again '.repeat(50_000);
    const before = performance.now();
    expect(alignedPassages(text, text, 5)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
