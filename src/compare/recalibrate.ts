import { capped } from '../math/logistic.js';
import type { Scored } from '../math/metrics.js';
import type { Pairs, Recalibration } from '../types/types.js';
import type { PairCalibration } from './compare.js';

/** Below this many bylines split in two nothing is refitted. */
export const FEWEST_SPLIT = 8;
/** Pseudo-pairs of one hand, and as many of different hands, whose ratios are exactly as the shipped calibration says. */
const PSEUDO_PAIRS = 20;
/** Share of bylines that are reckoned to have a hidden twin in the dump. */
const HIDDEN_SHARE = 0.1;
/** Share of bylines whose two halves are reckoned to be of different hands. */
const TEAM_SHARE = 0.05;
const ITERATIONS = 60;

/**
 * Refits scale and offset of the log likelihood ratios on this dump's own bylines split in two, by logistic regression
 * (Brümmer & du Preez 2006), both classes weighing the same.
 *
 * - Shrinkage. Pseudo-pairs pull towards no change: the same scores again, labelled not by truth but by the probability
 *   that the shipped calibration states. With as many bylines split as pseudo-pairs the refit counts half.
 * - Bylines may be sockpuppets themselves. A pair of different bylines may then be one hand, so it counts only by the
 *   probability that it is not: prior odds (a tenth of the bylines have a twin) times its own ratio as refitted so far
 *   (expectation maximisation for contaminated labels, Lawrence & Schölkopf 2001). A pair with a very high score all but
 *   drops out; one that is only somewhat too high still counts. In the same way the halves of one byline count by the
 *   probability that they are one hand's, one byline in twenty being reckoned to have changed hands.
 *
 * @param cases of the self-test, scores in log10LR before capping
 * @param mostScale the scale is not raised beyond it
 * @returns null with fewer than eight bylines split, or where no pair of different bylines is left
 */
export function recalibrate(
  cases: readonly Scored[],
  mostScale = Infinity,
  pseudoPairs = PSEUDO_PAIRS,
): Recalibration | null {
  const sameHandPairs = cases.filter((c) => c.truth).length;
  const differentHandsPairs = cases.length - sameHandPairs;
  if (sameHandPairs < FEWEST_SPLIT || differentHandsPairs === 0) return null;
  // Scores beyond what any calibration supports would only stretch the regression.
  const logits = Float64Array.from(cases, (c) => Math.max(-8, Math.min(8, c.score)) * Math.LN10);
  const known: Known = {
    truths: cases.map((c) => c.truth),
    logits,
    shipped: logits.map(sigmoid),
    ...{ sameHandPairs, differentHandsPairs, pseudoPairs },
  };
  let line: Line = { offset: 0, scale: 1 };
  for (let i = 0; i < ITERATIONS; i++) {
    const step = newtonStep(known, line, mostScale);
    const largest = Math.max(Math.abs(step.offset), Math.abs(step.scale));
    const damp = largest > 0.5 ? 0.5 / largest : 1;
    line = { offset: line.offset + damp * step.offset, scale: line.scale + damp * step.scale };
    if (largest < 1e-9) break;
  }
  // More of the same evidence must never lower a score.
  const scale = Math.max(0.05, line.scale);
  return { scale, offset: line.offset / Math.LN10, sameHandPairs, differentHandsPairs, pseudoPairs };
}

/** logit′ = offset + scale · logit, in natural logarithms. */
interface Line {
  readonly offset: number;
  readonly scale: number;
}

/** The self-test's cases as the regression reads them. */
interface Known extends Pick<Recalibration, 'sameHandPairs' | 'differentHandsPairs' | 'pseudoPairs'> {
  readonly truths: readonly boolean[];
  readonly logits: Float64Array;
  /** Probability of one hand that the shipped calibration states. */
  readonly shipped: Float64Array;
}

/** How much each case counts by the line so far: by the probability that its label is right. */
function weightsBy(
  { truths, logits, sameHandPairs, differentHandsPairs }: Known,
  { offset, scale }: Line,
): Float64Array {
  // Each split byline's two halves would meet its twin.
  const hidden = (2 * HIDDEN_SHARE * sameHandPairs) / differentHandsPairs;
  return logits.map((own, k) => {
    const logit = Math.max(-50, Math.min(50, offset + scale * own));
    return 1 / (1 + (truths[k]! ? TEAM_SHARE * Math.exp(-logit) : hidden * Math.exp(logit)));
  });
}

function newtonStep(known: Known, { offset, scale }: Line, mostScale: number): Line {
  const { truths, logits, shipped, sameHandPairs, differentHandsPairs, pseudoPairs } = known;
  const weights = weightsBy(known, { offset, scale });
  const kept = { same: 0, different: 0 };
  truths.forEach((truth, k) => (kept[truth ? 'same' : 'different'] += weights[k]!));
  const sums = { g0: 0, g1: 0, h00: 0, h01: 0, h11: 0 };
  for (let k = 0; k < logits.length; k++) {
    const truth = truths[k]!;
    const x = logits[k]!;
    const p = sigmoid(offset + scale * x);
    const mass = (weights[k]! * sameHandPairs) / kept[truth ? 'same' : 'different'];
    const pseudo = pseudoPairs / (truth ? sameHandPairs : differentHandsPairs);
    const residual = mass * ((truth ? 1 : 0) - p) + pseudo * (shipped[k]! - p);
    const curvature = (mass + pseudo) * Math.max(1e-9, p * (1 - p));
    sums.g0 += residual;
    sums.g1 += residual * x;
    sums.h00 += curvature;
    sums.h01 += curvature * x;
    sums.h11 += curvature * x * x;
  }
  const determinant = sums.h00 * sums.h11 - sums.h01 ** 2;
  const wanted = (sums.h00 * sums.g1 - sums.h01 * sums.g0) / determinant;
  const steeper = Math.min(wanted, mostScale - scale);
  return { offset: (sums.g0 - sums.h01 * steeper) / sums.h00, scale: steeper };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** A log10LR of the shipped calibration as recalibrated. */
export function applied({ scale, offset }: Pick<Recalibration, 'scale' | 'offset'>, log10LR: number): number {
  return offset + scale * log10LR;
}

/** The calibration that gives recalibrated scores by itself, so that what each view adds still adds up to the score. */
export function refitted<C extends PairCalibration>(calibration: C, { scale, offset }: Recalibration): C {
  return {
    ...calibration,
    intercept: calibration.intercept * scale + offset * Math.LN10,
    weights: calibration.weights.map((w) => w * scale),
  };
}

/** `refitted`, where anything is refitted. */
export function recalibratedBy<C extends PairCalibration>(shipped: C, recalibration: Recalibration | null): C {
  return recalibration === null ? shipped : refitted(shipped, recalibration);
}

/** Every pair's score as recalibrated. */
export function rescored(pairs: Pairs, recalibration: Recalibration, cap: number): Pairs {
  const score = pairs.score.map((s) => applied(recalibration, s));
  return { ...pairs, score, log10LR: score.map((s) => capped(s, cap)) };
}
