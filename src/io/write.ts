import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';

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
