import { randomBytes } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { access, constants, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';

/** What ends a program that is given time to tidy up. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Standard output and its like under a name: what they lead to may be a file, and is not ours to replace. */
const STREAM = /^\/(?:dev\/(?:stdout|stderr|fd\/\d+)|proc\/(?:self|\d+)\/fd\/\d+)$/;

/** True for pipes, devices and streams: they are written to; a rename would put a file in their place. */
function isStream(path: string, there: Stats | null): boolean {
  return STREAM.test(path) || (there !== null && !there.isFile() && !there.isDirectory());
}

/**
 * Looks, before the work is done, whether a file can be written.
 *
 * @returns the real path of where it will stand, behind links; null for a pipe or a device, which holds nothing
 * @throws UserError where its folder is missing or takes no files, or where a folder stands in its place
 */
export async function checkWritable(path: string): Promise<string | null> {
  const folder = dirname(path);
  try {
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory() === true) throw new UserError(`${visible(path)}: is a folder`, 'Give the name of a file.');
    if (isStream(path, there)) {
      await access(path, constants.W_OK);
      return null;
    }
    const place = await placeOf(path);
    await access(dirname(place), constants.W_OK | constants.X_OK);
    return place;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    if (code === 'ENOENT')
      throw new UserError(`${visible(path)}: there is no folder ${visible(folder)}`, 'Make it first.');
    throw new UserError(`${visible(path)}: cannot be written (${code})`, 'Check that its folder takes files of yours.');
  }
}

/** The real path of a file that may not be there yet, so that two ways of writing it are seen to be one. */
export async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(async () => join(await realpath(dirname(resolve(path))), basename(path)));
}

/**
 * `checkWritable` for a result that is made from one file.
 *
 * @throws UserError where it is that file
 */
export async function checkNotOver(output: string, input: string): Promise<string | null> {
  const written = await checkWritable(output);
  if (written !== null && written === (await realpath(input).catch(() => null))) refuseOverwriting(output);
  return written;
}

/** @throws UserError: the result would be written over it */
export function refuseOverwriting(path: string): never {
  throw new UserError(
    `${visible(path)}: is one of the files to be read; the result would be written over it`,
    'Give another --output.',
  );
}

/**
 * Writes the whole content or nothing: a temporary file beside the target, flushed, then renamed over it. A link goes on
 * leading where it led, and a file that was there keeps its permissions. Pipes and devices are written to as they are.
 *
 * @param mode permissions of a new file, before the process's mask
 * @throws UserError when it cannot be written; what was there before is untouched and the temporary file is gone
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  try {
    const there = await stat(path).catch(() => null);
    if (isStream(path, there)) return await writeTo(path, content);
    const behind = await readlink(path).then(
      () => realpath(path),
      () => path,
    );
    await replaced(behind, content, there?.mode ?? mode);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Without a code it is no trouble of the file system, so ours.
    if (code === undefined) throw error;
    throw new UserError(
      `${visible(path)}: cannot be written (${code})`,
      'Check that the folder exists, is writable and has room.',
    );
  }
}

/** A reader that closes early is no error, as with standard output. */
async function writeTo(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'a');
  try {
    await handle.writeFile(content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Puts a whole file in the place of what stands there, or leaves that and nothing else, even where a signal ends the
 * program meanwhile.
 *
 * @param mode permissions of the file
 * @throws the error of the file system
 */
export async function replaced(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const unwatched = goneWithUs(temporary);
  try {
    const handle = await open(temporary, 'wx', mode & 0o777);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    unwatched();
  }
}

/** Takes a file along when a signal ends the program. @returns what ends the watch */
function goneWithUs(temporary: string): () => void {
  const end = (signal: NodeJS.Signals): void => {
    unwatched();
    rmSync(temporary, { force: true });
    // Without a handler, and now there is none of ours, the signal does what it always did.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const unwatched = (): void => ENDING.forEach((signal) => void process.off(signal, end));
  ENDING.forEach((signal) => void process.on(signal, end));
  return unwatched;
}
