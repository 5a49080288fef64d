import type { Fingerprints, Pairs, ViewName } from '../types.js';
import { ridgeWeights } from '../math/ridge.js';
import { log10Odds, type Logistic } from '../math/logistic.js';
import { cosines, symmetricNorm } from './normalise.js';

export const VIEWS: readonly ViewName[] = ['characters', 'grammar', 'words'];

/** How raw pair scores become log10LR: weights over `pairFeatures`, and a cap (src/model). */
export interface PairCalibration extends Logistic {
  readonly cap: number;
}

/** What is known of one pair before calibration. */
export interface PairRow {
  readonly characters: number;
  readonly grammar: number;
  readonly words: number;
  readonly wordsLess: number;
  readonly wordsMore: number;
}

/** Words beyond which more text changes nothing in what a score is worth: training saw no more. */
const MOST_WORDS = 15_000;

/**
 * What the fusion reads: the three normalised scores, the amount of text on both sides, and how the amount changes
 * what a score is worth.
 */
export function pairFeatures(row: PairRow): number[] {
  const amount = (words: number): number => Math.log(Math.max(50, Math.min(MOST_WORDS, words)) / 1000);
  const less = amount(row.wordsLess);
  const more = amount(row.wordsMore);
  const sum = row.characters + row.grammar + row.words;
  return [row.characters, row.grammar, row.words, less, more, (sum * less) / 3];
}

/**
 * Ridge of the whitening, in mean variances: with many articles a byline the small axes are measured well enough to count
 * in full, with few they are noise. The rule did best, of seven, on the mean of 13 dumps of five corpora.
 */
function ridgeFor(articlesPerByline: number): number {
  return Math.max(0.5, Math.min(4, 6 / articlesPerByline));
}

/** Scores of every pair of bylines in one view, own × own. */
export function viewScores(fingerprints: Fingerprints, view: ViewName): Float32Array {
  const { means, total, dims } = bylineRows(fingerprints, view);
  return symmetricNorm(cosines(means, total, dims), fingerprints.bylines).values;
}

/** The mean article of every byline, background included, in one view; of any length, since cosines do not see it. */
export function bylineRows(
  fingerprints: Fingerprints,
  view: ViewName,
): { readonly means: Float32Array; readonly total: number; readonly dims: number } {
  const { dims, rows } = fingerprints.views[view];
  const { bylineOf, bylines } = fingerprints;
  const total = bylineOf.reduce((m, b) => Math.max(m, b + 1), bylines);
  const weights = ridgeWeights(fingerprints.views[view], ridgeFor(bylineOf.length / Math.max(1, total)));
  const means = new Float32Array(total * dims);
  // Sums serve as means.
  for (let r = 0; r < bylineOf.length; r++)
    for (let k = 0; k < dims; k++) means[bylineOf[r]! * dims + k]! += rows[r * dims + k]! * weights[k]!;
  return { means, total, dims };
}

/**
 * Scores every pair of bylines: mean article of each side, cosine in each view's whitened space, S-norm against the
 * dump's other bylines, calibrated fusion.
 */
export function compare(fingerprints: Fingerprints, calibration: PairCalibration): Pairs {
  const n = fingerprints.bylines;
  const count = (n * (n - 1)) / 2;
  const out = {
    a: new Int32Array(count),
    b: new Int32Array(count),
    words: new Float64Array(count),
    score: new Float64Array(count),
    log10LR: new Float64Array(count),
  };
  const views = Object.fromEntries(VIEWS.map((v) => [v, new Float32Array(count)])) as Record<ViewName, Float32Array>;
  const scores = Object.fromEntries(VIEWS.map((v) => [v, viewScores(fingerprints, v)])) as Record<
    ViewName,
    Float32Array
  >;
  const words = bylineWords(fingerprints);
  let p = 0;
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++, p++) {
      const at = a * n + b;
      for (const v of VIEWS) views[v][p] = finite(scores[v][at]!);
      const row: PairRow = {
        characters: views.characters[p]!,
        grammar: views.grammar[p]!,
        words: views.words[p]!,
        wordsLess: Math.min(words[a]!, words[b]!),
        wordsMore: Math.max(words[a]!, words[b]!),
      };
      out.a[p] = a;
      out.b[p] = b;
      out.words[p] = row.wordsLess;
      out.score[p] = log10Odds(calibration, pairFeatures(row));
      out.log10LR[p] = Math.max(-calibration.cap, Math.min(calibration.cap, out.score[p]!));
    }
  }
  return { ...out, views };
}

/** Words of every byline. */
export function bylineWords({ bylines, documents, bylineOf, words }: Fingerprints): Float64Array {
  const out = new Float64Array(bylines);
  for (let d = 0; d < documents; d++) out[bylineOf[d]!]! += words[d]!;
  return out;
}

export function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
