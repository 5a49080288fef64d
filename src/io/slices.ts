import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';

/** Bytes of a file that are read at once. */
const WINDOW = 64 * 1024;
/** Why an archive or a file in it cannot be read; begins with a verb. */
export class ArchiveError extends Error {}

export const BROKEN = 'is cut short or damaged';
export const TOO_TIGHT = 'unpacks to more than 100 times its size, as no text does';

/** Bytes of which any can be asked for. */
export interface Slices {
  readonly size: number;
  /** Good until the next call. @throws ArchiveError where there are fewer */
  slice(from: number, length: number): Uint8Array;
  chunks(from: number, to: number): Readable;
  close(): void;
}

export function inMemory(bytes: Uint8Array): Slices {
  const slice = (from: number, length: number): Uint8Array => {
    if (from + length > bytes.length) throw new ArchiveError(BROKEN);
    return bytes.subarray(from, from + length);
  };
  return {
    size: bytes.length,
    slice,
    chunks: (from, to) => Readable.from([bytes.subarray(from, to)]),
    close: () => undefined,
  };
}

/** Small pieces that stand one behind the other are read at once: a request to the system each would take most of the time. */
export function openFile(path: string): Slices {
  const file = openSync(path, 'r');
  const window = Buffer.alloc(WINDOW);
  let [begins, ends] = [0, 0];
  const read = (into: Buffer, from: number): number => {
    for (let used = 0; ;) {
      const n = readSync(file, into, used, into.length - used, from + used);
      used += n;
      if (n === 0 || used === into.length) return used;
    }
  };
  return {
    size: fstatSync(file).size,
    slice: (from, length) => {
      if (length > WINDOW) {
        const own = Buffer.alloc(length);
        if (read(own, from) < length) throw new ArchiveError(BROKEN);
        return own;
      }
      if (from < begins || from + length > ends) [begins, ends] = [from, from + read(window, from)];
      if (from + length > ends) throw new ArchiveError(BROKEN);
      return window.subarray(from - begins, from - begins + length);
    },
    chunks: (from, to) => createReadStream(path, { start: from, end: to - 1 }),
    close: () => closeSync(file),
  };
}
