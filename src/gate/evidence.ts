import type { Logistic } from '../math/logistic.js';
import { FEATURES } from './scores.js';

/** How scores become log10LR in one reference: fitted on its own articles, drawn towards what other corpora taught. */
export interface CheckCalibration extends Logistic {
  /** Articles held out of their own byline, and comparisons with bylines that did not write them. */
  readonly genuine: number;
  readonly impostors: number;
  /** Largest log10LR for, and against, that so many trials support (rule of three). */
  readonly capFor: number;
  readonly capAgainst: number;
  /** Share of held-out articles whose own byline scores -i / 2 or less, i = 0, 1, 2 … */
  readonly honestShare: readonly number[];
  /** Share of comparisons with other bylines at i / 2 or more. */
  readonly falseShare: readonly number[];
}

/** What a person has confirmed or rejected, between byline numbers. */
export interface Reviewed {
  readonly sameHand: (a: number, b: number) => boolean;
  readonly apart: (a: number, b: number) => boolean;
}

export const NOTHING_REVIEWED: Reviewed = { sameHand: () => false, apart: () => false };

/** Score of every byline: base-10 log likelihood ratio against writers in general. */
export function scoresOf({ intercept, weights }: Logistic, features: Float64Array): Float64Array {
  return Float64Array.from({ length: features.length / FEATURES }, (_, b) => {
    let logit = intercept;
    for (let i = 0; i < FEATURES; i++) logit += weights[i]! * features[b * FEATURES + i]!;
    return logit / Math.LN10;
  });
}

/** Share of those who write under another's name that are supposed to be known to the archive themselves. */
const KNOWN = 0.5;

/**
 * log10LR that a byline's hands wrote the submission, against the rest of the world: half of it the archive's other
 * bylines, each weighted by how much it wrote, half of it writers unknown. A byline that fits is believed less where
 * another fits better; one that fits badly is doubted more.
 *
 * @param scores from `scoresOf`; a byline with no articles is nobody
 */
export function evidenceFor(scores: Float64Array, articles: Float64Array): Float64Array {
  const likelihood = scores.map((s, b) => articles[b]! * 10 ** Math.min(s, 8));
  const all = likelihood.reduce((sum, v) => sum + v, 0);
  const weight = articles.reduce((sum, v) => sum + v, 0);
  return scores.map((s, b) => {
    const others = weight - articles[b]!;
    const known = others > 0 ? KNOWN : 0;
    const rest = others > 0 ? Math.max(0, all - likelihood[b]!) / others : 0;
    return s - Math.log10(known * rest + 1 - known);
  });
}
