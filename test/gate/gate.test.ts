import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../src/types/types.js';
import { check, enroll } from '../../src/gate/gate.js';
import { manyhands } from '../helpers.js';
import { archive, archivePath, by, checked, kept, reference, validate, work, written } from './archive.js';

beforeAll(async () => {
  written('archive.jsonl', archive);
  await enroll([archivePath], { output: reference });
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('style', () => {
  it('answers honest submissions with few doubts, and the same texts under other names with many', async () => {
    const honest = await checked('honest.jsonl', kept);
    const others = kept.map((l, i) => ({ ...l, author: kept[(i + 6) % kept.length]!.author }));
    const swapped = await checked('swapped.jsonl', others);
    const doubted = (r: CheckReport): number => r.submissions.filter((s) => s.verdict === 'does-not-fit').length;
    const answered = (r: CheckReport): number => r.submissions.filter((s) => s.verdict !== 'abstain').length;
    expect(answered(honest)).toBeGreaterThan(40);
    expect(doubted(honest) / answered(honest)).toBeLessThan(0.15);
    expect(doubted(swapped) / answered(swapped)).toBeGreaterThan(0.4);
  });

  it('never claims more than the archive can show', async () => {
    const { submissions } = await checked('caps.jsonl', kept);
    const facts = JSON.parse(readFileSync(join(reference, 'manifest.json'), 'utf8')).facts.calibration;
    for (const s of submissions) {
      expect(s.log10LR).toBeLessThanOrEqual(facts.capFor);
      expect(s.log10LR).toBeGreaterThanOrEqual(-facts.capAgainst);
    }
    expect(facts.capAgainst).toBeLessThan(2);
  });

  it('gives the same answer whatever else is checked, and whatever its order', async () => {
    const [a, b] = [by('Publius'), by('tjohnson')];
    const alone = await checked('a.jsonl', [a]);
    const both = await checked('ba.jsonl', [b, a]);
    const of = (r: CheckReport) => r.submissions.find((s) => s.id === a.id)!;
    // All but the file and line it was read from.
    expect({ ...of(both), source: null }).toEqual({ ...of(alone), source: null });
  });

  it('names the nearest bylines for one it does not know, and abstains', async () => {
    const { submissions, gate } = await checked('unknown.jsonl', [{ ...by('Publius'), author: 'Nemo Newcomer' }]);
    expect(submissions[0]).toMatchObject({ bylineKnown: false, verdict: 'abstain', log10LR: 0 });
    expect(submissions[0]!.nearest[0]!.byline).toBe('Publius');
    expect(gate.failOn).toBe('strong');
  });

  it('abstains on thin evidence, says so, and passes', async () => {
    const { submissions, gate, findings } = await checked('thin.jsonl', [
      { ...by('tjohnson'), text: 'A short note about nothing much, twelve words or a few more in all.' },
    ]);
    expect(submissions[0]).toMatchObject({ verdict: 'abstain', log10LR: 0, nearest: [] });
    expect(submissions[0]!.why).toMatch(/too little text/);
    expect([gate.passed, findings.length]).toEqual([true, 0]);
  });

  it('abstains on another language', async () => {
    const text =
      'Die Verwaltung hat in den vergangenen Jahren viel Geld ausgegeben, ohne dass jemand gefragt hätte, wozu es gut sei. '.repeat(
        12,
      ) + 'Und so ging es weiter, bis schließlich niemand mehr wusste, wer angefangen hatte.';
    const { submissions } = await checked('german.jsonl', [{ ...by('tjohnson'), text }]);
    expect(submissions[0]!.verdict).toBe('abstain');
    expect(submissions[0]!.why).toMatch(/language/);
  });

  it('leaves the submission itself out of what it is measured against', async () => {
    const old = archive.find((l) => l.author === 'tjohnson')!;
    const { submissions, findings } = await checked('again.jsonl', [old]);
    expect(submissions[0]!.alreadyEnrolled).toBe(true);
    expect(findings.filter((f) => f.rule === 'copied-passage')).toEqual([]);
  });

  it('takes an archived article under another byline, and under none, for a copy', async () => {
    const old = archive.find((l) => l.author === 'tjohnson')!;
    const { submissions, findings } = await checked('stolen.jsonl', [
      { ...old, author: 'apiazza' },
      { ...old, author: '' },
      old,
    ]);
    const copied = findings.filter((f) => f.rule === 'copied-passage');
    expect(copied.map((f) => [f.byline, f.otherByline, f.strength])).toEqual([
      ['apiazza', 'tjohnson', 'very-strong'],
      ['', 'tjohnson', 'very-strong'],
    ]);
    expect(submissions.filter((s) => s.verdict === 'abstain').map((s) => s.byline)).toEqual(['apiazza', '']);
  });

  it('names the hand it is nearest to, where a byline has several', async () => {
    const { submissions } = await checked('publius.jsonl', [by('Publius', 0), by('Publius', 1)]);
    for (const s of submissions)
      if (s.hand !== null) {
        expect(s.hand.of).toBeGreaterThan(1);
        expect(s.hand.hand).toBeLessThan(s.hand.of);
        expect(s.hand.confidence).toBeGreaterThanOrEqual(1 / s.hand.of);
      }
    const hands = await checked('one-hand.jsonl', [by('tjohnson')]);
    expect(hands.submissions[0]!.hand).toBeNull();
  });
});

describe('copied passages', () => {
  const source = archive.find((l) => l.author === 'kdowney' && l.text.length > 3000)!;
  const stolen = source.text.split(/\n\n+/).find((p) => p.split(' ').length > 60)!;
  const frame = by('tjohnson').text.split('\n');

  it('are found with byline, article and lines', async () => {
    const text = [...frame.slice(0, 8), '', stolen, '', ...frame.slice(8)].join('\n');
    const path = 'stolen.md';
    const { findings } = await checked(path, `---\nauthor: tjohnson\n---\n\n${text}\n`);
    const copy = findings.find((f) => f.rule === 'copied-passage')!;
    expect(copy).toMatchObject({ otherByline: 'kdowney', log10LR: null });
    expect(copy.related[0]).toMatchObject({ article: source.id, byline: 'kdowney' });
    const file = readFileSync(join(work, path), 'utf8').split('\n');
    const wanted = file.indexOf(stolen.split('\n')[0]!) + 1;
    expect(copy.location.startLine).toBeGreaterThanOrEqual(wanted);
    expect(copy.location.startLine).toBeLessThanOrEqual(wanted + stolen.split('\n').length);
    // Whatever it is written in.
    const wide = Buffer.from(`\ufeff${file.join('\n')}`, 'utf16le');
    writeFileSync(join(work, path), wide);
    const again = await check([join(work, path)], { against: reference });
    expect(again.findings.find((f) => f.rule === 'copied-passage')!.location).toEqual(copy.location);
  });

  it('in quotation marks, or in an article of one’s own, do not fail the gate', async () => {
    const quoted = [...frame.slice(0, 8), '', `“${stolen.replaceAll(/[“”"]/g, '')}”`, '', ...frame.slice(8)].join('\n');
    const honest = await checked('quoted.jsonl', [{ ...by('tjohnson'), text: quoted }]);
    expect(honest.findings.filter((f) => f.rule === 'copied-passage' && f.strength !== 'limited')).toEqual([]);
    const own = archive.find((l) => l.author === 'tjohnson')!;
    const passage = own.text.split(/\n\n+/).find((p) => p.split(' ').length > 40)!;
    const reused = await checked('reused.jsonl', [{ ...by('tjohnson'), text: `${by('tjohnson').text}\n\n${passage}` }]);
    for (const f of reused.findings.filter((x) => x.rule === 'copied-passage')) expect(f.strength).toBe('limited');
  });

  it('keep their fingerprint when the file moves and lines are put before them', async () => {
    const text = `${by('tjohnson').text}\n\n${stolen}`;
    const one = await checked('x.jsonl', [{ ...by('tjohnson'), text }]);
    const two = await checked('y.jsonl', [by('kdowney'), { ...by('tjohnson'), text }]);
    const of = (r: CheckReport) =>
      r.findings.filter((f) => f.submission === by('tjohnson').id).map((f) => f.fingerprint);
    expect(of(one).length).toBeGreaterThan(0);
    expect(of(two)).toEqual(of(one));
  });

  it('that are most of a text keep style from being measured', async () => {
    const { submissions } = await checked('reprint.jsonl', [
      { ...source, author: 'tjohnson', text: `${source.text} More.` },
    ]);
    expect(submissions[0]!.verdict).toBe('abstain');
    expect(submissions[0]!.why).toMatch(/archived articles/);
  });
});

describe('unusual characters', () => {
  it('are found, and the more so in the middle of words', async () => {
    const text = by('tjohnson').text.replace(/a/g, (c, at: number) => (at % 7 === 0 ? 'а' : c));
    const { findings } = await checked('homoglyphs.jsonl', [{ ...by('tjohnson'), text }]);
    expect(findings.find((f) => f.rule === 'unusual-characters')).toMatchObject({ strength: 'strong' });
  });

  it('that a content system leaves do not fail the gate', async () => {
    const text = by('tjohnson').text.replace(/tion/g, 'tion\u00ad').replace('. ', '.\u00a0');
    const { findings, gate } = await checked('soft.jsonl', [{ ...by('tjohnson'), text }]);
    expect(findings.filter((f) => f.rule === 'unusual-characters').every((f) => f.strength !== 'strong')).toBe(true);
    expect(gate.reached).toBe(findings.filter((f) => /strong/.test(f.strength)).length);
  });
});

describe('the reference', () => {
  it('holds no text of an article', () => {
    // What could be read in it: every run of twelve printable characters or more.
    const readable = readdirSync(reference)
      .map((name) => readFileSync(join(reference, name)).toString('latin1'))
      .flatMap((bytes) => bytes.match(/[\x20-\x7e]{12,}/g) ?? [])
      .join('\n');
    expect(readable).toContain('manyhands.reference/2');
    expect(readable).toContain(archive[0]!.id);
    for (const { text } of archive) {
      const words = text.split(/\s+/);
      for (let at = 0; at + 4 <= words.length; at += 20) {
        const run = words.slice(at, at + 4).join(' ');
        if (/^[\x20-\x7e]{16,}$/.test(run)) expect(readable.includes(run), run).toBe(false);
      }
    }
  });

  it('is the same, byte for byte, when it is made again', async () => {
    const again = join(work, 'again');
    await enroll([archivePath], { output: again });
    expect(readFileSync(join(again, 'manifest.json'))).toEqual(readFileSync(join(reference, 'manifest.json')));
  });

  it('takes more articles without touching those it holds, and none twice', async () => {
    const more = join(work, 'more');
    cpSync(reference, more, { recursive: true });
    const before = JSON.parse(readFileSync(join(more, 'manifest.json'), 'utf8'));
    const moved = [...archive.slice(0, 5), ...kept.slice(0, 9)].map((l) => ({ ...l, id: `moved/${l.id}` }));
    const result = await enroll([written('moved.jsonl', moved)], { output: more, add: true });
    expect([result.added, result.already]).toEqual([9, 5]);
    const after = JSON.parse(readFileSync(join(more, 'manifest.json'), 'utf8'));
    const files = (m: { shards: { table: string; file: string }[] }, table: string) =>
      m.shards.filter((s) => s.table === table).map((s) => s.file);
    for (const table of ['rows', 'articles', 'passages', 'space-words'])
      expect(files(after, table).slice(0, files(before, table).length)).toEqual(files(before, table));
    expect(after.counts.articles).toBe(before.counts.articles + 9);
    const { submissions } = await checked('known-now.jsonl', [kept[0]!], more);
    expect(submissions[0]!.alreadyEnrolled).toBe(true);
    const once = await enroll([written('moved.jsonl', moved)], { output: more, add: true });
    expect([once.added, once.already, once.reference]).toEqual([0, 14, result.reference]);
  });

  it('knows a byline in another spelling', async () => {
    const { submissions } = await checked('spelling.jsonl', [{ ...by('Dana Whitfield'), author: 'DANA  WHITFIELD' }]);
    expect(submissions[0]).toMatchObject({ byline: 'Dana Whitfield', bylineKnown: true });
  });

  it('of few bylines borrows strangers', async () => {
    const small = join(work, 'few');
    const two = archive.filter((l) => l.author === 'Publius' || l.author === 'tjohnson');
    await enroll([written('two.jsonl', two)], { output: small });
    const { submissions } = await checked('few.jsonl', [by('Publius'), by('tjohnson')], small);
    for (const s of submissions) expect(s.nearest[0]!.byline).toBe(s.byline);
  });
});

describe('reviewed links', () => {
  it('are kept in a text file, obeyed by check, and used when calibrating again', async () => {
    const target = join(work, 'reviewed');
    cpSync(reference, target, { recursive: true });
    const review = (...args: string[]) => manyhands(['review', ...args, '--against', target]);
    expect(review('confirm', 'Dana Whitfield', 'Peter Okafor').err).toMatch(/needs a reason/);
    expect(review('confirm', 'Dana Whitfield', 'Peter Okafur', '--reason', 'x').err).toMatch(
      /Did you mean "Peter Okafor"/,
    );
    expect(review('confirm', 'Peter Okafor', 'Dana Whitfield', '--reason', 'one pen name').code).toBe(0);
    expect(readFileSync(join(target, 'links.txt'), 'utf8')).toContain(
      'confirmed\tDana Whitfield\tPeter Okafor\tone pen name',
    );
    const before = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')).facts.calibration.impostors;
    await enroll([], { output: target, add: true });
    const after = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')).facts.calibration.impostors;
    expect(after).toBeLessThan(before);
    const swapped = [0, 1, 2].map((n) => ({ ...by('Dana Whitfield', n), author: 'Peter Okafor' }));
    const { findings } = await checked('pen-name.jsonl', swapped, target);
    expect(findings.filter((f) => f.rule === 'fits-another-byline' && f.otherByline === 'Dana Whitfield')).toEqual([]);
    expect(review('forget', 'Dana Whitfield', 'Peter Okafor').code).toBe(0);
    expect(review('list').out).toMatch(/No links/);
  });

  it('in a line that cannot be read are named with it', () => {
    const target = join(work, 'bad-links');
    cpSync(reference, target, { recursive: true });
    writeFileSync(join(target, 'links.txt'), '# fine\nmaybe\tA\tB\n');
    const { code, err } = manyhands(['review', 'list', '--against', target]);
    expect(code).toBe(2);
    expect(err).toMatch(/links\.txt, line 2/);
  });
});

describe('the commands', () => {
  const homoglyphs = (): string =>
    written('bad.jsonl', [{ ...by('tjohnson'), text: by('tjohnson').text.replaceAll('e', 'е') }]);

  it('end with 0, 1 or 2 as promised', () => {
    const run = (...args: string[]) => manyhands(['check', ...args]).code;
    const [bad, good] = [homoglyphs(), written('good.jsonl', [{ ...by('tjohnson'), text: 'Too short to tell.' }])];
    expect(run(good, '--against', reference)).toBe(0);
    expect(run(bad, '--against', reference)).toBe(1);
    expect(run(bad, '--against', reference, '--no-fail')).toBe(0);
    expect(run(bad, '--against', reference, '--max-findings', '9')).toBe(0);
    expect(run(bad, '--against', reference, '--output', join(work, 'out.txt'))).toBe(1);
    expect(run(good, '--against', join(work, 'nowhere'))).toBe(2);
    expect(run(good)).toBe(2);
  });

  it('name the nearest strength, and say how to make a reference', () => {
    const good = written('good.jsonl', [by('tjohnson')]);
    expect(manyhands(['check', good, '--against', reference, '--fail-on', 'stron']).err).toMatch(
      /Did you mean strong\?/,
    );
    expect(manyhands(['check', good, '--against', join(work, 'nowhere')]).err).toMatch(/manyhands enroll/);
    expect(manyhands(['check', good, '--against', reference, '--max-findings', 'few']).err).toMatch(/whole number/);
  });

  it('print a report that is valid, and the same for a person', () => {
    const bad = homoglyphs();
    const json = JSON.parse(manyhands(['check', bad, '--against', reference, '--format', 'json']).out) as CheckReport;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const { out, err } = manyhands(['check', bad, '--against', reference]);
    expect(err).toBe('');
    expect(out).toContain(json.findings[0]!.rule);
    expect(out).toMatch(/Failed: \d+ finding/);
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
  });

  it('refuse a damaged or a newer reference with 2 and a way out', () => {
    const good = written('good.jsonl', [by('tjohnson')]);
    const target = join(work, 'damaged');
    cpSync(reference, target, { recursive: true });
    const path = join(target, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('manyhands.reference/2', 'manyhands.reference/3'));
    const newer = manyhands(['check', good, '--against', target]);
    expect([newer.code, newer.out]).toEqual([2, '']);
    expect(newer.err).toMatch(/schema manyhands\.reference\/3/);
    const changed = readFileSync(path, 'utf8');
    expect(manyhands(['enroll', good, '--output', target])).toMatchObject({ code: 2, out: '', err: newer.err });
    expect(readFileSync(path, 'utf8')).toBe(changed);
    writeFileSync(path, text.replace('"intercept": ', '"intercept": 1'));
    expect(manyhands(['check', good, '--against', target]).err).toMatch(/damaged[\s\S]*enroll again/);
    writeFileSync(path, text);
    const shard = readdirSync(target).find((n) => n.startsWith('rows-'))!;
    writeFileSync(join(target, shard), readFileSync(join(target, shard)).subarray(100));
    expect(manyhands(['check', good, '--against', target])).toMatchObject({ code: 2, out: '' });
    expect(manyhands(['enroll', good, '--add', '--output', target]).code).toBe(2);
  });
});
