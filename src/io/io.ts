import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, matchesGlob } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../errors.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import type { Notice, SourceFile } from '../types.js';

/** A file that was read, or why one was not. */
export type Found = { readonly file: SourceFile } | { readonly notice: Notice };

export interface ReadOptions {
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Most bytes of one file, after unpacking. */
  readonly maxFileBytes?: number;
}

const READABLE = /\.(jsonl|ndjson|json|csv|tsv|txt|text|md|markdown|html|htm)(\.gz)?$/i;
const DEFAULT_MAX_BYTES = 1_500_000_000;

/**
 * Reads files, folders (all below them), quoted globs and "-" (standard input), in code-unit order of path.
 * A file reached twice is read once. What cannot be read becomes a notice, and the run goes on.
 *
 * @throws UserError when a path does not exist, a glob matches nothing, or a folder holds nothing readable
 */
export async function* readSources(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Found> {
  const maxBytes = options.maxFileBytes ?? DEFAULT_MAX_BYTES;
  const seen = new Set<string>();
  for (const path of paths) {
    if (path === '-') {
      yield await readStdin(options.stdin ?? process.stdin, maxBytes);
      continue;
    }
    for (const found of await expand(path)) {
      if ('notice' in found) {
        yield found;
        continue;
      }
      const real = await realpath(found.path).catch(() => found.path);
      if (seen.has(real)) continue;
      seen.add(real);
      yield await readOne(found.path, found.folder, maxBytes);
    }
  }
}

type Candidate = { readonly path: string; readonly folder: string | null } | { readonly notice: Notice };

async function expand(path: string): Promise<Candidate[]> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (info instanceof Error) {
    if (info.code === 'ENOENT' && /[*?{[]/.test(path)) return expandGlob(path);
    if (info.code === 'ENOENT') throw await missing(path);
    if (info.code === 'ELOOP') return [{ notice: notice('symlink-loop', `symbolic links go round in circles`, path) }];
    return [{ notice: notice('unreadable', `cannot be opened (${info.code ?? 'error'})`, path) }];
  }
  if (!info.isDirectory()) return [{ path, folder: null }];
  const out: Candidate[] = [];
  const skipped: string[] = [];
  await walk(path, null, new Set(), out, skipped);
  const files = out.filter((c) => 'path' in c);
  if (files.length === 0 && out.length === 0)
    throw new UserError(
      `${visible(path)}: the folder holds no article files${skipped.length > 0 ? ` (${skipped.length} of other kinds)` : ''}`,
      'manyhands reads .jsonl, .json, .csv, .tsv, .txt, .md and .html, and .gz of each.',
    );
  if (skipped.length > 0) {
    const text = `${skipped.length} file(s) of other kinds were passed over, the first ${visible(basename(skipped[0]!))}`;
    out.push({ notice: { ...notice('other-files', text, path), level: 'info' } });
  }
  return out;
}

async function walk(
  folder: string,
  name: string | null,
  above: ReadonlySet<string>,
  out: Candidate[],
  skipped: string[],
): Promise<void> {
  const real = await realpath(folder);
  if (above.has(real)) {
    out.push({
      notice: notice('symlink-loop', 'a symbolic link leads back to a folder above it; not followed', folder),
    });
    return;
  }
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => error);
  if (entries instanceof Error) {
    out.push({ notice: notice('unreadable', `the folder cannot be listed (${entries.code ?? 'error'})`, folder) });
    return;
  }
  for (const entry of entries.sort()) {
    if (entry.startsWith('.') || entry === 'node_modules') continue;
    const path = folder.endsWith('/') ? folder + entry : `${folder}/${entry}`;
    const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (info instanceof Error) {
      const loop = info.code === 'ELOOP';
      const text = loop ? 'symbolic links go round in circles' : `cannot be opened (${info.code ?? 'error'})`;
      out.push({ notice: notice(loop ? 'symlink-loop' : 'unreadable', text, path) });
    } else if (info.isDirectory()) await walk(path, entry, new Set([...above, real]), out, skipped);
    else if (READABLE.test(entry)) out.push({ path, folder: name });
    else skipped.push(path);
  }
}

async function expandGlob(pattern: string): Promise<Candidate[]> {
  const fixed = pattern.slice(0, pattern.search(/[*?{[]/));
  const root = fixed.includes('/') ? fixed.slice(0, fixed.lastIndexOf('/')) || '/' : '.';
  const all: Candidate[] = [];
  if ((await stat(root).catch(() => null))?.isDirectory() === true) await walk(root, null, new Set(), all, []);
  const wanted = pattern.replace(/^\.\//, '');
  const matching = all.filter((c) => 'path' in c && matchesGlob(c.path.replace(/^\.\//, ''), wanted));
  if (matching.length === 0)
    throw new UserError(`${visible(pattern)}: no article file matches`, 'Check the pattern, and quote it.');
  return matching;
}

async function missing(path: string): Promise<UserError> {
  const siblings = await readdir(dirname(path)).catch(() => []);
  const near = nearest(basename(path), siblings);
  return new UserError(
    `${visible(path)}: no such file or folder`,
    near === null
      ? 'Check the path; use "-" for standard input.'
      : `Did you mean ${visible(join(dirname(path), near))}?`,
  );
}

async function readOne(path: string, folder: string | null, maxBytes: number): Promise<Found> {
  try {
    const info = await stat(path);
    if (info.size > maxBytes)
      return { notice: notice('too-large', `${info.size} bytes; the most is ${maxBytes}`, path) };
    const bytes = await readFile(path);
    return { file: { path, folder, bytes: path.toLowerCase().endsWith('.gz') ? unpacked(bytes, maxBytes) : bytes } };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    const text =
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `unpacks to more than ${maxBytes} bytes`
        : code.startsWith('Z_')
          ? 'is not a whole gzip file'
          : code === 'EACCES'
            ? 'no permission to read it'
            : `cannot be read (${code})`;
    return { notice: notice('unreadable', text, path) };
  }
}

function unpacked(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}

async function readStdin(stdin: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Found> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > maxBytes) throw new UserError(`standard input: more than ${maxBytes} bytes`, 'Give the data as files.');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return { file: { path: '-', folder: null, bytes: packed ? unpacked(bytes, maxBytes) : bytes } };
  } catch {
    return { notice: notice('unreadable', 'is not a whole gzip stream', '-') };
  }
}

function notice(code: string, what: string, path: string): Notice {
  return { level: 'warning', code, message: `${visible(path)}: ${what}`, source: visible(path), line: null };
}

/** Writes the whole content or nothing: a temporary file beside the target, flushed, then renamed over it. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UserError(
      `${visible(path)}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
      'Check that the folder exists, is writable and has room.',
    );
  }
}
