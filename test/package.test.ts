import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from './helpers.js';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The packed file, and an empty project in which it is installed beside its dependencies and nothing else. */
let tarball = '';
let project = '';

beforeAll(() => {
  const folder = folderWith({ 'package.json': '{"name": "empty", "private": true, "type": "module"}' });
  // The build has just been made, and other tests run it: packing must not make it again.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
  tarball = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
  );
  project = folder;
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  execFileSync('tar', ['xzf', tarball, '-C', modules]);
  cpSync(join(modules, 'package'), join(modules, 'manyhands'), { recursive: true });
  symlinkSync('../manyhands/bin/manyhands.js', join(modules, '.bin/manyhands'));
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
});

const inProject = (command: string, args: readonly string[]): { code: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
};

describe('the packed file', () => {
  it('has nothing that publint would warn of', async () => {
    const bytes = readFileSync(tarball);
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
    const shown = messages.filter((m) => m.type !== 'suggestion').map((m) => formatMessage(m, pkg!, { color: false }));
    expect(shown).toEqual([]);
  });

  it('holds what is needed and no tests', () => {
    const names = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    for (const name of ['bin/manyhands.js', 'dist/index.d.ts', 'schema/config-1.json', 'LICENSE', 'README.md'])
      expect(names).toContain(`package/${name}`);
    expect(names.filter((n) => /^package\/(?:test|src|docs|\.)/.test(n))).toEqual([]);
  });

  it('runs its command', () => {
    const bin = join(project, 'node_modules/.bin/manyhands');
    expect(inProject(bin, ['--version'])).toMatchObject({ code: 0, err: '' });
    const { code, out, err } = inProject(bin, ['scan', resolve('fixtures/broken/line-2.jsonl'), '--format', 'json']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toHaveProperty('schema', 'manyhands.report/1');
  });

  it('is imported as a library, with types', () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import { check, enroll, scan, type CheckReport, type Report } from 'manyhands';
import schema from 'manyhands/schema/report-1.json' with { type: 'json' };
const [dump, archive] = process.argv.slice(2) as [string, string];
const found: Report = await scan([dump]);
const name: Report['schema'] = 'manyhands.report/1';
if (schema.$id !== name) throw new Error('another schema');
const { articles } = await enroll([archive], { output: 'reference' });
const checked: CheckReport = await check([dump], { against: 'reference' });
console.log(found.corpus.articles > 0, articles > 0, checked.submissions.length > 0);
`,
    );
    symlinkSync(resolve('node_modules/@types'), join(project, 'node_modules/@types'));
    const flags = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--types', 'node', '--resolveJsonModule'];
    const compiled = inProject(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...flags, 'use.ts']);
    expect([compiled.code, compiled.out]).toEqual([0, '']);
    const { code, out, err } = inProject(process.execPath, [
      'use.js',
      resolve('fixtures/broken/line-2.jsonl'),
      resolve('fixtures/demo/digitalgov.jsonl'),
    ]);
    expect([code, out, err]).toEqual([0, 'true true true\n', '']);
  });

  it('exports every schema that it ships', () => {
    for (const name of readdirSync('schema')) expect(Object.keys(manifest.exports)).toContain(`./schema/${name}`);
    for (const path of Object.keys(manifest.exports).filter((p) => p.endsWith('.json')))
      expect(existsSync(path), path).toBe(true);
  });
});
