import { compareSteps, EVERY_PAIR } from '../compare/blocked.js';
import { compare } from '../compare/compare.js';
import { ofOwn, rangeOfHalves } from '../compare/own.js';
import { recalibrate, recalibratedBy, rescored } from '../compare/recalibrate.js';
import { selfCaseSteps, selfTest } from '../compare/selftest.js';
import { unitSteps } from '../compare/space.js';
import { ENOUGH_BYLINES, withoutOutlets } from '../fingerprint/fingerprint.js';
import type { JudgeInput } from '../judge/input.js';
import { REPORT_FROM } from '../judge/judge.js';
import { FEWEST_WORDS } from '../judge/amounts.js';
import { LEAST_FINDING, linkThreshold, restsOnStyle } from '../judge/verdicts.js';
import type { Calibrated, Model } from '../model/model.js';
import type { Document, Fingerprints, Pairs, Resting, RestingPairs } from '../types/types.js';
import { both, inline, pause, type Steps } from '../work/work.js';

/** What a scan says of pairs: their scores, the calibration behind them, and the score from which a pair is a link. */
export interface ScoredPairs extends Pick<JudgeInput, 'pairCalibration' | 'selfTest'> {
  readonly pairs: RestingPairs;
  readonly threshold: number;
}

/**
 * Scores every pair of bylines as a scan does; `evaluate` measures exactly this.
 *
 * @param documents behind the prints: their dates part bylines for the self-test; where their outlets are known, every pair
 *   is scored again without what an outlet's articles have in common
 */
export function scorePairs(prints: Fingerprints, model: PairModel, documents: readonly Placed[]): ScoredPairs {
  return inline(scoreSteps(prints, model, documents, []));
}

/** What scoring reads of the model. */
type PairModel = Pick<Model, 'pairs' | 'pairsFew'>;

/** What scoring reads of an article besides its style. */
type Placed = Pick<Document, 'publishedAt' | 'outlet'>;

/**
 * `scorePairs` as steps, for a driver that has threads.
 *
 * @param about bylines of which every pair is kept even where there are too many to keep all
 */
export function* scoreSteps(
  prints: Fingerprints,
  model: PairModel,
  documents: readonly Placed[],
  about: readonly number[],
): Steps<ScoredPairs> {
  const shipped = shippedFor(prints.bylines, model);
  const { cap } = shipped;
  yield* unitSteps(prints);
  const dates = documents.map((d) => d.publishedAt);
  const [own, raw] = yield* both(selfCaseSteps(prints, shipped, dates), everyPair(prints, shipped));
  yield* pause();
  // Halves of two or three articles lie near each other in time and subject, and hold less text than the bylines they speak
  // for: they may make the ratios more careful, never bolder.
  const recalibration = own === null ? null : recalibrate(own.cases, own.short ? 1 : Infinity);
  const pairCalibration = recalibratedBy(shipped, recalibration);
  yield* pause();
  const scored =
    raw === null
      ? yield* compareSteps(prints, pairCalibration, { floor: REPORT_FROM, leastWords: FEWEST_WORDS, about })
      : recalibration === null
        ? raw
        : rescored(raw, recalibration, cap);
  const outlets = documents.map((d) => d.outlet);
  const across = yield* scoresAcrossOutlets(prints, outlets, pairCalibration, scored);
  const threshold = linkThreshold(scored, pairCalibration);
  yield* pause();
  const ofHalves = rangeOfHalves((own?.cases ?? []).filter((c) => c.truth).map((c) => c.ofOwn));
  const ofOwnArticles = ofOwnAbove(LEAST_FINDING, prints, scored);
  const pairs = { ...scored, acrossOutlets: across, ofOwn: ofOwnArticles, ofHalves };
  yield* pause();
  const maybe = (pair: Resting): boolean => restsOnStyle(pair, ofHalves);
  const tested = own === null ? null : selfTest(own, threshold, maybe, recalibration, cap);
  yield* pause();
  return { pairs, pairCalibration, threshold, selfTest: tested };
}

/** Every pair by the shipped calibration, scored here and now; null where there are too many, and the adjusted score chooses. */
function* everyPair(prints: Fingerprints, shipped: Calibrated): Steps<Pairs | null> {
  return prints.bylines > EVERY_PAIR ? null : compare(prints, shipped);
}

/** `ofOwn` of the pairs whose score reaches the least; NaN for the others. */
function ofOwnAbove(least: number, prints: Fingerprints, { a, b, score }: Pairs): Float64Array {
  const linked = score.map((_, p) => p).filter((p) => score[p]! >= least);
  const shares = ofOwn(prints, { a: Int32Array.from(linked, (p) => a[p]!), b: Int32Array.from(linked, (p) => b[p]!) });
  const out = new Float64Array(score.length).fill(NaN);
  linked.forEach((p, i) => (out[p] = shares[i]!));
  return out;
}

/** Scores every pair of bylines by the shipped calibration, without the adjustment to the dump. */
export function asShipped(
  prints: Fingerprints,
  model: Model,
): { readonly pairs: Pairs; readonly calibration: Calibrated } {
  const calibration = shippedFor(prints.bylines, model);
  return { pairs: compare(prints, calibration), calibration };
}

/** Scores of the same pairs without what outlets have in common; null where outlets are not known well enough. */
function* scoresAcrossOutlets(
  measured: Fingerprints,
  outlets: readonly (string | null)[],
  calibration: Calibrated,
  { a, b }: Pairs,
): Steps<Float64Array | null> {
  const { prints, outlets: known } = withoutOutlets(measured, outlets);
  if (known === 0) return null;
  const again = yield* compareSteps(prints, calibration, { floor: Infinity, leastWords: Infinity, about: [] });
  const { others } = again;
  return others === undefined ? again.score : Float64Array.from(a, (i, p) => others.scored(i, b[p]!).score);
}

export function shippedFor(bylines: number, model: PairModel): Calibrated {
  return bylines < ENOUGH_BYLINES ? model.pairsFew : model.pairs;
}
