import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/commands/program.js';

/** Help as it is printed, what addHelpText adds with it. */
function helpOf(command: Command): string {
  let out = '';
  command.configureOutput({ writeOut: (text) => (out += text) });
  command.outputHelp();
  return out;
}

/** Commands in the examples of a help, as words. */
function examplesIn(help: string): readonly (readonly string[])[] {
  const lines = help
    .slice(help.search(/\nExamples?:/))
    .split('\n')
    .slice(2);
  return lines.flatMap((line) => {
    const command = /\bmanyhands ([^|)>]*)/.exec(line)?.[1];
    if (command === undefined) return [];
    return [[...command.matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2]!)];
  });
}

describe('help', () => {
  const names = program().commands.map((c) => c.name());

  it('of the program has an example and the exit codes', () => {
    const help = helpOf(program());
    expect(examplesIn(help).length).toBeGreaterThan(0);
    expect(help).toMatch(/Exit codes: 0 /);
  });

  it.each(names)('of %s has examples, and each is a command that is understood', async (name) => {
    const examples = examplesIn(helpOf(program().commands.find((c) => c.name() === name)!));
    expect(examples.length).toBeGreaterThan(0);
    for (const words of examples) {
      const root = program();
      let ran = '';
      for (const command of root.commands) {
        command.configureOutput({ writeErr: () => undefined });
        command.action(() => {
          ran = command.name();
        });
      }
      await root.parseAsync(['node', 'manyhands', ...words]);
      expect(ran, words.join(' ')).toBe(name);
    }
  });

  it('offers check no flag without effect: it counts quotations as enrolment did, and works in one thread', () => {
    const flagsOf = (name: string): readonly (string | undefined)[] =>
      program()
        .commands.find((c) => c.name() === name)!
        .options.map((o) => o.long);
    for (const flag of ['--keep-quotations', '--threads']) {
      expect(flagsOf('enroll')).toContain(flag);
      expect(flagsOf('check')).not.toContain(flag);
    }
  });
});
