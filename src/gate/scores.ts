import { rowDots } from '../math/dots.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import { bylineSums, picked, type QuantisedRows } from './quantised.js';
import { toUnit } from './space.js';
import { CentreRatios, fitTwoCovariance } from './covariance.js';
import { GATE_VIEWS, TEXT_VIEWS } from './views.js';

/** One view of what submissions are measured against. */
export interface Measured {
  /** Articles of the reference. */
  readonly articles: QuantisedRows;
  /** Sum of each byline's articles. */
  readonly sums: Sums;
  /** Sums of strangers outside the archive, where it has too few bylines of its own. */
  readonly strangers: Sums;
  /** Cosines of other bylines' articles with each byline: mean and spread. */
  readonly cohortMean: Float64Array;
  readonly cohortSpread: Float64Array;
  /** Likelihood ratios of centres; null where no byline has two articles. */
  readonly centres: CentreRatios | null;
}

/** Sums of rows, each with its length. */
export interface Sums {
  /** Sums × dims. */
  readonly values: Float32Array;
  readonly lengths: Float64Array;
}

/** @param values sums × dims */
export function withLengths(values: Float32Array, dims: number): Sums {
  const lengths = new Float64Array(values.length / dims);
  for (let s = 0; s < lengths.length; s++) {
    let squares = 0;
    for (let k = s * dims; k < (s + 1) * dims; k++) squares += values[k]! * values[k]!;
    lengths[s] = Math.sqrt(squares);
  }
  return { values, lengths };
}

/** What submissions are measured against, in the columns that scoring reads. */
export interface Yardstick {
  /** Byline of each article; below 0: left out. */
  readonly bylineOf: Int32Array;
  /** Articles and words of each byline. */
  readonly articles: Float64Array;
  readonly words: Float64Array;
  readonly views: readonly Measured[];
}

/** Before the centre ratios, one a view: three scores, two amounts, two products. See `featuresOf`. */
const CENTRES = 7;
/** Features of the calibration. */
export const FEATURES = CENTRES + GATE_VIEWS.length;
const LEAST_SPREAD = 0.01;
/** A sum that is no longer is that of no article. */
const LEAST_LENGTH = 1e-6;
/** Articles of other bylines that a byline is normalised against, at most. */
const COHORT = 400;

/** Builds one view: sums of each byline, and how other bylines' articles score against it. */
export function measuredView(
  articles: QuantisedRows,
  bylineOf: Int32Array,
  bylines: number,
  strangers: QuantisedRows | null,
): Measured {
  const sums = bylineSums(articles, bylineOf, bylines);
  const cohort = { mean: new Float64Array(bylines), spread: new Float64Array(bylines) };
  const means = toUnit(sums.slice(), articles.dims);
  const kept = Array.from(bylineOf.keys()).filter((r) => bylineOf[r]! >= 0);
  const chosen = sampleIndices(kept.length, COHORT, seededRandom(5)).map((i) => kept[i]!);
  const others = picked(articles, chosen);
  for (let b = 0; b < bylines; b++) {
    const mean = means.subarray(b * articles.dims, (b + 1) * articles.dims);
    const scores = Array.from(cosinesWith(mean, others)).filter((_, i) => bylineOf[chosen[i]!] !== b);
    if (strangers !== null) scores.push(...cosinesWith(mean, strangers));
    [cohort.mean[b], cohort.spread[b]] = meanAndSpread(scores);
  }
  return {
    articles,
    sums: withLengths(sums, articles.dims),
    strangers: sumsOfStrangers(strangers, articles.dims),
    cohortMean: cohort.mean,
    cohortSpread: cohort.spread,
    centres: centresOf(sums, countsOf(bylineOf, bylines), articles.dims),
  };
}

/** The two-covariance model of a view, which follows from the sums. */
export function centresOf(sums: Float32Array, articles: Float64Array, dims: number): CentreRatios | null {
  const model = fitTwoCovariance(sums, articles, dims);
  return model === null ? null : new CentreRatios(model);
}

function countsOf(bylineOf: Int32Array, bylines: number): Float64Array {
  const out = new Float64Array(bylines);
  for (const b of bylineOf) if (b >= 0) out[b]!++;
  return out;
}

/**
 * Background articles come in threes, one hand each (see model).
 *
 * @param strangers null: none
 */
export function sumsOfStrangers(strangers: QuantisedRows | null, dims: number): Sums {
  if (strangers === null) return withLengths(new Float32Array(0), dims);
  const hands = Math.floor(strangers.scale.length / 3);
  const handOf = Int32Array.from({ length: hands * 3 }, (_, r) => Math.floor(r / 3));
  return withLengths(bylineSums(strangers, handOf, hands), dims);
}

/** Cosines of a row of unit length with others of unit length. */
function cosinesWith(row: Float32Array, { dims, values, scale }: QuantisedRows): Float64Array {
  return rowDots(values, dims, row).map((dot, r) => dot * scale[r]!);
}

function meanAndSpread(scores: readonly number[]): [number, number] {
  if (scores.length === 0) return [0, 1];
  const mean = scores.reduce((s, v) => s + v, 0) / scores.length;
  const squares = scores.reduce((s, v) => s + (v - mean) ** 2, 0);
  return [mean, Math.max(LEAST_SPREAD, Math.sqrt(squares / scores.length))];
}

/** One submission as rows of unit length, one a view. */
export interface Sample {
  readonly rows: readonly Float32Array[];
  readonly words: number;
}

/**
 * Measures a submission against every byline. Three scores, each the mean over the views of its text: its cosine with the
 * byline's mean, in spreads of its cosines with all bylines; the same in spreads of other bylines' articles; its
 * cosine with the byline's nearest article, in spreads over bylines, because an honest byline has more than one
 * form. Then the amounts of text, and what a score is worth with more text of the byline. Last, for every view by itself,
 * the likelihood ratio of the byline's centre, which knows how little one article says of it. Format has no other score: it
 * changes with the outlet and the year, for all bylines at once.
 *
 * @param skip article of the reference to leave out (the submission itself, enrolled before); -1 for none
 * @returns bylines × FEATURES
 */
export function featuresOf(yardstick: Yardstick, sample: Sample, skip = -1): Float64Array {
  const bylines = yardstick.words.length;
  const out = new Float64Array(bylines * FEATURES);
  yardstick.views.forEach((view, v) => {
    const row = sample.rows[v]!;
    if (v < TEXT_VIEWS.length) addCohortScores(yardstick, view, row, skip, out);
    centreRatios(yardstick, view, row, skip).forEach((ratio, b) => (out[b * FEATURES + CENTRES + v] = ratio));
  });
  const words = Math.log(Math.max(50, sample.words) / 500);
  for (let b = 0; b < bylines; b++) {
    const at = b * FEATURES;
    const known = Math.log(Math.max(50, Math.min(30_000, yardstick.words[b]!)) / 5000);
    out[at + 3] = words;
    out[at + 4] = known;
    out[at + 5] = out[at]! * known;
    out[at + 6] = out[at + 1]! * known;
  }
  return out;
}

function addCohortScores(
  { bylineOf }: Yardstick,
  view: Measured,
  row: Float32Array,
  skip: number,
  out: Float64Array,
): void {
  const share = 1 / TEXT_VIEWS.length;
  const { cosines, strange } = meanCosines(view, row, bylineOf, skip);
  const best = bestArticles(view.articles, row, bylineOf, cosines.length, skip);
  const spreads = amongAll(cosines, strange);
  const [bestMean, bestSpread] = meanAndSpread(Array.from(best).filter((s) => !Number.isNaN(s)));
  for (let b = 0; b < cosines.length; b++) {
    out[b * FEATURES]! += share * spreads[b]!;
    out[b * FEATURES + 1]! += (share * (cosines[b]! - view.cohortMean[b]!)) / view.cohortSpread[b]!;
    if (!Number.isNaN(best[b]!)) out[b * FEATURES + 2]! += (share * (best[b]! - bestMean)) / bestSpread;
  }
}

/** Likelihood ratio of every byline's centre. */
function centreRatios(
  { articles, bylineOf }: Yardstick,
  view: Measured,
  row: Float32Array,
  skip: number,
): Float64Array {
  const { sums, centres } = view;
  const { dims } = view.articles;
  if (centres === null) return new Float64Array(articles.length);
  const own = skip >= 0 ? bylineOf[skip]! : -1;
  return articles.map((n, b) =>
    b === own ? centres.ratio(row, sumWithout(view, b, skip), 0, n - 1) : centres.ratio(row, sums.values, b * dims, n),
  );
}

function sumWithout({ sums, articles }: Measured, b: number, skip: number): Float32Array {
  const { dims, values, scale } = articles;
  const rest = sums.values.slice(b * dims, (b + 1) * dims);
  for (let k = 0; k < dims; k++) rest[k]! -= values[skip * dims + k]! * scale[skip]!;
  return rest;
}

/** Cosine with the mean of every byline, and of every stranger. */
function meanCosines(
  view: Measured,
  row: Float32Array,
  bylineOf: Int32Array,
  skip: number,
): { cosines: Float64Array; strange: Float64Array } {
  const { sums, strangers } = view;
  const { dims } = view.articles;
  const cosines = cosinesWithSums(sums, row, dims);
  if (skip >= 0 && bylineOf[skip]! >= 0) {
    const b = bylineOf[skip]!;
    cosines[b] = cosinesWithSums(withLengths(sumWithout(view, b, skip), dims), row, dims)[0]!;
  }
  return { cosines, strange: cosinesWithSums(strangers, row, dims) };
}

function cosinesWithSums({ values, lengths }: Sums, row: Float32Array, dims: number): Float64Array {
  return rowDots(values, dims, row).map((dot, s) => (lengths[s]! > LEAST_LENGTH ? dot / lengths[s]! : 0));
}

/**
 * Each cosine less the mean of all, in their spread. The byline asked is among them: were it left out, a wrong byline would
 * be measured with the true one among few others, and the true one without it.
 */
function amongAll(cosines: Float64Array, strange: Float64Array): Float64Array {
  const [mean, spread] = meanAndSpread([...cosines, ...strange]);
  return cosines.map((c) => (c - mean) / spread);
}

/** Cosine of each byline's nearest article; NaN for a byline without any. */
function bestArticles(
  articles: QuantisedRows,
  row: Float32Array,
  bylineOf: Int32Array,
  bylines: number,
  skip: number,
): Float64Array {
  const best = new Float64Array(bylines).fill(NaN);
  cosinesWith(row, articles).forEach((score, r) => {
    const b = bylineOf[r]!;
    if (b >= 0 && r !== skip && !(score <= best[b]!)) best[b] = score;
  });
  return best;
}
