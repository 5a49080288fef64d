/** Fewest words on the shorter side of a pair that is answered. */
export const FEWEST_WORDS = 400;
/**
 * Fewest words on the shorter side of a pair that is named. Below, a ratio is printed and no more: in 429 honest bylines of
 * government posts the four pairs highest by chance had scores above 4, three of them with one article of under 1,000 words.
 */
export const FEWEST_TO_NAME = 1000;

/**
 * Fewest bylines of one language whose pairs are answered. Fewer have hardly a stranger of their kind, and beside strangers from
 * elsewhere any two writers of one place look alike: docs/EVALUATION.md, "Small dumps".
 */
export const FEWEST_BYLINES = 4;
