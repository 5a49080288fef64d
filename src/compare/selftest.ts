import { areaUnderRoc, cllr, recallAt, type Scored } from '../math/metrics.js';
import type { Fingerprints, TippettPoint } from '../types.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import { compare, type PairCalibration } from './compare.js';
import { tippett } from './tippett.js';

/** What was found when this dump's own bylines were split in two and looked for. */
export interface SelfTest {
  /** Bylines split, each giving one known same-hand pair. */
  readonly sameHandPairs: number;
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
/** Bylines above which a sample stands for all, so that twice as many can be compared pair by pair. */
const MOST_BYLINES = 1000;
const SAMPLED = 600;

/** The dump with some of its bylines, ascending; the background stays. */
function withBylines(prints: Fingerprints, kept: readonly number[]): Fingerprints {
  const place = new Map(kept.map((b, i) => [b, i]));
  const rows = Array.from(prints.bylineOf.keys()).filter(
    (d) => d >= prints.documents || place.has(prints.bylineOf[d]!),
  );
  const documents = rows.filter((d) => d < prints.documents).length;
  const views = Object.entries(prints.views).map(([name, view]) => {
    const out = new Float32Array(rows.length * view.dims);
    rows.forEach((d, i) => out.set(view.rows.subarray(d * view.dims, (d + 1) * view.dims), i * view.dims));
    return [name, { ...view, rows: out }] as const;
  });
  return {
    ...prints,
    documents,
    bylines: kept.length,
    bylineOf: Int32Array.from(
      rows,
      (d) => place.get(prints.bylineOf[d]!) ?? prints.bylineOf[d]! - prints.bylines + kept.length,
    ),
    words: Float64Array.from(rows.slice(0, documents), (d) => prints.words[d]!),
    views: Object.fromEntries(views) as unknown as Fingerprints['views'],
  };
}

/**
 * Splits every byline of four articles or more into an earlier and a later half (in order of id) and scores the halves
 * with all others, exactly as bylines are scored. Pairs of different bylines count as different hands, which is
 * slightly unkind to the tool where the dump hides real matches. Above a thousand bylines, 600 drawn by lot stand for
 * all: the recall among them is within ±.04 of the whole's, nineteen times in twenty.
 *
 * @param threshold score from which a pair would be reported
 * @returns null with fewer than three bylines to split
 */
export function selfTest(all: Fingerprints, calibration: PairCalibration, threshold: number): SelfTest | null {
  const prints =
    all.bylines <= MOST_BYLINES ? all : withBylines(all, sampleIndices(all.bylines, SAMPLED, seededRandom(12)));
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
    found: cases.filter((c) => c.truth && c.score >= threshold).length,
    falseLinks: cases.filter((c) => !c.truth && c.score >= threshold).length,
    recallAt1Percent: recallAt(cases, 0.01),
    recallAt01Percent: recallAt(cases, 0.001),
    cllr: cllr(cases),
    auc: areaUnderRoc(cases),
    tippett: tippett(cases),
  };
}
