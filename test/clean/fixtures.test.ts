import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleaned, fixture } from './corpus.js';

interface Expected {
  readonly texts: Readonly<Record<string, string>>;
  readonly removed: Readonly<Record<string, number>>;
  readonly copies: readonly { readonly kept: string; readonly dropped: string }[];
  readonly setAside: readonly { readonly id: string; readonly why: string }[];
}

describe('cleaning of the fixtures', () => {
  it.each([
    'quotations/speech',
    'quotations/seed-like',
    'quotations/honest',
    'reprints/two-bylines',
    'reprints/honest',
  ])('%s comes out as written down', async (folder) => {
    const path = new URL(`../../fixtures/${folder}/expected.json`, import.meta.url);
    const expected = JSON.parse(readFileSync(path, 'utf8')) as Expected;
    const { documents, removedWords, copies, setAside } = await cleaned(fixture(folder));
    expect(Object.fromEntries(documents.map((d) => [d.id, d.text]))).toEqual(expected.texts);
    expect(Object.fromEntries(Object.entries(removedWords).filter(([, words]) => words > 0))).toEqual(expected.removed);
    expect(copies.map(({ kept, dropped }) => ({ kept, dropped }))).toEqual(expected.copies);
    expect(setAside).toEqual(expected.setAside);
  });

  it('the honest twins lose nothing', async () => {
    for (const folder of ['quotations/honest', 'reprints/honest']) {
      const articles = fixture(folder);
      const { documents, copies } = await cleaned(articles);
      expect(documents.map((d) => d.text)).toEqual(
        [...articles].sort((a, b) => (a.id < b.id ? -1 : 1)).map((a) => a.text),
      );
      expect(copies).toEqual([]);
    }
  });
});
