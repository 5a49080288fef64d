import type { Entry } from '../io/archive.js';
import { roomFor } from '../io/bytes.js';
import { ArchiveError } from '../io/slices.js';
import { openZip } from '../io/zip.js';

/** Most bytes of a part of a document, unpacked. */
const MAX_PART = 512_000_000;

/** What is in a document of an Office program: files of XML in a zip archive. */
export interface Parts {
  /** Bytes of the document. */
  readonly packed: number;
  /** Names of the files in it that these letters begin. */
  named(begin: RegExp): readonly string[];
  /** A file in it, unpacked; null where there is none. @throws Unread */
  part(name: string): Promise<Uint8Array | null>;
}

/** Why a part of a document is not read: code of the notice, and the reason. */
export class Unread extends Error {
  constructor(
    readonly code: 'too-large' | 'damaged',
    what: string,
  ) {
    super(what);
  }
}

/** @returns null where the list of files in it is damaged */
export async function partsOf(bytes: Uint8Array): Promise<Parts | null> {
  try {
    const { entries } = await openZip(bytes);
    // Some programs write the names of parts in other letters than they call them by.
    const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
    return {
      packed: bytes.length,
      named: (begin) => [...byName.keys()].filter((name) => begin.test(name)).sort(),
      part: async (name) => unpacked(byName.get(name.toLowerCase())),
    };
  } catch (error) {
    if (error instanceof ArchiveError) return null;
    throw error;
  }
}

async function unpacked(entry: Entry | undefined): Promise<Uint8Array | null> {
  if (entry === undefined) return null;
  if (entry.size > Math.min(MAX_PART, roomFor(entry.packed)))
    throw new Unread('too-large', `what is in it is packed too tightly, or has more than ${MAX_PART} bytes`);
  if (entry.kind !== 'file') throw new Unread('damaged', 'what is in it is locked, or packed in an unusual way');
  try {
    return await entry.bytes();
  } catch (error) {
    if (error instanceof ArchiveError) throw new Unread('damaged', 'it is cut short or damaged');
    throw error;
  }
}
