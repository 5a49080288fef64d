import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { codeHash, openStore, sweepStore } from '../cache/cache.js';
import { UserError } from '../errors.js';
import type { Cache } from '../pipeline/pipeline.js';

/** Flags that say where the cache is, and whether there is one. */
export interface CacheOptions {
  /** False with --no-cache. */
  readonly cache?: boolean;
  readonly cacheDir?: string;
  readonly resume?: boolean;
}

/** The folder of the cache: as named, else where the system has its caches. */
export function folderOf({ cacheDir }: CacheOptions): string {
  if (cacheDir !== undefined) return cacheDir;
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'manyhands');
  if (process.platform === 'win32' && local !== undefined) return join(local, 'manyhands', 'cache');
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'manyhands');
}

/** The cache a scan uses; null with --no-cache. @throws UserError for --resume without a cache */
export function cacheOf(options: CacheOptions): Cache | null {
  if (options.cache !== false) {
    const folder = folderOf(options);
    sweepStore(folder);
    return { store: openStore(folder), code: codeHash() };
  }
  if (options.resume === true)
    throw new UserError('--resume goes on from the cache, and --no-cache forbids it', 'Leave one of them out.');
  return null;
}
