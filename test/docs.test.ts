import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { program } from '../src/commands/program.js';
import { scan } from '../src/index.js';

const readme = readFileSync('README.md', 'utf8');
const long = (flags: string): string => /--[\w-]+/.exec(flags)![0];

describe('README, help and flags agree', () => {
  it('names every flag of every command', () => {
    for (const command of program().commands)
      for (const option of command.options)
        if (option.long !== '--in') expect(readme).toContain(`\`${long(option.flags)}`);
  });

  it('names no flag that does not exist', () => {
    const known = new Set(program().commands.flatMap((c) => c.options.map((o) => long(o.flags))));
    const ofBench = new Set(['--corpus', '--write', '--only', '--', '--million']);
    const named = [...readme.matchAll(/(?<![\w-])--[a-z][\w-]*/g)].map((m) => m[0]);
    expect(named.filter((f) => !known.has(f) && !ofBench.has(f))).toEqual([]);
  });

  it('lists every command', () => {
    for (const command of program().commands) expect(readme).toMatch(new RegExp(`manyhands ${command.name()}[ \`]`));
  });

  it('lists every notice code that the broken fixtures bring up', async () => {
    const { notices } = await scan(['fixtures/broken']);
    const codes = [...new Set(notices.map((n) => n.code))];
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((c) => !readme.includes(`\`${c}\``))).toEqual([]);
  });

  it('links only to files that exist', () => {
    for (const [, target] of readme.matchAll(/\]\(([^)#]+)\)/g))
      if (!/^https?:/.test(target!)) expect(existsSync(target!), target!).toBe(true);
  });

  it('describes every folder of the source in ARCHITECTURE.md', () => {
    const text = readFileSync('ARCHITECTURE.md', 'utf8');
    const folders = readdirSync('src', { withFileTypes: true }).filter((e) => e.isDirectory());
    for (const { name } of folders) expect(text).toContain(`src/${name}/`);
  });
});
