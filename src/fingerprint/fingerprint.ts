import type { Cleaned, Fingerprints, SparseRows, ViewName } from '../types.js';
import { inline, type Steps, type Task } from '../work/work.js';
import { countArticles, countTask, wordsTask } from './articles.js';
import { HABIT_COUNT, habitsOf } from './habits.js';
import { PackedBatches, packRows } from './packed.js';
import { VIEW_NAMES } from './views.js';
import { fitTask, projectTask, weighTask, whitenSteps } from './whiten.js';

/** Counted articles of known hands outside the dump, which stand in where the dump has too few strangers. */
export interface Background {
  /** Byline of each row, 0 up. */
  readonly bylineOf: Int32Array;
  readonly views: Readonly<Record<ViewName, SparseRows>>;
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
  const whitened = yield* whitenSteps(
    VIEW_NAMES.map((name) => [
      ...counted.map((c) => c.views[name]),
      ...(joins === null ? [] : [packRows(joins.views[name])]),
    ]),
  );
  const own = documents.map((d) => d.byline);
  const habits = new Float32Array(documents.length * HABIT_COUNT);
  let used = 0;
  for (const part of counted) {
    habits.set(part.habits, used);
    used += part.habits.length;
  }
  return {
    documents: documents.length,
    bylines: cleaned.bylines.length,
    bylineOf: Int32Array.from(
      [...own, ...(joins?.bylineOf ?? [])].map((b, i) => (i < own.length ? b : b + cleaned.bylines.length)),
    ),
    words: Float64Array.from(documents, (d) => d.words),
    views: Object.fromEntries(
      VIEW_NAMES.map((name, v) => [name, whitened[v]!.view]),
    ) as unknown as Fingerprints['views'],
    grammar: new PackedBatches(counted.map((c) => c.views.grammar)),
    habits: habitsOf(habits),
  };
}
