import type { ReliabilityBin } from '../types/types.js';
import { seededRandom } from './random.js';

/** A score with its truth: true for the class that should score high. */
export interface Scored {
  readonly score: number;
  readonly truth: boolean;
}

/**
 * Recall at a share of false positives: the share of true cases scoring above the negative case of that rank.
 *
 * @param falseShare e.g. 0.001 for one false link in a thousand different-hand pairs
 */
export function recallAt(cases: readonly Scored[], falseShare: number): number {
  const { positives, negatives } = byTruth(cases);
  const threshold = negatives[negatives.length - 1 - Math.floor(falseShare * negatives.length)] ?? -Infinity;
  return positives.filter((score) => score > threshold).length / positives.length;
}

/** Scores of true and of other cases, ascending. */
function byTruth(cases: readonly Scored[]): { readonly positives: Float64Array; readonly negatives: Float64Array } {
  const [positives, negatives] = [true, false].map((truth) =>
    Float64Array.from(
      cases.filter((c) => c.truth === truth),
      ({ score }) => score,
    ).sort(),
  );
  return { positives: positives!, negatives: negatives! };
}

/** Area under the ROC curve: the share of true and other cases, two by two, of which the true one scores higher (Mann & Whitney 1947); ties count half. */
export function areaUnderRoc(cases: readonly Scored[]): number {
  const { positives, negatives } = byTruth(cases);
  let [won, below, notAbove] = [0, 0, 0];
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below++;
    while (notAbove < negatives.length && negatives[notAbove]! <= score) notAbove++;
    won += (below + notAbove) / 2;
  }
  return won / (positives.length * negatives.length);
}

/**
 * Cost of log likelihood ratios in bits (Brümmer & du Preez 2006): 0 perfect, 1 says nothing, above 1 misleads.
 *
 * @param cases scores are log10LR
 */
export function cllr(cases: readonly Scored[]): number {
  let positive = 0;
  let negative = 0;
  let p = 0;
  let n = 0;
  for (const { score, truth } of cases) {
    if (truth) {
      positive += Math.log2(1 + 10 ** -score);
      p++;
    } else {
      negative += Math.log2(1 + 10 ** score);
      n++;
    }
  }
  return (positive / p + negative / n) / 2;
}

/** Cllr after the best monotone recalibration (pool adjacent violators): what calibration could reach at best. */
export function cllrMin(cases: readonly Scored[]): number {
  const positives = cases.filter((c) => c.truth).length;
  const negatives = cases.length - positives;
  const blocks: { p: number; n: number }[] = [];
  const sorted = cases.slice().sort((a, b) => a.score - b.score);
  for (let i = 0; i < sorted.length;) {
    const block = { p: 0, n: 0 };
    const { score } = sorted[i]!;
    for (; i < sorted.length && sorted[i]!.score === score; i++) block[sorted[i]!.truth ? 'p' : 'n']++;
    blocks.push(block);
    while (blocks.length > 1) {
      const [x, y] = [blocks[blocks.length - 2]!, blocks[blocks.length - 1]!];
      if (x.p * (y.p + y.n) < y.p * (x.p + x.n)) break;
      blocks.splice(-2, 2, { p: x.p + y.p, n: x.n + y.n });
    }
  }
  let cost = 0;
  for (const { p, n } of blocks) {
    const ratio = p / positives / (n / negatives);
    if (p > 0) cost += (p / positives) * Math.log2(1 + 1 / ratio);
    if (n > 0) cost += (n / negatives) * Math.log2(1 + ratio);
  }
  return cost / 2;
}

/**
 * What Cllr less Cllr_min would be, were every ratio exactly right: the mean over truths drawn anew, each true with the
 * probability that its own ratio gives at these cases' prior odds. Cllr_min fits the very cases it is measured on, so on few
 * of them it lies well below the cost of right ratios: with 40 true and 40 false ones by about a tenth of a bit.
 *
 * @param cases scores are log10LR
 * @returns bits; NaN with cases of one class only
 */
export function calibrationLossIfRight(cases: readonly Scored[], draws = 40): number {
  const random = seededRandom(16);
  const positives = cases.filter((c) => c.truth).length;
  const prior = positives / (cases.length - positives);
  let [sum, drawn] = [0, 0];
  for (let d = 0; d < draws; d++) {
    const again = cases.map(({ score }) => ({ score, truth: random() < 1 / (1 + 10 ** -score / prior) }));
    const loss = cllr(again) - cllrMin(again);
    if (Number.isNaN(loss)) continue;
    sum += loss;
    drawn++;
  }
  return sum / drawn;
}

/**
 * Equal error rate: where the share of true cases missed equals the share of false cases let through, between two
 * thresholds by a straight line (the convex hull of the ROC is not taken).
 */
export function equalErrorRate(cases: readonly Scored[]): number {
  const points = errorTradeOff(cases);
  for (let i = 1; i < points.length; i++) {
    const [x, y] = [points[i - 1]!, points[i]!];
    const [before, after] = [x.missed - x.letThrough, y.missed - y.letThrough];
    if (after > 0) continue;
    const t = before === after ? 0 : before / (before - after);
    return x.missed + t * (y.missed - x.missed);
  }
  return NaN;
}

/** Shares of true cases missed and of false cases let through at one threshold. */
export interface ErrorPoint {
  readonly missed: number;
  readonly letThrough: number;
}

/** Both error shares as the threshold falls from above the highest score to below the lowest: what a DET curve draws. */
export function errorTradeOff(cases: readonly Scored[]): ErrorPoint[] {
  const positives = cases.filter((c) => c.truth).length;
  const negatives = cases.length - positives;
  const sorted = cases.slice().sort((a, b) => b.score - a.score);
  const out: ErrorPoint[] = [{ missed: 1, letThrough: 0 }];
  let [found, wrong] = [0, 0];
  for (let i = 0; i < sorted.length;) {
    const { score } = sorted[i]!;
    for (; i < sorted.length && sorted[i]!.score === score; i++)
      if (sorted[i]!.truth) found++;
      else wrong++;
    out.push({ missed: 1 - found / positives, letThrough: wrong / negatives });
  }
  return out;
}

/**
 * Stated and observed probabilities of one hand in equal ranges of the stated one (DeGroot & Fienberg 1983). A
 * likelihood ratio is a probability only with a prior: even odds are taken, and each class weighs half in all. Empty
 * ranges are left out.
 *
 * @param cases scores are log10LR
 */
export function reliabilityBins(cases: readonly Scored[], ranges = 10): ReliabilityBin[] {
  const positives = cases.filter((c) => c.truth).length;
  const negatives = cases.length - positives;
  const sums = Array.from({ length: ranges }, () => ({ stated: 0, trueCases: 0, falseCases: 0 }));
  for (const { score, truth } of cases) {
    const p = 1 / (1 + 10 ** -score);
    const bin = sums[Math.min(ranges - 1, Math.floor(p * ranges))]!;
    bin.stated += p / (truth ? positives : negatives) / 2;
    if (truth) bin.trueCases++;
    else bin.falseCases++;
  }
  return sums.flatMap(({ stated, trueCases, falseCases }): ReliabilityBin[] => {
    const [t, f] = [trueCases / Math.max(1, positives) / 2, falseCases / Math.max(1, negatives) / 2];
    const mass = t + f;
    return mass > 0 ? [{ stated: stated / mass, observed: t / mass, mass, trueCases, falseCases }] : [];
  });
}

/** Expected calibration error (Naeini et al. 2015): mean distance of stated and observed probability over the ranges. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  return bins.reduce((sum, b) => sum + b.mass * Math.abs(b.stated - b.observed), 0);
}

/** BCubed F of a clustering against the truth (Bagga & Baldwin 1998). */
export function bcubedF(found: readonly number[], truth: readonly (number | string)[]): number {
  const n = found.length;
  let precision = 0;
  let recall = 0;
  for (let i = 0; i < n; i++) {
    let mine = 0;
    let theirs = 0;
    let both = 0;
    for (let j = 0; j < n; j++) {
      const a = found[j] === found[i];
      const b = truth[j] === truth[i];
      if (a) mine++;
      if (b) theirs++;
      if (a && b) both++;
    }
    precision += both / mine / n;
    recall += both / theirs / n;
  }
  return (2 * precision * recall) / (precision + recall);
}
