import { unpackTexts, type PackedTexts } from '../text/held.js';
import { inOnePiece } from '../work/pieces.js';
import type { Task } from '../work/work.js';
import { wordHashes } from './hashes.js';
import { oftenIn } from './often.js';

/** What `findCopies` needs of an article. */
export interface Copyable {
  readonly id: string;
  readonly text: () => string;
  readonly publishedAt: number | null;
  /** Of the text. */
  readonly sketch: Sketch;
}

/** What finds the originals a text may be copied from. */
export interface Sketch {
  readonly words: number;
  /** Hash of all its words in order. */
  readonly whole: string;
  /** Its sampled shingles, or all of them where they are few: sorted, distinct. */
  readonly shingles: Int32Array;
  readonly sampled: number;
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
  const sketches = articles.map((a) => a.sketch);
  const order = articles.map((_, i) => i).sort((a, b) => first(articles, sketches, a, b));
  const index = indexOf(sketches);
  const exact = new Map<string, number>();
  const out: Copy[] = [];
  for (const i of order) {
    const sketch = sketches[i];
    if (sketch.words === 0) continue;
    const twin = exact.get(sketch.whole);
    if (twin !== undefined) {
      out.push({ kept: twin, dropped: i, overlap: 1, reverse: 1 });
      continue;
    }
    const copy = best(i, sketch, articles, index);
    if (copy !== null) out.push(copy);
    else addTo(index, i);
    exact.set(sketch.whole, copy?.kept ?? i);
  }
  return out.sort((a, b) => compare(articles[a.dropped].id, articles[b.dropped].id));
}

/** The sketches of some texts. */
export const sketchTask: Task<PackedTexts, readonly Sketch[]> = {
  name: 'sketch',
  run: (texts) => {
    const all = unpackTexts(texts).map(sketchOf);
    const shingles = inOnePiece(all.map((sketch) => sketch.shingles));
    return all.map((sketch, i) => ({ ...sketch, shingles: shingles[i] }));
  },
};

/** Works out what `findCopies` needs of a text; it can be done for every text by itself. */
export function sketchOf(text: string): Sketch {
  const words = wordHashes(text);
  const all = shinglesOf(words);
  const sampled = all.filter(isSampled);
  return {
    words: words.length,
    whole: fingerprint(words),
    shingles: all.length < ALWAYS_BELOW ? all : sampled,
    sampled: sampled.length,
  };
}

/** Originals by shingle, of which there are none yet; only of shingles that more than one text has. */
interface Index {
  /** Numbers of the shingles of every article, one article's behind another's, and where each article's end. */
  readonly shingles: Int32Array;
  readonly ends: Int32Array;
  /** Originals by shingle: where the place for those of each begins, and how many there are. */
  readonly lists: Int32Array;
  readonly begins: Int32Array;
  readonly lengths: Uint8Array;
  /** How many shingles an original has in common with the article that is looked at; all 0 between two. */
  readonly shared: Uint32Array;
}

/**
 * Shingles that more than one text has, by number, text by text: the others find nothing, and are nine tenths of all. What is
 * seen once alone is told by one byte for every hash, so that only a few of them get a place in the table of numbers.
 */
function indexOf(sketches: readonly Sketch[]): Index {
  const all = sketches.map((sketch) => sketch.shingles);
  const often = oftenIn(all, 2);
  const shingles = new Int32Array(all.reduce((n, { length }) => n + length, 0));
  const ends = new Int32Array(all.length);
  let used = 0;
  all.forEach((own, i) => {
    for (let k = 0; k < own.length; k++) if (often.of(own[k]!) === 2) shingles[used++] = own[k]!;
    ends[i] = used;
  });
  const numbers = new Numbers(used);
  for (let k = 0; k < used; k++) shingles[k] = numbers.of(shingles[k]!);
  const times = new Uint32Array(numbers.size);
  for (let k = 0; k < used; k++) times[shingles[k]!]!++;
  let [from, kept] = [0, 0];
  ends.forEach((to, i) => {
    for (; from < to; from++) if (times[shingles[from]!]! > 1) shingles[kept++] = shingles[from]!;
    ends[i] = kept;
  });
  const begins = new Int32Array(times.length);
  let room = 0;
  times.forEach((n, number) => {
    begins[number] = room;
    if (n > 1) room += Math.min(LONGEST_LIST, n);
  });
  const lists = new Int32Array(room);
  const lengths = new Uint8Array(times.length);
  // A copy: what is left of the room for all shingles is let go of.
  return { shingles: shingles.slice(0, kept), ends, lists, begins, lengths, shared: new Uint32Array(all.length) };
}

/** Numbers from 0 up for 32-bit hashes: a `Map` of a million of them takes three times as long. */
class Numbers {
  private readonly bits: number;
  private readonly hashes: Int32Array;
  /** Number of the hash in each place, and 1; 0 where there is none. */
  private readonly numbers: Int32Array;
  size = 0;

  /** @param most hashes that will be numbered, each time they are met */
  constructor(most: number) {
    this.bits = Math.max(4, Math.ceil(Math.log2(2 * most + 1)));
    this.hashes = new Int32Array(2 ** this.bits);
    this.numbers = new Int32Array(2 ** this.bits);
  }

  of(hash: number): number {
    const { hashes, numbers, bits } = this;
    for (let at = Math.imul(hash, 0x85ebca6b) >>> (32 - bits); ; at = (at + 1) & (numbers.length - 1)) {
      if (numbers[at] === 0) {
        hashes[at] = hash;
        numbers[at] = ++this.size;
      } else if (hashes[at] !== hash) continue;
      return numbers[at]! - 1;
    }
  }
}

function first(articles: readonly Copyable[], sketches: readonly Sketch[], a: number, b: number): number {
  const byLength = sketches[b].words - sketches[a].words;
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

function addTo({ lists, begins, lengths, ...index }: Index, i: number): void {
  for (const shingle of shinglesIn(index, i)) {
    const length = lengths[shingle]!;
    if (length === LONGEST_LIST) continue;
    lists[begins[shingle]! + length] = i;
    lengths[shingle] = length + 1;
  }
}

function shinglesIn({ shingles, ends }: Pick<Index, 'shingles' | 'ends'>, i: number): Int32Array {
  return shingles.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!);
}

/** The original that article i copies most, or null. Only those that share a fifth of the sampled shingles are looked at. */
function best(
  i: number,
  sketch: Sketch,
  articles: readonly Copyable[],
  { lists, begins, lengths, shared, ...index }: Index,
): Copy | null {
  const met: number[] = [];
  for (const shingle of shinglesIn(index, i)) {
    const from = begins[shingle]!;
    for (let at = from; at < from + lengths[shingle]!; at++) if (shared[lists[at]!]!++ === 0) met.push(lists[at]!);
  }
  const enough = Math.max(1, sketch.sampled / 5);
  const candidates = met
    .map((original) => [original, shared[original]!] as const)
    .filter(([, n]) => n >= enough)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CANDIDATES);
  for (const original of met) shared[original] = 0;
  if (candidates.length === 0) return null;
  const shingles = shinglesOf(wordHashes(articles[i].text()));
  let found: Copy | null = null;
  for (const [original] of candidates) {
    const other = shinglesOf(wordHashes(articles[original].text()));
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
