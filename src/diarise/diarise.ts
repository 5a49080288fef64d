import { log10Odds, type Logistic } from '../math/logistic.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Diarisation, Fingerprints } from '../types.js';
import { affinities, type AffinityOf } from './affinity.js';
import { contrastLikeness, contrastStructure } from './contrast.js';
import { levels } from './level.js';
import { extended, oneHand, partAlone, partAmongStrangers, type Parting } from './part.js';
import { cutStatistic, handStatistics, lowHalf, type Levels } from './statistics.js';
import { handsInTime } from './timeline.js';

export interface HandsCalibration {
  /** Over `handStatistics`: for a byline among strangers of its own kind. */
  readonly hands: Logistic & { readonly cap: number };
  /** Over `aloneFeatures`: for a byline so unlike the dump that strangers say nothing. */
  readonly handsAlone: Logistic & { readonly cap: number };
}

/** Fewest articles for which the test is calibrated. */
export const FEWEST_ARTICLES = 6;
/** Down to this log10LR the best parting is given: only below is one hand the better account. */
const ONE_HAND = -0.5;
/** Score of a byline of one or two articles: nothing was measured, and several hands are unlikely. */
const TOO_FEW = -1;
/** From this mean of its less alike half on, all of a byline's articles are alike against these strangers. */
const APART = 5;
/**
 * Words an article, on average, from which the contrast inside the byline is as good a test as strangers are (AUC .90 for
 * 20 newswire articles joined to this length) and does not need them to be of the same kind.
 */
const LONG_WORDS = 1500;
/** Fewest words an article, on average, from which articles can be contrasted without strangers. */
const ALONE_WORDS = 700;
/** Articles that are set against each other, at most; of a longer byline a sample is, and the others join its hands. */
const MOST_ARTICLES = 240;

/** The measurements of one byline, before calibration. */
interface Measured {
  /** Features of the calibration that applies. */
  readonly statistics: readonly number[];
  /** True when strangers of this dump say nothing about the byline. */
  readonly alone: boolean;
  /** Too short for the test that applies. */
  readonly tooShort: boolean;
  /** Likeness of articles to each other, n × n; higher: likelier one hand. */
  readonly likeness: (rows: readonly number[]) => Float64Array;
  /** Parts articles, taking for granted that they are several hands'. */
  readonly part: (likeness: Float64Array, n: number) => Parting;
}

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
  const rowsOf = rowsByByline(fingerprints);
  return measureHands(fingerprints).map((measured, byline) => {
    const articles = rowsOf[byline]!;
    const n = articles.length;
    if (measured === null)
      return { byline, articles, alone: false, statistics: [], score: TOO_FEW, log10LR: 0, ...oneHand(n) };
    const { alone, statistics } = measured;
    const used = alone ? calibration.handsAlone : calibration.hands;
    const score = log10Odds(used, statistics);
    const answered = n >= FEWEST_ARTICLES && !measured.tooShort;
    const log10LR = answered ? Math.max(-used.cap, Math.min(used.cap, score)) : 0;
    const parting = answered && log10LR > ONE_HAND ? parted(measured, articles, dates) : oneHand(n);
    return { byline, articles, alone, statistics, score, log10LR, ...parting };
  });
}

/** Parts a sample of the articles, gives the others the hands they are most like, and looks at the hands in time. */
function parted(
  { likeness, part }: Measured,
  articles: readonly number[],
  dates: ArrayLike<number> | null,
): Parting & Pick<Diarisation, 'inTime'> {
  const sample = sampled(articles);
  const alike = likeness(sample);
  const found = part(alike, sample.length);
  const inTime = handsInTime(
    alike,
    found.hands,
    sample.map((r) => dates?.[r] ?? NaN),
  );
  return { ...(sample.length < articles.length ? extended(found, sample, articles, likeness) : found), inTime };
}

function sampled(rows: readonly number[]): number[] {
  return sampleIndices(rows.length, MOST_ARTICLES, seededRandom(13)).map((i) => rows[i]!);
}

/**
 * Features of the test without strangers: the structure of the grammar contrast, and how much text it rests on. Long
 * articles measure their grammar better, so the same structure says more.
 *
 * @param structure natural logarithm of the contrast's structure
 * @param articles natural logarithm of their number
 * @param length natural logarithm of words an article, over 500
 */
export function aloneFeatures(structure: number, articles: number, length: number): number[] {
  return [structure, articles, length, structure * length];
}

/** Measures every byline, in their order; null for one of fewer than 3 articles or without strangers. */
export function measureHands(fingerprints: Fingerprints): (Measured | null)[] {
  const rowsOf = rowsByByline(fingerprints);
  const affinityOf = affinities(fingerprints);
  const levelOf = levels(rowsOf, affinityOf);
  return rowsOf.map((rows, byline) =>
    rows.length < 3 ? null : measured(fingerprints, rows, byline, affinityOf, levelOf(byline)),
  );
}

function measured(
  fingerprints: Fingerprints,
  rows: readonly number[],
  byline: number,
  affinityOf: AffinityOf,
  level: Levels,
): Measured | null {
  const sample = sampled(rows);
  const n = sample.length;
  const affinity = affinityOf(sample, byline);
  if (affinity === null) return null;
  const words = Math.max(50, rows.reduce((sum, r) => sum + fingerprints.words[r]!, 0) / rows.length);
  if (lowHalf(affinity.all, n) > APART || words >= LONG_WORDS) return measuredAlone(fingerprints, rows, words);
  const unlexed = rows.filter((r) => fingerprints.lexed[r] === 0).length / rows.length;
  return {
    statistics: handStatistics(cutStatistic(affinity, n, level), n, unlexed),
    alone: false,
    tooShort: false,
    // Worked out again where it is needed: kept for every byline, the likenesses would fill the memory.
    likeness: (own) => affinityOf(own, byline)!.all,
    part: (alike, count) => partAmongStrangers(alike, count, level.all),
  };
}

function measuredAlone({ grammar, functionWords }: Fingerprints, rows: readonly number[], words: number): Measured {
  const structure = Math.log(Math.max(0.1, contrastStructure(grammar, rows)));
  return {
    statistics: aloneFeatures(structure, Math.log(rows.length), Math.log(words / 500)),
    alone: true,
    tooShort: words < ALONE_WORDS,
    // Function words part where grammar n-grams, in which parts of speech tell the form, do not: see docs/EVALUATION.md.
    likeness: (own) => contrastLikeness(functionWords, own),
    part: partAlone,
  };
}

function rowsByByline({ documents, bylines, bylineOf }: Fingerprints): number[][] {
  const out: number[][] = Array.from({ length: bylines }, () => []);
  for (let d = 0; d < documents; d++) out[bylineOf[d]!]!.push(d);
  return out;
}
