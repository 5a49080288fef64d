import { areaUnderRoc, cllr, recallAt, reliabilityBins, type ReliabilityBin, type Scored } from '../math/metrics.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Fingerprints, TippettPoint } from '../types.js';
import { compare, type PairCalibration } from './compare.js';
import { applied, type Recalibration } from './recalibrate.js';
import { tippett } from './tippett.js';

/** One pair of the self-test. */
interface SelfCase extends Scored {
  /** Words on the shorter side. */
  readonly words: number;
}

/** Pairs of known truth made from this dump's own bylines. */
export interface SelfCases {
  readonly cases: readonly SelfCase[];
  /** Bylines split, and how many of them by date. */
  readonly split: number;
  readonly byDate: number;
  /** Bylines of two or three articles are among them. */
  readonly short: boolean;
}

/** Self-test cases of one range of words on the shorter side. */
interface SelfTestAmount {
  /** From so many words on. */
  readonly words: number;
  readonly sameHandPairs: number;
  readonly found: number;
  readonly differentHandsPairs: number;
  readonly falseLinks: number;
}

/** What was found when this dump's own bylines were split in two and looked for. */
export interface SelfTest {
  /** Bylines split, each giving one known same-hand pair. */
  readonly sameHandPairs: number;
  /** Pairs of halves and bylines that are not of one byline. */
  readonly differentHandsPairs: number;
  /** How many of them were split into an earlier and a later half by date; the others in order of id. */
  readonly byDate: number;
  /** How many of them reach the threshold, and how many pairs of different bylines do. */
  readonly found: number;
  readonly falseLinks: number;
  readonly recallAt1Percent: number;
  readonly recallAt01Percent: number;
  /** Of the ratios as printed in this report, and as they were before they were refitted on this very test. */
  readonly cllr: number;
  readonly cllrBefore: number;
  readonly auc: number;
  readonly tippett: readonly TippettPoint[];
  readonly reliability: readonly ReliabilityBin[];
  readonly amounts: readonly SelfTestAmount[];
  /** What was done to every score of this report; null where nothing was. */
  readonly recalibration: Recalibration | null;
}

/** Fewest articles of a byline that is split, and fewest where too few bylines have as many. */
const [FEWEST, LEAST] = [4, 2];
/** Bylines of `FEWEST` articles that are enough to learn from; with fewer, shorter ones are split as well. */
const ENOUGH = 20;
/** One byline in so many is split at a time: a real dump is not full of twins, and its scores depend on that. */
const FOLDS = 5;
/** Bylines beyond which one fold is enough to measure on. */
const MANY = 250;
/** Bylines beyond which so many of them, drawn by lot, are asked about; the others serve as strangers. */
const MOST_ASKED = 1000;
/** Words on the shorter side that begin a new range. */
const RANGES = [0, 1000, 2500, 5000, 10_000];

/**
 * Splits bylines of four articles or more (of two or more, where fewer than twenty have four) into an earlier and a later
 * half, by date where all its articles have one, else in order of id, a fifth of the bylines at a time, and scores the
 * halves with each other and with all other bylines, exactly as bylines are scored. Pairs of different bylines count as different hands, which is slightly unkind to the
 * tool where the dump hides real matches. Above a thousand bylines a thousand drawn by lot are asked about, among all: a
 * fifth of them split tells the share found within ±.07, nineteen times in twenty.
 *
 * @param dates of the documents; null where one has none
 * @returns null with fewer than three bylines to split
 */
export function selfCases(
  all: Fingerprints,
  calibration: PairCalibration,
  dates: readonly (number | null)[] = [],
): SelfCases | null {
  const prints = asked(all);
  const articles: number[][] = Array.from({ length: prints.bylines }, () => []);
  for (let d = 0; d < prints.documents; d++) articles[prints.bylineOf[d]!]?.push(d);
  const having = (least: number): number[] => [...articles.keys()].filter((b) => articles[b]!.length >= least);
  const short = having(FEWEST).length < ENOUGH;
  const able = having(short ? LEAST : FEWEST);
  if (able.length < 3) return null;
  const dated = (b: number): boolean => articles[b]!.every((d) => typeof dates[d] === 'number');
  const later = (b: number): number[] => {
    const own = articles[b]!;
    const order = dated(b) ? own.slice().sort((x, y) => dates[x]! - dates[y]! || x - y) : own;
    return order.slice(Math.ceil(order.length / 2));
  };
  const folds = Array.from({ length: FOLDS }, (_, f) => able.filter((_, i) => i % FOLDS === f)).filter(
    (fold, f) => fold.length > 0 && (f === 0 || prints.bylines <= MANY),
  );
  const split = folds.flat();
  return {
    cases: folds.flatMap((fold) => casesOf(prints, calibration, fold, later)),
    split: split.length,
    byDate: split.filter(dated).length,
    short: short && able.some((b) => articles[b]!.length < FEWEST),
  };
}

/** The same rows, with bylines drawn by lot first and all others behind them, where background stands. */
function asked(prints: Fingerprints): Fingerprints {
  if (prints.bylines <= MOST_ASKED) return prints;
  const drawn = sampleIndices(prints.bylines, MOST_ASKED, seededRandom(12));
  const place = new Map(drawn.map((b, i) => [b, i]));
  let next = drawn.length;
  const bylineOf = prints.bylineOf.map((b) => {
    let at = place.get(b);
    if (at === undefined) place.set(b, (at = next++));
    return at;
  });
  return { ...prints, bylines: drawn.length, bylineOf };
}

/** Every pair with a half in it, when the bylines of one fold are split. */
function casesOf(
  prints: Fingerprints,
  calibration: PairCalibration,
  fold: readonly number[],
  later: (byline: number) => readonly number[],
): SelfCase[] {
  const original = Array.from({ length: prints.bylines }, (_, b) => b).concat(fold);
  const isSplit = new Set(fold);
  // Background bylines move up to make room for the second halves.
  const bylineOf = prints.bylineOf.map((b) => (b >= prints.bylines ? b + fold.length : b));
  fold.forEach((b, i) => {
    for (const d of later(b)) bylineOf[d] = prints.bylines + i;
  });
  const pairs = compare({ ...prints, bylines: original.length, bylineOf }, calibration);
  const out: SelfCase[] = [];
  for (let p = 0; p < pairs.a.length; p++) {
    const [a, b] = [original[pairs.a[p]!]!, original[pairs.b[p]!]!];
    if (isSplit.has(a) || isSplit.has(b)) out.push({ score: pairs.score[p]!, truth: a === b, words: pairs.words[p]! });
  }
  return out;
}

/**
 * What the self-test says of this report's figures.
 *
 * @param threshold score from which a pair would be reported
 * @param recalibration what is done to every score of this report; null where nothing is
 * @param cap largest log10LR that is printed
 */
export function selfTest(
  { cases: raw, byDate }: SelfCases,
  threshold: number,
  recalibration: Recalibration | null,
  cap: number,
): SelfTest {
  const printed = (c: SelfCase): SelfCase => ({ ...c, score: Math.max(-cap, Math.min(cap, c.score)) });
  const cases = recalibration === null ? raw : raw.map((c) => ({ ...c, score: applied(recalibration, c.score) }));
  const shown = cases.map(printed);
  const counted = (of: readonly SelfCase[]): Omit<SelfTestAmount, 'words'> => ({
    sameHandPairs: of.filter((c) => c.truth).length,
    found: of.filter((c) => c.truth && c.score >= threshold).length,
    differentHandsPairs: of.filter((c) => !c.truth).length,
    falseLinks: of.filter((c) => !c.truth && c.score >= threshold).length,
  });
  const { sameHandPairs, differentHandsPairs, found, falseLinks } = counted(cases);
  return {
    sameHandPairs,
    differentHandsPairs,
    byDate,
    found,
    falseLinks,
    recallAt1Percent: recallAt(cases, 0.01),
    recallAt01Percent: recallAt(cases, 0.001),
    cllr: cllr(shown),
    cllrBefore: cllr(raw.map(printed)),
    auc: areaUnderRoc(cases),
    tippett: tippett(cases),
    recalibration,
    reliability: reliabilityBins(shown),
    amounts: RANGES.flatMap((words, i) => {
      const within = cases.filter((c) => c.words >= words && c.words < (RANGES[i + 1] ?? Infinity));
      return within.length === 0 ? [] : [{ words, ...counted(within) }];
    }),
  };
}
