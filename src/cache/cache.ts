import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';

/**
 * A cache by content, on disk. What is kept under a key can be found and read only by who has the very content the key
 * was made from: the name of its file is one hash of the key, and it is encrypted (AES-256-GCM) with another. So a copy
 * of the cache tells nothing to who does not hold the same texts already; and a damaged or forged file is told by its
 * tag, and counts as not there.
 */
export interface Store {
  readonly folder: string;
  /** What was kept under a key; undefined where there is nothing, or nothing sound. */
  get(key: Key): unknown;
  /** Keeps a value, whole or not at all. A full or read-only disk is no error: nothing is kept. */
  put(key: Key, value: unknown): void;
}

/** SHA-256 of everything a value depends on. */
export type Key = Uint8Array;

/** Makes a key from the parts a value depends on: strings, and bytes. */
export function keyOf(parts: Iterable<string | Uint8Array>): Key {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    // With its length in front of each, no two lists of parts are alike.
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest();
}

const ENDING = '.mh1';
/** Folder of files that are being written, and of those whose writer was ended meanwhile. */
const UNFINISHED = 'tmp';
/** Milliseconds after which nobody is writing a file any more. */
const ABANDONED = 3_600_000;
const [NONCE, TAG] = [12, 16];

/** Opens the cache in a folder, which is made when something is kept. */
export function openStore(folder: string): Store {
  let usable = true;
  return {
    folder,
    get(key) {
      const path = pathOf(folder, key);
      let bytes: Buffer;
      try {
        bytes = readFileSync(path);
      } catch {
        return undefined;
      }
      const value = opened(bytes, key);
      if (value === null) removed(path);
      return value?.value;
    },
    put(key, value) {
      if (!usable) return;
      const path = pathOf(folder, key);
      // Threads may have the same to keep at the same moment.
      const temporary = join(folder, UNFINISHED, `${basename(path)}.${process.pid}-${threadId}`);
      try {
        for (const of of [path, temporary]) mkdirSync(dirname(of), { recursive: true, mode: 0o700 });
        writeWhole(temporary, sealed(value, key));
        renameSync(temporary, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === undefined) throw error;
        removed(temporary);
        usable = false;
      }
    },
  };
}

/** Deletes what writers that were ended, by Ctrl-C or otherwise, have left behind. */
export function sweepStore(folder: string): void {
  try {
    for (const name of readdirSync(join(folder, UNFINISHED))) {
      const path = join(folder, UNFINISHED, name);
      if (Date.now() - statSync(path).mtimeMs > ABANDONED) rmSync(path, { force: true });
    }
  } catch (error) {
    // No folder, none of ours, or another sweeper was faster: nothing depends on it.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/** Deletes a file that may not be there, in a folder that may not be one. */
function removed(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function pathOf(folder: string, key: Key): string {
  const name = Buffer.from(keyOf(['name', key])).toString('hex');
  return join(folder, name.slice(0, 2), name.slice(2) + ENDING);
}

/** What is written, in its parts: one more copy of all of them would cost as much as sealing does. */
function sealed(value: unknown, key: Key): Uint8Array[] {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(['key', key]), nonce);
  const body = [cipher.update(serialize(value)), cipher.final()];
  return [nonce, cipher.getAuthTag(), ...body];
}

function writeWhole(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (const part of parts) for (let at = 0; at < part.length;) at += writeSync(file, part, at);
  } finally {
    closeSync(file);
  }
}

/** @returns null for what is damaged, forged, or written by a version of Node that is not understood */
function opened(bytes: Buffer, key: Key): { readonly value: unknown } | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(['key', key]), bytes.subarray(0, NONCE));
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
    return { value: deserialize(plain) };
  } catch {
    return null;
  }
}

/** How much a cache holds. */
export interface Stats {
  readonly entries: number;
  readonly bytes: number;
}

/** @throws UserError when the folder cannot be read */
export function statsOf(folder: string): Stats {
  const files = filesIn(folder);
  return { entries: files.length, bytes: files.reduce((n, path) => n + sizeOf(path), 0) };
}

/** A scan may be writing: what was unfinished a moment ago has another name now. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Deletes what a cache holds, and nothing else that may lie in the folder. @throws UserError when that is not allowed */
export function clearStore(folder: string): Stats {
  const stats = statsOf(folder);
  try {
    for (const path of filesIn(folder)) rmSync(path, { force: true });
  } catch (error) {
    throw unusable(folder, error);
  }
  return stats;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name === UNFINISHED || /^[0-9a-f]{2}$/.test(name))
      .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
      .filter((path) => /[0-9a-f]{62}\.mh1(?:\.[\d-]+)?$/.test(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error as Error;
  return new UserError(
    `${visible(folder)}: the cache cannot be used (${code})`,
    'Name another folder with --cache-dir.',
  );
}

/** Hash of this program's own code and lexicon, so that no value outlives what made it. */
export function codeHash(): string {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.[jt]s$/.test(f));
  const parts = [...files.sort(), '../model/english-words.txt'].flatMap((f) => [f, readFileSync(join(root, f))]);
  return Buffer.from(keyOf(parts)).toString('hex');
}
