import { groupBy } from '../math/grouped.js';
import { contentHash, type EnrolInput, type Entry } from './entries.js';
import { nearestHand } from './hands.js';
import type { Measurements } from './measure.js';
import type { QuantisedRows } from './quantised.js';
import type { Reference, ReferenceArticles, ReferenceByline } from './reference.js';

/**
 * Every article, old and new, as columns.
 *
 * @param packed turned rows of all articles, by view
 * @param added those of the new ones
 */
export function articlesOf(
  input: EnrolInput,
  measured: Measurements,
  before: Reference | null,
  packed: readonly QuantisedRows[],
  added: readonly QuantisedRows[],
): ReferenceArticles {
  const { entries } = input;
  const old = before?.articles;
  const texts = (name: 'id' | 'printed' | 'sha256' | 'path', of: (e: Entry) => string): string[] => [
    ...(old?.[name] ?? []),
    ...entries.map(of),
  ];
  const numbers = (name: 'bylineOf' | 'line' | 'words' | 'publishedAt', of: (e: Entry) => number): number[] => [
    ...(old?.[name] ?? []),
    ...entries.map(of),
  ];
  return {
    id: texts('id', (e) => e.article.id),
    printed: texts('printed', (e) => e.article.bylines[0] ?? ''),
    bylineOf: Int32Array.from(numbers('bylineOf', (e) => e.byline)),
    sha256: texts('sha256', (e) => contentHash(e.article.text)),
    path: texts('path', (e) => e.article.source.path),
    line: Int32Array.from(numbers('line', (e) => e.article.source.line ?? 0)),
    words: Int32Array.from(numbers('words', (e) => e.document?.words ?? 0)),
    publishedAt: Float64Array.from(numbers('publishedAt', (e) => e.article.publishedAt ?? NaN)),
    hand: before === null ? handsAsTold(entries, measured) : handsAsNearest(entries, before, packed, added),
  };
}

/** Hands of the first articles of a reference, as they were told apart. */
function handsAsTold(entries: readonly Entry[], { hand }: Measurements): Int32Array {
  return Int32Array.from(entries, (_, i) => Math.max(0, hand[i] ?? 0));
}

/** Hands of all articles, where some are added: a new one of a byline with several goes to the nearest of them. */
function handsAsNearest(
  entries: readonly Entry[],
  { articles: old, bylines }: Reference,
  packed: readonly QuantisedRows[],
  added: readonly QuantisedRows[],
): Int32Array {
  const first = old.id.length;
  const handOf = new Int32Array(first + entries.length);
  handOf.set(old.hand);
  const membersOf = groupBy(old.bylineOf.keys(), (r) => old.bylineOf[r]!);
  entries.forEach(({ byline }, i) => {
    if ((bylines[byline]?.hands ?? 0) < 2) return;
    const rows = added.map(({ dims, values, scale }) =>
      Float32Array.from(values.subarray(i * dims, (i + 1) * dims), (v) => v * scale[i]!),
    );
    handOf[first + i] = nearestHand(rows, packed, membersOf.get(byline) ?? [], handOf).hand;
  });
  return handOf;
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
