import { clearStore, statsOf } from '../cache/cache.js';
import { UserError } from '../errors.js';
import { counted } from '../text/figures.js';
import { hintFor } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { folderOf, type CacheOptions } from './cached.js';
import { deliver } from './deliver.js';
import { CACHE_ACTIONS } from './flags.js';

/** `manyhands cache stats|clear`: what the cache holds, and deleting it. */
export async function cacheCommand(action: string, options: CacheOptions): Promise<void> {
  const folder = folderOf(options);
  if (!CACHE_ACTIONS.includes(action))
    throw new UserError(
      `cache: there is no "${visible(action)}"`,
      hintFor(action, CACHE_ACTIONS, `Say one of ${CACHE_ACTIONS.join(', ')}.`),
    );
  const { entries, bytes } = action === 'clear' ? clearStore(folder) : statsOf(folder);
  const size = `${counted(entries, 'entry', 'entries')}, ${(bytes / 1e6).toFixed(1)} MB`;
  const text = action === 'clear' ? `deleted ${size} from ${visible(folder)}` : `${visible(folder)}: ${size}`;
  await deliver(`${text}\n`, {});
}
