import { areaUnderRoc, cllr, recallAt, type Scored } from '../math/metrics.js';
import type { Fingerprints, TippettPoint } from '../types.js';
import { compare, type PairCalibration } from './compare.js';
import { tippett } from './tippett.js';

/** What was found when this dump's own bylines were split in two and looked for. */
export interface SelfTest {
  /** Bylines split, each giving one known same-hand pair. */
  readonly sameHandPairs: number;
  /** Pairs of halves and bylines that are not of one byline. */
  readonly differentHandsPairs: number;
  /** How many of them reach the threshold, and how many pairs of different bylines do. */
  readonly found: number;
  readonly falseLinks: number;
  readonly recallAt1Percent: number;
  readonly recallAt01Percent: number;
  readonly cllr: number;
  readonly auc: number;
  readonly tippett: readonly TippettPoint[];
}

/** Fewest articles of a byline that is split. */
const FEWEST = 4;

/**
 * Splits every byline of four articles or more into an earlier and a later half (in order of id) and scores the halves
 * with all others, exactly as bylines are scored. Pairs of different bylines count as different hands, which is
 * slightly unkind to the tool where the dump hides real matches.
 *
 * @param threshold score from which a pair would be reported
 * @returns null with fewer than three bylines to split
 */
export function selfTest(prints: Fingerprints, calibration: PairCalibration, threshold: number): SelfTest | null {
  const count = new Int32Array(prints.bylines);
  for (let d = 0; d < prints.documents; d++) count[prints.bylineOf[d]!]!++;
  const split = Array.from(count.keys()).filter((b) => count[b]! >= FEWEST);
  if (split.length < 3) return null;
  const secondHalf = new Map(split.map((b, i) => [b, prints.bylines + i]));
  const original = Array.from({ length: prints.bylines }, (_, b) => b).concat(split);
  const seen = new Int32Array(prints.bylines);
  const bylineOf = prints.bylineOf.map((b, d) => {
    if (d >= prints.documents) return b + split.length;
    const later = seen[b]!++ * 2 >= count[b]!;
    return later ? (secondHalf.get(b) ?? b) : b;
  });
  const pairs = compare({ ...prints, bylines: original.length, bylineOf }, calibration);
  const cases: Scored[] = [];
  for (let p = 0; p < pairs.a.length; p++)
    cases.push({ score: pairs.score[p]!, truth: original[pairs.a[p]!] === original[pairs.b[p]!] });
  return {
    sameHandPairs: split.length,
    differentHandsPairs: cases.filter((c) => !c.truth).length,
    found: cases.filter((c) => c.truth && c.score >= threshold).length,
    falseLinks: cases.filter((c) => !c.truth && c.score >= threshold).length,
    recallAt1Percent: recallAt(cases, 0.01),
    recallAt01Percent: recallAt(cases, 0.001),
    cllr: cllr(cases),
    auc: areaUnderRoc(cases),
    tippett: tippett(cases),
  };
}
