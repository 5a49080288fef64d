import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, manyhands } from './helpers.js';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'manyhands-'));
const noStack = (text: string): void => expect(text).not.toMatch(/\n\s+at .*\.js:\d+/);

describe('exit codes and streams', () => {
  it('prints help with examples and exits with 0', () => {
    for (const args of [['--help'], ['scan', '--help'], ['compare', '--help'], ['explain', '--help']]) {
      const { code, out } = manyhands(args);
      expect(code).toBe(0);
      expect(out).toMatch(/Example/);
    }
  });

  it('exits with 2 on an unknown flag and names the nearest', () => {
    const { code, err, out } = manyhands(['scan', 'fixtures/demo', '--al-pairs']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/--all-pairs/);
  });

  it('says where examples are when something is left out', () => {
    const { code, err } = manyhands(['explain', 'Publius']);
    expect(code).toBe(2);
    expect(err).toMatch(/--in[\s\S]*manyhands explain --help shows examples\./);
  });

  it('names the nearest format', () => {
    expect(manyhands(['scan', 'fixtures/demo', '--format', 'jsn']).err).toMatch(/Did you mean json\?/);
  });

  it('writes to a file with --output and nothing to standard output', () => {
    const target = join(temporary(), 'report.json');
    const { code, out, err } = manyhands([
      'scan',
      'fixtures/broken/line-2.jsonl',
      '--format',
      'json',
      '--output',
      target,
    ]);
    expect([code, out, err]).toEqual([0, '', '']);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toHaveProperty('schema', 'manyhands.report/1');
  });

  it('never writes over what it reads, and looks at --output before the work is done', () => {
    const text = readFileSync('fixtures/broken/line-2.jsonl', 'utf8');
    const folder = folderWith({ 'dump/a.jsonl': text });
    symlinkSync(join(folder, 'dump/a.jsonl'), join(folder, 'link'));
    for (const args of [
      ['scan', 'dump/a.jsonl', '-o', 'dump/a.jsonl'],
      ['scan', 'dump', '-o', 'dump/a.jsonl'],
      ['scan', 'link', '-o', 'dump/a.jsonl'],
      ['report', 'dump/a.jsonl', '-o', 'dump/a.jsonl'],
      ['bundle', 'dump/a.jsonl', '-o', 'link'],
    ]) {
      const { code, err } = manyhands(args, { cwd: folder });
      expect([code, err]).toEqual([2, expect.stringContaining('would be written over it')]);
    }
    expect(readFileSync(join(folder, 'dump/a.jsonl'), 'utf8')).toBe(text);
    expect(manyhands(['scan', 'dump', '-o', 'no/x'], { cwd: folder }).err).toContain('there is no folder no');
    expect(manyhands(['scan', 'dump', '-o', 'dump'], { cwd: folder }).err).toContain('is a folder');
    expect(manyhands(['scan', 'dump', '-o', 'dump/new.txt'], { cwd: folder }).code).toBe(0);
  });

  it.runIf(existsSync('/dev/full'))('says when standard output takes no more', () => {
    const full = openSync('/dev/full', 'w');
    const args = ['bin/manyhands.js', 'scan', 'fixtures/broken/line-2.jsonl'];
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
    closeSync(full);
    expect([status, stderr]).toEqual([2, expect.stringContaining('standard output: cannot be written (ENOSPC)')]);
  });

  it('keeps colour out unless asked, and out for NO_COLOR even when forced', () => {
    const args = ['scan', 'fixtures/broken/line-2.jsonl'];

    const escape = /\u001b/;
    expect(manyhands(args, { env: { FORCE_COLOR: '' } }).out).not.toMatch(escape);
    expect(manyhands(args, { env: { FORCE_COLOR: '1' } }).out).toMatch(escape);
    expect(manyhands(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.toMatch(escape);
  });
});

describe('bad input', () => {
  const cases: readonly [string, readonly string[], number, RegExp][] = [
    [
      'a missing path',
      ['fixtures/demoo'],
      2,
      /fixtures\/demoo: no such file or folder[\s\S]*Did you mean fixtures\/demo\?/,
    ],
    ['a binary file named .txt', ['fixtures/broken/binary.txt'], 2, /binary\.txt/],
    ['no byline column', ['fixtures/broken/columns.csv', '--map', 'text=words'], 2, /--map author=/],
    [
      'a missing mapped column',
      ['fixtures/broken/columns.csv', '--map', 'author=writer_nam,text=words'],
      2,
      /there is no (?:column|field) "writer_nam"|writer_name/,
    ],
    ['no text column', ['fixtures/broken/no-text.csv'], 2, /--map text=/],
  ];
  it.each(cases)('%s ends with a clear message', (_, args, expected, message) => {
    const { code, err, out } = manyhands(['scan', ...args]);
    expect(code).toBe(expected);
    expect(out).toBe('');
    expect(err).toMatch(message);
    noStack(err);
  });

  it('an empty folder says so', () => {
    const { code, err } = manyhands(['scan', temporary()]);
    expect(code).toBe(2);
    expect(err).toMatch(/holds no/);
  });

  it('broken JSON on line 2 is named and the rest is read', () => {
    const { code, out } = manyhands(['scan', 'fixtures/broken/line-2.jsonl']);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toMatch(/line-2\.jsonl, line 2:.*JSON/);
    expect(out).toMatch(/2 bylines/);
  });

  it('unbalanced quotes in a CSV are named with their line', () => {
    const { out, err } = manyhands(['scan', 'fixtures/broken/quotes.csv']);
    expect((out + err).replace(/\s+/g, ' ')).toMatch(/quotes\.csv, line \d/);
    noStack(err);
  });

  it('never echoes a control character of the input, and says when a byline held some', () => {
    const { out, err } = manyhands(['scan', 'fixtures/broken/hostile-byline.jsonl']);

    expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect((out + err).replace(/\s+/g, ' ')).toMatch(/byline/);
    expect((out + err).replace(/\s+/g, ' ')).toMatch(/the day after/);
  });

  it('cannot be made to command the runner whose log it prints to', () => {
    const said = 'He wrote, “##[error]owned by the words of somebody else entirely”, and left. ';
    const article = { id: 'a', author: 'Jane Roe', text: said + 'The rest of it is plain talk about the harbour. ' };
    const folder = folderWith({ 'hostile.jsonl': JSON.stringify(article) });
    const args = ['scan', folder, '--show-removed'];
    expect(manyhands(args).out).toContain('##[');
    const { out } = manyhands(args, { env: { GITHUB_ACTIONS: 'true' } });
    expect(out).toMatch(/owned/);
    expect(out).not.toMatch(/^\s*::/m);
    expect(out).not.toContain('##[');
  });

  it('reads a text that is not UTF-8 and says how', () => {
    const { out } = manyhands(['scan', 'fixtures/broken/latin1.txt']);
    expect(out.replace(/\s+/g, ' ')).toMatch(/windows-1252/);
  });

  it('does not run round in a loop of symbolic links', () => {
    const folder = temporary();
    mkdirSync(join(folder, 'a'));
    symlinkSync('..', join(folder, 'a', 'up'));
    writeFileSync(join(folder, 'a', 'x.txt'), 'By Ann Writer\n\nA few words of her own, enough to be read.\n');
    const { code, out } = manyhands(['scan', folder]);
    expect(code).toBe(0);
    expect(out).toMatch(/symbolic link/);
  });

  it('cuts a single article of 50 MB and goes on', () => {
    const path = join(temporary(), 'big.txt');
    writeFileSync(
      path,
      `By Ann Writer\n\n${'The same long line of words again and again, with no end in sight.\n\n'.repeat(750_000)}`,
    );
    const { code, err } = manyhands(['scan', path]);
    expect([0, 2]).toContain(code);
    noStack(err);
  });

  it('refuses a table of a million columns', () => {
    const path = join(temporary(), 'wide.csv');
    writeFileSync(path, `${Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',')}\n`);
    const { code, err } = manyhands(['scan', path]);
    expect(code).toBe(2);
    expect(err).toMatch(/columns/);
  });

  it('says when every article is a copy of one', () => {
    const line = (id: number, author: string): string =>
      JSON.stringify({
        id: String(id),
        author,
        text: 'One and the same article was sent to every paper in the land, and every paper printed it under another name. '.repeat(
          4,
        ),
      });
    const input = [line(1, 'Ann Writer'), line(2, 'Bob Scribe'), line(3, 'Cy Author')].join('\n');
    const { code, out, err } = manyhands(['scan', '-'], { input });
    expect([0, 2]).toContain(code);
    expect((out + err).replace(/\s+/g, ' ')).toMatch(/cop(?:y|ies)/);
  });
});

describe('compare and explain', () => {
  it('prints the evidence of one pair in full', () => {
    const { code, out } = manyhands(['compare', 'Peter Okafor', 'Dana Whitfield', '--in', 'fixtures/demo']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Speaks for one hand: the likeness is/m);
    expect(out).toMatch(/What argues against one hand/);
    expect(out).toMatch(/Moderate evidence, log10 LR 1\.\d; chance would give 0\.\d\d such findings/);
    // Whose sentence it is.
    expect(out).toMatch(/\n {6}Dana Whitfield: “[^]*\n {6}Peter Okafor: “/);
  });

  it('tells nothing of the likeness of a pair that is not answered', () => {
    const lines = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8').trim().split('\n');
    const wanted = ['awichman', 'jherman', 'jparcell'];
    const own = lines.filter((line) => wanted.includes((JSON.parse(line) as { author: string }).author));
    const input = own.join('\n');
    const { code, out } = manyhands(['compare', 'awichman', 'jherman', '--in', '-'], { input });
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /^awichman and jherman Not answered: too few bylines of one language: 3 .* so nothing here speaks for or against one hand\. $/,
    );
    const answer = manyhands(['compare', 'awichman', 'jherman', '--in', '-', '--format', 'json'], { input });
    expect(JSON.parse(answer.out)).toMatchObject({ verdict: 'abstain', evidence: [], against: [] });
  });

  it('gives one answer whichever byline is named first, its numbers in six digits', () => {
    const ask = (a: string, b: string): string =>
      manyhands(['compare', a, b, '--in', 'fixtures/demo', '--format', 'json']).out;
    const answer = ask('awichman', 'jherman');
    expect(ask('jherman', 'awichman')).toBe(answer);
    const six = (_: string, v: unknown): unknown => (typeof v === 'number' ? Number(v.toPrecision(6)) : v);
    expect(JSON.parse(answer, six)).toEqual(JSON.parse(answer));
  });

  it('names the nearest byline for a misspelt one', () => {
    const { code, err } = manyhands(['explain', 'Peter Okafur', '--in', 'fixtures/demo']);
    expect(code).toBe(2);
    expect(err).toMatch(/Did you mean "Peter Okafor"\?/);
  });

  it('says what to do where both names are one', () => {
    const ask = (a: string, b: string) => manyhands(['compare', a, b, '--in', 'fixtures/demo']).err;
    expect(ask('Publius', 'Publius')).toMatch(/are one byline in this dump\n {2}Name two bylines\./);
    expect(ask('Publius', 'PUBLIUS')).toMatch(/--exact-bylines/);
  });

  it('names nearest bylines that could be compared, and passages in one line', () => {
    const lines = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8').trim().split('\n');
    const own = lines.map((line) => JSON.parse(line) as { author: string; text: string });
    const strange = 'Click on “Agencies”\n\nThen, O reader, thou shalt behold the button of the well of souls! '.repeat(
      8,
    );
    const first = own.find((a) => a.author === 'jherman')!;
    const input = [
      ...own.map((a) => (a === first ? { ...a, text: `${a.text}\n\n${strange}` } : a)),
      { author: 'Short Writer', text: first.text.slice(0, 1200) },
    ];
    const { code, out } = manyhands(['explain', 'jherman', '--in', '-'], {
      input: input.map((a) => JSON.stringify(a)).join('\n'),
    });
    expect(code).toBe(0);
    expect(out).toMatch(/\n {2}- paragraphs? \d/);
    expect(out).not.toMatch(/\\x0a/);
    const nearest = out.slice(out.indexOf('Nearest bylines'));
    expect(nearest.match(/log10 LR/g)).toHaveLength(5);
    expect(nearest).not.toMatch(/Short Writer|not answered/);
  });

  it('lists a byline’s hands and nearest bylines', () => {
    const { out } = manyhands(['explain', 'Publius', '--in', 'fixtures/demo']);
    expect(out).toMatch(/Hands: several/);
    expect(out).toMatch(/Nearest bylines/);
    const said = out.replace(/\s+/g, ' ');
    expect(said).toContain('(?) an article that could belong to another hand as well');
    expect(said).toMatch(
      /[\d,]+ passages of 80 words or more were read, and \d+ lie outside, as text by another hand .* would; of honest ones about one/,
    );
  });
});
