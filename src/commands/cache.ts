import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { UserError } from '../errors.js';
import type { Cache } from '../pipeline.js';
import { clearStore, codeHash, openStore, statsOf } from '../cache/cache.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { deliver } from './common.js';

/** Flags that say where the cache is, and whether there is one. */
export interface CacheOptions {
  /** False with --no-cache. */
  readonly cache?: boolean;
  readonly cacheDir?: string;
  readonly resume?: boolean;
}

/** The folder of the cache: as named, else where the system has its caches. */
function folderOf({ cacheDir }: CacheOptions): string {
  if (cacheDir !== undefined) return cacheDir;
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'manyhands');
  if (process.platform === 'win32' && local !== undefined) return join(local, 'manyhands', 'cache');
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'manyhands');
}

/** The cache a scan uses; null with --no-cache. @throws UserError for --resume without a cache */
export function cacheOf(options: CacheOptions): Cache | null {
  if (options.cache !== false) return { store: openStore(folderOf(options)), code: codeHash() };
  if (options.resume === true)
    throw new UserError('--resume goes on from the cache, and --no-cache forbids it', 'Leave one of them out.');
  return null;
}

const ACTIONS = ['stats', 'clear'] as const;

/** `manyhands cache stats|clear`: what the cache holds, and deleting it. */
export async function cacheCommand(action: string, options: CacheOptions): Promise<void> {
  const folder = folderOf(options);
  if (action !== 'stats' && action !== 'clear') {
    const near = nearest(action, ACTIONS);
    throw new UserError(
      `cache: there is no "${visible(action)}"`,
      near === null ? 'Give stats or clear.' : `Did you mean ${near}?`,
    );
  }
  const { entries, bytes } = action === 'clear' ? clearStore(folder) : statsOf(folder);
  const size = `${entries} ${entries === 1 ? 'entry' : 'entries'}, ${(bytes / 1e6).toFixed(1)} MB`;
  const text = action === 'clear' ? `deleted ${size} from ${visible(folder)}` : `${visible(folder)}: ${size}`;
  await deliver(`${text}\n`, {});
}
