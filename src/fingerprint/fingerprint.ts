import type { Cleaned, Fingerprints, SparseRows, ViewName } from '../types.js';
import { stackRows } from './counting.js';
import { measureHabits } from './habits.js';
import { countViews, VIEW_NAMES } from './views.js';
import { whiten } from './whiten.js';

export { withoutOutlets } from './outlets.js';

/** Counted articles of known hands outside the dump, which stand in where the dump has too few strangers. */
export interface Background {
  /** Byline of each row, 0 up. */
  readonly bylineOf: Int32Array;
  readonly views: Readonly<Record<ViewName, SparseRows>>;
}

/** With fewer bylines than this the background joins the dump. */
export const ENOUGH_BYLINES = 12;

/**
 * Turns cleaned articles into numbers: n-gram counts in three views, whitened into standard scores on this very dump,
 * and the habits a reader understands.
 *
 * @param background strangers for a dump of few bylines; null to do without
 */
export function fingerprint(cleaned: Cleaned, background: Background | null): Fingerprints {
  const { documents } = cleaned;
  const counted = countViews(documents);
  const joins = background !== null && cleaned.bylines.length < ENOUGH_BYLINES ? background : null;
  const view = (name: ViewName): Fingerprints['views'][ViewName] => {
    const counts = joins === null ? counted[name] : stackRows(counted[name], joins.views[name]);
    return whiten(counts).view;
  };
  const own = documents.map((d) => d.byline);
  return {
    documents: documents.length,
    bylines: cleaned.bylines.length,
    bylineOf: Int32Array.from(
      [...own, ...(joins?.bylineOf ?? [])].map((b, i) => (i < own.length ? b : b + cleaned.bylines.length)),
    ),
    words: Float64Array.from(documents, (d) => d.words),
    views: Object.fromEntries(VIEW_NAMES.map((name) => [name, view(name)])) as unknown as Fingerprints['views'],
    grammar: counted.grammar,
    habits: measureHabits(documents.map((d) => d.text)),
  };
}
