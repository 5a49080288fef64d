import { randomBytes } from 'node:crypto';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';

/**
 * Looks, before the work is done, whether a file can be written.
 *
 * @returns its real path where it is there already, so that it is not read and written over; null for a new one
 * @throws UserError where its folder is missing or takes no files, or where a folder stands in its place
 */
export async function checkWritable(path: string): Promise<string | null> {
  const folder = dirname(path);
  try {
    if ((await stat(path).catch(() => null))?.isDirectory() === true)
      throw new UserError(`${visible(path)}: is a folder`, 'Give the name of a file.');
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    if (code === 'ENOENT')
      throw new UserError(`${visible(path)}: there is no folder ${visible(folder)}`, 'Make it first.');
    throw new UserError(`${visible(path)}: cannot be written (${code})`, 'Check that its folder takes files of yours.');
  }
  return realpath(path).catch(() => null);
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

/** @throws UserError: the result would be written over what it is made from */
export function refuseOverwriting(path: string): never {
  throw new UserError(
    `${visible(path)}: is one of the files to be read; the result would be written over it`,
    'Give another --output.',
  );
}

/**
 * Writes the whole content or nothing: a temporary file beside the target, flushed, then renamed over it.
 *
 * @throws UserError when it cannot be written; what was there before is untouched and the temporary file is gone
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    // Without a code it is no trouble of the file system, so ours.
    if (code === undefined) throw error;
    throw new UserError(
      `${visible(path)}: cannot be written (${code})`,
      'Check that the folder exists, is writable and has room.',
    );
  }
}
