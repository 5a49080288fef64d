import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { crc32, inflateRawSync } from 'node:zlib';
import type { Entry as ZipEntry, RandomAccessReader, ZipFile } from 'yauzl';
import type { Archive, Entry } from './archive.js';
import { ArchiveError, BROKEN, inMemory, openFile, type Slices } from './slices.js';

/** Most files in an archive; a list of files is no longer either. */
const MAX_ENTRIES = 1_000_000;
/** The ways in which nearly all files are packed: as they are, or by "deflate". */
const [STORED, DEFLATED] = [0, 8];
/** Bit of an entry's flags: its name is UTF-8. */
const UTF8 = 0x800;
const NOTHING = Buffer.alloc(0);

/**
 * Opens a zip archive and reads the list at its end, which says where each file begins.
 *
 * @param from its path, or its bytes
 * @throws ArchiveError, and what the file system throws
 */
export async function openZip(from: string | Uint8Array): Promise<Archive> {
  const { default: yauzl } = await import('yauzl');
  const at = typeof from === 'string' ? openFile(from) : inMemory(from);
  const zip = await yauzl
    // Names are decoded here: to yauzl one that leads out of the archive is the end of it.
    .fromRandomAccessReaderPromise(readerOf(at, yauzl.RandomAccessReader), at.size, {
      autoClose: false,
      decodeStrings: false,
    })
    .catch((error: unknown) => (at.close(), failed(error)));
  // It is told where it happens; without a listener it would end the program.
  zip.on('error', () => undefined);
  try {
    if (zip.entryCount > MAX_ENTRIES)
      throw new ArchiveError(`holds ${zip.entryCount} files; at most ${MAX_ENTRIES} are read of an archive`);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      // Many names that are UTF-8 do not say so; others are in the letters of DOS (code page 437).
      const flags = entry.generalPurposeBitFlag | (isUtf8(entry.fileNameRaw) ? UTF8 : 0);
      const name = yauzl.getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, false);
      entries.push(entryOf({ zip, at }, entry, name));
    }
    return { entries, problem: null, inTurn: false, bytes: at.size, close: at.close };
  } catch (error) {
    at.close();
    return failed(error);
  }
}

function readerOf(at: Slices, Base: typeof RandomAccessReader): RandomAccessReader {
  class Reader extends Base {
    override read(
      into: Buffer,
      offset: number,
      length: number,
      from: number,
      done: (error: Error | null) => void,
    ): void {
      try {
        into.set(at.slice(from, length), offset);
      } catch (error) {
        return done(error as Error);
      }
      done(null);
    }
    override _readStreamForRange(from: number, to: number): Readable {
      return at.chunks(from, to);
    }
  }
  return new Reader();
}

interface Opened {
  readonly zip: ZipFile;
  readonly at: Slices;
}

function entryOf(from: Opened, entry: ZipEntry, name: string): Entry {
  // A million of them are held.
  Object.assign(entry, { fileNameRaw: NOTHING, fileName: NOTHING, extraFieldRaw: NOTHING, extraFields: [] });
  Object.assign(entry, { fileCommentRaw: NOTHING, fileComment: NOTHING, comment: NOTHING });
  return {
    name,
    kind: kindOf(entry, name),
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    sum: entry.crc32,
    bytes: () => bytesOf(from, entry).catch(failed),
    chunks: async function* () {
      try {
        yield* await from.zip.openReadStreamPromise(entry);
      } catch (error) {
        failed(error);
      }
    },
  };
}

function kindOf(entry: ZipEntry, name: string): Entry['kind'] {
  if (name.endsWith('/')) return 'folder';
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return 'link';
  if (entry.isEncrypted()) return 'locked';
  return entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED ? 'file' : 'unknown';
}

async function bytesOf({ zip, at }: Opened, entry: ZipEntry): Promise<Uint8Array> {
  const { uncompressedSize: size, compressedSize, compressionMethod, crc32: sum } = entry;
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = at.slice(fileDataStart, compressedSize);
  const bytes =
    compressionMethod === STORED
      ? Uint8Array.from(packed)
      : inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  if (bytes.length !== size || crc32(bytes) !== sum) throw new ArchiveError(BROKEN);
  return bytes;
}

/** What yauzl and zlib say in their own words; what the file system says is left to it. */
function failed(error: unknown): never {
  const { message, code = '' } = error as NodeJS.ErrnoException;
  if (error instanceof ArchiveError || /^E[A-Z]+$/.test(code)) throw error;
  if (message.startsWith('multi-disk')) throw new ArchiveError('is one of several parts of an archive');
  if (message.startsWith('strong encryption')) throw new ArchiveError('is locked with a password');
  throw new ArchiveError(BROKEN);
}
