import { sampleIndices, seededRandom } from '../math/random.js';
import { fitTowards, type Observations, type Prior } from '../math/towards.js';
import { SHARE_STEPS } from '../model/model.js';
import { each, inline, type Steps, type Task } from '../work/work.js';
import { evidenceFor, NOTHING_REVIEWED, scoresOf, type CheckCalibration, type Reviewed } from './evidence.js';
import { withinTurn } from './fit.js';
import { quantise } from './quantised.js';
import { FEATURES, featuresOf, measuredView, type Yardstick } from './scores.js';
import { turned, type Rows } from './space.js';

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

/** Stretches of time each byline is cut into; one at a time is held out. Neighbours share subjects: chance would flatter. */
const FOLDS = 4;
/** Held-out articles at most, in all folds, and other submissions tried under each byline's name in one fold. */
const MOST_TRIALS = 1200;
export const TRIED = 60;
/** Weight of what other corpora taught, in trials. */
const PRIOR_STRENGTH = 1;
/**
 * Odds of an honest submission at which calibrations are fitted: most are, and it is among them that a doubt has to be
 * right. Three did best of .1 to 30 on four corpora.
 */
export const HONEST_ODDS = 3;

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
  return Array.from({ length: SHARE_STEPS }, (_, i) =>
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
