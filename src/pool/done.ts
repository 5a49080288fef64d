import { keyOf, openStore, type Store } from '../cache/cache.js';
import type { Task } from '../work/work.js';

/** Where results worth keeping are kept: the folder of a cache, and the hash of the code that what is in it depends on. */
export interface Keeping {
  readonly folder: string;
  readonly code: string;
}

let opened: { readonly folder: string; readonly store: Store } | null = null;

function storeIn(folder: string): Store {
  if (opened?.folder !== folder) opened = { folder, store: openStore(folder) };
  return opened.store;
}

/**
 * Does one batch, or finds what came of it before. Whoever does the work keeps the result as well: what is written passes
 * through copies as large as itself, and a thread with a small heap is rid of them sooner.
 */
export async function done(task: Task<unknown, unknown>, input: unknown, cache?: Keeping): Promise<unknown> {
  const { kept } = task;
  if (cache === undefined || kept === undefined) return task.run(input);
  const store = storeIn(cache.folder);
  const key = keyOf([task.name, cache.code, ...kept.parts(input)]);
  const known = store.get(key);
  if (known !== undefined) return kept.read(known);
  const output = await task.run(input);
  store.put(key, kept.write(output));
  return output;
}
