import { groupBy } from '../math/grouped.js';
import { contentHash, type EnrolInput } from './entries.js';
import { nearestHand } from './hands.js';
import type { Measurements } from './measure.js';
import type { QuantisedRows } from './quantised.js';
import type { Reference, ReferenceArticles, ReferenceByline } from './reference.js';

/**
 * Every article, old and new, as columns. A new article of a byline with several hands goes to the nearest of them.
 *
 * @param packed turned rows of all articles, by view
 * @param added those of the new ones
 */
export function articlesOf(
  { entries }: EnrolInput,
  { hand }: Measurements,
  before: Reference | null,
  packed: readonly QuantisedRows[],
  added: readonly QuantisedRows[],
): ReferenceArticles {
  const old = before?.articles ?? null;
  const first = old?.id.length ?? 0;
  const handOf = new Int32Array(first + entries.length);
  if (old !== null) handOf.set(old.hand);
  const membersOf = groupBy(old?.bylineOf.keys() ?? [], (r) => old!.bylineOf[r]!);
  entries.forEach(({ byline }, i) => {
    if (old === null) handOf[i] = Math.max(0, hand[i] ?? 0);
    else if (byline >= 0 && (before!.bylines[byline]?.hands ?? 0) > 1) {
      const rows = added.map(({ dims, values, scale }) =>
        Float32Array.from(values.subarray(i * dims, (i + 1) * dims), (v) => v * scale[i]!),
      );
      handOf[first + i] = nearestHand(rows, packed, membersOf.get(byline) ?? [], handOf).hand;
    }
  });
  const more = <T>(a: readonly T[] | undefined, b: readonly T[]): T[] => [...(a ?? []), ...b];
  return {
    id: more(
      old?.id,
      entries.map((e) => e.article.id),
    ),
    printed: more(
      old?.printed,
      entries.map((e) => e.article.bylines[0] ?? ''),
    ),
    bylineOf: Int32Array.from(
      more(
        old === null ? [] : [...old.bylineOf],
        entries.map((e) => e.byline),
      ),
    ),
    sha256: more(
      old?.sha256,
      entries.map((e) => contentHash(e.article.text)),
    ),
    path: more(
      old?.path,
      entries.map((e) => e.article.source.path),
    ),
    line: Int32Array.from(
      more(
        old === null ? [] : [...old.line],
        entries.map((e) => e.article.source.line ?? 0),
      ),
    ),
    words: Int32Array.from(
      more(
        old === null ? [] : [...old.words],
        entries.map((e) => e.document?.words ?? 0),
      ),
    ),
    publishedAt: Float64Array.from(
      more(
        old === null ? [] : [...old.publishedAt],
        entries.map((e) => e.article.publishedAt ?? NaN),
      ),
    ),
    hand: handOf,
  };
}

/** Every byline with what its articles, old and new, amount to. */
export function bylinesOf(
  { entries, names, kinds }: EnrolInput,
  { hands }: Measurements,
  articles: ReferenceArticles,
  before: Reference | null,
): ReferenceByline[] {
  const counts = new Int32Array(names.length);
  const words = new Float64Array(names.length);
  articles.bylineOf.forEach((b, r) => {
    if (b < 0) return;
    counts[b]!++;
    words[b]! += articles.words[r]!;
  });
  const languages = names.map(() => new Map<string, number>());
  for (const { document } of entries)
    if (document !== null) {
      const own = languages[document.byline]!;
      own.set(document.lang ?? '', (own.get(document.lang ?? '') ?? 0) + 1);
    }
  return names.map((name, b) => {
    const old = before?.bylines[b];
    const found = [...languages[b]!].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).map(([lang]) => lang);
    return {
      name,
      kind: kinds.get(name) ?? old?.kind ?? 'person',
      articles: counts[b]!,
      words: words[b]!,
      hands: before === null ? (hands.get(b) ?? 0) : (old?.hands ?? 0),
      languages: [...new Set([...(old?.languages ?? []), ...found])],
    };
  });
}
