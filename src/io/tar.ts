import { isUtf8 } from 'node:buffer';
import type { Archive, Entry } from './archive.js';
import { roomFor } from './bytes.js';
import { ArchiveError, BROKEN, inMemory, openFile } from './slices.js';
import { asTheyAre, Unpacked, type Stream } from './stream.js';

/** Everything in a tar archive begins at a multiple of this many bytes. */
const BLOCK = 512;
/** Most files in an archive, bytes of what is said of one apart from its header, and characters of all names. */
const [MAX_ENTRIES, MAX_SAID, MAX_NAMES] = [1_000_000, 1_000_000, 250_000_000];
/** Longest path that systems have. */
const MAX_NAME = 4096;
/** What a file is, by the letter in its header; there are letters for parts of files, which few programs know. */
const KINDS: Readonly<Record<string, Entry['kind']>> = { '': 'file', 0: 'file', 7: 'file', 1: 'link', 2: 'link', 3: 'device', 4: 'device', 5: 'folder', 6: 'device', D: 'folder', V: 'folder' }; // prettier-ignore

/** True for what begins with the header of a file in a tar archive, of whichever kind: it holds a sum of itself. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && isHeader(bytes.subarray(0, BLOCK));
}

/**
 * Opens a tar archive, in gzip or not, and goes through it from header to header. Where it is cut short or damaged, what stands
 * before is there.
 *
 * @param from its path, or its bytes
 * @throws ArchiveError where nothing can be had of it, and what the file system throws
 */
export async function openTar(from: string | Uint8Array, packed: boolean): Promise<Archive> {
  const at = typeof from === 'string' ? openFile(from) : inMemory(from);
  const stream = packed ? new Unpacked(at, roomFor(at.size)) : asTheyAre(at);
  try {
    const { entries, problem } = await listed(stream);
    if (problem !== null && entries.length === 0) throw new ArchiveError(problem);
    return { entries, problem, inTurn: packed, bytes: at.size, close: () => stream.close() };
  } catch (error) {
    stream.close();
    throw error;
  }
}

interface Listed {
  readonly entries: readonly Entry[];
  /** Why there is no more. */
  readonly problem: string | null;
}

async function listed(stream: Stream): Promise<Listed> {
  const entries: Entry[] = [];
  let [said, names]: [Said, number] = [{}, 0];
  for (let at = 0; ;) {
    const header = await stream.read(at, BLOCK);
    // Blocks of zeros end an archive; some programs leave them out.
    if (header === null ? await stream.endsAt(at) : header.every((byte) => byte === 0))
      return { entries, problem: null };
    const type = header === null ? '' : letters(header, 156, 1).replace('\0', '');
    const size = header === null || !isHeader(header) ? null : sizeOf(header, type, said);
    if (size === null) return { entries, problem: stream.problem ?? BROKEN };
    const begins = await behindMaps(stream, header!, type, at + BLOCK);
    at = begins + Math.ceil(size / BLOCK) * BLOCK;
    if (/^[xXLKg]$/.test(type)) {
      const bytes = size > MAX_SAID ? null : await stream.read(begins, size);
      if (bytes === null) return { entries, problem: stream.problem ?? BROKEN };
      // What holds for all files ("g") are remarks.
      if (type !== 'g') said = { ...said, ...saidIn(type, bytes) };
      continue;
    }
    if (!(await stream.reaches(begins + size))) return { entries, problem: stream.problem ?? BROKEN };
    const entry = entryOf({ stream, begins, size, index: entries.length }, header!, type, said);
    said = {};
    names += entry.name.length;
    if (entries.length >= MAX_ENTRIES || names > MAX_NAMES)
      return { entries, problem: `holds more than ${entries.length} files, and no more are read of an archive` };
    entries.push(entry);
  }
}

/** What is said of a file apart from its header, which is too short for it. */
interface Said {
  readonly name?: string;
  readonly size?: number;
  /** Said in the form of POSIX. */
  readonly pax?: true;
  /** Only parts of it are there. */
  readonly sparse?: true;
}

/** "23 path=ann/a long name.txt" and its like, or a name by itself. */
function saidIn(type: string, bytes: Uint8Array): Said {
  if (type === 'L') return { name: decoded(bytes) };
  if (type === 'K') return {};
  const said: { name?: string; size?: number; pax: true; sparse?: true } = { pax: true };
  for (let at = 0; at < bytes.length;) {
    const length = Number(/^\d{1,7}(?= )/.exec(letters(bytes, at, 8))?.[0] ?? NaN);
    if (!(length > 4) || at + length > bytes.length) break;
    const record = bytes.subarray(at + String(length).length + 1, at + length - 1);
    const is = record.indexOf(61);
    const [key, value] = [letters(record, 0, Math.max(0, is)), record.subarray(is + 1)];
    if (key === 'path') said.name = decoded(value);
    else if (key === 'size') said.size = Number(letters(value, 0, 20));
    else if (key.startsWith('GNU.sparse.')) said.sparse = true;
    at += length;
  }
  return said;
}

interface Stood {
  readonly stream: Stream;
  /** Byte at which it begins, and how many there are. */
  readonly begins: number;
  readonly size: number;
  readonly index: number;
}

function entryOf({ stream, begins, size, index }: Stood, header: Uint8Array, type: string, said: Said): Entry {
  const name = said.name ?? nameIn(header);
  // Before there was a letter for folders, their names ended so.
  const isFolder = (type === '' || type === '0') && name.endsWith('/');
  const whole = said.sparse !== true && name.length <= MAX_NAME;
  return {
    name: name.slice(0, MAX_NAME),
    kind: isFolder ? 'folder' : whole ? (KINDS[type] ?? 'unknown') : 'unknown',
    size,
    packed: size,
    sum: index,
    bytes: async () => {
      const bytes = await stream.read(begins, size);
      if (bytes === null) throw new ArchiveError(BROKEN);
      return bytes;
    },
    chunks: () => stream.chunks(begins, begins + size),
  };
}

function nameIn(header: Uint8Array): string {
  const name = decoded(header.subarray(0, 100));
  // What older programs wrote here is something else.
  const prefix = letters(header, 257, 8) === 'ustar\x0000' ? decoded(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Up to the first zero; in UTF-8, as nearly all names are, or in Latin-1. */
function decoded(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const own = end < 0 ? bytes : bytes.subarray(0, end);
  return Buffer.from(own.buffer, own.byteOffset, own.length).toString(isUtf8(own) ? 'utf8' : 'latin1');
}

/** Bytes as letters. */
function letters(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

/** Old programs added up bytes above 127 as negative numbers. */
function isHeader(header: Uint8Array): boolean {
  const said = numberIn(header, 148, 8);
  let [sum, signed] = [0, 0];
  header.forEach((byte, i) => {
    const own = i >= 148 && i < 156 ? 32 : byte;
    sum += own;
    signed += own > 127 ? own - 256 : own;
  });
  return said !== null && (said === sum || said === signed);
}

/** Bytes of its content; null where that is no number. */
function sizeOf(header: Uint8Array, type: string, said: Said): number | null {
  const own = numberIn(header, 124, 12);
  if (/^[xXLKg]$/.test(type)) return own;
  // Links and devices have no content, whatever they say; a link of POSIX may have.
  if (/^[23456]$/.test(type) || (type === '1' && said.pax !== true)) return 0;
  const size = said.size ?? own;
  return size !== null && Number.isSafeInteger(size) && size >= 0 ? size : null;
}

/** Figures to the base of 8, or a number in bytes behind a first one of 128. */
function numberIn(header: Uint8Array, from: number, length: number): number | null {
  const field = header.subarray(from, from + length);
  if (field[0] === 128) {
    const number = field.subarray(1).reduce((sum, byte) => 256 * sum + byte, 0);
    return Number.isSafeInteger(number) ? number : null;
  }
  const figures = /^ *([0-7]+)[ \0]*$/.exec(letters(header, from, length))?.[1];
  return figures === undefined ? null : parseInt(figures, 8);
}

/** Where the content begins: what GNU's tar says of the parts of a file may go on behind its header. */
async function behindMaps(stream: Stream, header: Uint8Array, type: string, from: number): Promise<number> {
  let at = from;
  for (let more = type === 'S' && header[482] === 1; more; at += BLOCK)
    more = (await stream.read(at, BLOCK))?.[504] === 1;
  return at;
}
