import type { Location } from '../types/types.js';
import { countWords, sourceOffset } from '../clean/clean.js';
import { groupBy } from '../math/grouped.js';
import { contentHash } from './entries.js';
import type { CopiedFrom } from './findings.js';
import type { Passage } from './passages.js';
import type { Prepared } from './prepare.js';

/** Fewest words that are told of one archived article. */
const SHORTEST_COPY = 20;

/** Share of the words that stand in archived articles. */
export function copiedShare({ passages, places, document }: Prepared): number {
  if (places === null || document === null || document.words === 0) return 0;
  const seen = new Uint8Array(places.hashes.length);
  for (const { first, last } of passages) seen.fill(1, first, last + 1);
  return wordsOf(seen, document.text, places) / document.words;
}

/** Words in the stretches that are marked, counted as a submission's words are: what is hashed is parted at every mark. */
function wordsOf(marked: Uint8Array, text: string, { starts, ends }: NonNullable<Prepared['places']>): number {
  let n = 0;
  for (let first = marked.indexOf(1); first >= 0;) {
    const end = marked.indexOf(0, first);
    const last = (end < 0 ? marked.length : end) - 1;
    n += countWords(text.slice(starts[first], ends[last]));
    first = marked.indexOf(1, last + 1);
  }
  return n;
}

/**
 * Copied passages by the archived article they stand in: first the article that holds most of the submission's words,
 * then the one that holds most of what is left. Articles with the same passages stand beside the first.
 */
export function sourcesOf(
  { passages, places, document }: Prepared,
  place: (a: number, b: number) => Location,
): CopiedFrom[] {
  if (places === null || document === null) return [];
  const byArticle = groupBy(passages, (p) => p.article);
  const left = new Uint8Array(places.hashes.length).fill(1);
  const fresh = (own: readonly Passage[]): Uint8Array => {
    const seen = new Uint8Array(left.length);
    for (const { first, last } of own) seen.fill(1, first, last + 1);
    return seen.map((marked, i) => marked & left[i]!);
  };
  const gain = (own: readonly Passage[]): number => fresh(own).reduce((n, marked) => n + marked, 0);
  const out: CopiedFrom[] = [];
  while (byArticle.size > 0) {
    const ranked = [...byArticle]
      .map(([article, own]) => ({ article, own, words: gain(own) }))
      .sort((a, b) => b.words - a.words || a.article - b.article);
    const [best] = ranked;
    if (best === undefined || best.words < SHORTEST_COPY) break;
    const longest = best.own.reduce((x, y) => (y.last - y.first > x.last - x.first ? y : x));
    const start = sourceOffset(document.origin, places.starts[longest.first]!);
    const end = sourceOffset(document.origin, places.ends[longest.last]! - 1) + 1;
    const words = wordsOf(fresh(best.own), document.text, places);
    for (const { first, last } of best.own) left.fill(0, first, last + 1);
    const same = ranked.filter((r) => r !== best && gain(r.own) < SHORTEST_COPY);
    for (const { article } of [best, ...same]) byArticle.delete(article);
    if (words < SHORTEST_COPY) continue;
    out.push({
      words,
      passages: best.own.length,
      articles: [best, ...same].map((r) => r.article),
      location: place(start, Math.max(start, end)),
      key: contentHash(places.hashes.subarray(longest.first, longest.last + 1).join(' ')),
    });
  }
  return out;
}
