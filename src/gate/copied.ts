import type { Location } from '../check-types.js';
import { sourceOffset } from '../clean/clean.js';
import { contentHash } from './entries.js';
import type { CopiedFrom } from './findings.js';
import type { Passage } from './passages.js';
import type { Prepared } from './prepare.js';

/** Fewest words that are told of one archived article. */
const SHORTEST_COPY = 20;

/** Share of the words that stand in archived articles. */
export function copiedShare({ passages, places }: Prepared): number {
  if (places === null || places.hashes.length === 0) return 0;
  const seen = new Uint8Array(places.hashes.length);
  for (const { first, last } of passages) seen.fill(1, first, last + 1);
  return seen.reduce((n, s) => n + s, 0) / seen.length;
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
  const byArticle = new Map<number, Passage[]>();
  for (const p of passages) byArticle.set(p.article, [...(byArticle.get(p.article) ?? []), p]);
  const left = new Uint8Array(places.hashes.length).fill(1);
  const gain = (own: readonly Passage[]): number => {
    const seen = new Uint8Array(left.length);
    for (const { first, last } of own) seen.fill(1, first, last + 1);
    return seen.reduce((n, s, i) => n + (s & left[i]!), 0);
  };
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
    for (const { first, last } of best.own) left.fill(0, first, last + 1);
    const same = ranked.filter((r) => r !== best && gain(r.own) < SHORTEST_COPY);
    for (const { article } of [best, ...same]) byArticle.delete(article);
    out.push({
      words: best.words,
      passages: best.own.length,
      articles: [best, ...same].map((r) => r.article),
      location: place(start, Math.max(start, end)),
      key: contentHash(places.hashes.subarray(longest.first, longest.last + 1).join(' ')),
    });
  }
  return out;
}
