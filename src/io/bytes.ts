import { gunzipSync } from 'node:zlib';
import { lineFeedsIn } from '../text/lines.js';
import { isGzip } from '../text/magic.js';
import type { SourceFile } from '../types/types.js';
import { inWords } from './walk.js';

/** Most bytes of one file, and of one that holds a single article. */
const MAX_BYTES = 2_000_000_000;
const MAX_ARTICLE_BYTES = 64_000_000;
/** Unpacked bytes for each packed one; articles give 3 … 20, gzip's and zip's bound is 1,030. */
export const MAX_RATIO = 100;
/** Bytes of a part of a longer file of lines, each a whole article: no longer than a line may be. */
const PART = 256_000_000;
const LINES = /\.(?:jsonl|ndjson)$/i;
const ONE_ARTICLE = /\.(?:txt|text|md|markdown|html|htm)(?:\.gz)?$/i;

/** Most bytes that are read of a file of this name. */
export function capOf(path: string): number {
  return ONE_ARTICLE.test(path) ? MAX_ARTICLE_BYTES : MAX_BYTES;
}

/** Most bytes that so many packed ones may give. No text packs so tightly as a bomb. */
export function roomFor(packed: number): number {
  return Math.max(MAX_ARTICLE_BYTES, packed * MAX_RATIO);
}

/** Gzip is told by its first bytes, not its name. */
export function unpacked(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  return gunzipSync(bytes, { maxOutputLength: Math.min(maxBytes, roomFor(bytes.length)) });
}

/** Why bytes could not be had, in words. @throws the error where it is none of the file's */
export function unreadable(error: NodeJS.ErrnoException, maxBytes: number): string {
  if (error.code === 'ERR_BUFFER_TOO_LARGE')
    return `unpacks to more than ${maxBytes} bytes, or to ${MAX_RATIO} times its size; passed over`;
  if (error.code?.startsWith('Z_') === true) return 'damaged gzip data; passed over';
  if (error.code === undefined) throw error;
  return inWords(error);
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

type Part = Required<Pick<SourceFile, 'bytes' | 'firstLine'>>;

/** Bytes of a part of a file of this name; null for a file that cannot be read in parts. */
export function partSize(path: string, maxBytes: number): number | null {
  return LINES.test(path) ? Math.min(PART, maxBytes) : null;
}

/** A long file of lines in parts of at most so many bytes that end with a line; none where the first line is longer. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Part> {
  let [room, used, firstLine] = [Buffer.allocUnsafe(size), 0, 1];
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, size - used);
      room.set(chunk.subarray(at, at + taken), used);
      used += taken;
      at += taken;
      if (used < size) continue;
      const lineEnd = room.lastIndexOf(10);
      if (lineEnd < 0 && firstLine === 1) return;
      // A line longer than a part is broken, and said to be where it is read.
      const bytes = room.subarray(0, lineEnd < 0 ? size : lineEnd + 1);
      yield { bytes, firstLine };
      firstLine += lineFeedsIn(bytes);
      const rest = room.subarray(bytes.length);
      used = rest.length;
      room = Buffer.allocUnsafe(size);
      room.set(rest);
    }
  }
  if (used > 0) yield { bytes: room.subarray(0, used), firstLine };
}
