import { recallIntervals, type HandPair } from '../math/bootstrap.js';
import {
  areaUnderRoc,
  calibrationLossIfRight,
  cllr,
  cllrMin,
  equalErrorRate,
  errorTradeOff,
  expectedCalibrationError,
  recallAt,
  reliabilityBins,
  type ErrorPoint,
} from '../math/metrics.js';
import { tippett } from '../compare/tippett.js';
import type { ReliabilityBin, TippettPoint } from '../types/types.js';

/** One pair of bylines of a simulated dump. */
export interface PairCase extends HandPair {
  /** log10LR as a report prints it: the score, capped. */
  readonly printed: number;
  /** False where the tool gives no answer: too little text. */
  readonly answered: boolean;
  /** True where a scan would report a link. */
  readonly linked: boolean;
  /** True for different hands whose subjects are nearest. */
  readonly sameTopic: boolean;
}

/** A figure with its 90 % interval; NaN where it cannot be measured. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How well pairs were told apart. Shares are 0 … 1, costs in bits. Ranks are those of the score, Cllr and calibration
 * error those of the log10LR as printed.
 */
export interface Measures {
  readonly sameHandPairs: number;
  readonly differentHandsPairs: number;
  readonly recallAt1Percent: Measured;
  readonly 'recallAt0.1Percent': Measured;
  readonly equalErrorRate: number;
  readonly auc: number;
  readonly cllr: number;
  readonly cllrMin: number;
  /** What `cllr` less `cllrMin` would be on these cases, were every ratio exactly right. */
  readonly lossIfRight: number;
  readonly calibrationError: number;
  /** Share of pairs that are not answered, for too little text. They count in every other figure. */
  readonly abstained: number;
  /** Links a scan would report, right and wrong, were the true pair the only one in its dump. */
  readonly found: number;
  readonly falseLinks: number;
}

/** Points of the three charts. */
export interface Curves {
  readonly det: readonly ErrorPoint[];
  readonly tippett: readonly TippettPoint[];
  readonly reliability: readonly ReliabilityBin[];
}

/** Shares of false pairs at which recall is given. */
const SHARES = [0.01, 0.001] as const;

/**
 * Measures pooled pairs. Recall at a share of false pairs needs so many different-hands pairs that the share is at least
 * one of them; with fewer it is NaN, for it would only say how the best false pair happened to score.
 *
 * @param seed of the resampling behind the intervals
 */
export function measure(cases: readonly PairCase[], seed: number): Measures {
  const differentHandsPairs = cases.filter((c) => !c.truth).length;
  const printed = cases.map(({ printed: score, truth }) => ({ score, truth }));
  const intervals = recallIntervals(cases, SHARES, { seed });
  const [one, tenth] = SHARES.map((share, i): Measured => {
    if (share * differentHandsPairs < 1) return { value: NaN, low: NaN, high: NaN };
    return { value: recallAt(cases, share), ...intervals[i]! };
  });
  return {
    sameHandPairs: cases.length - differentHandsPairs,
    differentHandsPairs,
    recallAt1Percent: one!,
    'recallAt0.1Percent': tenth!,
    equalErrorRate: equalErrorRate(cases),
    auc: areaUnderRoc(cases),
    cllr: cllr(printed),
    cllrMin: cllrMin(cases),
    lossIfRight: calibrationLossIfRight(printed),
    calibrationError: expectedCalibrationError(reliabilityBins(printed)),
    abstained: cases.filter((c) => !c.answered).length / cases.length,
    found: cases.filter((c) => c.truth && c.linked).length,
    falseLinks: cases.filter((c) => !c.truth && c.linked).length,
  };
}

export function curvesOf(cases: readonly PairCase[]): Curves {
  const printed = cases.map(({ printed: score, truth }) => ({ score, truth }));
  return { det: thinned(errorTradeOff(cases)), tippett: tippett(printed), reliability: reliabilityBins(printed) };
}

/** Points of a DET curve, at most: one wherever one of the shares has moved enough to be seen on a probit axis. */
function thinned(points: readonly ErrorPoint[]): ErrorPoint[] {
  const moved = (a: number, b: number): boolean => Math.abs(a - b) > 0.05 * Math.min(a, 1 - a, b, 1 - b) + 1e-4;
  const out: ErrorPoint[] = [];
  points.forEach((p, i) => {
    const last = out.at(-1);
    const next = points[i + 1];
    if (
      last === undefined ||
      next === undefined ||
      moved(last.letThrough, next.letThrough) ||
      moved(last.missed, next.missed)
    )
      out.push(p);
  });
  return out;
}
