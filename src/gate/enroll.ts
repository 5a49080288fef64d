import { stackRows } from '../fingerprint/counting.js';
import { ENOUGH_BYLINES } from '../fingerprint/fingerprint.js';
import { commonestWords, wordsByLanguage } from '../fingerprint/grammar.js';
import { countViews, type CommonWords } from '../fingerprint/views.js';
import type { Whitening } from '../fingerprint/whiten.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Model } from '../model/model.js';
import type { DenseRows, SparseRows } from '../types.js';
import { NOTHING_REVIEWED, type Reviewed } from './calibrate.js';
import { articlesOf, bylinesOf } from './columns.js';
import { passagesOf, type EnrolInput, type Entry } from './entries.js';
import { bylineHabits } from './habits.js';
import { calibrated } from './material.js';
import { formatsOf, measureArticles, type Measurable, type Measurements } from './measure.js';
import { packRows, unpackRows, type PackedRows } from './packed.js';
import type { Enrolled, Reference } from './reference.js';
import { measuredView } from './scores.js';
import { fitWhitening, projectedRows, turned, unitRows, withinTurn, type Space } from './space.js';
import { GATE_VIEWS, type GateView } from './views.js';

/** Articles that vocabulary and axes are fitted on, at most. */
const FIT_ON = 4000;

/** Freezes a reference from an archive. Same entries, same reference. */
export function enrolled(input: EnrolInput, model: Model): Enrolled {
  const articles = measurable(input.entries);
  const chosen = sampleIndices(articles.length, FIT_ON, seededRandom(3)).map((i) => articles[i]!);
  const documents = chosen.map((a) => a.document);
  const common = commonestWords(wordsByLanguage(documents));
  const counts = { ...countViews(documents, common), format: formatsOf(chosen) };
  const few = input.names.length < ENOUGH_BYLINES;
  const bylineOf = Int32Array.from(documents, (d) => d.byline);
  const spaces: Space[] = [];
  const strangers: Enrolled['strangers'][number][] = [];
  const fitted = (view: GateView | 'outline'): { whitening: Whitening; own: DenseRows } => {
    // The model's background is counts of cleaned text: nobody knows how it was typed.
    const outside = few && view !== 'format' ? model.background.views[view] : null;
    const { whitening, view: rows } = fitWhitening(
      view,
      outside === null ? counts[view] : stackRows(counts[view], outside),
    );
    return { whitening, own: { ...rows, rows: rows.rows.subarray(0, chosen.length * rows.dims) } };
  };
  const dense = GATE_VIEWS.map((name): DenseRows => {
    const { whitening, own } = fitted(name);
    spaces.push({ name, whitening, turn: withinTurn(unitRows(own), bylineOf) });
    if (few && name !== 'format') strangers.push(strangersOf(model.background.views[name], spaces.at(-1)!));
    return own;
  });
  const outline = fitted('outline');
  const ready = chosen.length === articles.length ? { dense, outline: outline.own, counts } : null;
  const hands = { calibration: model, outline: outline.whitening };
  const whitenings = spaces.map((s) => s.whitening);
  const measured = measureArticles(articles, whitenings, common, hands, ready);
  return assembled(input, model, { common, spaces, strangers }, measured, null, NOTHING_REVIEWED);
}

function measurable(entries: readonly Entry[]): Measurable[] {
  return entries.flatMap(({ document, article }) => (document === null ? [] : [{ document, source: article.text }]));
}

function strangersOf(counts: SparseRows, { whitening, turn }: Space): Enrolled['strangers'][number] {
  const rows = projectedRows(counts, whitening);
  return { plain: packRows(rows), turned: packRows(turned(rows, turn)) };
}

/**
 * Adds articles to a reference: what was measured stays as it is, vocabulary and axes with it; sums, spreads and the
 * calibration are worked out again from the stored rows.
 *
 * @param input bylines numbered on from the old ones; entries are the new ones alone
 */
export function enrolledMore(old: Enrolled, input: EnrolInput, model: Model, reviewed: Reviewed): Enrolled {
  const { spaces, common } = old.reference;
  const whitenings = spaces.map((s) => s.whitening);
  const measured = measureArticles(measurable(input.entries), whitenings, common, null);
  return assembled(input, model, { common, spaces, strangers: old.strangers }, measured, old, reviewed);
}

interface Frozen {
  readonly common: CommonWords;
  readonly spaces: readonly Space[];
  readonly strangers: Enrolled['strangers'];
}

function assembled(
  input: EnrolInput,
  model: Model,
  { common, spaces, strangers }: Frozen,
  measured: Measurements,
  old: Enrolled | null,
  reviewed: Reviewed,
): Enrolled {
  const before = old?.reference ?? null;
  const added = input.entries;
  const documents = measurable(added).map((a) => a.document);
  const withRows = measured.plain.map((rows) => padded(rows, added.length));
  const plain = withRows.map((rows, v) => (old === null ? rows : joined(old.plain[v]!, rows)));
  const turnedNew = withRows.map((rows, v) => packRows(turned(unpackRows(rows), spaces[v]!.turn)));
  const packed = turnedNew.map((rows, v) => (before === null ? rows : joined(before.views[v]!.articles, rows)));
  const articles = articlesOf(input, measured, before, packed, turnedNew);
  const views = packed.map((rows, v) =>
    measuredView(rows, articles.bylineOf, input.names.length, strangers[v]?.turned ?? null),
  );
  const bylines = bylinesOf(input, measured, articles, before);
  const outside = strangers.map((s) => s.plain);
  const calibration = calibrated(articles, plain, outside, input.names.length, model, reviewed);
  const reference: Reference = {
    facts: {
      version: input.version,
      model: model.id,
      keepQuotations: input.keepQuotations,
      calibration,
      honestElsewhere: model.check.honestShare,
      inputs: [...(before?.facts.inputs ?? []), ...input.inputs],
    },
    bylines,
    articles,
    spaces,
    views,
    common,
    habits: bylineHabits(measured.habits, documents, input.names.length, before),
    repeats: input.repeats,
  };
  return { reference, plain, strangers, passages: passagesOf(added, before?.articles.id.length ?? 0) };
}

/** Copies have no rows of their own: empty ones stand in their place. */
function padded({ dims, values, scale }: PackedRows, rows: number): PackedRows {
  const out = { dims, values: new Int8Array(rows * dims), scale: new Float32Array(rows) };
  out.values.set(values);
  out.scale.set(scale);
  return out;
}

function joined(a: PackedRows, b: PackedRows): PackedRows {
  const out = padded(a, a.scale.length + b.scale.length);
  out.values.set(b.values, a.values.length);
  out.scale.set(b.scale, a.scale.length);
  return out;
}
