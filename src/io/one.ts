import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { UserError } from '../errors.js';
import { isZip } from '../text/magic.js';
import type { ReadSource } from '../types/types.js';
import { ARCHIVE, endedEarly, readArchive, WAY_OUT, type Place } from './archive.js';
import { Aside } from './aside.js';
import { drained, partSize, partsOf, unpacked, unreadable } from './bytes.js';
import { beginningIn } from './gunzip.js';
import { notice } from './walk.js';
import { ArchiveError, inMemory, openFile, type Slices } from './slices.js';
import { isTar, openTar } from './tar.js';
import { isWarc, readWarc } from './warc.js';
import { openZip } from './zip.js';

/** What is to be read whole, or an archive; `ignored` is asked of files in an archive. */
export interface Whole extends Place {
  /** Most bytes of it, where it is no archive. */
  readonly maxBytes: number;
}

/** Zip archives that are one file. */
const DOCUMENT = /\.(?:docx|xlsx|xlsm|odt|ods)(?:\.gz)?$/i;
/** Bytes of a file that tell what it is. */
const BEGINNING = 16_384;
/** How a long file is read. */
const LONG = { highWaterMark: 1_000_000 };

/**
 * What stands at a path: a file, a file of lines in parts where it is long, or the files of an archive.
 *
 * @param folder name of a byline for the files of an archive that name none
 */
export async function* readPath(path: string, of: Whole, folder: string | null): AsyncGenerator<ReadSource> {
  try {
    const info = await stat(path);
    const archived = info.isFile() && ARCHIVE.test(path) ? kindOf(await beginning(path)) : null;
    if (archived !== null) yield* readArchived(path, archived, { ...of, folder });
    else if (info.isFile() && info.size > of.maxBytes) yield* inParts(path, info.size, of);
    else {
      // Pipes and devices ("<(…)") have no size: read like standard input.
      const bytes = info.isFile() ? await readFile(path) : await drained(createReadStream(path), of.maxBytes);
      if (bytes === null) yield tooLarge(`more than ${of.maxBytes} bytes`, of);
      else yield* contentOf(bytes, of);
    }
  } catch (error) {
    yield failed(error, of);
  }
}

/** @throws UserError for more than is read */
export async function* readStream(stream: AsyncIterable<Uint8Array>, of: Whole): AsyncGenerator<ReadSource> {
  const bytes = await drained(stream, of.maxBytes);
  if (bytes === null) throw new UserError(`standard input: more than ${of.maxBytes} bytes`, 'Give the data as files.');
  try {
    yield* contentOf(bytes, of);
  } catch (error) {
    yield failed(error, of);
  }
}

async function* inParts(path: string, bytes: number, of: Whole): AsyncGenerator<ReadSource> {
  const { shown, folder, maxBytes } = of;
  const size = partSize(path, maxBytes);
  if (size === null) {
    yield tooLarge(`${bytes} bytes; at most ${maxBytes} are read of such a file, but for JSON Lines (.jsonl)`, of);
    return;
  }
  let any = false;
  for await (const part of partsOf(createReadStream(path, LONG), size)) {
    any = true;
    yield { file: { path: shown, folder, ...part } };
  }
  if (!any) yield tooLarge(`${bytes} bytes, and its first line alone more than ${size}`, of);
}

/** A file, or what is in it where it is an archive, whatever it is called. */
async function* contentOf(packed: Uint8Array, of: Whole): AsyncGenerator<ReadSource> {
  const asIs = DOCUMENT.test(of.shown) ? null : kindOf(packed);
  if (asIs !== null) return yield* readArchived(packed, asIs, of);
  const bytes = unpacked(packed, of.maxBytes);
  if (isZip(bytes) && !DOCUMENT.test(of.shown)) yield* readArchived(bytes, 'zip', of);
  else yield { file: { path: of.shown, folder: of.folder, bytes } };
}

type Kind = 'zip' | 'tar' | 'packed tar' | 'warc';

/** What archive it is, by how it begins, whatever it is called. */
function kindOf(bytes: Uint8Array): Kind | null {
  if (isZip(bytes)) return 'zip';
  const begins = beginningIn(bytes);
  if (isTar(begins)) return begins === bytes ? 'tar' : 'packed tar';
  return isWarc(begins) ? 'warc' : null;
}

async function beginning(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @param from its path, or its bytes */
async function* readArchived(from: string | Uint8Array, kind: Kind, of: Whole): AsyncGenerator<ReadSource> {
  const { shown, folder } = of;
  try {
    if (kind === 'warc') return yield* readPages(typeof from === 'string' ? openFile(from) : inMemory(from), shown);
    const archive = kind === 'zip' ? await openZip(from) : await openTar(from, kind === 'packed tar');
    try {
      // Documents of Office programs and books are zip archives too: each is one file, told to be what it is.
      const isDocument = archive.entries.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype');
      if (kind !== 'zip' || !isDocument) yield* readArchive(archive, of);
      else yield { file: { path: shown, folder, bytes: typeof from === 'string' ? await readFile(from) : from } };
    } finally {
      archive.close();
    }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    yield { notice: notice('unreadable', `the archive ${error.message}; passed over. ${WAY_OUT}`, shown) };
  }
}

async function* readPages(at: Slices, shown: string): AsyncGenerator<ReadSource> {
  const aside = new Aside(shown);
  try {
    let any = false;
    const pages = readWarc(at.chunks(0, at.size), at.size, shown, aside);
    let next = await pages.next();
    for (; next.done !== true; next = await pages.next()) {
      any = true;
      yield next.value;
    }
    if (next.value !== null) yield endedEarly(next.value, shown);
    else if (!any) yield { notice: { ...notice('other-files', 'holds no pages', shown), level: 'info' } };
    for (const found of aside.notices()) yield { notice: found };
  } finally {
    at.close();
  }
}

function tooLarge(what: string, { shown }: Whole): ReadSource {
  return { notice: notice('too-large', `${what}; passed over`, shown) };
}

function failed(error: unknown, { shown, maxBytes }: Whole): ReadSource {
  return { notice: notice('unreadable', unreadable(error as NodeJS.ErrnoException, maxBytes), shown) };
}
