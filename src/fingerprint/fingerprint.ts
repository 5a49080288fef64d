import type { Background } from '../model/model.js';
import type { Cleaned, CountedView, DenseRows, Fingerprints, Habit, PackedRows, SparseRows } from '../types/types.js';
import { both, inline, type Steps, type Task } from '../work/work.js';
import { byContent, commonWords, countArticles, countTask, habitsOf, wordsTask, type Reading } from './articles.js';
import { breaksAreKept } from './breaks.js';
import { foundTask } from './columns.js';
import { hasLexicon } from './grammar.js';
import { PackedBatches, packRows } from './packed.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';
import { projectSteps, projectTask } from './project.js';
import { fitSteps, fitTask } from './whiten.js';

export { breaksAreKept } from './breaks.js';
export { withoutOutlets } from './outlets.js';

/** With fewer bylines than this the background joins the dump. */
export const ENOUGH_BYLINES = 12;

/** What this stage asks workers to do. */
export const FINGERPRINT_TASKS: readonly Task<unknown, unknown>[] = [
  wordsTask,
  countTask,
  foundTask,
  fitTask,
  projectTask,
];

/**
 * Turns cleaned articles into numbers: n-gram counts in five views, whitened into standard scores on this very dump, and
 * the habits a reader understands.
 *
 * @param background strangers for a dump of few bylines; null to do without
 */
export function fingerprint(cleaned: Cleaned, background: Background | null): Fingerprints {
  return inline(fingerprintSteps(cleaned, background));
}

/** `fingerprint` as steps, for a driver that has threads. */
export function* fingerprintSteps(cleaned: Cleaned, background: Background | null): Steps<Fingerprints> {
  const { documents } = cleaned;
  const joins = background !== null && cleaned.bylines.length < ENOUGH_BYLINES ? background : null;
  const reading = { common: yield* commonWords(documents), breaks: breaksAreKept(documents) };
  const batches = byContent(documents);
  // One after the other: the counts of characters take as much room as all others, and are not needed again. They are let
  // go of when a small part of the others is counted, for axes are fitted on few articles, and in one thread.
  const { packed } = yield* packedCounts(batches, reading, SPELT);
  const [spelt, read] = yield* both(whitened(packed, SPELT, joins), counted(batches, reading, READ, joins));
  return { ...shape(cleaned, joins), ...assembled([...spelt, ...read.views], read.packed), habits: read.habits };
}

/** The views that are counted first, and those after them. */
const [SPELT, READ] = [COUNTED_VIEWS.slice(0, 1), COUNTED_VIEWS.slice(1)];

/** Articles in batches. */
type Batches = readonly Cleaned['documents'][];

/** Counts by view, in batches. */
type Packed = Map<CountedView, readonly PackedRows[]>;

/** Some views of all articles: counted and whitened. */
function* counted(
  batches: Batches,
  reading: Reading,
  names: readonly CountedView[],
  joins: Background | null,
): Steps<{ readonly views: DenseRows[]; readonly habits: Habit[]; readonly packed: Packed }> {
  const { packed, habits } = yield* packedCounts(batches, reading, names);
  const views = yield* whitened(packed, names, joins);
  return { views, habits: habitsOf(batches, habits, reading.common), packed };
}

/** A function of its own, so that nothing but what it returns holds the counts. */
function* packedCounts(
  batches: Batches,
  reading: Reading,
  names: readonly CountedView[],
): Steps<{ readonly packed: Packed; readonly habits: readonly Float32Array[] }> {
  const parts = yield* countArticles(batches, reading, names, names.includes(COUNTED_VIEWS.at(-1)!));
  return {
    packed: new Map(names.map((name, v) => [name, parts.map(({ views }) => views[v]!)])),
    habits: parts.map(({ habits }) => habits),
  };
}

/** The same from counts that are there already, for dumps made of the same articles again and again; without habits. */
export function fingerprintCounted(
  cleaned: Cleaned,
  counts: Readonly<Record<CountedView, SparseRows>>,
  background: Background | null,
): Fingerprints {
  const joins = background !== null && cleaned.bylines.length < ENOUGH_BYLINES ? background : null;
  const packed: Packed = new Map(COUNTED_VIEWS.map((name) => [name, [packRows(counts[name])]]));
  const views = inline(whitened(packed, COUNTED_VIEWS, joins));
  return { ...shape(cleaned, joins), ...assembled(views, packed), habits: [] };
}

/** Views whose counts are read again, by contrasts inside one byline. */
const CONTRASTED: ReadonlySet<CountedView> = new Set(['grammar', 'functionWords']);

/** Standard scores of some views, from their counts, which are let go of where nobody reads them again. */
function* whitened(packed: Packed, names: readonly CountedView[], joins: Background | null): Steps<DenseRows[]> {
  const rowsOf = (name: CountedView): readonly PackedRows[] => [
    ...packed.get(name)!,
    ...(joins === null ? [] : [packRows(joins.views[name])]),
  ];
  const fitted = yield* fitSteps(names.map(rowsOf));
  const views: DenseRows[] = [];
  for (const [v, name] of names.entries()) {
    views.push((yield* projectSteps(rowsOf(name), fitted[v]!)).view);
    if (!CONTRASTED.has(name)) packed.delete(name);
  }
  return views;
}

/** Standard scores of every view by name, and the counts that contrasts inside one byline read. */
function assembled(
  done: readonly DenseRows[],
  packed: Packed,
): Pick<Fingerprints, 'views' | 'grammar' | 'functionWords'> {
  return {
    views: mapViews(COUNTED_VIEWS, (_, v) => done[v]!),
    grammar: new PackedBatches(packed.get('grammar')!),
    functionWords: new PackedBatches(packed.get('functionWords')!),
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
    lexed: Uint8Array.from(documents, (d) => Number(hasLexicon(d.lang))),
  };
}
