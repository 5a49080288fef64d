import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enroll } from '../../src/gate/gate.js';
import { ratioText } from '../../src/text/ratio.js';
import { manyhands } from '../helpers.js';
import { archive, archivePath, by, checked, kept, reference, work, written, type Line } from './archive.js';

beforeAll(async () => {
  written('archive.jsonl', archive);
  await enroll([archivePath], { output: reference });
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('what a stranger would trip over: style', () => {
  it('says of a byline that is spelt almost like a known one that it may be a misspelling', async () => {
    const text = [0, 1, 2].map((n) => by('Publius', n).text).join('\n\n');
    const as = async (author: string) =>
      checked('near.jsonl', [{ id: 'near', author, text }]).then(({ submissions: [s], findings }) => ({
        why: s!.why,
        fits: findings.find((f) => f.rule === 'fits-another-byline')!,
      }));
    const [alike, other] = [await as('Publiuss'), await as('Quite Another')];
    expect(alike.why).toContain('“Publius”, spelt almost alike, is');
    expect(alike.fits.message).toContain('spelt almost like the byline printed');
    expect(alike.fits.against[0]!.text).toContain('a misspelling of “Publius” would explain it');
    expect(JSON.stringify(other)).not.toMatch(/spelt|misspelling/);
  });

  it('says why a finding is held below what the list of nearest bylines says', async () => {
    const text = [0, 1, 2].map((n) => by('Publius', n).text).join('\n\n');
    const { submissions, findings } = await checked('held.jsonl', [{ id: 'held', author: 'Quite Another', text }]);
    const alone = submissions[0]!.nearest[0]!.log10LR;
    const found = findings.find((f) => f.rule === 'fits-another-byline')!;
    expect(found.log10LR).toBeLessThan(alone);
    expect(found.against.map((e) => e.text).join()).toContain(
      `by itself its log10 LR is ${ratioText(alone)}; it is the best of 17 bylines`,
    );
    expect(found.against.map((e) => e.text).join()).toContain(`held to ${ratioText(found.log10LR!)}`);
  });
});

describe('what a stranger would trip over: copied passages', () => {
  it('are counted as the words of a submission are, and are its own under any byline printed on it', async () => {
    const published = archive.find((l) => l.author === 'wsullivan' && l.text.length > 3000)!;
    const both = { id: 'both', author: ['Ann Writer', 'wsullivan'], text: published.text } as unknown as Line;
    const { submissions, findings } = await checked('both.jsonl', [both]);
    const copy = findings.find((f) => f.rule === 'copied-passage')!;
    const { words, share } = copy.evidence[0]!.values as { words: number; share: number };
    expect(words).toBeLessThanOrEqual(submissions[0]!.words);
    expect(share).toBeCloseTo(words / submissions[0]!.words, 9);
    expect([copy.strength, copy.otherByline]).toEqual(['limited', null]);
    expect(submissions[0]!.why).toContain('(“Ann Writer”, “wsullivan”)');
    const theft = await checked('theft.jsonl', [{ ...published, id: 'theft', author: 'tjohnson' }]);
    const percent = theft.submissions[0]!.why.match(/^\d+ %/)![0];
    expect(theft.findings[0]!.evidence[0]!.text).toContain(percent);
    expect(theft.findings[0]!.strength).toBe('very-strong');
  });
});

describe('what a stranger would trip over: the reference', () => {
  it('is not replaced by less than it holds unless someone says so', async () => {
    const target = join(work, 'replaced');
    cpSync(reference, target, { recursive: true });
    const manifest = readFileSync(join(target, 'manifest.json'));
    const batch = written('batch.jsonl', kept);
    const refused = manyhands(['enroll', batch, '--output', target]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/holds \d+ articles that are not among those read[\s\S]*--add[\s\S]*--replace/);
    expect(readFileSync(join(target, 'manifest.json'))).toEqual(manifest);
    // The same archive, grown and with an article mended, is no loss.
    const [first, ...rest] = archive;
    const grown = written('grown.jsonl', [{ ...first!, text: `${first!.text} Corrected.` }, ...rest, ...kept]);
    const { replaced, articles } = await enroll([grown], { output: target });
    expect(replaced!.articles).toBe(JSON.parse(manifest.toString()).counts.articles);
    expect(articles).toBeGreaterThan(replaced!.articles!);
    const forced = manyhands(['enroll', batch, '--replace', '--output', target]);
    expect([forced.code, forced.out]).toEqual([
      0,
      expect.stringMatching(/in place of reference [0-9a-f]{12}, \d+ articles/),
    ]);
    expect(manyhands(['enroll', batch, '--add', '--replace', '--output', target]).code).toBe(2);
  });

  it('that is damaged takes no more articles, and may be enrolled anew', async () => {
    const target = join(work, 'damaged-passages');
    cpSync(reference, target, { recursive: true });
    const shard = join(
      target,
      readdirSync(target).find((n) => n.startsWith('passages-'))!,
    );
    const bytes = readFileSync(shard);
    bytes[bytes.length >> 1]! ^= 16;
    writeFileSync(shard, bytes);
    await expect(enroll([written('one.jsonl', [kept[0]!])], { output: target, add: true })).rejects.toThrow(/damaged/);
    writeFileSync(join(target, 'manifest.json'), '{}');
    expect((await enroll([archivePath], { output: target })).replaced).toEqual({ reference: null, articles: null });
  });
});

describe('bylines confirmed to be one hand', () => {
  it('fit each other’s texts, and their passages are their own', async () => {
    const target = join(work, 'confirmed');
    cpSync(reference, target, { recursive: true });
    writeFileSync(join(target, 'links.txt'), 'confirmed\tDana Whitfield\tPeter Okafor\tone pen name\n');
    const swapped = [0, 1, 2].map((n) => ({ ...by('Dana Whitfield', n), author: 'Peter Okafor' }));
    // Under either name the hand is the same: a text of one fits the other, and its passages are its own.
    const { submissions } = await checked('pen-name.jsonl', swapped, target);
    const apart = await checked('pen-name.jsonl', swapped);
    expect(submissions.map((s) => s.verdict)).toEqual(['fits', 'fits', 'fits']);
    expect(apart.submissions.map((s) => s.verdict)).not.toEqual(['fits', 'fits', 'fits']);
    expect(submissions.some((s) => /a review found one hand behind “Peter Okafor” and “Dana/.test(s.why))).toBe(true);
    const stolen = archive.filter((l) => l.author === 'Dana Whitfield').slice(0, 1);
    const again = [{ ...stolen[0]!, id: 'again', author: 'Peter Okafor' }];
    expect((await checked('again.jsonl', again, target)).findings[0]).toMatchObject({
      rule: 'copied-passage',
      strength: 'limited',
      otherByline: null,
      message: expect.stringContaining('“Dana Whitfield”, one of its own bylines') as string,
    });
    expect((await checked('again.jsonl', again)).findings[0]).toMatchObject({ strength: 'strong' });
  });
});
