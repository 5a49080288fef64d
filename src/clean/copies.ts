import type { Steps } from '../work/work.js';
import { originalsOf, type Originals } from './originals.js';
import { sampledOf, shinglesIn, type Sketch } from './sketches.js';

/** What `findCopies` needs of an article. */
export interface Copyable {
  readonly id: string;
  readonly publishedAt: number | null;
  text(): string;
  /** Of the text. */
  readonly sketch: Sketch;
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

/** From which share of both texts together, or of one of them, it is a near copy. */
export const [RESEMBLANCE, CONTAINMENT] = [0.5, 0.8];
const CANDIDATES = 8;

/**
 * Finds exact and near copies (Broder 1997: resemblance of shingle sets of at least .5, or .8 of the shorter contained
 * in the longer). Articles are taken longest first (then earliest, then by id); each is compared with the originals
 * before it that share sampled shingles, and becomes the copy of the one it overlaps most, else an original itself: a
 * star around each original, never a chain. Time grows with the words, not with the pairs. Sorted by the ids dropped.
 */
export function* findCopies(articles: readonly Copyable[]): Steps<Copy[]> {
  const lengths = articles.map(({ sketch }) => sketch.words);
  const order = [...articles.keys()].sort((a, b) => lengths[b] - lengths[a] || first(articles[a], articles[b]));
  const originals = yield* originalsOf(articles.map(({ sketch }) => sketch.shingles));
  /** The original of every text met, by its hash. */
  const exact = new Map<number, number>();
  const out: Copy[] = [];
  for (const i of order) {
    const { words, whole } = articles[i].sketch;
    if (words === 0) continue;
    const twin = exact.get(whole);
    if (twin !== undefined) {
      out.push({ kept: twin, dropped: i, overlap: 1, reverse: 1 });
      continue;
    }
    const copy = best(i, articles, originals);
    if (copy !== null) out.push(copy);
    else originals.add(i);
    exact.set(whole, copy?.kept ?? i);
  }
  return out.sort((a, b) => compare(articles[a.dropped].id, articles[b.dropped].id));
}

/** Of two equally long. */
function first(a: Copyable, b: Copyable): number {
  return (a.publishedAt ?? Number.MAX_VALUE) - (b.publishedAt ?? Number.MAX_VALUE) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The original that article i copies most, or null. Only those that share a fifth of the sampled shingles are looked at. */
function best(i: number, articles: readonly Copyable[], originals: Originals): Copy | null {
  const candidates = originals.near(i, Math.max(1, sampledOf(articles[i].sketch) / 5)).slice(0, CANDIDATES);
  if (candidates.length === 0) return null;
  const shingles = shinglesIn(articles[i].text());
  let found: Copy | null = null;
  for (const original of candidates) {
    const other = shinglesIn(articles[original].text());
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
