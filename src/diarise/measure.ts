import { unpackedRows, unpackRows } from '../math/counts.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import { ascending, quantile } from '../math/statistics.js';
import type { Diarisation, PackedRows, SparseRows } from '../types/types.js';
import type { Task } from '../work/work.js';
import { affinities, type AffinityOf } from './affinity.js';
import { contrastLikeness, contrastStructure } from './contrast.js';
import { extended, partAlone, partAmongStrangers, type Parting } from './part.js';
import { cutOut, type Slice } from './slice.js';
import { cutStatistic, handStatistics, lowHalf } from './statistics.js';
import { handsInTime } from './timeline.js';

/** From this mean of its less alike half on, all of a byline's articles are alike against these strangers. */
const APART = 6;
/**
 * Words an article, on average, from which the contrast inside the byline is as good a test as strangers are (AUC .90 for
 * 20 newswire articles joined to this length) and does not need them to be of the same kind.
 */
const LONG_WORDS = 1500;
/** Fewest words an article, on average, from which articles can be contrasted without strangers. */
const ALONE_WORDS = 700;
/**
 * Fewest words of the median article from which strangers say anything. Articles of single hands cut to 50, 100, 150 and 200
 * words are called several hands' (log10 LR .7 or more) in 43, 9, 4.5 and 1.6 % of bylines; see docs/EVALUATION.md.
 */
const FEWEST_WORDS = 200;
/** Articles that are set against each other, at most; of a longer byline a sample is, and the others join its hands. */
const MOST_ARTICLES = 240;

/** The measurements of one byline, before calibration. */
export interface Measured {
  /** Features of the calibration that applies. */
  readonly statistics: readonly number[];
  /** True when strangers of this dump say nothing about the byline. */
  readonly alone: boolean;
  /** Words an article that there are and must be, where they are too short for the test that applies; else null. */
  readonly tooShort: { readonly have: number; readonly need: number } | null;
}

interface SliceToMeasure extends Slice {
  /** Of the bylines' own articles. */
  readonly grammar: PackedRows;
}

/** Measures the bylines of a slice, in their order; null for one of fewer than 3 articles or without strangers. */
export const measureTask: Task<SliceToMeasure, readonly (Measured | null)[]> = {
  name: 'measure',
  run: (whole) => {
    const slice = cutOut(whole);
    const affinityOf = affinities(slice, slice.cohort);
    return slice.rowsOf.map((rows, i) => (rows.length < 3 ? null : measured(slice, affinityOf, rows, i)));
  },
};

function measured(slice: SliceToMeasure, affinityOf: AffinityOf, rows: readonly number[], i: number): Measured | null {
  const sample = sampled(rows);
  const n = sample.length;
  const affinity = affinityOf(sample, slice.bylines[i]!);
  if (affinity === null) return null;
  const lengths = rows.map((r) => slice.words[r]!);
  const words = Math.max(50, lengths.reduce((sum, n) => sum + n, 0) / rows.length);
  if (lowHalf(affinity.all, n) > APART || words >= LONG_WORDS) return measuredAlone(slice, rows, words);
  const unlexed = rows.filter((r) => slice.lexed[r] === 0).length / rows.length;
  return {
    statistics: handStatistics(cutStatistic(affinity, n, slice.levels[i]!), n, unlexed),
    alone: false,
    tooShort: tooShort(quantile(ascending(lengths), 0.5), FEWEST_WORDS),
  };
}

function measuredAlone({ grammar }: SliceToMeasure, rows: readonly number[], words: number): Measured {
  const own = unpackedRows(rows.map((r) => [grammar, r]));
  const structure = Math.log(Math.max(0.1, contrastStructure(own, [...rows.keys()])));
  return {
    statistics: aloneFeatures(structure, Math.log(rows.length), Math.log(words / 500)),
    alone: true,
    tooShort: tooShort(words, ALONE_WORDS),
  };
}

function tooShort(have: number, need: number): Measured['tooShort'] {
  return have < need ? { have: Math.floor(have), need } : null;
}

function sampled(rows: readonly number[]): number[] {
  return sampleIndices(rows.length, MOST_ARTICLES, seededRandom(13)).map((i) => rows[i]!);
}

interface SliceToPart extends Slice {
  /** Of the bylines' own articles. */
  readonly functionWords: PackedRows;
  /** By place in `bylines`: contrasted with themselves alone. */
  readonly alone: readonly boolean[];
  /** ms since 1970 UTC of each of the bylines' own articles; NaN where there is none. */
  readonly dates: Float64Array;
}

/** How a byline's articles are shared out among hands, and the hands in time. */
export type Parted = Parting & Pick<Diarisation, 'inTime'>;

/** Parts the articles of each byline of a slice, taking for granted that they are several hands'. */
export const partTask: Task<SliceToPart, readonly Parted[]> = {
  name: 'part',
  run: (whole) => {
    const slice = cutOut(whole);
    const affinityOf = affinities(slice, slice.cohort);
    let counts: SparseRows | null = null;
    const functionWords = (): SparseRows => (counts ??= unpackRows(slice.functionWords));
    return slice.rowsOf.map((articles, i) => {
      // Function words part where grammar n-grams, in which parts of speech tell the form, do not: see docs/EVALUATION.md.
      if (slice.alone[i] === true)
        return parted(articles, slice.dates, (own) => contrastLikeness(functionWords(), own), partAlone);
      return parted(
        articles,
        slice.dates,
        (own) => affinityOf(own, slice.bylines[i]!)!.all,
        (alike, n) => partAmongStrangers(alike, n, slice.levels[i]!.all),
      );
    });
  },
};

/** Parts a sample of the articles, gives the others the hands they are most like, and looks at the hands in time. */
function parted(
  articles: readonly number[],
  dates: Float64Array,
  likeness: (rows: readonly number[]) => Float64Array,
  part: (likeness: Float64Array, n: number) => Parting,
): Parted {
  const sample = sampled(articles);
  const alike = likeness(sample);
  const found = part(alike, sample.length);
  const inTime = handsInTime(
    alike,
    found.hands,
    sample.map((r) => dates[r]!),
  );
  return { ...(sample.length < articles.length ? extended(found, sample, articles, likeness) : found), inTime };
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
