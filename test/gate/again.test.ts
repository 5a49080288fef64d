import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, enroll } from '../../src/gate/gate.js';
import { archive, archivePath, kept, reference, work, written } from './archive.js';

beforeAll(async () => {
  written('archive.jsonl', archive);
  await enroll([archivePath], { output: reference });
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('an archive that is enrolled again', () => {
  it('counts the style of an archive once that comes again with corrections', async () => {
    const again = join(work, 'corrected');
    cpSync(reference, again, { recursive: true });
    const corrected = (text: string): string =>
      text
        .split(' ')
        .map((word, i) => (i % 60 === 30 ? 'corrected' : word))
        .join(' ');
    const some = archive.slice(0, 60).map((l) => ({ ...l, text: corrected(l.text) }));
    const result = await enroll([written('corrected.jsonl', [...some, ...kept.slice(0, 6)])], {
      output: again,
      add: true,
    });
    expect(result.added).toBe(66);
    expect(result.copies).toBeGreaterThan(55);
    expect(result.copies).toBeLessThanOrEqual(60);
    const bylines = (path: string): number =>
      JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')).counts.words as number;
    const news = kept.slice(0, 6).reduce((n, l) => n + l.text.split(/\s+/).length, 0);
    expect(bylines(again) - bylines(reference)).toBeLessThan(1.5 * news + 1000);
  });

  it('says where an archive prints another byline than was enrolled', async () => {
    const more = join(work, 'renamed');
    cpSync(reference, more, { recursive: true });
    const own = archive.filter((l) => l.author === 'tjohnson');
    const renamed = own.map((l) => ({ ...l, author: 'Terry Newname' }));
    const { already, notices } = await enroll([written('renamed.jsonl', renamed)], { output: more, add: true });
    expect(already).toBe(own.length);
    expect(notices.find((n) => n.code === 'enrolled-otherwise')?.message).toMatch(
      new RegExp(`^${own.length} articles already enrolled under another byline .* now by Terry Newname`),
    );
    const spelt = own.map((l) => ({ ...l, author: 'TJohnson' }));
    const same = await enroll([written('spelt.jsonl', spelt)], { output: more, add: true });
    expect(same.notices.filter((n) => n.code === 'enrolled-otherwise')).toEqual([]);
  });

  it('too small to say anything says so, and not that the evidence is open', async () => {
    const output = join(work, 'small');
    const own = archive.filter((l) => l.author === 'tjohnson').slice(0, 8);
    await enroll([written('small.jsonl', own)], { output });
    const { submissions } = await check(
      [
        written(
          'one.jsonl',
          kept.filter((l) => l.author === 'tjohnson'),
        ),
      ],
      {
        against: output,
      },
    );
    for (const s of submissions)
      expect([s.verdict, s.why]).toEqual([
        'abstain',
        'the reference is too small to say what fits (8 articles of 1 byline): enroll more, by others as well',
      ]);
    expect(submissions.length).toBe(3);
  });

  it('leaves no folder behind where nothing was enrolled', async () => {
    const nowhere = join(work, 'nowhere');
    await expect(enroll([written('none.json', '[]')], { output: nowhere })).rejects.toThrow(/no article/);
    await expect(enroll([archivePath], { output: nowhere, add: true })).rejects.toThrow(/no reference/);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('is no part of the archive it stands in, nor to be checked', async () => {
    const folder = join(work, 'inside');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.jsonl'), kept.slice(0, 12).map((l) => `${JSON.stringify(l)}\n`).join('')); // prettier-ignore
    const output = join(folder, 'reference');
    const first = await enroll([folder], { output });
    const again = await enroll([folder], { output });
    expect(again.reference).toBe(first.reference);
    expect(again.notices.map((n) => n.message)).toContainEqual(
      expect.stringMatching(/reference made with enroll; pas/),
    );
    await expect(check([output], { against: output })).rejects.toThrow(/holds a reference, and no articles/);
  });
});
