import { describe, expect, it } from 'vitest';
import { countViews } from '../../src/fingerprint/views.js';
import { applyWhitening } from '../../src/fingerprint/project.js';
import { asIfNew, fitWhitening } from '../../src/gate/fit.js';
import { seededRandom } from '../../src/math/random.js';
import type { DenseRows } from '../../src/types/types.js';

/** Texts on two subjects that else differ by chance: along all axes but the first, only those fitted on have anything of their own. */
function texts(count: number, seed: number): { text: string; lang: string }[] {
  const random = seededRandom(seed);
  const word = (subject: number): string =>
    `w${Math.floor(400 * random() ** 2)}${random() < 0.5 ? 'x' : 'yz'[subject]}`;
  return Array.from({ length: count }, (_, i) => ({
    text: Array.from({ length: 120 }, () => word(i % 2)).join(' '),
    lang: 'en',
  }));
}

/** Mean square along the smaller half of the axes. */
function square({ dims, rows }: DenseRows): number {
  const small = Array.from(rows).filter((_, i) => i % dims >= dims / 2);
  return small.reduce((sum, v) => sum + v * v, 0) / small.length;
}

describe('rows that axes were fitted on', () => {
  const { whitening, view, owed } = fitWhitening('words', countViews(texts(150, 1)).words);
  const fresh = square(applyWhitening(countViews(texts(150, 2)).words, whitening));

  it('lie farther out than new rows, and as if new no more', () => {
    expect(square(view)).toBeGreaterThan(3 * fresh);
    const ratio = square(asIfNew(view, owed)) / fresh;
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('owe more along small axes, and nothing where they had no part in the fit', () => {
    expect(owed.lasting[0]).toBeGreaterThan(0.9);
    expect(owed.lasting[1]).toBeLessThan(0.8);
    const { dims, rows, variances } = view;
    const none = { fitted: owed.fitted.map((f, r) => (r === 1 ? 0 : f)), lasting: owed.lasting };
    const part = { dims, rows: rows.subarray(dims, 2 * dims), variances };
    expect(asIfNew(part, none, 1).rows).toEqual(part.rows);
    expect(asIfNew(part, owed, 1).rows).not.toEqual(part.rows);
  });
});
