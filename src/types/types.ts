/**
 * Every type that crosses a floor of the house (see ARCHITECTURE.md). No run-time code here; the few constants and functions
 * that belong to them are in `views.ts` and `strength.ts`.
 *
 * Words used throughout: a **hand** is a real writer; a **byline** is the name printed on an article;
 * a **persona** is a byline seen as an actor. log10LR is the base-10 logarithm of the likelihood ratio
 * P(evidence | one hand) / P(evidence | different hands); see Brümmer & du Preez 2006 on what makes it believable.
 */
export type * from './check.js';
export type * from './corpus.js';
export type * from './hands.js';
export type * from './pairs.js';
export type * from './prints.js';
export type * from './report.js';
