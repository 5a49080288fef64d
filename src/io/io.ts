import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { Notice, ReadSource } from '../types/types.js';
import { folderIn } from './archive.js';
import { capOf } from './bytes.js';
import { ignoring } from './ignore.js';
import { readPath, readStream, type Whole } from './one.js';
import { expand, expandListed, nameFrom, type Candidate } from './walk.js';
import { refuseOverwriting } from './write.js';

export { drained } from './bytes.js';
export { IGNORE_FILE } from './ignore.js';
export { namesIn } from './list.js';
export { READABLE } from './walk.js';
export { checkNotOver, checkWritable, placeOf, refuseOverwriting, replaced, writeFileAtomic } from './write.js';

export interface ReadOptions {
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Most bytes of one file, after unpacking: 2 GB by default, 64 MB for files that hold one article. */
  readonly maxFileBytes?: number;
  /** Files that are passed over, given or found; an info notice counts them. By default those that a .manyhandsignore names. */
  readonly ignored?: (path: string) => boolean;
  /** Names from a list of files. Those that are not there, are folders or hold no articles are passed over. */
  readonly listed?: readonly string[];
  /** What standard input is called. */
  readonly stdinName?: string;
  /** Real paths of files that the result will be written to: to read one of them is an error. */
  readonly written?: readonly string[];
}

/**
 * Reads files, folders (all below them), archives (zip, tar), quoted globs and "-" (standard input), in code-unit order of path.
 * A file reached twice is read once. What cannot be read becomes a notice, and the run goes on.
 * Paths come out relative to the working folder, or to the folder above the one given: never absolute.
 *
 * @throws UserError when a path does not exist, a glob matches nothing, or a folder holds nothing readable
 */
export async function* readSources(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<ReadSource> {
  if (paths.length === 0 && options.listed === undefined)
    throw new UserError('no input given', 'Give files or folders of articles, or "-" for standard input.');
  const seen = new Set<string>();
  const ignored: string[] = [];
  const { ignored: named = ignoring(process.cwd(), paths), maxFileBytes = null } = options;
  const isIgnored = (path: string): boolean => named(path) && ignored.push(path) > 0;
  const whole = (path: string, shown: string, folder: string | null): Whole => {
    const inside = (name: string, said: boolean | null): boolean =>
      (said ?? named(`${path}/${name}`)) && ignored.push(`${path}/${name}`) > 0;
    return {
      shown,
      folder,
      maxFileBytes,
      maxBytes: maxFileBytes ?? capOf(path),
      ignored: inside,
    };
  };
  for (const { candidate, given } of await candidates([...new Set(paths)], options.listed ?? [])) {
    if ('notice' in candidate) {
      yield { notice: renamed(candidate.notice, given) };
      continue;
    }
    const { path, folder } = candidate;
    if (given === '-') {
      const name = options.stdinName ?? '-';
      if (!isIgnored(name)) yield* readStream(options.stdin ?? process.stdin, whole(name, name, null));
      continue;
    }
    const real = await realpath(path).catch(() => path);
    if (seen.has(real)) continue;
    seen.add(real);
    if (isIgnored(path)) continue;
    const shown = shownPath(path, given);
    if (options.written?.includes(real) === true) refuseOverwriting(shown);
    yield* readPath(path, whole(path, shown, folder), path === given ? null : nameFrom(folder, folderIn(path)));
  }
  if (ignored.length > 0) yield { notice: ignoredNotice(ignored) };
}

/** Everything that is to be read, with what the user gave for it. */
async function candidates(
  paths: readonly string[],
  listed: readonly string[],
): Promise<readonly { readonly candidate: Candidate; readonly given: string }[]> {
  const out: { candidate: Candidate; given: string }[] = [];
  for (const given of paths)
    for (const candidate of given === '-' ? [{ path: '-', folder: null }] : await expand(given))
      out.push({ candidate, given });
  for (const candidate of await expandListed(listed)) out.push({ candidate, given: '' });
  return out;
}

function ignoredNotice(ignored: readonly string[]): Notice {
  const first = visible(shownPath(ignored[0]!, ignored[0]!));
  const message = `${ignored.length === 1 ? '1 file' : `${ignored.length} files`} named by .manyhandsignore passed over, the first ${first}`;
  return { level: 'info', code: 'ignored', message, source: null, line: null };
}

/** The path as it is named in reports: as written, but for absolute ones. */
function shownPath(path: string, given: string): string {
  const slashed = (p: string): string => (sep === '/' ? p : p.replaceAll(sep, '/'));
  if (!isAbsolute(path)) return slashed(path).replace(/^\.\//, '');
  const fromHere = relative(process.cwd(), path);
  if (!fromHere.startsWith('..') && !isAbsolute(fromHere)) return slashed(fromHere);
  const root = given.replace(/[*?{].*$/, '').replace(/[/\\]+$/, '');
  const shown = relative(dirname(root), path);
  return shown.startsWith('..') || shown === '' ? basename(path) : slashed(shown);
}

function renamed(found: Notice, given: string): Notice {
  if (found.source === null) return found;
  const source = visible(shownPath(found.source, given)) || '.';
  const message = found.message.startsWith(found.source)
    ? source + found.message.slice(found.source.length)
    : found.message;
  return { ...found, source, message };
}
