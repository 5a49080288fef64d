/**
 * Every type that crosses a floor of the house (see ARCHITECTURE.md). No run-time code here.
 *
 * Words used throughout: a **hand** is a real writer; a **byline** is the name printed on an article;
 * a **persona** is a byline seen as an actor. log10LR is the base-10 logarithm of the likelihood ratio
 * P(evidence | one hand) / P(evidence | different hands); see Brümmer & du Preez 2006 on what makes it believable.
 */
export type * from './corpus-types.js';
export type * from './report-types.js';
export type * from './style-types.js';
