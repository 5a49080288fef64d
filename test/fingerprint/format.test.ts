import { describe, expect, it } from 'vitest';
import { countFormats, writtenText } from '../../src/fingerprint/format.js';
import type { Removed } from '../../src/types/types.js';

const removed = (source: string, part: string, reason: Removed['reason']): Removed => {
  const start = source.indexOf(part);
  return { reason, start, end: start + part.length, words: 0 };
};

/** Counts of one text by n-gram. */
function counted(source: string): Map<number, number> {
  const { ids, counts } = countFormats([{ source, removed: [] }]);
  return new Map(Array.from(ids, (id, i) => [id, counts[i]!]));
}

describe('what the format of a text is read from', () => {
  it('is the source without what names a person or is a template, markup left in', () => {
    const source = '## Why\n\nBy Jane Doe\n\nIt *works*.\n\nJane Doe is an editor.';
    const cuts = [
      removed(source, 'By Jane Doe\n\n', 'byline'),
      removed(source, '\n\nJane Doe is an editor.', 'biography'),
    ];
    expect(writtenText({ source, removed: [...cuts, removed(source, '## ', 'markup')] })).toBe('## Why\n\nIt *works*.');
  });

  it('keeps the marks of a quotation, not its words', () => {
    const source = 'He said “never again, not in my life” and left.';
    const cuts = [removed(source, '“never again, not in my life”', 'quotation')];
    expect(writtenText({ source, removed: cuts })).toBe('He said “q” and left.');
  });

  it('does not take out twice what lies in two stretches', () => {
    const source = 'abcdefghij';
    const cut = (start: number, end: number): Removed => ({ reason: 'sharing', start, end, words: 0 });
    expect(writtenText({ source, removed: [cut(4, 6), cut(2, 8), cut(7, 9)] })).toBe('abj');
  });
});

describe('the view of format', () => {
  it('does not know one word from another', () => {
    expect(counted('The cat sat on a mat. It purred.')).toEqual(counted('One dog lay by a log. He snored.'));
    expect(counted('Ältere Häuser sind schön.')).toEqual(counted('Viele Dörfer bleiben klein.'));
  });

  it.each([
    ['capitals', 'We like it', 'We LIKE it'],
    ['mixed capitals', 'the Iphone', 'the iPhone'],
    ['spaces behind a full stop', 'So. It', 'So.  It'],
    ['quotation marks', '"a" b', '“a” b'],
    ['dashes', 'a - b', 'a – b'],
    ['contractions', 'we dont go', "we don't go"],
    ['line breaks', 'a b\nc d', 'a b\n\nc d'],
    ['entities', 'a & b', 'a &amp; b'],
    ['tags', 'a b c', 'a <b>b c'],
    ['links', 'see it here', 'see https://example.org/it here'],
    ['lists', 'a\nb\nc', '* a\n* b\n* c'],
    ['figures', '12 of 300', '1 of 30000'],
    ['lengths of sentences', 'a b c d. e f', 'a b. c d e f'],
  ])('tells %s apart', (_, a, b) => {
    expect(counted(a)).not.toEqual(counted(b));
  });

  it('counts whatever it is given, in time that grows with it', () => {
    for (const text of [
      '',
      ' ',
      '\n',
      '&',
      '<',
      '.',
      '’',
      '://',
      '\ud800',
      '&#',
      '<a'.repeat(50_000),
      "a'".repeat(50_000),
    ])
      expect(countFormats([{ source: text, removed: [] }]).start.length).toBe(2);
  });

  it('counts articles by themselves', () => {
    const written = ['One. Two!', 'THREE\n\nfour', 'One. Two!'].map((source) => ({ source, removed: [] }));
    const { start, ids, counts } = countFormats(written);
    const row = (r: number): [number[], number[]] => [
      [...ids.slice(start[r], start[r + 1])],
      [...counts.slice(start[r], start[r + 1])],
    ];
    expect(row(0)).toEqual(row(2));
    expect(row(0)).not.toEqual(row(1));
  });
});
