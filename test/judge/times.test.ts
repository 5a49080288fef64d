import { describe, expect, it } from 'vitest';
import { judge } from '../../src/judge/judge.js';
import { input } from './case.js';

describe('a pair', () => {
  it('of one time in a dump of many says so; in a dump of few years, or of writers of different times, it does not', () => {
    const against = (year: (byline: number) => number | null): string => {
      const dump = input({ bylines: 20, score: 9 });
      const documents = dump.cleaned.documents.map((d) => {
        const of = year(d.byline);
        return { ...d, publishedAt: of === null ? null : Date.UTC(of, 5) };
      });
      const { findings } = judge({ ...dump, cleaned: { ...dump.cleaned, documents } });
      expect(findings).toHaveLength(1);
      return findings[0]!.against.map((e) => e.text).join('\n');
    };
    const said = 'both wrote from 1800 to 1801, in a dump that spans 160 years';
    expect(against((b) => (b < 2 ? 1800 + b : 1800 + 10 * (b - 2)))).toContain(said);
    for (const year of [
      (b: number) => 2000 + b,
      (b: number) => 1800 + 100 * (b % 2) + b,
      (b: number) => (b === 1 ? null : 1800 + 10 * b),
      () => null,
    ])
      expect(against(year)).not.toContain('both wrote');
  });
});
