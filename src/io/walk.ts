import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import type { Notice } from '../types/types.js';
import { globPattern, globRoot, isGlob } from './glob.js';

/** A file to be read, or why something was not looked into. */
export type Candidate =
  | {
      readonly path: string;
      /** Name of the folder it stands in, below the folder the user gave; null for a file given itself. */
      readonly folder: string | null;
    }
  | { readonly notice: Notice };

/** Names of files that hold articles. */
export const READABLE =
  /(?:\.(?:jsonl|ndjson|json|csv|tsv|txt|sql|text|md|markdown|html|htm|xml|rss|atom|rdf|wxr|mbox|mbx|eml|docx|xlsx|xlsm|odt|ods|rtf|pdf|parquet|zip|tar|tgz|warc|wacz)(?:\.gz)?|(?:^|\/)(?:note-|community-)?tweets?(?:-part\d+)?\.js)$/i;

/** What is in a reference is told in this file of it, and whose it is by so many bytes. */
const [MANIFEST, BEGINNING] = ['manifest.json', 100];

/** Folders that are called after what is in them, or when it is from: no byline. */
const NO_NAME =
  /^(?:\P{L}*|(?:articles?|posts?|_posts|pages?|texts?|txt|html?|md|markdown|content|contents|exports?|archives?|data|dump|files?|documents?|docs|stories|drafts|published|raw|clean(?:ed)?|json|csv|site|www|out(?:put)?|downloads?|scraped?)(?:[-_ ]\d*)?)$/iu;

/** What a byline could be called after in a folder: its name where it is more than a number or a kind, else what is above. */
export function nameFrom(above: string | null, folder: string): string | null {
  return NO_NAME.test(folder) ? above : folder;
}

/** What is found below one folder. */
interface Walk {
  readonly found: Candidate[];
  /** Files of other kinds. */
  readonly others: { readonly path: string; readonly folder: string | null }[];
  /** Real paths of folders already listed. */
  readonly visited: Set<string>;
}

/**
 * Turns one argument of the user into files: itself, all below a folder, or what matches a pattern, in code-unit order.
 *
 * @throws UserError when it does not exist, a pattern matches nothing, or a folder holds nothing readable
 */
export async function expand(path: string): Promise<readonly Candidate[]> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (info instanceof Error) {
    if (info.code !== 'ENOENT' && info.code !== 'ENOTDIR' && info.code !== 'EINVAL') return [cannotOpen(path, info)];
    if (isGlob(path)) return expandGlob(path);
    throw await missing(path);
  }
  if (!info.isDirectory()) return [{ path, folder: null }];
  if (await isReference(path))
    throw new UserError(`${visible(path)}: holds a reference, and no articles`, 'Give the articles themselves.');
  const walked = await walkFrom(path);
  const { found, others } = walked;
  if (found.length === 0) {
    const beside = others.length > 0 ? ` (${others.length} of other kinds: ${kindsOf(others)})` : '';
    throw new UserError(
      `${visible(path)}: the folder holds no article files${beside}`,
      'manyhands reads .jsonl, .ndjson, .json, .csv, .tsv, .xlsx, .ods, .parquet, .xml, .rss, .atom, .rdf, .wxr, .txt, .docx, .odt, .rtf, .pdf, .md, .html, .mbox and .eml, .gz of each, and .zip, .tar, .tgz of all, .warc and .wacz. Of a database, export the table of articles as CSV.',
    );
  }
  if (others.length === 0) return found;
  const text = `${others.length === 1 ? '1 file of another kind was' : `${others.length} files of other kinds were`} passed over (${kindsOf(others)}), the first ${visible(basename(others[0].path))}`;
  return [...found, { notice: { ...notice('other-files', text, path), level: 'info' } }];
}

/** Endings of names, the commonest first: ".jpg 12, .db 1". */
function kindsOf(files: readonly { readonly path: string }[]): string {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const ending = /\.[a-z0-9]{1,10}$/i.exec(path)?.[0].toLowerCase() ?? 'without an ending';
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const more = ranked.length > 5 ? `, … (${ranked.length} kinds)` : '';
  return ranked.slice(0, 5).map(([ending, n]) => `${ending} ${n}`).join(', ') + more; // prettier-ignore
}

/** Names from a list: taken as they stand, no patterns. What has gone, and what holds no articles, is counted. */
export async function expandListed(names: readonly string[]): Promise<readonly Candidate[]> {
  const out: Candidate[] = [];
  const gone: string[] = [];
  const others: string[] = [];
  for (const path of new Set(names)) {
    const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (info instanceof Error && (info.code === 'ENOENT' || info.code === 'ENOTDIR')) gone.push(path);
    else if (info instanceof Error) out.push(cannotOpen(path, info));
    else if (info.isFile() && READABLE.test(path)) out.push({ path, folder: null });
    else others.push(path);
  }
  const counted = (code: string, which: readonly string[], what: string): Candidate[] => {
    const message = `${which.length === 1 ? '1 listed file is' : `${which.length} listed files are`} ${what}, the first ${visible(which[0] ?? '')}; passed over`;
    return which.length === 0 ? [] : [{ notice: { level: 'info', code, message, source: null, line: null } }];
  };
  return [...out, ...counted('listed-gone', gone, 'not there'), ...counted('other-files', others, 'of other kinds')];
}

async function expandGlob(pattern: string): Promise<readonly Candidate[]> {
  const root = globRoot(pattern);
  const info = await stat(root).catch(() => null);
  const wanted = globPattern(pattern.replace(/^\.\//, ''));
  if (info?.isDirectory() === true) {
    const { found, others } = await walkFrom(root);
    const matches = (c: { path: string }): boolean => wanted.test(c.path.replace(/^\.\//, ''));
    const known = found.filter((c) => 'notice' in c || matches(c));
    if (known.some((c) => 'path' in c)) return known;
    const other = others.filter(matches);
    if (other.length > 0) return other;
  }
  throw new UserError(
    `${visible(pattern)}: no file matches`,
    'Check the pattern; "**" goes into folders, "*" stays inside one.',
  );
}

async function walkFrom(root: string): Promise<Walk> {
  const walked: Walk = { found: [], others: [], visited: new Set() };
  await walk(root, null, new Set(), walked);
  return walked;
}

/**
 * @param name what a byline could be called after: the nearest folder below the root that is more than a number
 * @param above real paths of the folders it stands in
 */
async function walk(folder: string, name: string | null, above: ReadonlySet<string>, into: Walk): Promise<void> {
  const listed = await listing(folder);
  if (listed instanceof Error) {
    into.found.push(cannotOpen(folder, listed));
    return;
  }
  if (above.has(listed.real)) {
    const text = 'a symbolic link leads back to a folder above it; not followed again';
    into.found.push({ notice: notice('symlink-loop', text, folder) });
    return;
  }
  if (into.visited.has(listed.real)) return;
  into.visited.add(listed.real);
  if (listed.entries.includes(MANIFEST) && (await isReference(folder))) {
    const text = 'a reference made with enroll; passed over';
    into.found.push({ notice: { ...notice('other-files', text, folder), level: 'info' } });
    return;
  }
  const here = new Set([...above, listed.real]);
  for (const entry of listed.entries) {
    if (entry.startsWith('.') || entry === 'node_modules') continue;
    const path = folder === '.' ? entry : `${folder.replace(/\/$/, '')}/${entry}`;
    const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (info instanceof Error) into.found.push(cannotOpen(path, info));
    else if (info.isDirectory()) await walk(path, nameFrom(name, entry), here, into);
    else if (info.isFile() && READABLE.test(entry)) into.found.push({ path, folder: name });
    else into.others.push({ path, folder: name });
  }
}

/** A reference holds tables about articles, and may stand in the folder that it was made from. */
async function isReference(folder: string): Promise<boolean> {
  const path = join(folder, MANIFEST);
  // A pipe would be waited for.
  if ((await stat(path).catch(() => null))?.isFile() !== true) return false;
  const file = await open(path).catch(() => null);
  const begins = await file?.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0).catch(() => null);
  await file?.close();
  return /^\{\s*"schema": ?"manyhands\.reference\//.test(begins?.buffer.toString('latin1') ?? '');
}

async function listing(folder: string): Promise<{ real: string; entries: readonly string[] } | NodeJS.ErrnoException> {
  try {
    return { real: await realpath(folder), entries: (await readdir(folder)).sort() };
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

async function missing(path: string): Promise<UserError> {
  const siblings = await readdir(dirname(path)).catch(() => []);
  // A link that leads nowhere is among them.
  const near = nearest(basename(path), siblings.filter((name) => name !== basename(path)).sort());
  return new UserError(
    `${path === '' ? '""' : visible(path)}: no such file or folder`,
    near === null
      ? 'Check the path; use "-" for standard input.'
      : `Did you mean ${visible(join(dirname(path), near))}?`,
  );
}

function cannotOpen(path: string, error: NodeJS.ErrnoException): { notice: Notice } {
  // Node reads names as UTF-8; what comes out of other bytes leads nowhere.
  const misread = error.code === 'ENOENT' && path.includes('\uFFFD');
  const what = misread ? 'its name is not UTF-8, so that it cannot be opened; passed over. Rename it' : inWords(error);
  return { notice: notice(error.code === 'ELOOP' ? 'symlink-loop' : 'unreadable', what, path) };
}

/** Why the file system refused, in words. */
export function inWords(error: NodeJS.ErrnoException): string {
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'no permission to read it; passed over';
  if (error.code === 'ELOOP') return 'symbolic links that go round in circles; not followed';
  if (error.code === 'ENOENT') return 'a link to something that is not there; passed over';
  return `cannot be read (${error.code ?? 'error'}); passed over`;
}

export function notice(code: string, what: string, path: string): Notice {
  return { level: 'warning', code, message: `${visible(path)}: ${what}`, source: visible(path), line: null };
}
