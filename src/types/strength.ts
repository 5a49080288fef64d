import type { Strength } from './types.js';

/** Strengths of evidence, weakest first; `strengthOf` says which is which. */
export const STRENGTHS: readonly Strength[] = ['limited', 'moderate', 'strong', 'very-strong'];

/**
 * Likelihood ratio in words, after the Association of Forensic Science Providers (2009, Science & Justice 49:161):
 * 1-10 limited, 10-100 moderate, 100-10,000 strong (its "moderately strong" and "strong"), above that very strong.
 */
export function strengthOf(log10LR: number): Strength {
  if (log10LR < 1) return 'limited';
  if (log10LR < 2) return 'moderate';
  return log10LR < 4 ? 'strong' : 'very-strong';
}

/** log10LR of several hands down from which a byline is said to be one; above it the best parting of its articles is given. */
export const ONE_HAND = -0.5;

/** Certainty below which the hand of an article cannot be told: the article could be another's. */
export const UNSURE = 0.55;

/** True when a strength is the given one or a stronger one. */
export function atLeast(strength: Strength, floor: Strength): boolean {
  return STRENGTHS.indexOf(strength) >= STRENGTHS.indexOf(floor);
}
