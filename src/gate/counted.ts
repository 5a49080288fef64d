import { byContent, countArticles, habitsOf } from '../fingerprint/articles.js';
import { countFormats, packedFormats, type Written } from '../fingerprint/format.js';
import { joinRows, unpackRows } from '../fingerprint/packed.js';
import { viewCounter, type CommonWords } from '../fingerprint/views.js';
import type { Article, CountedView, Document, Habit, PackedRows, SparseRows } from '../types/types.js';
import { mapViews } from '../types/views.js';
import { batches, both, each, type Steps, type Task } from '../work/work.js';
import { TEXT_VIEWS, type GateView } from './views.js';

/** An article to be measured: cleaned, and as it was handed in. */
export interface Measurable {
  readonly document: Document;
  readonly article: Pick<Article, 'text'>;
}

/** What a gate reads of a few articles, counted at once. */
export function countGateViews(articles: readonly Measurable[], common: CommonWords): Record<GateView, SparseRows> {
  const counter = viewCounter(common, TEXT_VIEWS);
  for (const { document } of articles) counter.add(document);
  return {
    ...mapViews(TEXT_VIEWS, (view) => unpackRows(counter.finish(view))),
    format: countFormats(articles.map(written)),
  };
}

function written({ article, document: { removed } }: Measurable): Written {
  return { source: article.text, removed };
}

/** Counts of articles, each view in one piece, and their habits. */
export interface CountedArticles<V extends CountedView> {
  readonly views: Record<V | 'format', PackedRows>;
  readonly habits: Habit[];
}

/** Some views of many articles and their format, counted in batches. */
export function* countSteps<V extends CountedView>(
  articles: readonly Measurable[],
  common: CommonWords,
  views: readonly V[],
): Steps<CountedArticles<V>> {
  const own = byContent(articles.map(({ document }) => document));
  const groups = batches(articles);
  const [parts, formats] = yield* both(
    countArticles(own, { common, breaks: true }, views, false),
    each(formatTask, { length: groups.length, at: (g) => groups[g]!.map(written) }),
  );
  const text = mapViews(views, (_, v) => joinRows(parts.map((part) => part.views[v]!)));
  const rows = parts.map(({ habits }) => habits);
  return { views: { ...text, format: joinRows(formats) }, habits: habitsOf(own, rows, common) };
}

/** How a batch of articles was typed and laid out. */
export const formatTask: Task<readonly Written[], PackedRows> = { name: 'format', run: packedFormats };
