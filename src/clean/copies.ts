import { wordHashes } from './hashes.js';

/** What `findCopies` needs of an article. */
export interface Copyable {
  readonly id: string;
  readonly text: string;
  readonly publishedAt: number | null;
}

/** Two articles with nearly the same words: indexes into the input. */
export interface Copy {
  readonly kept: number;
  readonly dropped: number;
  /** Share of the dropped article's 5-word shingles that are in the kept one, 0…1. */
  readonly overlap: number;
  /** Share of the kept article's shingles that are in the dropped one, 0…1. */
  readonly reverse: number;
}

const SHINGLE = 5;
const RESEMBLANCE = 0.5;
const CONTAINMENT = 0.8;
/** Of a long article's shingles, one in this many (chosen by hash) is indexed. */
const SAMPLE = 4;
const ALWAYS_BELOW = 60;
/** Longest list of originals kept under one shingle: a template shared by thousands must not make time quadratic. */
const LONGEST_LIST = 40;
const CANDIDATES = 8;

/**
 * Finds exact and near copies (Broder 1997: resemblance of shingle sets of at least .5, or .8 of the shorter contained
 * in the longer). Articles are taken longest first (then earliest, then by id); each is compared with the originals
 * before it that share sampled shingles, and becomes the copy of the one it overlaps most, else an original itself: a
 * star around each original, never a chain. Time grows with the words, not with the pairs. Sorted by the ids dropped.
 */
export function findCopies(articles: readonly Copyable[]): Copy[] {
  const words = articles.map((a) => wordHashes(a.text));
  const order = articles.map((_, i) => i).sort((a, b) => first(articles, words, a, b));
  const index = new Map<number, number[]>();
  const exact = new Map<string, number>();
  const out: Copy[] = [];
  for (const i of order) {
    if (words[i].length === 0) continue;
    const whole = fingerprint(words[i]);
    const twin = exact.get(whole);
    if (twin !== undefined) {
      out.push({ kept: twin, dropped: i, overlap: 1, reverse: 1 });
      continue;
    }
    const shingles = shinglesOf(words[i]);
    const copy = best(i, shingles, words, index);
    if (copy !== null) out.push(copy);
    else addTo(index, i, shingles);
    exact.set(whole, copy?.kept ?? i);
  }
  return out.sort((a, b) => compare(articles[a.dropped].id, articles[b.dropped].id));
}

function first(articles: readonly Copyable[], words: readonly Int32Array[], a: number, b: number): number {
  const byLength = words[b].length - words[a].length;
  if (byLength !== 0) return byLength;
  const byDate = (articles[a].publishedAt ?? Number.MAX_VALUE) - (articles[b].publishedAt ?? Number.MAX_VALUE);
  return byDate !== 0 ? byDate : compare(articles[a].id, articles[b].id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted, distinct 32-bit hashes of runs of five words; of a text of fewer words, one of all. */
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

function fingerprint(words: Int32Array): string {
  let low = words.length;
  let high = 0x1b873593;
  for (const word of words) {
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(high ^ word, 0x85ebca6b) ^ (high >>> 15);
  }
  return `${words.length} ${low} ${high}`;
}

function isSampled(shingle: number): boolean {
  return (shingle & (SAMPLE - 1)) === 0;
}

function addTo(index: Map<number, number[]>, i: number, shingles: Int32Array): void {
  const all = shingles.length < ALWAYS_BELOW;
  for (const shingle of shingles) {
    if (!all && !isSampled(shingle)) continue;
    const list = index.get(shingle);
    if (list === undefined) index.set(shingle, [i]);
    else if (list.length < LONGEST_LIST) list.push(i);
  }
}

/** The original that article i copies most, or null. Only those that share a fifth of the sampled shingles are looked at. */
function best(
  i: number,
  shingles: Int32Array,
  words: readonly Int32Array[],
  index: ReadonlyMap<number, readonly number[]>,
): Copy | null {
  const shared = new Map<number, number>();
  let sampled = 0;
  for (const shingle of shingles) {
    if (isSampled(shingle)) sampled++;
    for (const original of index.get(shingle) ?? []) shared.set(original, (shared.get(original) ?? 0) + 1);
  }
  const enough = Math.max(1, sampled / 5);
  const candidates = [...shared]
    .filter(([, n]) => n >= enough)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CANDIDATES);
  let found: Copy | null = null;
  for (const [original] of candidates) {
    const other = shinglesOf(words[original]);
    const common = intersection(shingles, other);
    const overlap = common / shingles.length;
    const resemblance = common / (shingles.length + other.length - common);
    if (resemblance < RESEMBLANCE && overlap < CONTAINMENT) continue;
    if (found === null || overlap > found.overlap)
      found = { kept: original, dropped: i, overlap, reverse: common / other.length };
  }
  return found;
}

function intersection(a: Int32Array, b: Int32Array): number {
  let n = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      n++;
      i++;
      j++;
    } else if (a[i] < b[j]) i++;
    else j++;
  }
  return n;
}
