import { createReadStream } from 'node:fs';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../errors.js';
import { lineFeedsIn } from '../text/lines.js';
import { visible } from '../text/visible.js';
import type { Notice, ReadSource, SourceFile } from '../types.js';
import { expand, expandListed, inWords, notice, type Candidate } from './walk.js';
import { refuseOverwriting } from './write.js';

export { IGNORE_FILE, ignoring } from './ignore.js';
export { namesIn } from './list.js';
export { READABLE } from './walk.js';
export { checkNotOver, checkWritable, placeOf, refuseOverwriting, replaced, writeFileAtomic } from './write.js';

export interface ReadOptions {
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Most bytes of one file, after unpacking: 2 GB by default, 64 MB for files that hold one article. */
  readonly maxFileBytes?: number;
  /** Files that are passed over, given or found; an info notice counts them. */
  readonly ignored?: (path: string) => boolean;
  /** Names from a list of files. Those that are not there, are folders or hold no articles are passed over. */
  readonly listed?: readonly string[];
  /** What standard input is called. */
  readonly stdinName?: string;
  /** Real paths of files that the result will be written to: to read one of them is an error. */
  readonly written?: readonly string[];
}

const MAX_BYTES = 2_000_000_000;
const MAX_ARTICLE_BYTES = 64_000_000;
/** Unpacked bytes for each packed one; articles give 3 … 20, gzip's bound is 1,030. */
const MAX_RATIO = 100;
/** Bytes of a part of a longer file of lines, each a whole article: no longer than a line may be. */
const PART = 256_000_000;
const LINES = /\.(?:jsonl|ndjson)$/i;
const ONE_ARTICLE = /\.(?:txt|text|md|markdown|html|htm)(?:\.gz)?$/i;

/**
 * Reads files, folders (all below them), quoted globs and "-" (standard input), in code-unit order of path.
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
  const isIgnored = (path: string): boolean => options.ignored?.(path) === true && ignored.push(path) > 0;
  for (const { candidate, given } of await candidates([...new Set(paths)], options.listed ?? [])) {
    if ('notice' in candidate) {
      yield { notice: renamed(candidate.notice, given) };
      continue;
    }
    if (given === '-') {
      const name = options.stdinName ?? '-';
      if (!isIgnored(name))
        yield await readStdin(options.stdin ?? process.stdin, options.maxFileBytes ?? MAX_BYTES, name);
      continue;
    }
    const real = await realpath(candidate.path).catch(() => candidate.path);
    if (seen.has(real)) continue;
    seen.add(real);
    if (isIgnored(candidate.path)) continue;
    if (options.written?.includes(real) === true) refuseOverwriting(shownPath(candidate.path, given));
    yield* readOne(candidate, shownPath(candidate.path, given), options.maxFileBytes ?? capOf(candidate.path));
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

function capOf(path: string): number {
  return ONE_ARTICLE.test(path) ? MAX_ARTICLE_BYTES : MAX_BYTES;
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

async function* readOne(
  from: Exclude<Candidate, { notice: Notice }>,
  shown: string,
  maxBytes: number,
): AsyncGenerator<ReadSource> {
  const { path, folder } = from;
  const tooLarge = (what: string): ReadSource => ({ notice: notice('too-large', `${what}; passed over`, shown) });
  try {
    const info = await stat(path);
    if (info.isFile() && info.size > maxBytes && LINES.test(path)) {
      const size = Math.min(PART, maxBytes);
      let part: Part | null = null;
      for await (part of partsOf(path, size)) yield { file: { path: shown, folder, ...part } };
      if (part === null) yield tooLarge(`${info.size} bytes, and its first line alone more than ${size}`);
    } else if (info.size > maxBytes)
      yield tooLarge(`${info.size} bytes; at most ${maxBytes} are read of such a file, but for JSON Lines (.jsonl)`);
    else {
      // Pipes and devices ("<(…)") have no size: read like standard input.
      const bytes = info.isFile() ? await readFile(path) : await drained(createReadStream(path), maxBytes);
      yield bytes === null
        ? tooLarge(`more than ${maxBytes} bytes`)
        : { file: { path: shown, folder, bytes: unpacked(bytes, maxBytes) } };
    }
  } catch (error) {
    yield { notice: notice('unreadable', unreadable(error as NodeJS.ErrnoException, maxBytes), shown) };
  }
}

type Part = Required<Pick<SourceFile, 'bytes' | 'firstLine'>>;

/** A file of lines in parts of at most so many bytes that end with a line; none where the first line is longer. */
async function* partsOf(path: string, size: number): AsyncGenerator<Part> {
  const file = await open(path);
  try {
    let firstLine = 1;
    for (let at = 0; ;) {
      const room = Buffer.allocUnsafe(size);
      const { bytesRead } = await file.read(room, 0, size, at);
      const lineEnd = room.subarray(0, bytesRead).lastIndexOf(10);
      if (bytesRead === 0 || (lineEnd < 0 && at === 0)) return;
      // A line longer than a part is broken, and said to be where it is read.
      const bytes = room.subarray(0, lineEnd < 0 ? bytesRead : lineEnd + 1);
      yield { bytes, firstLine };
      at += bytes.length;
      firstLine += lineFeedsIn(bytes);
    }
  } finally {
    await file.close();
  }
}

function unreadable(error: NodeJS.ErrnoException, maxBytes: number): string {
  if (error.code === 'ERR_BUFFER_TOO_LARGE')
    return `unpacks to more than ${maxBytes} bytes, or to ${MAX_RATIO} times its size; passed over`;
  if (error.code?.startsWith('Z_') === true) return 'damaged gzip data; passed over';
  if (error.code === undefined) throw error;
  return inWords(error);
}

/** Gzip is told by its first bytes, not its name. No text packs so tightly as a bomb. */
function unpacked(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return gunzipSync(bytes, {
    maxOutputLength: Math.min(maxBytes, Math.max(MAX_ARTICLE_BYTES, bytes.length * MAX_RATIO)),
  });
}

/** All bytes of a stream. @returns null when there are more than allowed */
export async function drained(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) return null;
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

async function readStdin(stdin: AsyncIterable<Uint8Array>, maxBytes: number, name: string): Promise<ReadSource> {
  const bytes = await drained(stdin, maxBytes);
  if (bytes === null) throw new UserError(`standard input: more than ${maxBytes} bytes`, 'Give the data as files.');
  try {
    return { file: { path: name, folder: null, bytes: unpacked(bytes, maxBytes) } };
  } catch (error) {
    return { notice: notice('unreadable', unreadable(error as NodeJS.ErrnoException, maxBytes), name) };
  }
}
