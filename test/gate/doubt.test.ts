import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, enroll } from '../../src/gate/gate.js';
import { words } from '../../src/gate/words.js';

interface Line {
  readonly id: string;
  readonly author: string;
  readonly text: string;
}

const work = mkdtempSync(join(tmpdir(), 'manyhands-doubt-'));
const against = join(work, 'reference');
const written = (name: string, lines: readonly Line[]): string => {
  const path = join(work, name);
  writeFileSync(path, lines.map((l) => `${JSON.stringify(l)}\n`).join(''));
  return path;
};
const lines = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);
const byAuthor = new Map<string, Line[]>();
for (const line of lines) byAuthor.set(line.author, [...(byAuthor.get(line.author) ?? []), line]);
const kept = [...byAuthor.values()].flatMap((own) => own.slice(-3));
/** One byline is left with a single article, the longest that is not submitted. */
const SINGLE = 'tlowden';
const [only] = byAuthor
  .get(SINGLE)!
  .slice(0, -3)
  .sort((a, b) => b.text.length - a.text.length);
const archive = [...byAuthor].flatMap(([author, own]) => (author === SINGLE ? [only!] : own.slice(0, -3)));

beforeAll(async () => {
  await enroll([written('archive.jsonl', archive)], { output: against });
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('what a gate says', () => {
  it('of a byline of one article is measured, but not where that article is the submission itself', async () => {
    const fresh = kept.find((l) => l.author === SINGLE)!;
    const { submissions } = await check([written('single.jsonl', [fresh, only!])], { against });
    const of = (id: string) => submissions.find((s) => s.id === id)!;
    expect(of(fresh.id).verdict).not.toBe('abstain');
    expect(of(only!.id)).toMatchObject({ alreadyEnrolled: true, verdict: 'abstain', log10LR: 0 });
    expect(of(only!.id).why).toMatch(/too little of/);
  });

  it('for another byline is no more than against the printed one, where that is answered', async () => {
    const swapped = kept.map((l, i) => ({ ...l, author: kept[(i + 6) % kept.length]!.author }));
    const { submissions, findings } = await check([written('swapped.jsonl', swapped)], { against });
    const better = findings.filter((f) => f.rule === 'fits-another-byline');
    expect(better.length).toBeGreaterThan(0);
    for (const f of better) {
      const { verdict, log10LR } = submissions.find((s) => s.id === f.submission)!;
      if (verdict !== 'abstain') expect(f.log10LR).toBeLessThanOrEqual(-log10LR);
    }
  });

  it('says where the text itself credits another writer, and does not where it does not', async () => {
    const swapped = kept.map((l, i) => ({ ...l, author: kept[(i + 6) % kept.length]!.author }));
    const { findings } = await check([written('plain.jsonl', swapped)], { against });
    const doubted = findings.find((f) => f.rule === 'not-this-byline')!;
    const said = (f: typeof doubted): boolean =>
      f.against.some(({ text }) => text === words.form('credited', 'Lisa Wilcox'));
    expect(said(doubted)).toBe(false);
    const names = new Map([[doubted.byline, 'Mary-Ann Okoro']]);
    const renamed = (l: Line): Line => ({ ...l, author: names.get(l.author) ?? l.author });
    const renamedReference = join(work, 'renamed');
    await enroll([written('renamed.jsonl', archive.map(renamed))], { output: renamedReference });
    const own = renamed(swapped.find((l) => l.id === doubted.submission)!);
    const path = written('credited.jsonl', [{ ...own, text: `By Lisa Wilcox\n\n${own.text}` }]);
    const again = await check([path], { against: renamedReference });
    expect(said(again.findings.find((f) => f.rule === 'not-this-byline')!)).toBe(true);
  });
});
