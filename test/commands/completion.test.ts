import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/commands/program.js';
import { VALUES } from '../../src/commands/completion.js';
import { bash, fish, zsh } from '../../src/commands/shells.js';
import { folderWith, manyhands } from '../helpers.js';

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const script = (shell: string): string => {
  const { code, out } = manyhands(['completion', shell]);
  expect(code).toBe(0);
  return out;
};
const run = (shell: string, text: string): string => {
  const path = join(folderWith(), 'script');
  writeFileSync(path, text);
  const { status, stdout, stderr } = spawnSync(shell, [path], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
};

describe('completion', () => {
  it('knows every command and flag in every shell', () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const text = script(shell);
      for (const command of program().commands) {
        expect(text).toContain(command.name());
        for (const { long } of command.options) expect(text).toContain(shell === 'fish' ? long!.slice(2) : long);
      }
    }
  });

  it('has values only for flags that exist', () => {
    for (const key of Object.keys(VALUES)) {
      const [command, flag] = key.split(' ');
      const found = program().commands.find((c) => c.name() === command);
      expect(
        found?.options.some((o) => o.long === flag),
        key,
      ).toBe(true);
    }
  });

  it('names the nearest shell', () => {
    const { code, err } = manyhands(['completion', 'bahs']);
    expect([code, err]).toEqual([2, expect.stringMatching(/Did you mean bash\?/)]);
  });

  it('completes in bash: commands, flags, values, and leaves files to bash', () => {
    const ask = (...words: string[]): string =>
      `COMP_WORDS=(${words.map((w) => `'${w}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _manyhands; echo "\${COMPREPLY[*]}"\n`;
    const asked = [
      ask('manyhands', 'sc'),
      ask('manyhands', 'scan', '--al'),
      ask('manyhands', 'scan', '--format', 'j'),
      ask('manyhands', 'scan', '--format', '=', 'gr'),
      ask('manyhands', 'scan', '-f', '='),
      ask('manyhands', 'completion', 'f'),
      ask('manyhands', 'cache', ''),
      ask('manyhands', 'review', 're'),
      ask('manyhands', 'evaluate', '--format', 'm'),
      ask('manyhands', 'scan', 'dump'),
      ask('manyhands', 'scan', '--output', 'x'),
    ];
    expect(
      run('bash', script('bash') + asked.join(''))
        .split('\n')
        .slice(0, -1),
    ).toEqual([
      'scan',
      '--all-pairs',
      'json',
      'graphml',
      'terminal json markdown html csv parquet graphml gexf',
      'fish',
      'stats clear',
      'reject',
      'markdown',
      '',
      '',
    ]);
  });

  it.skipIf(!has('fish'))('completes in fish', () => {
    const ask = (line: string): string => `complete -C '${line}'\n`;
    const out = run(
      'fish',
      `${script('fish')}${ask('manyhands sc')}${ask('manyhands scan --al')}${ask('manyhands scan --format j')}`,
    );
    expect(out.split('\n').map((l) => l.split('\t')[0])).toEqual(['scan', '--all-pairs', 'json', '']);
  });

  it.skipIf(!has('zsh'))('is a script that zsh loads', () => {
    const text = `autoload -Uz compinit; compinit -D -u\n${script('zsh')}\necho $_comps[manyhands]\n`;
    expect(run('zsh', text)).toBe('_manyhands\n');
  });

  it('quotes what descriptions hold', () => {
    const nasty = [
      {
        name: 'scan',
        about: "it's $(touch x) [a]: \\ `b`",
        words: [],
        options: [{ long: '--a', short: '-a', about: "it's $(touch x) [a]: \\ `b`", takes: 'file', values: [] }],
      },
    ];
    const folder = folderWith();
    for (const [shell, make] of [
      ['bash', bash],
      ['zsh', (c: typeof nasty) => `autoload -Uz compinit; compinit -D -u\n${zsh(c)}`],
      ['fish', fish],
    ] as const) {
      if (!has(shell)) continue;
      writeFileSync(join(folder, shell), make(nasty));
      const { status, stderr } = spawnSync(shell, [shell], { cwd: folder, encoding: 'utf8' });
      expect([shell, status, stderr]).toEqual([shell, 0, '']);
    }
    expect(spawnSync('ls', ['x'], { cwd: folder }).status).not.toBe(0);
  });
});
