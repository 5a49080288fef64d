import { describe, expect, it } from 'vitest';
import { NOTHING_REVIEWED } from '../../src/gate/evidence.js';
import type { CheckReference } from '../../src/gate/loaded.js';
import { styleAnswer, type StyleAnswer } from '../../src/gate/style.js';

/** A reference that may claim much: one byline of so many articles, and one that fits the submission. */
function answered(articles: number, printed: string, words = 2000, own = -5): StyleAnswer {
  const byline = (name: string, n: number) => ({ name, kind: 'person', articles: n, words, languages: ['en'] });
  const reference = {
    bylines: [byline('Ann Writer', articles), { ...byline('Bob Scribe', 30), words: 20_000 }],
    facts: {
      calibration: { capFor: 4, capAgainst: 3, falseShare: [0.1, 1e-4], honestShare: [0.1, 1e-4], genuine: 3000 },
      honestElsewhere: [0.1],
    },
  } as unknown as CheckReference;
  return styleAnswer(
    reference,
    Float64Array.of(own, 3.5),
    { byline: printed === 'Ann Writer' ? 0 : -1 },
    printed,
    NOTHING_REVIEWED,
  );
}

describe('what style may say', () => {
  it('of a byline known by one article is never strong, and of one known by several may be', () => {
    const [one, several] = [answered(1, 'Ann Writer'), answered(2, 'Ann Writer')];
    expect(one.verdict).toBe('does-not-fit');
    expect(one.against!.log10LR).toBeLessThan(2);
    expect(one.other!.log10LR).toBeLessThan(2);
    expect(several.against!.log10LR).toBe(3);
    expect(several.other!.log10LR).toBe(3);
  });

  it('of a byline too thin to be asked is that another fits, but where it fits as well', () => {
    const [unlike, alike] = [answered(1, 'Ann Writer', 300), answered(1, 'Ann Writer', 300, 1.6)];
    expect([unlike.verdict, alike.verdict]).toEqual(['abstain', 'abstain']);
    expect(unlike.other).toMatchObject({ byline: 1 });
    expect(alike.other).toBeNull();
  });

  it('of a text that nobody signed is whom it is nearest, and no finding; a byline not known is one', () => {
    const [unsigned, unknown] = [answered(5, ''), answered(5, 'Carl Unknown')];
    expect(unsigned.nearest[0]!.byline).toBe('Bob Scribe');
    expect(unsigned.other).toBeNull();
    expect(unknown.other).toMatchObject({ byline: 1 });
  });
});
