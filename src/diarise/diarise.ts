import { capped, log10Odds, type Logistic } from '../math/logistic.js';
import { ascending, quantile } from '../math/statistics.js';
import { FEWEST_ARTICLES } from '../model/model.js';
import { ONE_HAND } from '../types/strength.js';
import type { Diarisation, Fingerprints, Unanswered } from '../types/types.js';
import { each, inline, type Steps, type Task } from '../work/work.js';
import { cohortOf, type Levels } from './affinity.js';
import { levels, levelSample, levelTask } from './level.js';
import { measureTask, partTask, type Measured } from './measure.js';
import { oneHand } from './part.js';
import { inSharedMemory, sliceOfRows, type Slice } from './slice.js';

export interface HandsCalibration {
  /** Over `handStatistics`: for a byline among strangers of its own kind. */
  readonly hands: Logistic & { readonly cap: number };
  /** Over `aloneFeatures`: for a byline so unlike the dump that strangers say nothing. */
  readonly handsAlone: Logistic & { readonly cap: number };
}

export { aloneFeatures } from './measure.js';

/** Score of a byline of one or two articles: nothing was measured, and several hands are unlikely. */
const TOO_FEW = -1;
/** What this stage asks workers to do. */
export const DIARISE_TASKS: readonly Task<unknown, unknown>[] = [levelTask, measureTask, partTask];

/**
 * For each byline: one hand or several, how many, which article is whose, and how the hands lie in time. In the order of
 * bylines.
 *
 * @param dates ms since 1970 UTC of each document, NaN where there is none; all undated when left out
 */
export function diarise(
  fingerprints: Fingerprints,
  calibration: HandsCalibration,
  dates: ArrayLike<number> | null = null,
): Diarisation[] {
  return inline(diariseSteps(fingerprints, calibration, dates));
}

/** `diarise` as steps, for a driver that has threads. */
export function* diariseSteps(
  prints: Fingerprints,
  calibration: HandsCalibration,
  dates: ArrayLike<number> | null = null,
): Steps<Diarisation[]> {
  const dump = yield* dumpSteps(prints);
  const judged = (yield* measuredSteps(dump)).map((measured, byline) => {
    const unanswered = unansweredBy(dump.rowsOf[byline]!.length, measured);
    if (measured === null)
      return { byline, alone: false, statistics: [], score: TOO_FEW, log10LR: 0, unanswered, parts: false };
    const { alone, statistics } = measured;
    const used = alone ? calibration.handsAlone : calibration.hands;
    const score = log10Odds(used, statistics);
    const figures = { byline, alone, statistics, score, unanswered };
    if (!alone && isMost(dump, byline)) return { ...figures, log10LR: 0, parts: false, apart: 'due' as const };
    const log10LR = unanswered === null ? capped(score, used.cap) : 0;
    return { ...figures, log10LR, parts: unanswered === null && log10LR > ONE_HAND };
  });
  const wanted = groupsOf(
    dump.rowsOf,
    judged.filter(({ parts }) => parts).map(({ byline }) => byline),
  );
  const found = yield* each(partTask, {
    length: wanted.length,
    at: (g) => {
      const bylines = wanted[g]!;
      const own = bylines.flatMap((b) => dump.rowsOf[b]!);
      return {
        ...sliceOf(dump, bylines),
        functionWords: prints.functionWords.packedOf(own),
        alone: bylines.map((b) => judged[b]!.alone),
        dates: Float64Array.from(own, (r) => dates?.[r] ?? NaN),
      };
    },
  });
  const partings = new Map(wanted.flatMap((bylines, g) => bylines.map((b, i) => [b, found[g]![i]!] as const)));
  return judged.map(({ parts, byline, ...figures }) => {
    const articles = dump.rowsOf[byline]!;
    return { byline, articles, ...figures, ...(parts ? partings.get(byline)! : oneHand(articles.length)) };
  });
}

function unansweredBy(articles: number, measured: Measured | null): Unanswered | null {
  if (articles < FEWEST_ARTICLES) return { why: 'few', have: articles, need: FEWEST_ARTICLES };
  if (measured === null) return { why: 'strangers' };
  return measured.tooShort === null ? null : { why: 'short', ...measured.tooShort };
}

/** Share of a dump's articles from which one byline shapes the axes, if it has so many, and so many times what others have. */
const [MOST_SHARE, MOST_ARTICLES, MOST_TIMES] = [0.1, 30, 1.5];

/**
 * True for a byline that has so many of a dump's articles that the axes are mostly its own: what they show is how its articles
 * differ from each other, and one hand looks like several. Of honest newswire bylines of 100 articles beside 24 of ten nearly
 * all did, beside 24 of 25 a third, beside 24 of 50 none: docs/EVALUATION.md, "One byline among smaller ones".
 */
function isMost({ prints, rowsOf }: Dump, byline: number): boolean {
  const own = rowsOf[byline]!.length;
  // Alone among lent strangers nothing else of the dump is measured by the same axes.
  if (rowsOf.length < 2) return false;
  const others = ascending(rowsOf.filter((_, b) => b !== byline).map((rows) => rows.length));
  // Articles lent to the dump are among those that axes are fitted on.
  return (
    own >= MOST_ARTICLES && own >= MOST_SHARE * prints.bylineOf.length && own >= MOST_TIMES * quantile(others, 0.5)
  );
}

/** Measures every byline, in their order; null for one of fewer than 3 articles or without strangers. */
export function measureHands(fingerprints: Fingerprints): (Measured | null)[] {
  return inline(measureSteps(fingerprints));
}

function* measureSteps(fingerprints: Fingerprints): Steps<(Measured | null)[]> {
  return yield* measuredSteps(yield* dumpSteps(fingerprints));
}

function* measuredSteps(dump: Dump): Steps<(Measured | null)[]> {
  const groups = groupsOf(dump.rowsOf, [...dump.rowsOf.keys()]);
  const measured = yield* each(measureTask, {
    length: groups.length,
    at: (g) => {
      const own = groups[g]!.flatMap((b) => dump.rowsOf[b]!);
      return { ...sliceOf(dump, groups[g]!), grammar: dump.prints.grammar.packedOf(own) };
    },
  });
  return measured.flat();
}

/** A dump, and what is the same for all its bylines. */
interface Dump {
  readonly prints: Fingerprints;
  readonly rowsOf: readonly (readonly number[])[];
  readonly cohort: readonly number[];
  readonly levelOf: (byline: number) => Levels;
}

function* dumpSteps(given: Fingerprints): Steps<Dump> {
  const prints = { ...given, views: inSharedMemory(given.views) };
  const rowsOf: number[][] = Array.from({ length: prints.bylines }, () => []);
  for (let d = 0; d < prints.documents; d++) rowsOf[prints.bylineOf[d]!]!.push(d);
  const cohort = cohortOf(prints);
  const { bylines, rows } = levelSample(rowsOf);
  const groups = groupsOf(rows, [...bylines.keys()]);
  const measured = yield* each(levelTask, {
    length: groups.length,
    at: (g) => {
      const own = groups[g]!.map((i) => bylines[i]!);
      const slice = sliceOfRows(
        prints,
        groups[g]!.map((i) => rows[i]!),
        own,
        cohort,
      );
      return { ...slice, bylines: own };
    },
  });
  return { prints, rowsOf, cohort, levelOf: levels(measured.flat()) };
}

/** Articles of the bylines that are sent to a worker at once. */
const TOGETHER = 400;

/** Bylines in their order, in groups of some hundred articles. */
function groupsOf(rowsOf: Dump['rowsOf'], bylines: readonly number[]): number[][] {
  const out: number[][] = [];
  let articles = Infinity;
  for (const byline of bylines) {
    const n = rowsOf[byline]!.length;
    if (articles + n > TOGETHER) {
      out.push([]);
      articles = 0;
    }
    out.at(-1)!.push(byline);
    articles += n;
  }
  return out;
}

function sliceOf({ prints, rowsOf, cohort, levelOf }: Dump, bylines: readonly number[]): Slice {
  const own = bylines.map((b) => rowsOf[b]!);
  return { ...sliceOfRows(prints, own, bylines, cohort), bylines, levels: bylines.map(levelOf) };
}
