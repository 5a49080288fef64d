import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { findConfig } from '../../src/config/config.js';
import { folderWith } from '../helpers.js';
import { readYaml, runAction, sandbox, type Action, type Workflow } from './sandbox.js';

const guide = readFileSync('docs/CI.md', 'utf8');
/** Snippets of a section, by language. */
const snippets = (section: string, language: string): readonly string[] => {
  const from = guide.indexOf(`\n## ${section}\n`);
  const text = section === '' ? guide : guide.slice(from, guide.indexOf('\n## ', from + 5));
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map((m) => m[1]!);
};

describe('the guide for CI', () => {
  const { folder, sh } = sandbox();
  beforeAll(() => {
    const [enroll] = snippets('Once: the reference', 'sh');
    expect(sh(enroll!)).toMatchObject({ code: 0 });
  });

  const commands = snippets('', 'sh')
    .flatMap((block) => block.trim().split('\n'))
    .filter((line) => !line.startsWith('#') && !line.startsWith('manyhands enroll'));
  it('has commands to run', () => expect(commands.length).toBeGreaterThan(8));

  it.each(commands)('%s', (command) => {
    const { code, err } = sh(command);
    expect([0, 1], err).toContain(code);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('has a configuration that is taken', async () => {
    const [json] = snippets('Configuration', 'json');
    const config = await findConfig(folderWith({ 'manyhands.config.json': json! }));
    expect(config!.values.size).toBe(5);
  });

  it('has front matter that passes a text over', () => {
    const [front] = snippets('Every time: the check', 'yaml');
    const text = `${front!}\nWords of an agency.\n`;
    const { code, out } = sh(`manyhands check --stdin --stdin-filename x.md --against reference <<'END'\n${text}END`);
    expect(code).toBe(0);
    expect(out).toMatch(/agency copy, not written by us/);
  });

  it('has a GitHub workflow whose action, inputs and outputs exist', () => {
    const workflow = parse(snippets('GitHub', 'yaml')[0]!) as Workflow;
    const action = readYaml<Action>('action.yml');
    const step = workflow.jobs['gate']!.steps.find((s) => s.uses?.includes('/manyhands@') === true)!;
    const base = sh('git rev-parse HEAD~1').out.trim();
    const given = Object.entries(step.with!).map(([k, v]) => [
      k,
      v.replace('${{ github.event.pull_request.base.sha }}', base),
    ]);
    const ran = runAction(folder, Object.fromEntries(given) as Record<string, string>);
    expect([0, 1], ran.err + ran.out).toContain(ran.code);
    const used = [...snippets('GitHub', 'yaml')[0]!.matchAll(/steps\.gate\.outputs\.([\w-]+)/g)].map((m) => m[1]!);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(Object.keys(action.outputs)).toContain(name);
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(guide).toContain(`\`${name}\``);
  });

  it('has a GitLab job that runs, and makes the reports it names', () => {
    const job = (
      parse(snippets('GitLab', 'yaml')[0]!) as {
        submissions: { script: string[]; artifacts: { reports: Record<string, string> } };
      }
    ).submissions;
    for (const line of job.script) expect([0, 1]).toContain(sh(line).code);
    for (const path of Object.values(job.artifacts.reports)) expect(existsSync(join(folder, path)), path).toBe(true);
  });

  it('has a Jenkins stage that runs', () => {
    const [groovy] = snippets('Jenkins', 'groovy');
    const line = /sh '([^']+)'/.exec(groovy!)![1]!;
    expect([0, 1]).toContain(sh(line).code);
    expect(existsSync(join(folder, /junit '([^']+)'/.exec(groovy!)![1]!))).toBe(true);
  });

  it('has a pre-commit hook that exists and runs', () => {
    interface Hook {
      readonly id: string;
      readonly entry: string;
      readonly files: string;
    }
    const { repos } = parse(snippets('pre-commit', 'yaml')[0]!) as {
      repos: { hooks: { id: string; args: string[]; files: string }[] }[];
    };
    const [given] = repos[0]!.hooks;
    const hook = readYaml<readonly Hook[]>('.pre-commit-hooks.yaml').find((h) => h.id === given!.id)!;
    const names = sh('git ls-files').out.trim().split('\n');
    const matching = names.filter((n) => new RegExp(given!.files).test(n) && new RegExp(hook.files).test(n));
    expect(matching.length).toBeGreaterThan(2);
    const { code, err } = sh(`${hook.entry} ${given!.args.join(' ')} ${matching.join(' ')}`);
    expect([0, 1], err).toContain(code);
  });
});
