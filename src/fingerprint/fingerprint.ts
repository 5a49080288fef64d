import type { Cleaned, Fingerprints, MaskedViewName, SparseRows, ViewName } from '../types.js';
import { stackRows } from './counting.js';
import { measureHabits } from './habits.js';
import { countFunctionWords } from './masked.js';
import { countViews, VIEW_NAMES, type Sample } from './views.js';
import { whiten } from './whiten.js';

/** Counted articles of known hands outside the dump, which stand in where the dump has too few strangers. */
export interface Background {
  /** Byline of each row, 0 up. */
  readonly bylineOf: Int32Array;
  readonly views: Readonly<Record<AnyView, SparseRows>>;
}

type AnyView = ViewName | MaskedViewName;
const ALL_VIEWS: readonly AnyView[] = [...VIEW_NAMES, 'functionWords'];

/** Counts all views. */
export function countAll(samples: readonly Sample[]): Record<AnyView, SparseRows> {
  return { ...countViews(samples), functionWords: countFunctionWords(samples) };
}

/** With fewer bylines than this the background joins the dump. */
export const ENOUGH_BYLINES = 12;

/**
 * Turns cleaned articles into numbers: n-gram counts in four views, whitened into standard scores on this very dump,
 * and the habits a reader understands.
 *
 * @param background strangers for a dump of few bylines; null to do without
 */
export function fingerprint(cleaned: Cleaned, background: Background | null): Fingerprints {
  return {
    ...fingerprintCounted(cleaned, countAll(cleaned.documents), background),
    habits: measureHabits(cleaned.documents.map((d) => d.text)),
  };
}

/** The same from counts that are there already, for dumps made of the same articles again and again; without habits. */
export function fingerprintCounted(
  cleaned: Cleaned,
  counted: Readonly<Record<AnyView, SparseRows>>,
  background: Background | null,
): Fingerprints {
  const { documents } = cleaned;
  const joins = background !== null && cleaned.bylines.length < ENOUGH_BYLINES ? background : null;
  const view = (name: AnyView): Fingerprints['views'][AnyView] => {
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
    lexed: Uint8Array.from(documents, (d) => Number(d.lang === 'en')),
    views: Object.fromEntries(ALL_VIEWS.map((name) => [name, view(name)])) as unknown as Fingerprints['views'],
    grammar: counted.grammar,
    functionWords: counted.functionWords,
    habits: [],
  };
}
