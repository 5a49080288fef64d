import { readFileSync } from 'node:fs';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';

/** How long another writer is waited for, and how often it is looked for, in milliseconds. */
const PATIENCE = 30_000;
const LOOK = 100;

/**
 * Takes the lock of a folder, so that one process writes at a time. A lock whose process is gone (killed, or the machine
 * restarted) is taken over.
 *
 * @returns what gives the lock back
 * @throws UserError when another process keeps it
 */
export async function locked(folder: string, patience = PATIENCE): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  const mine = `${JSON.stringify({ host: hostname(), pid: process.pid, born: born(process.pid) })}\n`;
  for (let waited = 0; ; waited += LOOK) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(mine);
      await handle.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw inPlainWords(error, folder);
    }
    const held = await readFile(path, 'utf8').catch((error: unknown) => goneOr(error, path));
    if (held === null) continue;
    if (isStale(held, waited)) await takenAway(path, held);
    else if (waited >= patience)
      throw new UserError(
        `${visible(folder)}: another process is writing to this reference`,
        `Wait for it; if there is none, delete ${visible(path)}.`,
      );
    else await new Promise((done) => setTimeout(done, LOOK));
  }
}

/** An empty lock is one whose process died, or has not written it yet: it has two seconds. */
function isStale(held: string, waited: number): boolean {
  if (held === '') return waited > 2000;
  try {
    const { host, pid, born: since } = JSON.parse(held) as { host?: unknown; pid?: unknown; born?: unknown };
    if (host !== hostname() || typeof pid !== 'number') return false;
    return !isAlive(pid) || (typeof since === 'string' && since !== '' && since !== born(pid));
  } catch {
    return waited > 2000;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, in the kernel's ticks, so that a number given out again is not taken for the same; '' elsewhere. */
function born(pid: number): string {
  try {
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /su, '')
        .split(' ')[19] ?? ''
    );
  } catch {
    return '';
  }
}

/** Two processes may find the same dead lock: what was moved away must be what was found dead, else it goes back. */
async function takenAway(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await rename(path, aside);
  } catch (error) {
    return void goneOr(error, path);
  }
  if ((await readFile(aside, 'utf8').catch(() => dead)) !== dead) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** null for a file that is not there any more. @throws UserError for one that cannot be read or moved: it will not go by itself */
function goneOr(error: unknown, path: string): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw inPlainWords(error, path);
}

/** What a person can do something about, as an error of theirs. */
export function inPlainWords(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof UserError || code === undefined) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new UserError(
    `${visible(folder)}: cannot be written (${full ? `no room left, ${code}` : code})`,
    'What was there before is untouched. Check that the folder is writable and has room.',
  );
}
