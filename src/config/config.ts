import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { isRecord } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { nameOf, SETTINGS, sectionOf, variableOf, type Setting, type Value } from './settings.js';
import { checkedText, checkedValue } from './values.js';

export { configSchema } from './schema.js';
export { CHECK_FORMATS, nameOf, SCAN_FORMATS, SETTINGS, variableOf } from './settings.js';
export type { CheckFormat, ScanFormat, Setting, Value } from './settings.js';

/** Names under which a configuration file is looked for, in this order, in the working folder and every one above. */
const PLACES = ['manyhands.config.json', '.manyhandsrc', '.manyhandsrc.json', 'package.json'] as const;

/** What a configuration file says. */
export interface ConfigFile {
  /** Relative to the working folder. */
  readonly path: string;
  /** By key; paths already relative to the working folder. */
  readonly values: ReadonlyMap<string, Value>;
}

/** A setting, and who set it: "flag", "environment", "file" or "default". */
export interface Resolved {
  readonly key: string;
  readonly value: Value | null;
  readonly from: 'flag' | 'environment' | 'file' | 'default';
}

const MAX_BYTES = 1_000_000;

/**
 * Looks for a configuration file in a folder and every one above it, up to the home folder or the root. A package.json
 * without the key "manyhands" is passed over.
 *
 * @returns null when there is none
 * @throws UserError when one is there and cannot be read, is no JSON, or says what no setting is
 */
export async function findConfig(folder: string): Promise<ConfigFile | null> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    for (const place of PLACES) {
      const path = join(at, place);
      const text = await textAt(path, shownPath(path, folder));
      if (text.trim() === '') continue;
      const own = ownPart(path, parsed(path, text, folder));
      if (own !== undefined) return checkedFile(path, own, folder);
    }
    if (at === resolve(homedir()) || at === dirname(at)) return null;
  }
}

/**
 * What is in a file that nobody named; "" where there is none. A pipe would be waited for, and a device never end: such a
 * thing under a name of ours is an error, and as a package.json nobody's business.
 */
async function textAt(path: string, shown: string): Promise<string> {
  const ours = basename(path) !== 'package.json';
  const info = await stat(path).catch(() => null);
  if (info === null || (!ours && (!info.isFile() || info.size > MAX_BYTES))) return '';
  if (!info.isFile()) throw new UserError(`${shown}: is not a file`, 'Rename it, or use --config FILE or --no-config.');
  if (info.size > MAX_BYTES) throw tooLarge(shown);
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw asUserError(error, shown);
  });
}

/** All of a file of ours; of a package.json what stands under our name, undefined where nothing does. */
function ownPart(path: string, data: unknown): unknown {
  if (basename(path) !== 'package.json') return data;
  return isRecord(data) ? (data['manyhands'] ?? undefined) : undefined;
}

/** Reads the configuration file that was named. @throws UserError as {@link findConfig}, and when it is not there */
export async function readConfig(path: string, folder: string): Promise<ConfigFile> {
  const full = resolve(folder, path);
  try {
    if ((await stat(full)).size > MAX_BYTES) throw tooLarge(visible(path));
    const own = ownPart(full, parsed(full, await readFile(full, 'utf8'), folder));
    return checkedFile(full, own ?? {}, folder);
  } catch (error) {
    throw asUserError(error, visible(path));
  }
}

/** The settings that MANYHANDS_ variables give; unknown and empty ones are none of our business. @throws UserError */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, Value> {
  const out = new Map<string, Value>();
  for (const setting of SETTINGS) {
    const variable = variableOf(setting.key);
    const text = env[variable] ?? '';
    if (text === '') continue;
    const checked = checkedText(setting, text);
    if ('problem' in checked)
      throw new UserError(`the variable ${variable}: ${checked.problem}, not "${visible(text)}"`, checked.hint);
    out.set(setting.key, checked.value);
  }
  return out;
}

const PREFIX = 'MANYHANDS_';

/** Variables that set nothing and are named almost like one that does, with that one; in order of name. */
export function misspelt(env: Readonly<Record<string, string | undefined>>): { variable: string; near: string }[] {
  const known = [...SETTINGS.map(({ key }) => variableOf(key)), `${PREFIX}CONFIG`, `${PREFIX}STAGES`];
  const endings = known.map((name) => name.slice(PREFIX.length));
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && (env[name] ?? '') !== '' && !known.includes(name))
    .sort()
    .flatMap((variable) => {
      const near = nearest(variable.slice(PREFIX.length), endings);
      return near === null ? [] : [{ variable, near: PREFIX + near }];
    });
}

/** Settings of a command: flag before environment before file before default. */
export function resolved(
  command: string,
  flags: ReadonlyMap<string, Value>,
  environment: ReadonlyMap<string, Value>,
  file: ReadonlyMap<string, Value>,
): readonly Resolved[] {
  return SETTINGS.filter(({ key }) => sectionOf(key) === null || sectionOf(key) === command).map(
    ({ key, fallback }) => {
      for (const [from, values] of [
        ['flag', flags],
        ['environment', environment],
        ['file', file],
      ] as const) {
        const value = values.get(key);
        if (value !== undefined) return { key, value, from };
      }
      return { key, value: fallback, from: 'default' };
    },
  );
}

function checkedFile(path: string, data: unknown, folder: string): ConfigFile {
  const shown = shownPath(path, folder);
  if (!isRecord(data))
    throw new UserError(`${shown}: must hold an object of settings`, 'Begin one with: manyhands init');
  const values = new Map<string, Value>();
  for (const [key, given] of entriesOf(data, shown)) {
    const setting = SETTINGS.find((s) => s.key === key);
    if (setting === undefined) throw unknownKey(key, shown);
    const checked = checkedValue(setting, given);
    if ('problem' in checked) throw new UserError(`${shown}: "${key}" ${checked.problem}`, checked.hint);
    values.set(key, fromFolder(setting, checked.value, dirname(path), folder));
  }
  return { path: shown, values };
}

/** Settings of sections as "section.name". */
function entriesOf(data: Readonly<Record<string, unknown>>, shown: string): [string, unknown][] {
  const sections = new Set(SETTINGS.map((s) => sectionOf(s.key)));
  return Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    if (key === '$schema') return [];
    if (!sections.has(key)) return [[key, value]];
    if (!isRecord(value)) throw new UserError(`${shown}: "${key}" must be an object of settings`);
    return Object.entries(value).map(([name, inner]) => [`${key}.${name}`, inner]);
  });
}

/** A path in a file is relative to the file. */
function fromFolder(setting: Setting, value: Value, of: string, folder: string): Value {
  const moved = (path: string): string => (path === '-' ? path : relative(folder, resolve(of, path)) || '.');
  if (setting.kind === 'path' && typeof value === 'string') return moved(value);
  if (setting.kind !== 'formats' || !Array.isArray(value)) return value;
  return (value as readonly string[]).map((format) => {
    const at = format.indexOf('=');
    return at < 0 ? format : `${format.slice(0, at)}=${moved(format.slice(at + 1))}`;
  });
}

function unknownKey(key: string, shown: string): UserError {
  const keys = SETTINGS.map((s) => s.key);
  const beside = keys.filter((k) => sectionOf(k) === sectionOf(key));
  const byName = new Map(keys.map((k) => [nameOf(k), k]));
  const near =
    nearest(key, [...beside, ...keys.flatMap((k) => sectionOf(k) ?? []), '$schema']) ??
    byName.get(nearest(nameOf(key), [...byName.keys()]) ?? '') ??
    null;
  return new UserError(
    `${shown}: there is no setting "${visible(key)}"`,
    near === null ? `Settings: ${keys.join(', ')}.` : `Did you mean ${near}?`,
  );
}

function parsed(path: string, text: string, folder: string): unknown {
  const shown = shownPath(path, folder);
  const ours = basename(path) !== 'package.json';
  if (text.length > MAX_BYTES) {
    if (ours) throw tooLarge(shown);
    return {};
  }
  try {
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return ours || isRecord(data) ? data : {};
  } catch (error) {
    // A package.json on the way up may be anybody's.
    if (!ours) return {};
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = at === undefined ? '' : `, line ${text.slice(0, Number(at)).split('\n').length}`;
    throw new UserError(
      `${shown}${line}: not JSON`,
      'Comments and commas at the end of a list are not allowed in JSON.',
    );
  }
}

function tooLarge(shown: string): UserError {
  return new UserError(`${shown}: more than ${MAX_BYTES} bytes; no configuration file is so large`);
}

function asUserError(error: unknown, shown: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || typeof code !== 'string') return error;
  const name = path === undefined ? shown : visible(relative(process.cwd(), path) || '.');
  return new UserError(`${name}: cannot be read (${code})`, 'Check the name, and that it is a file you may read.');
}

function shownPath(path: string, folder: string): string {
  return visible(relative(folder, path) || join('.', basename(path)));
}
