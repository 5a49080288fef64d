import type { Command } from 'commander';
import { CHECK_FORMATS, SCAN_FORMATS } from '../config/config.js';
import { UserError } from '../errors.js';
import { TABLES } from '../report/tables.js';
import { STRENGTHS } from '../types/strength.js';
import { hintFor } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { deliver } from './deliver.js';
import { CACHE_ACTIONS, REVIEW_ACTIONS } from './flags.js';
import { bash, fish, zsh, type CommandShape } from './shells.js';

const SHELLS = { bash, zsh, fish } as const;
const SHELL_NAMES = Object.keys(SHELLS);

/** Values that can be completed, by command and flag. Where there are none, files are. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  'scan --format': SCAN_FORMATS,
  'scan --table': Object.keys(TABLES),
  'report --format': SCAN_FORMATS,
  'report --table': Object.keys(TABLES),
  'compare --format': ['terminal', 'json'],
  'explain --format': ['terminal', 'json'],
  'check --format': CHECK_FORMATS,
  'evaluate --format': ['terminal', 'json', 'markdown'],
  'check --fail-on': STRENGTHS,
};

/** `manyhands completion SHELL`: the script that completes commands, flags and their values. */
export async function completion(shell: string, root: Command): Promise<void> {
  if (!Object.hasOwn(SHELLS, shell))
    throw new UserError(
      `there is no completion for "${visible(shell)}"`,
      hintFor(shell, SHELL_NAMES, `Shells: ${SHELL_NAMES.join(', ')}.`),
    );
  await deliver(SHELLS[shell as keyof typeof SHELLS](root.commands.map(shapeOf)), {});
}

/** Words that the first argument of a command can be. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  cache: CACHE_ACTIONS,
  completion: SHELL_NAMES,
  review: REVIEW_ACTIONS,
};

function shapeOf(command: Command): CommandShape {
  return {
    name: command.name(),
    about: command.description(),
    words: WORDS[command.name()] ?? [],
    options: [
      { long: '--help', short: '-h', about: 'show help', takes: null, values: [] },
      ...command.options.map((o) => ({
        long: o.long!,
        short: o.short ?? null,
        about: o.description,
        takes: /<([^>]+?)(?:\.\.\.)?>/.exec(o.flags)?.[1] ?? null,
        values: VALUES[`${command.name()} ${o.long!}`] ?? [],
      })),
    ],
  };
}
