import type { Strength } from './types.js';

/** Strengths of evidence, weakest first: log10 LR below 1, 1 to 2, 2 to 4, above 4. */
export const STRENGTHS: readonly Strength[] = ['limited', 'moderate', 'strong', 'very-strong'];

/** Certainty below which the hand of an article cannot be told: the article could be another's. */
export const UNSURE = 0.55;

/** True when a strength is the given one or a stronger one. */
export function atLeast(strength: Strength, floor: Strength): boolean {
  return STRENGTHS.indexOf(strength) >= STRENGTHS.indexOf(floor);
}
