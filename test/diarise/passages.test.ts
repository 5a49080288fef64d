import { describe, expect, it } from 'vitest';
import { OUTSIDE, passageRange } from '../../src/diarise/passages.js';
import { RowCounter } from '../../src/fingerprint/counting.js';
import { unpackRows } from '../../src/fingerprint/packed.js';
import { passageUnits, UNIT_WORDS } from '../../src/fingerprint/units.js';
import { seededRandom } from '../../src/math/random.js';
import type { Document, SparseRows } from '../../src/types/types.js';

/** Passages of 300 n-grams from the byline's habit (1) or the others' (3), then twelve texts of others. */
function counts(passages: readonly number[]): Record<'characters' | 'grammar' | 'words', SparseRows> {
  const random = seededRandom(21);
  const one = (): SparseRows => {
    const counter = new RowCounter();
    for (const habit of [...passages, ...new Array<number>(12).fill(3)]) {
      for (let i = 0; i < 300; i++) counter.add(Math.floor(random() ** habit * 80) * 7919);
      counter.endRow();
    }
    return unpackRows(counter.finish());
  };
  return { characters: one(), grammar: one(), words: one() };
}

const articleOf = Array.from({ length: 40 }, (_, i) => Math.floor(i / 4));

describe('passages outside a byline’s range', () => {
  it('are those written otherwise', () => {
    const range = passageRange(counts(articleOf.map((_, i) => (i === 17 ? 3 : 1))), articleOf)!;
    expect([...range.keys()].filter((i) => -range[i]! >= OUTSIDE)).toEqual([17]);
  });

  it('are none in the honest twin', () => {
    const range = passageRange(counts(articleOf.map(() => 1)), articleOf)!;
    expect([...range].filter((z) => -z >= OUTSIDE)).toEqual([]);
  });

  it('are not looked for where there are too few to tell a range from', () => {
    expect(passageRange(counts([1, 1, 1]), [0, 0, 1])).toBeNull();
  });

  it('are paragraphs of enough words, together where they are short, with their place', () => {
    const paragraph = (words: number): string => new Array<string>(words).fill('word').join(' ');
    const text = [paragraph(100), paragraph(30), paragraph(30), paragraph(30), paragraph(10)].join('\n\n');
    const units = passageUnits([{ text } as Document]);
    expect(units.map(({ first, last, words }) => ({ first, last, words }))).toEqual([
      { first: 1, last: 1, words: 100 },
      { first: 2, last: 4, words: 90 },
    ]);
    for (const u of units) expect(u.words).toBeGreaterThanOrEqual(UNIT_WORDS);
  });
});
