import { hashString } from '../math/random.js';

const SHINGLE = 5;
const HASHES = 64;
const BANDS = 32;
/** Resemblance, or containment of the shorter, from which two articles are one text. */
const SAME_RESEMBLANCE = 0.5;
const SAME_CONTAINMENT = 0.8;

/** Two articles of nearly the same text: indices into the input, and how much of the shorter stands in the longer. */
export interface Copy {
  readonly a: number;
  readonly b: number;
  /** Share of the shorter text's 5-word shingles found in the other, 0 … 1. */
  readonly overlap: number;
}

/**
 * Pairs of near copies, by MinHash over 5-word shingles with banding (Broder 1997), each candidate then checked
 * exactly. Time grows with the number of articles and true copies, not with the number of pairs.
 */
export function findCopies(texts: readonly string[]): Copy[] {
  const shingles = texts.map(shinglesOf);
  const buckets = new Map<string, number[]>();
  shingles.forEach((set, i) => {
    if (set.length === 0) return;
    const signature = minHash(set);
    for (let band = 0; band < BANDS; band++) {
      const key = `${band}:${signature[2 * band]!}:${signature[2 * band + 1]!}`;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [i]);
      // A bucket needs only its first members: later copies pair with those.
      else if (bucket.length < 50) bucket.push(i);
    }
  });
  const checked = new Set<number>();
  const out: Copy[] = [];
  for (const bucket of buckets.values()) {
    for (let x = 0; x < bucket.length; x++)
      for (let y = x + 1; y < bucket.length; y++) {
        const [a, b] = [bucket[x]!, bucket[y]!];
        const key = a * texts.length + b;
        if (checked.has(key)) continue;
        checked.add(key);
        const copy = compared(a, b, shingles[a]!, shingles[b]!);
        if (copy !== null) out.push(copy);
      }
  }
  return out.sort((p, q) => p.a - q.a || p.b - q.b);
}

function compared(a: number, b: number, left: Uint32Array, right: Uint32Array): Copy | null {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i]! === right[j]!) {
      shared++;
      i++;
      j++;
    } else if (left[i]! < right[j]!) i++;
    else j++;
  }
  const overlap = shared / Math.min(left.length, right.length);
  const resemblance = shared / (left.length + right.length - shared);
  return resemblance >= SAME_RESEMBLANCE || (overlap >= SAME_CONTAINMENT && shared >= 40) ? { a, b, overlap } : null;
}

/** Sorted, distinct hashes of the text's word shingles. */
function shinglesOf(text: string): Uint32Array {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const hashes = words.map((w) => hashString(w.slice(0, 40)));
  const count = hashes.length < SHINGLE ? (hashes.length === 0 ? 0 : 1) : hashes.length - SHINGLE + 1;
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let h = 0;
    for (let k = 0; k < SHINGLE && i + k < hashes.length; k++) h = Math.imul(h, 0x01000193) ^ hashes[i + k]!;
    out[i] = h >>> 0;
  }
  return Uint32Array.from(new Set(out.sort()));
}

function minHash(set: Uint32Array): Uint32Array {
  const out = new Uint32Array(HASHES).fill(0xffffffff);
  for (const value of set) {
    let h = value;
    for (let k = 0; k < HASHES; k++) {
      h = (Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
      if (h < out[k]!) out[k] = h;
    }
  }
  return out;
}
