import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import { creditEvidence, creditsOf } from '../../src/judge/credits.js';
import { words } from '../../src/judge/words.js';
import type { Article, Cleaned, Evidence } from '../../src/types/types.js';
import { article } from '../clean/corpus.js';

const prose = 'The council met on Tuesday. It voted for the budget after a long debate, and the mayor left early.';
const by = (byline: string, n: number, credit: string): Article =>
  article(
    `${Array.from({ length: 8 }, (_, i) => `${prose} Point ${i} of ${byline} ${n}.`).join('\n\n')}\n\n${credit}`,
    { id: `${byline} ${n}`, bylines: [byline] },
  );

async function between(articles: readonly Article[]): Promise<{ cleaned: Cleaned; evidence: Evidence[] }> {
  const cleaned = await clean({ articles, merges: [], notices: [] }, { keepCopies: true });
  return { cleaned, evidence: creditEvidence(creditsOf(cleaned), cleaned, 0, 1) };
}

describe('what the texts of two bylines credit', () => {
  it('ties them where it is the same third writer, and is quoted from each with its place', async () => {
    const articles = [
      by('Ann Okoro', 1, 'Dr. Holly B. Irving is a senior analyst at the port office.'),
      by('Ann Okoro', 2, 'By Holly Irving'),
      by('Ben Stone', 1, 'Guest post by Holly Irving'),
    ];
    const { evidence } = await between(articles);
    expect(evidence.map((e) => e.text)).toEqual([
      words.creditSame('Dr. Holly B. Irving', 2, 'Ann Okoro', 1, 'Ben Stone'),
    ]);
    for (const { article: id, sentence, start, end } of evidence[0]!.examples!)
      expect(articles.find((a) => a.id === id)!.text.slice(start, end)).toBe(sentence);
    expect(evidence[0]!.examples!.map((x) => x.byline)).toEqual(['Ann Okoro', 'Ben Stone']);
  });

  it('ties them where one is credited in the text of the other', async () => {
    const { evidence } = await between([by('Ann Okoro', 1, 'By Ben Stone'), by('Ben Stone', 1, 'By Ben Stone')]);
    expect(evidence.map((e) => e.text)).toEqual([words.creditsOther(1, 'Ann Okoro', 'Ben Stone')]);
  });

  it('says nothing where they credit themselves, or each somebody else', async () => {
    const own = await between([by('Ann Okoro', 1, 'By Ann Okoro'), by('Ben Stone', 1, 'By Ben Stone')]);
    expect(own.evidence).toEqual([]);
    expect(own.cleaned.notices.map((n) => n.code)).not.toContain('credits-another');
    const apart = await between([by('Ann Okoro', 1, 'By Holly Irving'), by('Ben Stone', 1, 'By Lisa Wilcox')]);
    expect(apart.evidence).toEqual([]);
    expect(apart.cleaned.notices.map((n) => n.code)).toContain('credits-another');
  });
});
