import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collector: (() => void) | null = null;

/**
 * Collects garbage now. Shared memory does not count as part of the heap, so the engine sees no need to look for what of
 * it was let go of: of 100,000 articles half a gigabyte stayed.
 */
export function collectGarbage(): void {
  if (collector === null) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as () => void;
  }
  collector();
}

/** Bytes outside the heap by which a thread grows before it looks for what of them was let go of: one fit of axes takes as many. */
const GROWTH = 32_000_000;
let outside = 0;

/** Collects garbage where this thread has taken much memory outside its heap, which alone does not make the engine look. */
export function collectOutside(): void {
  if (getHeapStatistics().external_memory < outside + GROWTH) return;
  collectGarbage();
  outside = getHeapStatistics().external_memory;
}
