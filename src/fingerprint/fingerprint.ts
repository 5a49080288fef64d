import type { Cleaned, CountedView, Fingerprints, SparseRows } from '../types.js';
import { inline, type Steps, type Task } from '../work/work.js';
import { countArticles, countTask, wordsTask, type Counted } from './articles.js';
import { HABIT_COUNT, habitsOf } from './habits.js';
import { PackedBatches, packRows } from './packed.js';
import { COUNTED_VIEWS, mapViews } from '../views.js';
import { fitTask, projectTask, weighTask, whitenSteps } from './whiten.js';

export { withoutOutlets } from './outlets.js';

/** Counted articles of known hands outside the dump, which stand in where the dump has too few strangers. */
export interface Background {
  /** Byline of each row, 0 up. */
  readonly bylineOf: Int32Array;
  readonly views: Readonly<Record<CountedView, SparseRows>>;
}

/** With fewer bylines than this the background joins the dump. */
export const ENOUGH_BYLINES = 12;

/** What this stage asks workers to do. */
export const FINGERPRINT_TASKS: readonly Task<unknown, unknown>[] = [
  wordsTask,
  countTask,
  weighTask,
  fitTask,
  projectTask,
];

/**
 * Turns cleaned articles into numbers: n-gram counts in three views, whitened into standard scores on this very dump,
 * and the habits a reader understands.
 *
 * @param background strangers for a dump of few bylines; null to do without
 */
export function fingerprint(cleaned: Cleaned, background: Background | null): Fingerprints {
  return inline(fingerprintSteps(cleaned, background));
}

/** `fingerprint` as steps, for a driver that has threads. */
export function* fingerprintSteps(cleaned: Cleaned, background: Background | null): Steps<Fingerprints> {
  const { documents } = cleaned;
  const counted = yield* countArticles(documents);
  const joins = background !== null && cleaned.bylines.length < ENOUGH_BYLINES ? background : null;
  const views = yield* whitened(counted, joins);
  const habits = new Float32Array(documents.length * HABIT_COUNT);
  let used = 0;
  for (const part of counted) {
    habits.set(part.habits, used);
    used += part.habits.length;
  }
  return { ...shape(cleaned, joins), ...views, habits: habitsOf(habits) };
}

/** The same from counts that are there already, for dumps made of the same articles again and again; without habits. */
export function fingerprintCounted(
  cleaned: Cleaned,
  counts: Readonly<Record<CountedView, SparseRows>>,
  background: Background | null,
): Fingerprints {
  const joins = background !== null && cleaned.bylines.length < ENOUGH_BYLINES ? background : null;
  const packed = mapViews(COUNTED_VIEWS, (name) => packRows(counts[name]));
  const views = inline(whitened([{ views: packed }], joins));
  return { ...shape(cleaned, joins), ...views, habits: [] };
}

/** Standard scores of every view, and the counts that contrasts inside one byline read. */
function* whitened(
  counted: readonly Pick<Counted, 'views'>[],
  joins: Background | null,
): Steps<Pick<Fingerprints, 'views' | 'grammar' | 'functionWords'>> {
  const done = yield* whitenSteps(
    COUNTED_VIEWS.map((name) => [
      ...counted.map((c) => c.views[name]),
      ...(joins === null ? [] : [packRows(joins.views[name])]),
    ]),
  );
  return {
    views: mapViews(COUNTED_VIEWS, (_, v) => done[v]!.view),
    grammar: new PackedBatches(counted.map((c) => c.views.grammar)),
    functionWords: new PackedBatches(counted.map((c) => c.views.functionWords)),
  };
}

/** Which byline each row is of, and what is known of every article besides its style. */
function shape(
  { documents, bylines }: Cleaned,
  joins: Background | null,
): Pick<Fingerprints, 'documents' | 'bylines' | 'bylineOf' | 'words' | 'lexed'> {
  const behind = [...(joins?.bylineOf ?? [])].map((b) => b + bylines.length);
  return {
    documents: documents.length,
    bylines: bylines.length,
    bylineOf: Int32Array.from([...documents.map((d) => d.byline), ...behind]),
    words: Float64Array.from(documents, (d) => d.words),
    lexed: Uint8Array.from(documents, (d) => Number(d.lang === 'en')),
  };
}
