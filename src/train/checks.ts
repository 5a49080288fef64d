import { countFormats } from '../fingerprint/format.js';
import { countViews } from '../fingerprint/views.js';
import { calibrate, HONEST_ODDS, shares, TRIED, type Material } from '../gate/calibrate.js';
import { evidenceFor, scoresOf, type CheckCalibration } from '../gate/evidence.js';
import { quantise } from '../gate/quantised.js';
import { FEATURES, featuresOf, measuredView, type Yardstick } from '../gate/scores.js';
import { asIfNew, fitWhitening, withinTurn } from '../gate/fit.js';
import { projectedRows, turned, unitRows, type Rows } from '../gate/space.js';
import { GATE_VIEWS } from '../gate/views.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import { fitTowards, type Prior } from '../math/towards.js';
import type { CheckPrior } from '../model/model.js';
import type { Document, SparseRows } from '../types/types.js';
import { shareWriters } from './fit.js';
import type { LabelledSources } from './simulate.js';

/** One corpus as a gate sees it: the earlier half of every hand is the reference, the later half is submitted. */
interface Trialled {
  readonly name: string;
  readonly material: Material;
  readonly yardstick: Yardstick;
  readonly submissions: readonly { readonly features: Float64Array; readonly hand: number }[];
}

/** Fewest submissions of a corpus whose shares are believed. */
const ENOUGH = 100;

/** Learns what the calibration of a new reference is drawn towards. */
export function trainChecks(corpora: readonly LabelledSources[]): CheckPrior {
  const trialled = corpora.map(trialledCorpus);
  const { spread, ...fit } = fitted(trialled);
  const without = Object.fromEntries(
    trialled.map(({ name }) => {
      const { intercept, weights } = fitted(trialled.filter((t) => !shareWriters(t.name, name)));
      return [name, { intercept, weights }];
    }),
  );
  const honest: number[][] = [];
  for (const corpus of trialled) {
    const prior = { ...without[corpus.name]!, spread };
    const calibration = calibrate(corpus.material, prior);
    const own = corpus.submissions.map(
      ({ features, hand }) => evidenceOf(calibration, features, corpus.yardstick)[hand]!,
    );
    if (own.length >= ENOUGH) honest.push(shares(own.map((e) => -e)));
  }
  // The worst corpus speaks: a user's archive may be like the one with the most drift.
  const honestShare = shares([]).map((none, i) => (honest.length === 0 ? none : Math.max(...honest.map((h) => h[i]!))));
  return { ...fit, spread, honestShare, without };
}

function evidenceOf(calibration: CheckCalibration, features: Float64Array, { articles }: Yardstick): Float64Array {
  return evidenceFor(scoresOf(calibration, features), articles);
}

function fitted(trialled: readonly Trialled[]): Prior {
  const rows: { features: Float64Array; truth: boolean; mass: number }[] = [];
  for (const { submissions } of trialled) {
    const random = seededRandom(8);
    for (const hand of new Set(submissions.map((s) => s.hand))) {
      const own = submissions.filter((s) => s.hand === hand);
      const others = submissions.filter((s) => s.hand !== hand);
      const drawn = sampleIndices(others.length, TRIED, random).map((i) => others[i]!);
      const of = (s: { features: Float64Array }): Float64Array =>
        s.features.subarray(hand * FEATURES, (hand + 1) * FEATURES);
      // Every corpus has the mass of two hundred submissions.
      const mass = 200 / submissions.length;
      for (const s of own) rows.push({ features: of(s), truth: true, mass });
      for (const s of drawn) rows.push({ features: of(s), truth: false, mass: (mass * own.length) / drawn.length });
    }
  }
  const features = new Float64Array(rows.length * FEATURES);
  rows.forEach((r, i) => features.set(r.features, i * FEATURES));
  const spread = Array.from({ length: FEATURES }, (_, k) => {
    const mean = rows.reduce((s, r) => s + r.features[k]!, 0) / rows.length;
    return Math.sqrt(rows.reduce((s, r) => s + (r.features[k]! - mean) ** 2, 0) / rows.length);
  });
  const nothing = { intercept: 0, weights: Array.from({ length: FEATURES }, () => 0), spread };
  const observed = { features, truth: rows.map((r) => r.truth), mass: Float64Array.from(rows, (r) => r.mass) };
  return { ...fitTowards(observed, nothing, 1, HONEST_ODDS), spread };
}

function trialledCorpus({ name, hands, sources }: LabelledSources): Trialled {
  const reference: { document: Document; hand: number }[] = [];
  const submitted: { document: Document; hand: number }[] = [];
  [...hands.values()].forEach((own, hand) => {
    const half = Math.ceil(own.length / 2);
    own.forEach((document, i) => (i < half ? reference : submitted).push({ document, hand }));
  });
  const documents = [...reference, ...submitted].map(({ document }) => document);
  const format = countFormats(documents.map(({ id, removed }) => ({ source: sources.get(id)!, removed })));
  const counted = { ...countViews(documents), format };
  const n = reference.length;
  const bylineOf = Int32Array.from(reference, (r) => r.hand);
  const words = Float64Array.from(reference, (r) => r.document.words);
  const views: Rows[] = [];
  const samples: Rows[] = [];
  const measured = GATE_VIEWS.map((view) => {
    const { whitening, view: own, owed } = fitWhitening(view, rowsOf(counted[view], 0, n));
    const rows = unitRows(asIfNew(own, owed));
    const turn = withinTurn(rows, bylineOf);
    views.push(rows);
    samples.push(turned(projectedRows(rowsOf(counted[view], n, n + submitted.length), whitening), turn));
    return measuredView(quantise(turned(rows, turn)), bylineOf, hands.size, null);
  });
  const articles = new Float64Array(hands.size);
  const amount = new Float64Array(hands.size);
  reference.forEach(({ document, hand }) => {
    articles[hand]!++;
    amount[hand]! += document.words;
  });
  const yardstick: Yardstick = { bylineOf, articles, words: amount, views: measured };
  const submissions = submitted.map(({ document, hand }, i) => {
    const rows = samples.map(({ dims, values }) => values.subarray(i * dims, (i + 1) * dims));
    return { features: featuresOf(yardstick, { rows, words: document.words }), hand };
  });
  return { name, material: { bylineOf, bylines: hands.size, words, views, strangers: [] }, yardstick, submissions };
}

/** Rows from … to - 1 of counted rows. */
function rowsOf({ start, ids, counts }: SparseRows, from: number, to: number): SparseRows {
  const [first, last] = [start[from]!, start[to]!];
  return {
    start: start.slice(from, to + 1).map((s) => s - first),
    ids: ids.slice(first, last),
    counts: counts.slice(first, last),
  };
}
