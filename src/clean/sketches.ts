import { hash53 } from '../math/random.js';
import { unpackTexts, type PackedTexts } from '../text/held.js';
import { Pieces } from '../work/pieces.js';
import { rowIn, rowsOf, type Rows } from '../work/rows.js';
import type { Task } from '../work/work.js';
import { wordHashes } from './hashes.js';

/** What finds the originals a text may be copied from. */
export interface Sketch {
  readonly words: number;
  /** 53-bit hash of all its words in order. */
  readonly whole: number;
  /** Its sampled shingles, or all of them where they are few: sorted, distinct. */
  readonly shingles: Int32Array;
}

export const NO_SKETCH: Sketch = { words: 0, whole: 0, shingles: new Int32Array(0) };

/** Sketches of several texts. */
export interface PackedSketches {
  readonly words: Int32Array;
  readonly wholes: Float64Array;
  readonly shingles: Rows<Int32Array>;
}

const SHINGLE = 5;
/** Of a long article's shingles, one in this many (chosen by hash) is looked at. */
const SAMPLE = 4;
const ALWAYS_BELOW = 60;

/** Works out the sketch of a text; it can be done for every text by itself. */
export function sketchOf(text: string): Sketch {
  const words = wordHashes(text);
  const all = shinglesOf(words);
  const shingles = all.length < ALWAYS_BELOW ? all : all.filter(isSampled);
  return { words: words.length, whole: hashOf(words), shingles };
}

/** How many of a sketch's shingles are such as are sampled of long articles. */
export function sampledOf({ shingles }: Sketch): number {
  let n = 0;
  for (let k = 0; k < shingles.length; k++) if (isSampled(shingles[k])) n++;
  return n;
}

/** @param pieces where the shingles stand */
export function packedSketches(all: readonly Sketch[], pieces: Pieces): PackedSketches {
  return {
    words: Int32Array.from(all, ({ words }) => words),
    wholes: Float64Array.from(all, ({ whole }) => whole),
    shingles: rowsOf(
      Int32Array,
      all.map(({ shingles }) => shingles),
      pieces,
    ),
  };
}

export function sketchIn({ words, wholes, shingles }: PackedSketches, i: number): Sketch {
  return { words: words[i], whole: wholes[i], shingles: rowIn(shingles, i) };
}

const SKETCHED = new Pieces();

/** The sketches of some texts. */
export const sketchTask: Task<PackedTexts, PackedSketches> = {
  name: 'sketch',
  run: (texts) => packedSketches(unpackTexts(texts).map(sketchOf), SKETCHED),
};

/** Sorted, distinct 32-bit hashes of a text's runs of five words; of a text of fewer words, one of all. */
export function shinglesIn(text: string): Int32Array {
  return shinglesOf(wordHashes(text));
}

function shinglesOf(words: Int32Array): Int32Array {
  const n = Math.max(1, words.length - SHINGLE + 1);
  const all = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let hash = 0;
    for (let k = i; k < i + SHINGLE && k < words.length; k++)
      hash = Math.imul(hash ^ words[k], 0x9e3779b1) ^ (hash >>> 13);
    all[i] = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < n; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i];
  return all.subarray(0, kept);
}

function hashOf(words: Int32Array): number {
  let low = words.length;
  let high = 0x1b873593;
  for (const word of words) {
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(high ^ word, 0x85ebca6b) ^ (high >>> 15);
  }
  return hash53(low, high);
}

function isSampled(shingle: number): boolean {
  return (shingle & (SAMPLE - 1)) === 0;
}
