import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { mergeBylines } from '../../src/ingest/bylines.js';

const counted = (...names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
const bylinesOf = (...names: readonly string[]): string[] =>
  [...new Set(mergeBylines(counted(...names)).display.values())].sort();

describe('several spellings of one name are one byline', () => {
  it.each<[string, string]>([
    ['Ann Writer', 'ANN WRITER'],
    ['Ann Writer', 'Ａｎｎ Writer'],
    ['Ann O’Brien', "Ann O'Brien"],
    ['Ann Smith-Jones', 'Ann Smith‑Jones'],
    ['José Ruiz', 'Jose Ruiz'],
    ['Jos\u00e9 Ruiz', 'Jose\u0301 Ruiz'],
    ['Dr. Ann Writer', 'Ann Writer'],
    ['Sir Ann Writer', 'Ann Writer'],
    ['Ann Writer', 'Ann B. Writer'],
    ['A.B. Writer', 'A. B. Writer'],
    ['JK Scribe', 'J.K. Scribe'],
    ['jonathan-rubin', 'Jonathan Rubin'],
    ['محمد علي', 'محمد علی'],
    ['Søren Ørsted', 'Soren Orsted'],
    ['Paul Marx', 'Pаul Mаrx'],
  ])('%j and %j', (a, b) => {
    expect(bylinesOf(a, b)).toHaveLength(1);
  });

  it.each<[string[], number]>([
    [['Ann Writer', 'A. Writer'], 2],
    [['Jo Writer', 'J.O. Writer'], 2],
    [['DR Writer', 'Dr. Writer'], 1],
    [['Ann B. Writer', 'Ann C. Writer', 'Ann Writer'], 3],
    [['Ann Writer', 'Ann Writer Jr.'], 2],
    [['Ann Writer', 'Anne Writer'], 2],
    [['Анна', 'Anna'], 2],
    [['दिल', 'दल'], 2],
    [['https://x.org/Ann', 'https://x.org/ann'], 2],
  ])('but %j stay %i', (names, n) => {
    expect(bylinesOf(...names)).toHaveLength(n);
  });

  it('shows the commonest spelling, ties by fewer capitals, then by code unit, and lists the merge', () => {
    const { merges } = mergeBylines(counted('ann writer', 'Ann Writer', 'Ann Writer', 'ANN WRITER'));
    expect(merges).toEqual([
      {
        byline: 'Ann Writer',
        spellings: [
          { spelling: 'Ann Writer', articles: 2 },
          { spelling: 'ann writer', articles: 1 },
          { spelling: 'ANN WRITER', articles: 1 },
        ],
      },
    ]);
    expect(mergeBylines(counted('JOSÉ NÚÑEZ', 'José Núñez')).merges[0].byline).toBe('José Núñez');
  });

  it('never shows the spelling with look-alike letters, and reports it', () => {
    const merged = mergeBylines(counted('Pаul Marx', 'Pаul Marx', 'Paul Marx'));
    expect(merged.merges[0].byline).toBe('Paul Marx');
    expect(merged.homoglyphs).toEqual(['Pаul Marx']);
  });

  it('Latin letters inside a Cyrillic name are told as well; a name in two scripts is left alone', () => {
    const merged = mergeBylines(counted('Анна Иванова', 'Анна Иванова', 'Aннa Ивaнова', 'Анна Smith', 'Aнна Wагнер'));
    expect(merged.display.get('Aннa Ивaнова')).toBe('Анна Иванова');
    expect(merged.homoglyphs).toEqual(['Aннa Ивaнова', 'Aнна Wагнер']);
    expect(merged.display.get('Анна Smith')).toBe('Анна Smith');
  });
});

const name = fc
  .array(
    fc.constantFrom(
      'Ann',
      'ann',
      'ANN',
      'B.',
      'C',
      'B',
      'Writer',
      'Wríter',
      'writer',
      'Jr.',
      'Dr.',
      'Аnn',
      '-',
      "O'B",
      'éa',
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((words) => words.join(' '));

describe('merging', () => {
  it('does not depend on the order of the names', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const there = mergeBylines(counted(...names));
        const back = mergeBylines(counted(...names.slice().reverse()));
        expect([...there.display].sort()).toEqual([...back.display].sort());
        expect(there.merges).toEqual(back.merges);
      }),
    );
  });

  it('done twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const once = names.map((n) => mergeBylines(counted(...names)).display.get(n)!);
        const again = mergeBylines(counted(...once)).display;
        expect(once.map((n) => again.get(n))).toEqual(once);
      }),
    );
  });
});
