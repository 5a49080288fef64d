import type { PackedRows } from '../types/types.js';
import { batches, each, type Steps, type Task } from '../work/work.js';
import { BUCKETS } from './counting.js';
import { PackedBatches, RowReader } from './packed.js';

/** The columns kept of one view. */
export interface Columns {
  /** Hash buckets kept, one a column, ascending. */
  readonly buckets: Uint32Array;
  /** Inverse document frequency of each column. */
  readonly idf: Float64Array;
}

/** Batches looked through or projected at once. */
export const TOGETHER = 4;

/** Parts in which documents are looked through for columns: each gives a number for every bucket, and of every view at once. */
const PARTS = 4;

/** In how many documents of some batches each bucket is found. */
export const foundTask: Task<readonly PackedRows[], Uint16Array | Uint32Array> = {
  name: 'found',
  run: (packed) => {
    // A core's cache holds the smaller one; shared, so that no thread copies it.
    const few = new PackedBatches(packed).rows < 1 << 16;
    const room = new SharedArrayBuffer((few ? 2 : 4) * BUCKETS);
    const foundIn = few ? new Uint16Array(room) : new Uint32Array(room);
    const reader = new RowReader();
    for (const batch of packed)
      for (let r = 0; r + 1 < batch.start.length; r++) {
        const n = reader.read(batch, r);
        const { ids } = reader;
        for (let p = 0; p < n; p++) foundIn[ids[p]!]!++;
      }
    return foundIn;
  },
};

/** The columns found in most documents, with their inverse document frequencies. */
export function* columnsSteps(packed: readonly PackedRows[], documents: number, most: number): Steps<Columns> {
  const parts = yield* each(foundTask, batches(packed, Math.max(TOGETHER, Math.ceil(packed.length / PARTS))));
  const foundIn = new Uint32Array(BUCKETS);
  for (const part of parts) for (let id = 0; id < BUCKETS; id++) foundIn[id]! += part[id]!;
  return chosenColumns(foundIn, documents, most);
}

function chosenColumns(foundIn: Uint32Array, documents: number, most: number): Columns {
  const atLeast = Math.min(3, Math.max(2, Math.floor(documents / 100) + 1));
  // By counting, not by comparing: there are a million buckets and few frequencies.
  const place = new Uint32Array(documents + 2);
  for (let id = 0; id < BUCKETS; id++) if (foundIn[id]! >= atLeast) place[documents - foundIn[id]! + 1]!++;
  for (let n = 1; n < place.length; n++) place[n]! += place[n - 1]!;
  const ordered = new Uint32Array(place[documents + 1]!);
  for (let id = 0; id < BUCKETS; id++) if (foundIn[id]! >= atLeast) ordered[place[documents - foundIn[id]!]!++] = id;
  const buckets = ordered.subarray(0, most).slice().sort();
  // The root: rare n-grams name subjects. Recall at 0.1 % .784 → .793 on the mean of 13 dumps, .759 squared.
  return {
    buckets,
    idf: Float64Array.from(buckets, (id) => Math.sqrt(Math.log((1 + documents) / (1 + foundIn[id]!)) + 1)),
  };
}
