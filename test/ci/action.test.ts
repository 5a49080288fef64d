import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { enrolled, readYaml, runAction, runWorkflow, sandbox, type Action } from './sandbox.js';

describe('the GitHub Action', () => {
  const { folder, sh } = sandbox();
  beforeAll(() => {
    expect(enrolled(folder)).toMatchObject({ code: 0 });
  });

  it('puts no input into a script, where its text would be run', () => {
    for (const step of readYaml<Action>('action.yml').runs.steps) expect(step.run ?? '').not.toMatch(/\$\{\{/);
  });

  it('passes honest submissions, and writes SARIF, summary and outputs', () => {
    const ran = runAction(folder, { against: 'reference', paths: 'new/honest-1.md\nnew/honest-2.md\n' });
    expect(ran.err + ran.out).toMatch(/Passed: 2 submissions/);
    expect(ran).toMatchObject({ code: 0, outputs: { 'exit-code': '0', 'sarif-file': './manyhands.sarif' } });
    expect(ran.summary).toMatch(/^# manyhands check: passed/);
    expect(JSON.parse(readFileSync(join(folder, 'manyhands.sarif'), 'utf8'))).toHaveProperty('version', '2.1.0');
  });

  it('fails for a copied passage, with an annotation at its line', () => {
    const ran = runAction(folder, { against: 'reference', paths: 'new/copied.md', 'fail-on': 'limited' });
    expect(ran).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } });
    expect(ran.out).toMatch(/^::error file=new\/copied\.md,line=\d+/m);
    expect(ran.summary).toMatch(/^# manyhands check: failed/);
  });

  it('in a folder of the repository names files from its top, where GitHub looks for them', () => {
    const given = { 'working-directory': 'new', against: '../reference', paths: 'copied.md', 'fail-on': 'limited' };
    const ran = runAction(folder, given);
    expect(ran).toMatchObject({ code: 1, outputs: { 'sarif-file': 'new/manyhands.sarif' } });
    expect(ran.out).toMatch(/^::error file=new\/copied\.md,line=\d+/m);
    expect(readFileSync(join(folder, 'new/manyhands.sarif'), 'utf8')).toMatch(/"uri": "new\/copied\.md"/);
    rmSync(join(folder, 'new/manyhands.sarif'));
  });

  it('checks what changed since a commit, and passes where that is no article', () => {
    const base = sh('git rev-parse HEAD~1').out.trim();
    const ran = runAction(folder, { against: 'reference', 'changed-since': base, 'fail-on': 'very-strong' });
    expect(ran.out).toMatch(/4 submissions against/);
    const none = runAction(folder, { against: 'reference', 'changed-since': 'HEAD' });
    expect(none).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } });
  });

  it('ends with 2, and no SARIF file of an earlier run, where it cannot run', () => {
    const ran = runAction(folder, { against: 'none', paths: 'new' });
    expect(ran).toMatchObject({ code: 2, outputs: { 'exit-code': '2', 'sarif-file': '' } });
    expect(existsSync(join(folder, 'manyhands.sarif'))).toBe(false);
    const gone = runAction(folder, { against: 'reference', 'changed-since': 'no-such-commit' });
    expect([gone.code, gone.out]).toEqual([2, expect.stringMatching(/::error .*fetch-depth 0/)]);
  });

  it('says where the SARIF file is, whatever its path, and writes none where none is wanted', () => {
    const path = join(folder, 'elsewhere.sarif');
    const ran = runAction(folder, { against: 'reference', paths: 'new/honest-1.md', 'sarif-file': path });
    expect(ran).toMatchObject({ code: 0, outputs: { 'sarif-file': path } });
    expect(existsSync(path)).toBe(true);
    const none = runAction(folder, { against: 'reference', paths: 'new/honest-1.md', 'sarif-file': '' });
    expect(none).toMatchObject({ code: 0, outputs: { 'exit-code': '0', 'sarif-file': '' } });
  });

  it('takes no file name for an option or a command', () => {
    writeFileSync(join(folder, '--fail-on=limited'), 'x');
    writeFileSync(join(folder, '##[add-mask]x.md'), 'By Ann Writer\n\nA few words.\n');
    const ran = runAction(folder, { against: 'reference', paths: '--output=x\n$(touch hit)\n`touch hit`' });
    expect(ran.code).toBe(2);
    expect(existsSync(join(folder, 'hit'))).toBe(false);
    const odd = runAction(folder, { against: 'reference', paths: '##[add-mask]x.md\n##[add-mask]none.md' });
    expect(odd.out + odd.err).not.toMatch(/##\[/);
  });

  it('runs in this repository’s own workflow', () => {
    expect(runWorkflow(folder, '.github/workflows/gate.yml')).toEqual([]);
  });
});
