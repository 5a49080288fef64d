import type { Logistic } from '../math/logistic.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import { fitTowards, type Observations, type Prior } from '../math/towards.js';
import { each, inline, type Steps, type Task } from '../work/work.js';
import { quantise } from './quantised.js';
import { FEATURES, featuresOf, measuredView, type Yardstick } from './scores.js';
import { turned, withinTurn, type Rows } from './space.js';

/** How scores become log10LR in one reference: fitted on its own articles, drawn towards what other corpora taught. */
export interface CheckCalibration extends Logistic {
  /** Articles held out of their own byline, and comparisons with bylines that did not write them. */
  readonly genuine: number;
  readonly impostors: number;
  /** Largest log10LR for, and against, that so many trials support (rule of three). */
  readonly capFor: number;
  readonly capAgainst: number;
  /** Share of held-out articles whose own byline scores -i / 2 or less, i = 0, 1, 2 … */
  readonly honestShare: readonly number[];
  /** Share of comparisons with other bylines at i / 2 or more. */
  readonly falseShare: readonly number[];
}

/** The articles a calibration is fitted on, in rows before turning. */
export interface Material {
  /** By byline and, within it, by date. */
  readonly bylineOf: Int32Array;
  readonly bylines: number;
  readonly words: Float64Array;
  readonly views: readonly Rows[];
  /** Background articles, where the archive has few bylines; none: rows of length 0. */
  readonly strangers: readonly Rows[];
}

/** What a person has confirmed or rejected, between byline numbers. */
export interface Reviewed {
  readonly sameHand: (a: number, b: number) => boolean;
  readonly apart: (a: number, b: number) => boolean;
}

export const NOTHING_REVIEWED: Reviewed = { sameHand: () => false, apart: () => false };

/** Stretches of time each byline is cut into; one at a time is held out. Neighbours share subjects: chance would flatter. */
const FOLDS = 4;
/** Held-out articles at most, in all folds, and other submissions tried under each byline's name in one fold. */
const MOST_TRIALS = 1200;
const TRIED = 60;
/** Weight of what other corpora taught, in trials. */
const PRIOR_STRENGTH = 1;
/**
 * Odds of an honest submission at which calibrations are fitted: most are, and it is among them that a doubt has to be
 * right. Three did best of .1 to 30 on four corpora.
 */
export const HONEST_ODDS = 3;
/** Half-decades of log10LR for which shares are kept. */
const STEPS = 13;

interface Trial {
  /** Bylines × FEATURES. */
  readonly features: Float64Array;
  readonly byline: number;
  readonly fold: number;
}

/**
 * Calibrates a reference on itself. Of every byline with two articles or more, one stretch of time after another is held
 * out and measured against the rest: once under its own name, and under others'. Each byline's name is tried as often by
 * others as by itself, so that a byline that writes much is not believed for that alone.
 */
export function calibrate(material: Material, prior: Prior, reviewed: Reviewed = NOTHING_REVIEWED): CheckCalibration {
  return inline(calibrateSteps(material, prior, reviewed));
}

/** `calibrate` as steps, for a driver that has threads. */
export function* calibrateSteps(material: Material, prior: Prior, reviewed: Reviewed): Steps<CheckCalibration> {
  const counts = new Float64Array(material.bylines);
  for (const b of material.bylineOf) counts[b]!++;
  const trials = yield* heldOutSteps(material, counts);
  const fitted = fitTowards(observations(trials, material.bylines, reviewed), prior, PRIOR_STRENGTH, HONEST_ODDS);
  const honest: number[] = [];
  const others: number[] = [];
  for (const { features, byline } of trials) {
    const evidence = evidenceFor(scoresOf(fitted, features), counts);
    evidence.forEach((e, b) => {
      if (b === byline) honest.push(e);
      else if (!reviewed.sameHand(b, byline)) others.push(e);
    });
  }
  return {
    ...fitted,
    genuine: honest.length,
    impostors: others.length,
    capFor: capOf(others.length),
    capAgainst: capOf(honest.length),
    honestShare: shares(honest.map((e) => -e)),
    falseShare: shares(others),
  };
}

/** With N trials a rate below 3 / N cannot be told from none. */
function capOf(trials: number): number {
  return trials < 3 ? 0 : Math.floor(Math.log10(trials / 3) * 10) / 10;
}

/** Share of values at or above i / 2; never below what so many values can show. */
export function shares(values: readonly number[]): number[] {
  const floor = Math.min(1, 3 / Math.max(1, values.length));
  return Array.from({ length: STEPS }, (_, i) =>
    Math.max(floor, values.filter((v) => v >= i / 2).length / Math.max(1, values.length)),
  );
}

function* heldOutSteps(material: Material, counts: Float64Array): Steps<Trial[]> {
  const { bylineOf } = material;
  const seen = new Int32Array(material.bylines);
  const foldOf = bylineOf.map((b) => {
    const folds = Math.min(FOLDS, counts[b]!);
    return folds < 2 ? -1 : Math.floor((seen[b]!++ * folds) / counts[b]!);
  });
  const able = Array.from(bylineOf.keys()).filter((r) => foldOf[r]! >= 0);
  const chosen = sampleIndices(able.length, MOST_TRIALS, seededRandom(6)).map((i) => able[i]!);
  const folds = Array.from({ length: FOLDS }, (_, fold) => chosen.filter((r) => foldOf[r] === fold));
  const features = yield* each(
    foldTask,
    folds.map((held, fold) => ({ material, held, kept: bylineOf.map((b, r) => (foldOf[r] === fold ? -1 : b)) })),
  );
  return folds.flatMap((held, fold) =>
    held.map((r, i) => ({ features: features[fold]![i]!, byline: bylineOf[r]!, fold })),
  );
}

interface Fold {
  readonly material: Material;
  /** Rows that are held out. */
  readonly held: readonly number[];
  /** Byline of each row that is kept; -1 for the others. */
  readonly kept: Int32Array;
}

/** What the held-out articles of one stretch of time are to every byline without them. */
export const foldTask: Task<Fold, readonly Float64Array[]> = {
  name: 'fold',
  run: ({ material, held, kept }) => {
    if (held.length === 0) return [];
    const { yardstick, views } = yardstickWithout(material, kept);
    return held.map((r) => {
      const rows = views.map(({ dims, values }) => values.subarray(r * dims, (r + 1) * dims));
      return featuresOf(yardstick, { rows, words: material.words[r]! });
    });
  },
};

/** The reference as it would be without the rows whose byline is -1, and all rows turned as it would turn them. */
function yardstickWithout(material: Material, kept: Int32Array): { yardstick: Yardstick; views: Rows[] } {
  const { bylines, words } = material;
  const articles = new Float64Array(bylines);
  const amount = new Float64Array(bylines);
  kept.forEach((b, r) => {
    if (b < 0) return;
    articles[b]!++;
    amount[b]! += words[r]!;
  });
  const views: Rows[] = [];
  const measured = material.views.map((rows, v) => {
    const turn = withinTurn(rows, kept);
    const all = turned(rows, turn);
    views.push(all);
    const outside = material.strangers[v];
    const strangers = outside === undefined ? null : quantise(turned(outside, turn));
    return measuredView(quantise(all), kept, bylines, strangers);
  });
  return { yardstick: { bylineOf: kept, articles, words: amount, views: measured }, views };
}

function observations(trials: readonly Trial[], bylines: number, reviewed: Reviewed): Observations {
  const rows: { trial: Trial; byline: number; truth: boolean; mass: number }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const here = trials.filter((t) => t.fold === fold);
    for (let b = 0; b < bylines; b++) {
      const own = here.filter((t) => t.byline === b || reviewed.sameHand(t.byline, b));
      if (own.length === 0) continue;
      for (const trial of own) rows.push({ trial, byline: b, truth: true, mass: 1 });
      const others = here.filter((t) => t.byline !== b && !reviewed.sameHand(t.byline, b));
      const random = seededRandom(fold * 100_003 + b);
      const drawn = new Set(sampleIndices(others.length, TRIED, random).map((i) => others[i]!));
      for (const trial of others) if (reviewed.apart(trial.byline, b)) drawn.add(trial);
      for (const trial of drawn) rows.push({ trial, byline: b, truth: false, mass: own.length / drawn.size });
    }
  }
  const features = new Float64Array(rows.length * FEATURES);
  rows.forEach(({ trial, byline }, i) =>
    features.set(trial.features.subarray(byline * FEATURES, (byline + 1) * FEATURES), i * FEATURES),
  );
  return { features, truth: rows.map((r) => r.truth), mass: Float64Array.from(rows, (r) => r.mass) };
}

/** Score of every byline: base-10 log likelihood ratio against writers in general. */
export function scoresOf({ intercept, weights }: Logistic, features: Float64Array): Float64Array {
  return Float64Array.from({ length: features.length / FEATURES }, (_, b) => {
    let logit = intercept;
    for (let i = 0; i < FEATURES; i++) logit += weights[i]! * features[b * FEATURES + i]!;
    return logit / Math.LN10;
  });
}

/** Share of those who write under another's name that are supposed to be known to the archive themselves. */
const KNOWN = 0.5;

/**
 * log10LR that a byline's hands wrote the submission, against the rest of the world: half of it the archive's other
 * bylines, each weighted by how much it wrote, half of it writers unknown. A byline that fits is believed less where
 * another fits better; one that fits badly is doubted more.
 *
 * @param scores from `scoresOf`; a byline with no articles is nobody
 */
export function evidenceFor(scores: Float64Array, articles: Float64Array): Float64Array {
  const likelihood = scores.map((s, b) => articles[b]! * 10 ** Math.min(s, 8));
  const all = likelihood.reduce((sum, v) => sum + v, 0);
  const weight = articles.reduce((sum, v) => sum + v, 0);
  return scores.map((s, b) => {
    const others = weight - articles[b]!;
    const known = others > 0 ? KNOWN : 0;
    const rest = others > 0 ? Math.max(0, all - likelihood[b]!) / others : 0;
    return s - Math.log10(known * rest + 1 - known);
  });
}
