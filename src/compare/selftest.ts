import { capped } from '../math/logistic.js';
import { areaUnderRoc, cllr, recallAt, reliabilityBins, type Scored } from '../math/metrics.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Fingerprints, Recalibration, Resting, SelfTest, SelfTestAmount } from '../types/types.js';
import { maskedOf, spelledOf } from '../types/views.js';
import { each, type Steps, type Task } from '../work/work.js';
import { compare, type Comparable, type PairCalibration } from './compare.js';
import { ofOwn } from './own.js';
import { applied } from './recalibrate.js';
import { knowUnits, unitsKnown, type Units } from './space.js';
import { tippett } from './tippett.js';

/** One pair of the self-test. */
type SelfCase = Scored & Resting;

/** Pairs of known truth made from this dump's own bylines. */
export interface SelfCases {
  readonly cases: readonly SelfCase[];
  /** Bylines split, and how many of them by date. */
  readonly split: number;
  readonly byDate: number;
  /** Bylines of two or three articles are among them. */
  readonly short: boolean;
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
 * halves with each other and with all other bylines, exactly as bylines are scored. Pairs of different bylines count as
 * different hands, which is slightly unkind to the tool where the dump hides real matches. Above 250 bylines one fifth is
 * enough, and above a thousand a thousand drawn by lot are asked about, among all: a fifth of them split tells the share
 * found within ±.07, nineteen times in twenty. Each fifth is a task of its own.
 *
 * @param dates of the documents; null where one has none
 * @returns null with fewer than three bylines to split
 */
export function* selfCaseSteps(
  all: Fingerprints,
  calibration: PairCalibration,
  dates: readonly (number | null)[],
): Steps<SelfCases | null> {
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
  const columns = yield* each(
    halvesTask,
    folds.map((fold) => ({ ...halved(prints, fold, later), calibration })),
  );
  return {
    cases: columns.flatMap(casesIn),
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

/** The bylines of one fold split in two, and all others. */
interface Halved {
  readonly prints: Comparable;
  readonly units: Units;
  /** Byline of the dump that each byline of these prints is, or is a half of. */
  readonly original: Int32Array;
  readonly fold: readonly number[];
}

function halved(prints: Fingerprints, fold: readonly number[], later: (byline: number) => readonly number[]): Halved {
  const original = Int32Array.from([...Array(prints.bylines).keys(), ...fold]);
  // Background bylines move up to make room for the second halves.
  const bylineOf = prints.bylineOf.map((b) => (b >= prints.bylines ? b + fold.length : b));
  fold.forEach((b, i) => {
    for (const d of later(b)) bylineOf[d] = prints.bylines + i;
  });
  const { views, words } = prints;
  return { prints: { views, words, bylines: original.length, bylineOf }, units: unitsKnown(prints), original, fold };
}

/** Self-test cases as columns, which cross threads at less cost. */
interface CaseColumns {
  readonly score: Float64Array;
  readonly truth: Uint8Array;
  readonly words: Float64Array;
  readonly spelled: Float64Array;
  readonly masked: Float64Array;
  /** Of halves of one byline, and of pairs that may be links. */
  readonly ofOwn: Float64Array;
}

/** Score from which a pair may be a link: no threshold is lower, by however much the refit moves scores. */
const MAYBE_LINK = 0.5;

/** Scores every pair with a half in it. */
export const halvesTask: Task<Halved & { readonly calibration: PairCalibration }, CaseColumns> = {
  name: 'halves',
  run: ({ prints, units, original, fold, calibration }) => {
    knowUnits(prints, units);
    const { a, b, score, words, views } = compare(prints, calibration);
    const isSplit = new Set(fold);
    const own = a.map((_, p) => p).filter((p) => isSplit.has(original[a[p]!]!) || isSplit.has(original[b[p]!]!));
    const truth = Uint8Array.from(own, (p) => Number(original[a[p]!] === original[b[p]!]));
    const looked = own.filter((p, i) => truth[i] === 1 || score[p]! >= MAYBE_LINK);
    const shares = ofOwn(prints, { a: looked.map((p) => a[p]!), b: looked.map((p) => b[p]!) });
    const shareOf = new Map(Array.from(looked, (p, i) => [p, shares[i]!]));
    return {
      score: Float64Array.from(own, (p) => score[p]!),
      truth,
      words: Float64Array.from(own, (p) => words[p]!),
      spelled: Float64Array.from(own, (p) => spelledOf(views, p)),
      masked: Float64Array.from(own, (p) => maskedOf(views, p)),
      ofOwn: Float64Array.from(own, (p) => shareOf.get(p) ?? NaN),
    };
  },
};

function casesIn({ score, truth, words, spelled, masked, ofOwn }: CaseColumns): SelfCase[] {
  return Array.from(score, (s, i) => ({
    score: s,
    truth: truth[i] === 1,
    words: words[i]!,
    spelled: spelled[i]!,
    masked: masked[i]!,
    ofOwn: ofOwn[i]!,
    // Halves of one byline write on one beat. Of others nobody has asked: more false links are counted than would be reported.
    near: truth[i] === 1,
  }));
}

/**
 * What the self-test says of this report's figures.
 *
 * @param threshold score from which a pair would be reported
 * @param maybe whether a pair would be reported whose score is that high
 * @param recalibration what is done to every score of this report; null where nothing is
 * @param cap largest log10LR that is printed
 */
export function selfTest(
  { cases: raw, byDate }: SelfCases,
  threshold: number,
  maybe: (pair: Resting) => boolean,
  recalibration: Recalibration | null,
  cap: number,
): SelfTest {
  const linked = (c: SelfCase): boolean => c.score >= threshold && maybe(c);
  const printed = ({ score, truth }: Scored): Scored => ({ score: capped(score, cap), truth });
  const cases = recalibration === null ? raw : raw.map((c) => ({ ...c, score: applied(recalibration, c.score) }));
  const shown = cases.map(printed);
  const counted = (of: readonly SelfCase[]): Omit<SelfTestAmount, 'words'> => ({
    sameHandPairs: of.filter((c) => c.truth).length,
    found: of.filter((c) => c.truth && linked(c)).length,
    differentHandsPairs: of.filter((c) => !c.truth).length,
    falseLinks: of.filter((c) => !c.truth && linked(c)).length,
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
