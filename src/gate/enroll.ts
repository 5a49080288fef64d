import { ENOUGH_BYLINES } from '../fingerprint/fingerprint.js';
import { commonestWords, wordsByLanguage } from '../fingerprint/grammar.js';
import { joinRows, packRows } from '../fingerprint/packed.js';
import type { CommonWords } from '../fingerprint/views.js';
import { applyWhitening, type Whitening } from '../fingerprint/project.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Model } from '../model/model.js';
import type { DenseRows, InputFile, SparseRows } from '../types/types.js';
import { COUNTED_VIEWS } from '../types/views.js';
import { all, type Steps } from '../work/work.js';
import { NOTHING_REVIEWED, type Reviewed } from './evidence.js';
import { articlesOf, bylinesOf } from './columns.js';
import { countSteps, type Measurable } from './counted.js';
import { passagesOf, type EnrolInput, type Entry } from './entries.js';
import { bylineHabits } from './habits.js';
import { calibratedSteps } from './material.js';
import { measureSteps, type Measurements } from './measure.js';
import { quantise, dequantise, type QuantisedRows } from './quantised.js';
import type { Enrolled, Reference } from './reference.js';
import { measuredView } from './scores.js';
import { asIfNew, fitWhiteningSteps, withinTurn, type Owed } from './fit.js';
import { turned, unitRows, type Space } from './space.js';
import { GATE_VIEWS, TEXT_VIEWS, type GateView } from './views.js';

/** Articles that vocabulary and axes are fitted on, at most. */
const FIT_ON = 4000;

/** Freezes a reference from an archive. Same entries, same reference. */
export function* enrolled(input: EnrolInput, model: Model): Steps<Enrolled> {
  const articles = measurable(input.entries);
  const numbers = sampleIndices(articles.length, FIT_ON, seededRandom(3));
  const chosen = numbers.map((i) => articles[i]!);
  const documents = chosen.map((a) => a.document);
  const common = commonestWords(wordsByLanguage(documents));
  const { habits, views: packed } = yield* countSteps(chosen, common, COUNTED_VIEWS);
  const few = input.names.length < ENOUGH_BYLINES;
  const bylineOf = Int32Array.from(documents, (d) => d.byline);
  const fitted = function* (view: GateView | 'outline'): Steps<{ whitening: Whitening; own: DenseRows; owed: Owed }> {
    // The model's background is counts of cleaned text: nobody knows how it was typed.
    const outside = few && view !== 'format' ? [packRows(model.background.views[view])] : [];
    const { whitening, view: rows, owed } = yield* fitWhiteningSteps(view, joinRows([packed[view], ...outside]));
    return { whitening, own: { ...rows, rows: rows.rows.subarray(0, chosen.length * rows.dims) }, owed };
  };
  const [outline, ...views] = yield* all([fitted('outline'), ...GATE_VIEWS.map(fitted)]);
  const dense = views.map(({ own }) => own);
  const spaces = GATE_VIEWS.map((name, v): Space => {
    const { whitening, own, owed } = views[v]!;
    return { name, whitening, turn: withinTurn(unitRows(asIfNew(own, owed)), bylineOf) };
  });
  const strangers = few
    ? TEXT_VIEWS.map((name, v) => strangersOf(model.background.views[name], spaces[v]!, views[v]!.owed, chosen.length))
    : [];
  const whole = chosen.length === articles.length;
  const ready = whole ? { dense, outline: outline!.own, counts: packed, habits } : null;
  const hands = { calibration: model, outline: outline!.whitening };
  const whitenings = spaces.map((s) => s.whitening);
  const owed = views.map((view) => owedBy(articles.length, numbers, view.owed));
  const measured = yield* measureSteps(articles, whitenings, common, { hands, ready, owed });
  return yield* assembled(input, model, { common, spaces, strangers }, measured, null, NOTHING_REVIEWED);
}

function measurable(entries: readonly Entry[]): Measurable[] {
  return entries.flatMap(({ document, article }) => (document === null ? [] : [{ document, article }]));
}

/** What is owed, by number of article instead of row of the fit. */
function owedBy(articles: number, numbers: readonly number[], { fitted, lasting }: Owed): Owed {
  const all = new Uint8Array(articles);
  numbers.forEach((article, row) => (all[article] = fitted[row]!));
  return { fitted: all, lasting };
}

/** @param from row of the fit that the first of the background articles was */
function strangersOf(
  counts: SparseRows,
  { whitening, turn }: Space,
  owed: Owed,
  from: number,
): Enrolled['strangers'][number] {
  const rows = unitRows(asIfNew(applyWhitening(counts, whitening), owed, from));
  return { plain: quantise(rows), turned: quantise(turned(rows, turn)) };
}

/**
 * Adds articles to a reference: what was measured stays as it is, vocabulary and axes with it; sums, spreads and the
 * calibration are worked out again from the stored rows.
 *
 * @param input bylines numbered on from the old ones; entries are the new ones alone
 */
export function* enrolledMore(old: Enrolled, input: EnrolInput, model: Model, reviewed: Reviewed): Steps<Enrolled> {
  const { spaces, common } = old.reference;
  const whitenings = spaces.map((s) => s.whitening);
  const measured = yield* measureSteps(measurable(input.entries), whitenings, common);
  return yield* assembled(input, model, { common, spaces, strangers: old.strangers }, measured, old, reviewed);
}

interface Frozen {
  readonly common: CommonWords;
  readonly spaces: readonly Space[];
  readonly strangers: Enrolled['strangers'];
}

function* assembled(
  input: EnrolInput,
  model: Model,
  { common, spaces, strangers }: Frozen,
  measured: Measurements,
  old: Enrolled | null,
  reviewed: Reviewed,
): Steps<Enrolled> {
  const before = old?.reference ?? null;
  const added = input.entries;
  const documents = measurable(added).map((a) => a.document);
  const withRows = measured.plain.map((rows) => padded(rows, added.length));
  const plain = withRows.map((rows, v) => (old === null ? rows : joined(old.plain[v]!, rows)));
  const turnedNew = withRows.map((rows, v) => quantise(turned(dequantise(rows), spaces[v]!.turn)));
  const packed = turnedNew.map((rows, v) => (before === null ? rows : joined(before.views[v]!.articles, rows)));
  const articles = articlesOf(input, measured, before, packed, turnedNew);
  const views = packed.map((rows, v) =>
    measuredView(rows, articles.bylineOf, input.names.length, strangers[v]?.turned ?? null),
  );
  const bylines = bylinesOf(input, measured, articles, before);
  const outside = strangers.map((s) => s.plain);
  const calibration = yield* calibratedSteps(articles, plain, outside, input.names.length, model, reviewed);
  const reference: Reference = {
    facts: {
      version: input.version,
      model: model.id,
      keepQuotations: input.keepQuotations,
      calibration,
      honestElsewhere: model.check.honestShare,
      inputs: eachOnce([...(before?.facts.inputs ?? []), ...input.inputs]),
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

/** Who adds the same file twice has read one file. */
function eachOnce(inputs: readonly InputFile[]): InputFile[] {
  return [...new Map(inputs.map((own) => [`${own.sha256} ${own.path}`, own])).values()];
}

/** Copies have no rows of their own: empty ones stand in their place. */
function padded({ dims, values, scale }: QuantisedRows, rows: number): QuantisedRows {
  const out = { dims, values: new Int8Array(rows * dims), scale: new Float32Array(rows) };
  out.values.set(values);
  out.scale.set(scale);
  return out;
}

function joined(a: QuantisedRows, b: QuantisedRows): QuantisedRows {
  const out = padded(a, a.scale.length + b.scale.length);
  out.values.set(b.values, a.values.length);
  out.scale.set(b.scale, a.scale.length);
  return out;
}
