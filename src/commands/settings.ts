import { CommanderError, type Command } from 'commander';
import {
  findConfig,
  fromEnvironment,
  misspelt,
  nameOf,
  readConfig,
  resolved,
  SETTINGS,
  type ConfigFile,
  type Setting,
  type Value,
} from '../config/config.js';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import { deliver } from './deliver.js';

/**
 * Before a command runs: fills in the options that no flag gave, from the environment and the configuration file. With
 * --print-config, prints every setting with what set it, and ends.
 *
 * @throws UserError when a variable or the file says what no setting is, or a flag is given nothing
 */
export async function applySettings(command: Command): Promise<void> {
  refuseEmpty(command);
  const names = new Set(command.options.map((o) => o.attributeName()));
  if (!names.has('printConfig')) return;
  for (const { variable, near } of misspelt(process.env))
    process.stderr.write(`manyhands: the variable ${visible(variable, 80)} sets nothing. Did you mean ${near}?\n`);
  const file = await configOf(command);
  const given = SETTINGS.filter(({ key }) => command.getOptionValueSource(nameOf(key)) === 'cli');
  const flags = new Map(given.map(({ key }) => [key, command.getOptionValue(nameOf(key)) as Value]));
  const settings = resolved(
    command.name(),
    flags,
    fromEnvironment(process.env),
    file?.values ?? new Map<string, Value>(),
  );
  const own = settings.filter(({ key }) => names.has(nameOf(key)));
  for (const { key, value, from } of own) {
    if (value === null || from === 'flag' || from === 'default') continue;
    const setting = SETTINGS.find((s) => s.key === key)!;
    command.setOptionValueWithSource(nameOf(key), asOption(setting, value), 'config');
  }
  if (command.getOptionValue('printConfig') !== true) return;
  const shown = { file: file?.path ?? null, settings: Object.fromEntries(own.map(({ key, ...rest }) => [key, rest])) };
  await deliver(`${visibleJson(shown)}\n`, {});
  throw new CommanderError(0, 'manyhands.printConfig', '');
}

/** A variable of a script that is not set comes as an empty value: it means nothing, least of all the working folder. */
function refuseEmpty(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.includes('')) throw new UserError(`${option.long}: is empty`, 'Give a value, or leave the flag out.');
  }
}

/** The file named by --config or MANYHANDS_CONFIG, else the nearest one upward; none with --no-config. */
async function configOf(command: Command): Promise<ConfigFile | null> {
  const given = command.getOptionValue('config') as string | false | undefined;
  if (given === false) return null;
  const named = given ?? process.env['MANYHANDS_CONFIG'] ?? '';
  return named === '' ? findConfig(process.cwd()) : readConfig(named, process.cwd());
}

/** A setting's value in the form in which its flag gives it. */
function asOption({ kind }: Setting, value: Value): unknown {
  if (kind === 'count') return String(value);
  if (kind !== 'map') return value;
  return Object.entries(value)
    .map(([field, column]) => `${field}=${String(column)}`)
    .join(',');
}

function visibleJson(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === 'string' ? visible(v, 2000) : v), 2);
}
