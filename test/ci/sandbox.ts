import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { folderWith, manyhands } from '../helpers.js';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const SHIMS = { manyhands: '"$@"', npx: '"${@:3}"' } as const;

/**
 * A repository as a reader of the guide has it: archive/, new/ with the submissions of the fixtures, two commits, and
 * `manyhands` and `npx --yes manyhands` on the path.
 */
export function sandbox(): {
  readonly folder: string;
  readonly sh: (script: string, env?: Record<string, string>) => Ran;
} {
  const folder = folderWith({ 'README.md': 'A newsroom.\n' });
  mkdirSync(join(folder, 'archive'));
  execFileSync(process.execPath, ['scripts/make-gate-fixture.mjs', '--archive', join(folder, 'archive/archive.jsonl')]);
  const bin = folderWith();
  for (const [name, args] of Object.entries(SHIMS)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\nexec node ${resolve('bin/manyhands.js')} ${args}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const sh = (script: string, env: Record<string, string> = {}): Ran => {
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
    });
    return { code: status, out: stdout, err: stderr };
  };
  const commit = 'git add -A && git -c user.name=x -c user.email=x@example.org commit -qm x';
  sh(`git init -q && ${commit}`);
  cpSync('fixtures/gate/new', join(folder, 'new'), { recursive: true });
  sh(commit);
  return { folder, sh };
}

/** The reference of the sandbox, enrolled once for all tests of a file. */
export function enrolled(folder: string): Ran {
  return { ...manyhands(['enroll', 'archive/', '--output', 'reference'], { cwd: folder }) };
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly id?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean;
}
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
export interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

export const readYaml = <T>(path: string): T => parse(readFileSync(path, 'utf8')) as T;

/** Runs the steps of action.yml as GitHub's runner does, on the machine that is here. */
export function runAction(
  folder: string,
  given: Readonly<Record<string, string>>,
): Ran & { readonly outputs: Readonly<Record<string, string>>; readonly summary: string } {
  const action = readYaml<Action>('action.yml');
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const inputs = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([k, v]) => [k, v.default ?? ''])),
    ...given,
  };
  const files = folderWith({ output: '', summary: '' });
  const filled = (text: string): string =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name]!);
  let ran: Ran = { code: 0, out: '', err: '' };
  for (const step of action.runs.steps) {
    if (step.run === undefined) continue;
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([k, v]) => [k, filled(v)]));
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: join(folder, filled(step['working-directory'] ?? '.')),
      encoding: 'utf8',
      env: {
        ...process.env,
        ...env,
        GITHUB_ACTION_PATH: resolve('.'),
        GITHUB_WORKSPACE: folder,
        GITHUB_OUTPUT: join(files, 'output'),
        GITHUB_STEP_SUMMARY: join(files, 'summary'),
      },
    });
    ran = { code: status, out: ran.out + stdout, err: ran.err + stderr };
    if (status !== 0) break;
  }
  const lines = readFileSync(join(files, 'output'), 'utf8').trim().split('\n');
  const steps = Object.fromEntries(lines.map((l) => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]));
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [
      name,
      steps[/outputs\.([\w-]+)/.exec(value)![1]!] ?? '',
    ]),
  );
  return { ...ran, outputs, summary: readFileSync(join(files, 'summary'), 'utf8') };
}

/** Runs a job's steps in the sandbox; what needs a network is left out. */
export function runWorkflow(folder: string, path: string): readonly string[] {
  for (const name of ['bin', 'scripts', 'fixtures', 'dist', 'model', 'schema'])
    if (!existsSync(join(folder, name))) symlinkSync(resolve(name), join(folder, name));
  const failed: string[] = [];
  const outputs: Record<string, string> = {};
  for (const { steps } of Object.values(readYaml<Workflow>(path).jobs))
    for (const step of steps) {
      if (step.uses === './') {
        const ran = runAction(folder, step.with ?? {});
        for (const [name, value] of Object.entries(ran.outputs))
          outputs[`steps.${step.id ?? ''}.outputs.${name}`] = value;
        if (ran.code !== 0 && step['continue-on-error'] !== true)
          failed.push(`${JSON.stringify(step.with)}\n${ran.out}${ran.err}`);
      }
      if (step.run === undefined) continue;
      const env = Object.entries(step.env ?? {}).map(([k, v]) => [
        k,
        v.replace(/\$\{\{ (.*?) \}\}/g, (_, e: string) => outputs[e] ?? ''),
      ]);
      const local = step.run
        .split('\n')
        .filter((line) => !line.startsWith('npm '))
        .join('\n');
      const { status, stderr } = spawnSync('bash', ['-e', '-c', local], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, ...(Object.fromEntries(env) as Record<string, string>) },
      });
      if (status !== 0) failed.push(`${step.run}\n${stderr}`);
    }
  return failed;
}
