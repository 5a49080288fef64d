import { countFormats } from '../fingerprint/format.js';
import { unpackRows } from '../fingerprint/packed.js';
import { viewCounter, type CommonWords } from '../fingerprint/views.js';
import type { Document, SparseRows } from '../types/types.js';
import { mapViews } from '../types/views.js';
import { TEXT_VIEWS, type GateView } from './views.js';

/** An article to be measured: cleaned, and as it was handed in. */
export interface Measurable {
  readonly document: Document;
  /** Article.text. */
  readonly source: string;
}

/** What a gate reads of articles, counted. */
export function countGateViews(articles: readonly Measurable[], common: CommonWords): Record<GateView, SparseRows> {
  const counter = viewCounter(common, TEXT_VIEWS);
  for (const { document } of articles) counter.add(document);
  return {
    ...mapViews(TEXT_VIEWS, (view) => unpackRows(counter.finish(view))),
    format: formatsOf(articles),
  };
}

export function formatsOf(articles: readonly Measurable[]): SparseRows {
  return countFormats(articles.map(({ document: { removed }, source }) => ({ source, removed })));
}
