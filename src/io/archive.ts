import type { ReadSource } from '../types/types.js';
import { Aside } from './aside.js';
import { capOf, partSize, partsOf, roomFor, unpacked } from './bytes.js';
import { IGNORE_FILE, ignoringInside } from './ignore.js';
import { ArchiveError } from './slices.js';
import { nameFrom, notice, READABLE } from './walk.js';
import { readWarc, WARC } from './warc.js';

/** A file inside an archive; nothing of it is unpacked before it is asked for. */
export interface Entry {
  /** Its path inside the archive, with "/" between folders. */
  readonly name: string;
  /** What it is: locked with a password, packed in a way that is not known. */
  readonly kind: 'file' | 'folder' | 'link' | 'device' | 'locked' | 'unknown';
  /** Bytes unpacked and packed, as the archive says. */
  readonly size: number;
  readonly packed: number;
  /** A checksum of its content, or its place, which orders files of one name. */
  readonly sum: number;
  /** All of it. @throws ArchiveError where it is not what the archive says */
  bytes(): Promise<Uint8Array>;
  /** The same piece by piece. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Archive {
  readonly entries: readonly Entry[];
  /** Why there may be more in it; null where that is all. */
  readonly problem: string | null;
  /** Whether files must be read in their order in the archive, for it is unpacked from its beginning to its end. */
  readonly inTurn: boolean;
  /** Its own size. */
  readonly bytes: number;
  close(): void;
}

/** What to do about an archive that cannot be read to its end. */
export const WAY_OUT = 'Fetch it anew, or unpack what can be had of it and give the folder';

/** Says that an archive could not be read to its end, and why. */
export function endedEarly(why: string, shown: string): ReadSource {
  return { notice: notice('unreadable', `the archive ${why}; what stands before is read. ${WAY_OUT}`, shown) };
}

/** Where an archive stands, and what is asked of the files in it. */
export interface Place {
  /** How it is called in reports. */
  readonly shown: string;
  /** Name of a byline for the files in it, from its own name or its folder's; null where there is none. */
  readonly folder: string | null;
  /** Whether a file of this path inside it is passed over, given what the archive's own lists say. */
  readonly ignored: (name: string, inside: boolean | null) => boolean;
  /** Most bytes of one file, for any file. */
  readonly maxFileBytes: number | null;
}

/** Names of archives that are opened, and of all archives. */
export const ARCHIVE = /\.(?:zip|tar|tgz|tar\.gz|warc|warc\.gz|wacz)$/i;
const NESTED = /\.(?:zip|wacz|7z|rar|tar|tgz|tbz2?|txz|tar\.\w{1,4})$/i;
/** Most bytes of all files in an archive: the texts of ten million articles. */
const MAX_TOTAL = 50_000_000_000;
/** What no one looks at who unpacks a folder: hidden files, what macOS puts beside files, packages. */
const UNSEEN = /(?:^|\/)(?:\.(?!\.(?:\/|$))|__MACOSX\/|node_modules\/)/;
/** Where the pages of a saved site are (WACZ). */
const SITE = /^archive\/.*\.warc(?:\.gz)?$/i;
const MAX_RULES = 1_000_000;

interface Named {
  readonly name: string;
  readonly entry: Entry;
}

/** The files of an archive, as if it were a folder. What is not read is counted by kind, and the first of each is named. */
export async function* readArchive(archive: Archive, place: Place): AsyncGenerator<ReadSource> {
  const aside = new Aside(place.shown);
  const seen = filesIn(archive.entries, aside);
  const info = (what: string): ReadSource => ({
    notice: { ...notice('other-files', what, place.shown), level: 'info' },
  });
  if (isEvidence(seen)) return yield info('an evidence file; passed over. "manyhands verify" checks it');
  // Of a saved site its pages are read, and not the lists of them.
  const isSite = seen.some(({ name }) => name === 'datapackage.json') && seen.some(({ name }) => SITE.test(name));
  const files = seen.filter(({ name }) => (isSite ? SITE : READABLE).test(name) && !NESTED.test(name));
  for (const { name } of isSite ? [] : seen)
    if (NESTED.test(name)) aside.add('nested', name);
    else if (!READABLE.test(name) && !isRules(name)) aside.add('other', name);
  const inTurn = (them: readonly Named[]): readonly Named[] =>
    archive.inTurn ? them.toSorted((a, b) => a.entry.sum - b.entry.sum) : them;
  const isIgnored = await ignoring(inTurn(seen), place.ignored);
  const above = foldersOfAll(files);
  let room = Math.min(MAX_TOTAL, roomFor(archive.bytes));
  for (const file of inTurn(files).filter(({ name }) => !isIgnored(name))) {
    const { name, entry } = file;
    if (entry.size > roomFor(entry.packed) || (room -= entry.size) < 0) aside.add('bomb', name);
    else {
      const folder = name.split('/').slice(above, -1).reduce(nameFrom, place.folder);
      yield* contentOf(file, { ...place, folder }, aside);
    }
  }
  if (files.length === 0) yield info('holds no article files');
  if (archive.problem !== null) yield endedEarly(archive.problem, place.shown);
  for (const found of aside.notices()) yield { notice: found };
}

/** Files that may be read, in the order in which a folder of them is, whatever their order in the archive. */
function filesIn(entries: readonly Entry[], aside: Aside): readonly Named[] {
  const named = entries
    .filter(({ kind }) => kind !== 'folder')
    .map((entry) => ({ entry, name: entry.name.replace(/^(?:\.\/+)+/, '').replace(/\/{2,}/g, '/') }))
    .filter(({ name }) => !UNSEEN.test(name) || isRules(name));
  const keyed = named.map((file) => ({ file, key: file.name.replaceAll('/', '\0') }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.file.entry.sum - b.file.entry.sum));
  return keyed.flatMap(({ file }, i) => {
    const { kind } = file.entry;
    if (/^(?:[/\\]|[a-z]:)|(?:^|\/)\.\.(?:\/|$)|\0/i.test(file.name)) aside.add('outside', file.name);
    else if (kind !== 'file' && kind !== 'folder') aside.add(kind, file.name);
    else {
      if (file.name === keyed[i - 1]?.file.name) aside.add('twice', file.name);
      return [file];
    }
    return [];
  });
}

async function* contentOf({ name, entry }: Named, place: Place, aside: Aside): AsyncGenerator<ReadSource> {
  const { shown, folder } = place;
  const path = `${shown}/${name}`;
  const max = place.maxFileBytes ?? capOf(name);
  const size = partSize(name, max);
  try {
    if (WARC.test(name)) {
      if ((yield* readWarc(entry.chunks(), entry.size, path, aside)) !== null) aside.add('cut', name);
    } else if (entry.size <= max) {
      const bytes = unpacked(await entry.bytes(), max);
      yield { file: { path, folder, bytes } };
    } else if (size === null) aside.add('large', name);
    else {
      let any = false;
      for await (const part of partsOf(entry.chunks(), size)) {
        any = true;
        yield { file: { path, folder, ...part } };
      }
      if (!any) aside.add('large', name);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') aside.add('bomb', name);
    else if (error instanceof ArchiveError || code?.startsWith('Z_') === true) aside.add('damaged', name);
    else throw error;
  }
}

function isRules(name: string): boolean {
  return name === IGNORE_FILE || name.endsWith(`/${IGNORE_FILE}`);
}

/** Whether a file is passed over, by the lists that stand in the archive and those around it. */
async function ignoring(
  files: readonly Named[],
  outside: (name: string, inside: boolean | null) => boolean,
): Promise<(name: string) => boolean> {
  const rules = new Map<string, string>();
  for (const { name, entry } of files)
    if (isRules(name) && entry.size <= MAX_RULES)
      rules.set(name.slice(0, -IGNORE_FILE.length), Buffer.from(await entry.bytes().catch(() => [])).toString());
  const inside = ignoringInside(rules);
  return (name) => outside(name, inside(name));
}

/** Folders in which all files stand: who zips a folder zips its name, which says no more than the archive's. */
function foldersOfAll(files: readonly Named[]): number {
  const [first, ...others] = files.map(({ name }) => name.split('/').slice(0, -1));
  if (first === undefined) return 0;
  const differs = first.findIndex((folder, i) => others.some((parts) => parts[i] !== folder));
  return differs < 0 ? first.length : differs;
}

/** True for what `manyhands bundle` makes: it holds tables about articles, and copies of them. */
function isEvidence(files: readonly Named[]): boolean {
  const names = new Set(files.map(({ name }) => name));
  return ['manifest.json', 'report.json', 'READ-ME.txt', 'pairs.csv'].every((name) => names.has(name));
}

/** The name of a folder of articles that is packed in an archive. */
export function folderIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(ARCHIVE, '');
}
