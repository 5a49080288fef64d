import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith, manyhands } from '../helpers.js';

const folder = mkdtempSync(join(tmpdir(), 'manyhands-'));
const at = (name: string): string => join(folder, name);
const noStack = (text: string): void => expect(text).not.toMatch(/\n\s+at /);

describe('an evidence file', () => {
  beforeAll(() => {
    const lines = readFileSync('fixtures/demo/federalist.jsonl', 'utf8').split('\n').slice(0, 12);
    writeFileSync(at('dump.jsonl'), `${lines.join('\n')}\n`);
    expect(manyhands(['scan', at('dump.jsonl'), '--format', 'json', '--output', at('run.json')]).code).toBe(0);
    expect(manyhands(['bundle', at('run.json'), '--in', at('dump.jsonl'), '--output', at('e.zip')]).err).toBe('');
  });

  it('is the same bytes again, in another time zone too', () => {
    manyhands(['bundle', at('run.json'), '--in', at('dump.jsonl'), '--output', at('again.zip')], {
      env: { TZ: 'Asia/Tokyo' },
    });
    expect(readFileSync(at('again.zip')).equals(readFileSync(at('e.zip')))).toBe(true);
  });

  it('names inputs, hashes, versions and the command, and no absolute path', () => {
    const text = Buffer.from(unzipSync(readFileSync(at('e.zip')))['manifest.json']!).toString();
    const manifest = JSON.parse(text) as { command: string[]; inputs: { sha256: string }[]; tool: object };
    expect(manifest.command).toEqual(['manyhands', 'scan', 'dump.jsonl', '--format', 'json']);
    expect(manifest.inputs[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.tool).toHaveProperty('model');
    expect(text).not.toContain(folder);
  });

  it('says in words what it holds and how it is checked', () => {
    const text = Buffer.from(unzipSync(readFileSync(at('e.zip')))['READ-ME.txt']!).toString();
    for (const name of Object.keys(unzipSync(readFileSync(at('e.zip')))))
      if (!name.startsWith('input/') && name !== 'READ-ME.txt')
        expect(text).toContain(name.replace(/^report\.txt$/, '.txt'));
    expect(text).toContain('manyhands verify evidence.zip');
    expect(text).toContain('manyhands scan dump.jsonl --format json');
  });

  it('is verified by scanning again what is packed in it', () => {
    const { code, out, err } = manyhands(['verify', at('e.zip')]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/agrees +report\.json: scanned again/);
    expect(out).not.toMatch(/DIFFERS|not checked/);
    expect(out).toMatch(/\n\d+ checks agree\n$/);
  });

  it('is verified though files beside the dump were passed over', () => {
    const dump = folderWith({ 'd/p.png': 'x', 'd/x.txt': 'x', 'd/.manyhandsignore': 'x.txt\n' });
    writeFileSync(join(dump, 'd/dump.jsonl'), readFileSync(at('dump.jsonl')));
    const run = (...args: string[]): number => manyhands(args, { cwd: dump }).code;
    expect(run('scan', 'd', '--format', 'json', '--output', 'run.json')).toBe(0);
    expect(readFileSync(join(dump, 'run.json'), 'utf8')).toMatch(/"ignored"[^]*"other-files"/);
    expect(run('bundle', 'run.json', '--in', 'd', '--output', 'e.zip')).toBe(0);
    expect(run('verify', 'e.zip')).toBe(0);
    expect(run('verify', 'e.zip', '--in', 'd')).toBe(0);
  });

  it('is verified with the dump beside it, and says when that has changed', () => {
    manyhands(['bundle', at('run.json'), '--output', at('light.zip')]);
    expect(manyhands(['verify', at('light.zip')]).out).toMatch(
      /not checked +report\.json: scanned again: give the dump/,
    );
    const same = manyhands(['verify', at('light.zip'), '--in', at('dump.jsonl')]);
    expect(same.code).toBe(0);
    expect(same.out).toMatch(/agrees +input files, 1 in all: hashes in report\.json\n/);
    writeFileSync(
      at('changed.jsonl'),
      readFileSync(at('dump.jsonl'), 'utf8').replace('AFTER an unequivocal', 'After an unequivocal'),
    );
    const { code, out, err } = manyhands(['verify', at('light.zip'), '--in', at('changed.jsonl')]);
    expect(code).toBe(2);
    expect(out).toMatch(/DIFFERS +report\.json: scanned again/);
    expect(out).toMatch(/DIFFERS +input dump\.jsonl: was scanned, and is not there\n/);
    expect(out).toMatch(/DIFFERS +input changed\.jsonl: was not scanned\n/);
    noStack(err);
    const elsewhere = folderWith({ 'dump.jsonl': readFileSync(at('changed.jsonl'), 'utf8') });
    expect(manyhands(['verify', at('light.zip'), '--in', join(elsewhere, 'dump.jsonl')]).out).toMatch(
      /DIFFERS +input dump\.jsonl: not the bytes that were scanned\n/,
    );
    expect(manyhands(['bundle', at('run.json'), '--in', at('changed.jsonl'), '--output', at('no.zip')]).code).toBe(2);
  });

  it.each(['report.html', 'hands.csv', 'report.json', 'manifest.json'])('shows that %s was touched', (name) => {
    const files = unzipSync(readFileSync(at('light.zip')));
    const text = Buffer.from(files[name]!).toString();
    files[name] = Buffer.from(
      name === 'manifest.json'
        ? text.replace(/"sha256": "[0-9a-f]{4}/, '"sha256": "0000')
        : text.replace('Publius', 'Plubius'),
    );
    writeFileSync(at('bad.zip'), zipSync(files));
    const { code, out, err } = manyhands(['verify', at('bad.zip')]);
    expect(code).toBe(2);
    expect(out).toMatch(/DIFFERS/);
    noStack(err);
  });

  it('shows a file that was added', () => {
    const files = unzipSync(readFileSync(at('light.zip')));
    writeFileSync(at('more.zip'), zipSync({ ...files, 'extra.txt': Buffer.from('x') }));
    expect(manyhands(['verify', at('more.zip')]).out).toMatch(/DIFFERS +extra\.txt: not in the manifest/);
  });

  it('is refused when it is none, without a stack', () => {
    writeFileSync(at('none.zip'), 'hello');
    writeFileSync(at('empty.zip'), zipSync({ 'manifest.json': Buffer.from('{}'), 'report.json': Buffer.from('{}') }));
    for (const name of ['none.zip', 'empty.zip', 'missing.zip']) {
      const { code, out, err } = manyhands(['verify', at(name)]);
      expect([name, code, out]).toEqual([name, 2, '']);
      noStack(err);
    }
  });
});

describe('--pseudonymise', () => {
  const report = (key: string, format = 'json'): string =>
    manyhands(['report', 'fixtures/page/report.json', '--format', format, '--pseudonymise', at(key)]).out;

  it('calls the same things the same with one key, and otherwise with another', () => {
    const first = report('key.json');
    expect(report('key.json')).toBe(first);
    expect(report('other.json')).not.toBe(first);
    expect(report('key.json', 'html')).not.toMatch(/Okafor|Publius/);
    expect(statSync(at('key.json')).mode & 0o077).toBe(0);
  });

  it('is turned back with the key file', () => {
    const { names } = JSON.parse(readFileSync(at('key.json'), 'utf8')) as { names: Record<string, string> };
    const hidden = JSON.parse(report('key.json')) as { bylines: { byline: string }[] };
    const back = hidden.bylines.map((b) => names[b.byline]!.split('\n')[1]).sort();
    const real = (JSON.parse(readFileSync('fixtures/page/report.json', 'utf8')) as typeof hidden).bylines.map(
      (b) => b.byline,
    );
    expect(back).toEqual(real.sort());
  });

  it('writes no report over its own key', () => {
    const args = ['--format', 'json', '--output', at('both.json'), '--pseudonymise', join(folder, '.', 'both.json')];
    for (const command of ['scan', 'report'])
      expect(manyhands([command, 'fixtures/page/report.json', ...args])).toMatchObject({
        code: 2,
        err: expect.stringMatching(/both\.json: is the key file/) as unknown,
      });
    expect(readdirSync(folder)).not.toContain('both.json');
  });

  it('never overwrites a file that is no key', () => {
    writeFileSync(at('notes.txt'), 'my notes');
    const { code, err } = manyhands(['report', 'fixtures/page/report.json', '--pseudonymise', at('notes.txt')]);
    expect(code).toBe(2);
    expect(err).toMatch(/not a key file/);
    expect(readFileSync(at('notes.txt'), 'utf8')).toBe('my notes');
  });
});
