import { textOf } from '../text/held.js';
import type { HeldText } from '../types/types.js';
import type { Task } from '../work/work.js';
import { wordHashes } from './hashes.js';

/** Words of a run: what two texts have in common from here on is no chance. */
export const RUN = 8;
/** Words of a row that are looked at, at least; behind them no further text is. */
const LOOKED_AT = 200_000;
/** Stands between two texts in a row of words. */
export const BREAK = 0;

/** Texts as one row of words; in shared memory, as it crosses threads. */
export interface WordRow {
  /** Place in the row at which each text begins. */
  readonly begins: Int32Array;
  /** Hash of each word. */
  readonly words: Int32Array;
  /** Hash of every run of words, with its first place: hash · 2²¹ + place, ascending. */
  readonly runs: Float64Array;
}

/** Values of `WordRow.runs` are parted here. */
export const PLACES = 2 ** 21;

/** Makes a row of words of each of several lists of texts. */
export const rowsTask: Task<readonly (readonly HeldText[])[], readonly WordRow[]> = {
  name: 'rows',
  run: (lists) => lists.map(rowOf),
};

function rowOf(texts: readonly HeldText[]): WordRow {
  const parts: Int32Array[] = [];
  const begins: number[] = [];
  let length = 0;
  for (const text of texts) {
    if (length >= LOOKED_AT) break;
    const part = wordHashes(textOf(text)).subarray(0, LOOKED_AT);
    parts.push(part);
    begins.push(length);
    length += part.length + 1;
  }
  const words = new Int32Array(new SharedArrayBuffer(4 * length)).fill(BREAK);
  parts.forEach((part, i) => words.set(part, begins[i]));
  const runs = new Float64Array(new SharedArrayBuffer(8 * length));
  let [since, used] = [0, 0];
  for (let i = 0; i < length; i++) {
    since = words[i] === BREAK ? 0 : since + 1;
    if (since >= RUN) runs[used++] = (runAt(words, i - RUN + 1) >>> 0) * PLACES + i - RUN + 1;
  }
  // Numbers above 0 are in the order of their bits, and integers are sorted twice as fast.
  new BigUint64Array(runs.buffer, 0, used).sort();
  return { begins: Int32Array.from(begins), words, runs: runs.subarray(0, used) };
}

/** 32-bit hash of the run of words that begins at a place. */
export function runAt(words: Int32Array, at: number): number {
  let h = 0x2c1b3c6d;
  for (let k = at; k < at + RUN; k++) {
    h = Math.imul(h ^ words[k]!, 0x85ebca6b);
    h = (h << 13) | (h >>> 19);
  }
  return h ^ (h >>> 16);
}

interface ToSearch {
  readonly texts: readonly HeldText[];
  /** Runs of words, one behind the other. */
  readonly wanted: Int32Array;
}

/** In which of some texts runs of words stand: hash and place of the text, pair after pair. */
export const searchTask: Task<ToSearch, Int32Array> = {
  name: 'search',
  run: ({ texts, wanted }) => {
    const hashes = new Set<number>();
    // Nearly every run of words is none of them, and its first two words tell most of those.
    const begins = (words: Int32Array, at: number): number => (Math.imul(words[at]!, 31) + words[at + 1]!) & 0xffff;
    const maybe = new Uint8Array(1 << 16);
    for (let at = 0; at < wanted.length; at += RUN) {
      hashes.add(runAt(wanted, at));
      maybe[begins(wanted, at)] = 1;
    }
    const found: number[] = [];
    texts.forEach((text, t) => {
      const words = wordHashes(textOf(text));
      for (let i = 0; i + RUN <= words.length; i++) {
        if (maybe[begins(words, i)] === 0) continue;
        const hash = runAt(words, i);
        if (hashes.has(hash)) found.push(hash, t);
      }
    });
    return Int32Array.from(found);
  },
};
