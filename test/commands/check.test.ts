import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { validateXML } from 'xmllint-wasm';
import type { CheckReport } from '../../src/types/types.js';
import { outputsOf } from '../../src/commands/outputs.js';
import { CHECK_FORMATS } from '../../src/config/config.js';
import { enrolled, sandbox } from '../ci/sandbox.js';
import { manyhands } from '../helpers.js';
import { zipOf } from '../io/zips.js';

const { folder } = sandbox();
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const check = (
  args: readonly string[],
  more: { input?: string; env?: Record<string, string> } = {},
): ReturnType<typeof manyhands> => manyhands(['check', ...args], { cwd: folder, ...more });
const against = ['--against', 'reference'] as const;
const report = (
  args: readonly string[],
  more: { input?: string; env?: Record<string, string> } = {},
): CheckReport & { code: number } => {
  const { code, out, err } = check([...args, ...against, '--format', 'json'], more);
  expect(err.includes('\n    at ') || ![0, 1].includes(code) ? err : '').toBe('');
  return { ...(JSON.parse(out) as CheckReport), code };
};

beforeAll(() => {
  expect(enrolled(folder)).toMatchObject({ code: 0 });
});

describe('check, in every format', () => {
  it('writes them all at once, and each is what it says', async () => {
    const files = CHECK_FORMATS.filter((f) => f !== 'terminal');
    const { code, out } = check([
      'new',
      ...against,
      '--fail-on',
      'moderate',
      '--format',
      'terminal',
      ...files.flatMap((f) => ['--format', `${f}=out.${f}`]),
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/Failed: \d+ finding/);
    const json = JSON.parse(read('out.json')) as CheckReport;
    const valid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schema/check-1.json', 'utf8')) as object);
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
    expect(json.gate).toMatchObject({ passed: false, failOn: 'moderate' });
    const sarif = JSON.parse(read('out.sarif')) as {
      runs: { results: { partialFingerprints: Record<string, string> }[] }[];
    };
    expect(sarif.runs[0]!.results.map((r) => r.partialFingerprints['manyhands/v1'])).toEqual(
      json.findings.map((f) => f.fingerprint),
    );
    const xml = [{ fileName: 'x.xml', contents: read('out.junit') }];
    const schema = [{ fileName: 'x.xsd', contents: readFileSync('fixtures/schemas/jenkins-junit.xsd', 'utf8') }];
    expect((await validateXML({ xml, schema } as Parameters<typeof validateXML>[0])).errors).toEqual([]);
    expect((JSON.parse(read('out.gitlab')) as unknown[]).length).toBe(json.findings.length);
    expect(read('out.checkstyle').match(/<error /g)!.length).toBe(json.findings.length);
    expect(read('out.github').match(/^::(?:error|warning|notice) /gm)!.length).toBe(json.findings.length);
    expect(read('out.jsonl').trim().split('\n').length).toBe(
      1 + json.submissions.length + json.findings.length + json.skipped.length + json.notices.length,
    );
    const rows = parse(read('out.csv'), { columns: true }) as Record<string, string>[];
    expect(rows.filter((r) => r['rule'] !== '').length).toBe(json.findings.length);
    expect(new Set(rows.map((r) => r['submission'])).size).toBe(json.submissions.length);
    for (const f of json.findings)
      expect(read('out.markdown')).toContain(f.evidence[0] === undefined ? '#' : '- for: ');
  });

  it('gives the same bytes again, whatever the order of the files', () => {
    const once = check(['new/honest-1.md', 'new/copied.md', ...against, '--no-fail', '--format', 'sarif']);
    const again = check(['new/copied.md', 'new/honest-1.md', ...against, '--no-fail', '--format', 'sarif']);
    expect([once.code, again.code, again.out]).toEqual([0, 0, once.out]);
  });

  it('knows a finding again when its file moves', () => {
    const prints = ({ findings }: CheckReport): string[] => findings.map((f) => f.fingerprint);
    const text = read('new/copied.md');
    expect(prints(report(['--stdin', '--stdin-filename', 'other/place.md'], { input: text }))).toEqual(
      prints(report(['new/copied.md'])),
    );
  });

  it('says in one line how it ended where every format goes to a file', () => {
    const { code, out, err } = check(['new/honest-1.md', ...against, '--format', 'json=x.json']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/^manyhands: Passed: 1 submission against .*\n$/);
  });

  it('adds a job summary on GitHub, and counts what stands in it', () => {
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'Earlier.\n');
    const { code } = check(['new/honest-1.md', ...against, '--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(code).toBe(0);
    expect(read('summary.md')).toMatch(/^Earlier\.\n# manyhands check: passed\n/);
  });

  it('refuses formats that would write over each other, and names the nearest', () => {
    expect(() => outputsOf(['json', 'csv'])).toThrow(/two formats would go to standard output/);
    expect(() => outputsOf(['json=a', 'csv=a'])).toThrow(/two formats would go to a/);
    expect(() => outputsOf(['sarf'])).toThrow(/no format "sarf"/);
    expect(() => outputsOf(['sarif='])).toThrow(/no file after/);
    expect(outputsOf(['json', 'sarif=a=b.sarif'], 'x.json')).toEqual([
      { format: 'json', file: 'x.json' },
      { format: 'sarif', file: 'a=b.sarif' },
    ]);
    expect(outputsOf()).toEqual([{ format: 'terminal', file: null }]);
  });
});

describe('check, from what CI has', () => {
  it('reads a list of files; one that is empty, or holds no article, passes', () => {
    const some = report(['--file-list', '-'], { input: 'new/honest-1.md\0gone.md\0manyhands.png\0' });
    expect([some.code, some.submissions.map((x) => x.id)]).toEqual([0, ['new/honest-1.md']]);
    expect(some.notices.find((x) => x.code === 'listed-gone')!.message).toMatch(/^2 listed files are not there/);
    for (const input of ['', 'gone.md\n', 'new\n']) {
      const found = report(['--file-list', '-'], { input });
      expect([found.code, found.submissions, found.gate.passed]).toEqual([0, [], true]);
    }
    expect(check(['--file-list', '-', ...against], { input: 'gone.md\n' }).out).toMatch(/1 listed file is not there/);
  });

  it('passes a change of files that hold no article, and not one whose text it cannot find', () => {
    const text = read('new/honest-1.md').split('---\n').at(-1)!;
    const files = {
      'settings.json': '{"name": "site", "author": "Ann", "version": 1}',
      'empty.md': '',
      'stub.md': '---\ntitle: About\n---\n',
      'menu.html': '<html><body><nav><a href="/">Home</a></nav></body></html>',
      'build.xml': '<project><target/></project>',
      'about.md': `---\ntitle: About\n---\n\n${text}`,
      'odd.jsonl': `${JSON.stringify({ author: 'Ann Writer', prosa_x: text })}\n`,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    try {
      for (const name of Object.keys(files).slice(0, -2)) {
        const found = report(['--file-list', '-'], { input: `${name}\n` });
        expect([name, found.code, found.submissions.length]).toEqual([name, 0, 0]);
      }
      expect(report(['about.md']).submissions.map((s) => s.verdict)).toEqual(['abstain']);
      for (const input of ['odd.jsonl\n', 'odd.jsonl\nnew/honest-1.md\n']) {
        const { code, err } = check(['--file-list', '-', ...against], { input });
        expect([code, err]).toEqual([2, expect.stringMatching(/"prosa_x" holds an article's worth.*--map text=/)]);
      }
      const wrong = check(['settings.json', ...against]);
      expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/no article text found/)]);
    } finally {
      for (const name of Object.keys(files)) rmSync(join(folder, name));
    }
  });

  it('passes over what .manyhandsignore names, and what asks for it with a reason', () => {
    writeFileSync(join(folder, '.manyhandsignore'), 'new/copied.md\n');
    try {
      const found = report(['new', '--no-fail']);
      expect(found.submissions.map((s) => s.id)).toEqual(['new/another-hand.md', 'new/honest-1.md', 'new/honest-2.md']);
      expect(found.skipped).toEqual([{ path: 'new/skipped.md', reason: 'a form, not written by us' }]);
      expect(found.notices.map((x) => x.code)).toContain('ignored');
      expect(report(['new/copied.md'])).toMatchObject({ code: 0, submissions: [] });
      expect(report(['new/skipped.md'])).toMatchObject({
        code: 0,
        submissions: [],
        skipped: [{ path: 'new/skipped.md' }],
      });
    } finally {
      rmSync(join(folder, '.manyhandsignore'));
    }
    expect(report(['new/skipped.md', '--no-inline-skip']).submissions.map((s) => s.id)).toEqual(['new/skipped.md']);
  });

  it.each([
    [['new'], /against which reference\?/],
    [[...against], /no input given/],
    [['none.md', ...against], /none\.md: no such file/],
    [['new', '--against', 'nowhere'], /nowhere/],
    [['new', ...against, '--format', 'json', '--format', 'csv'], /two formats/],
    [['new', ...against, '--fail-on', 'stron'], /Did you mean strong\?/],
    [['--stdin', '--file-list', '-', ...against], /standard input cannot be both/],
    [['new', ...against, '--update-baseline'], /which baseline\?/],
    [['new', ...against, '--baseline', 'no.json'], /the baseline cannot be read \(ENOENT\)/],
    [['new', ...against, '--reason', 'x'], /Give them with --update-baseline/],
    [['new', ...against, '--baseline', 'b', '--update-baseline', '--reason', 'x', '--until', 'soon'], /not a day/],
  ])('%j ends with 2 and says what to do', (args, message) => {
    const { code, out, err } = check(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('obeys a configuration', () => {
    const path = join(folder, 'manyhands.config.json');
    writeFileSync(
      path,
      JSON.stringify({ check: { against: 'reference', failOn: 'moderate', format: ['terminal', 'csv=c.csv'] } }),
    );
    try {
      expect(check(['new/copied.md'])).toMatchObject({ code: 1 });
      expect(read('c.csv')).toMatch(/copied-passage/);
      expect(check(['new/copied.md'], { env: { MANYHANDS_CHECK_FAIL_ON: 'very-strong' } })).toMatchObject({ code: 0 });
      expect(
        check(['new/copied.md', '--fail-on', 'moderate'], { env: { MANYHANDS_CHECK_FAIL_ON: 'very-strong' } }),
      ).toMatchObject({ code: 1 });
      expect(check(['new/copied.md'], { env: { MANYHANDS_CHECK_FAIL: '0' } })).toMatchObject({ code: 0 });
      expect(check(['new/copied.md'], { env: { MANYHANDS_CHECK_MAX_FINDINGS: '9' } })).toMatchObject({ code: 0 });
    } finally {
      rmSync(path);
    }
  });
});

describe('check, where its results go', () => {
  const untouched = (args: readonly string[], why: RegExp): void => {
    const before = ['reference/manifest.json', 'accepted.json', 'list.txt'].map(read);
    const { code, out, err } = check(['--file-list', 'list.txt', ...against, '--baseline', 'accepted.json', ...args]);
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(why)]);
    expect(['reference/manifest.json', 'accepted.json', 'list.txt'].map(read)).toEqual(before);
  };

  it('refuses the reference, the baseline, the list of files, and one file under two names', () => {
    writeFileSync(join(folder, 'accepted.json'), '{"schema": "manyhands.baseline/1", "accepted": []}\n');
    writeFileSync(join(folder, 'list.txt'), 'new/honest-1.md\n');
    symlinkSync('reference', join(folder, 'link'));
    for (const file of ['reference/manifest.json', 'link/new.json', './reference/x'])
      untouched(['--format', `json=${file}`], /would stand in the reference/);
    for (const file of ['accepted.json', './accepted.json', 'new/../list.txt'])
      untouched(['--output', file], /would be written over it/);
    untouched(['--format', 'sarif=o.json', '--format', 'json=./o.json'], /two formats would go to \.\/o\.json/);
    rmSync(join(folder, 'accepted.json'));
  });
});

describe('check, where some of the input cannot be read', () => {
  it('reports the rest and ends with 2: a gate does not pass what it has not seen', () => {
    writeFileSync(join(folder, 'binary.md'), new Uint8Array(2000));
    const args = ['new/honest-1.md', 'binary.md', ...against];
    const some = check(args);
    expect([some.code, some.out, some.err]).toEqual([
      2,
      expect.stringContaining('1 submission against'),
      expect.stringMatching(/not everything was checked. binary\.md: holds binary data/),
    ]);
    expect(some.out).toMatch(/^Incomplete: 0 findings .*not everything could be read/m);
    expect(check([...args, '--no-fail']).code).toBe(2);
    const { gate, notices } = JSON.parse(check([...args, '--format', 'json']).out) as CheckReport;
    expect(gate).toMatchObject({ reached: 0, unread: 1, passed: false });
    expect(notices.find((x) => x.code === 'binary')?.level).toBe('error');
    expect(check([...args, '--format', 'junit']).out).toMatch(/<error type="binary" message="binary\.md: /);
    expect(check([...args, 'new/copied.md', '--fail-on', 'limited']).code).toBe(1);
    rmSync(join(folder, 'binary.md'));
    writeFileSync(join(folder, 'picture.jpg'), new Uint8Array(2000));
    expect(check(['new/honest-1.md', 'picture.jpg', ...against])).toMatchObject({ code: 0, err: '' });
    rmSync(join(folder, 'picture.jpg'));
  });
});

describe('check, where a document beside a good one is damaged', () => {
  const odf = 'urn:oasis:names:tc:opendocument:xmlns';
  it.each([
    ['xlsx', 'xl/workbook.xml', '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'],
    ['odt', 'content.xml', `<c xmlns:o="${odf}:office:1.0" xmlns:t="${odf}:text:1.0"><o:body><o:text><t:p>Cut sh`],
  ])('ends with 2 for .%s', (kind, part, xml) => {
    const name = `damaged.${kind}`;
    writeFileSync(join(folder, name), zipOf([{ name: part, data: xml }]));
    const { code, err } = check(['new/honest-1.md', name, ...against]);
    rmSync(join(folder, name));
    expect(err).toMatch(new RegExp(`not everything was checked. damaged\\.${kind}: the (?:workbook|document)`));
    expect(code).toBe(2);
  });
});

describe('check, with a baseline', () => {
  const flags = ['new/copied.md', ...against, '--fail-on', 'moderate', '--baseline', 'accepted.json'];

  it('fails, is accepted for a reason, passes, expires, and is taken out', () => {
    // However many findings the copied passage, the characters and the style make: all of them are accepted.
    const { findings } = JSON.parse(check([...flags.slice(0, -2), '--format', 'json']).out) as CheckReport;
    const counting = findings.filter((f) => f.strength !== 'limited').length;
    expect(counting).toBeGreaterThanOrEqual(2);
    expect(check([...flags, '--update-baseline']).err).toMatch(/would be accepted without a reason/);
    const accepted = check([
      ...flags,
      '--update-baseline',
      '--reason',
      'known',
      '--until',
      '2098-12-31',
      '--format',
      'sarif',
    ]);
    expect([accepted.code, accepted.err]).toEqual([
      0,
      expect.stringContaining(`accepted.json: ${counting} accepted, ${counting} in all`),
    ]);
    expect(accepted.out.match(/"status": "accepted"/g)!.length).toBe(counting);
    const before = read('accepted.json');
    expect(check([...flags, '--update-baseline', '--reason', 'again'])).toMatchObject({ code: 0 });
    expect(read('accepted.json')).toBe(before);

    expect(check(flags)).toMatchObject({ code: 0 });
    const late = check([...flags, '--format', 'json'], {
      env: { SOURCE_DATE_EPOCH: String(Date.UTC(2099, 0, 1) / 1000) },
    });
    expect(late.code).toBe(1);
    expect((JSON.parse(late.out) as CheckReport).notices.filter((x) => x.code === 'baseline-expired').length).toBe(
      counting,
    );
    expect(check([...flags, '--format', 'junit'], { env: { SOURCE_DATE_EPOCH: '0' } }).out).not.toMatch(/<failure /);

    // The passage is taken out of the article: its entry stands for nothing any more.
    const text = read('new/copied.md');
    writeFileSync(join(folder, 'new/copied.md'), text.slice(0, text.lastIndexOf('\n\n')));
    const pruned = check([...flags, '--prune-baseline']);
    expect(pruned.err).toContain(`${counting} taken out, 0 in all`);
    writeFileSync(join(folder, 'new/copied.md'), text);
    expect(check(flags)).toMatchObject({ code: 1 });
  });
});
