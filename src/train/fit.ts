import { fitLogistic, log10Odds, type Logistic } from '../math/logistic.js';
import { SHARE_STEPS, type Calibrated } from '../model/model.js';
import type { Case } from './gather.js';
import type { Scored } from '../math/metrics.js';

/** Corpora of one set of writers. */
const SAME_WRITERS: readonly (readonly string[])[] = [['digitalgov', 'blog18f']];

/**
 * Penalty on each squared weight. What a quarter of a million pairs of six corpora speak for is free: a penalty makes every ratio
 * too careful. What few cases speak for is held; and several hands, where a ratio that is too bold accuses a person.
 */
const RIDGE = { pairs: 0, pairsFew: 2, hands: 2, handsAlone: 2 } as const;

/** Which calibration is fitted. */
export type Fitted = keyof typeof RIDGE;

/** True for two corpora of the same writers, or one and the same: what is fitted without either sees neither. */
export function shareWriters(a: string, b: string): boolean {
  return a === b || SAME_WRITERS.some((names) => names.includes(a) && names.includes(b));
}

/**
 * Fits on cases with equal mass for each cell and class, whatever their number, and for both classes. A figure that is the
 * same for all cases of a cell can therefore say nothing of the class where every cell has both.
 */
export function fitCases(cases: readonly Case[], fitted: Fitted): Logistic {
  const sizes = new Map<string, number>();
  const key = (c: Case): string => `${c.cell} ${c.truth}`;
  for (const c of cases) sizes.set(key(c), (sizes.get(key(c)) ?? 0) + 1);
  // Masses of each class add up to the number of true cases, so that the ridge keeps its meaning whatever the number of cells.
  const trueCases = cases.filter((c) => c.truth).length;
  const cellsOf = (truth: boolean): number => [...sizes.keys()].filter((k) => k.endsWith(` ${truth}`)).length;
  const perCell = { true: trueCases / cellsOf(true), false: trueCases / cellsOf(false) };
  return fitLogistic(
    cases.map((c) => c.features),
    cases.map((c) => c.truth),
    { ridge: RIDGE[fitted], weights: cases.map((c) => perCell[`${c.truth}`] / sizes.get(key(c))!) },
  );
}

/** Scores every case by a fit on the other corpora, without those that share its writers. */
export function leaveCorpusOut(cases: readonly Case[], fitted: Fitted): { scored: Scored; case: Case }[] {
  const corpora = [...new Set(cases.map((c) => c.corpus))];
  return corpora.flatMap((left) => {
    const fit = fitCases(
      cases.filter((c) => !shareWriters(c.corpus, left)),
      fitted,
    );
    return cases
      .filter((c) => c.corpus === left)
      .map((c) => ({ scored: { score: log10Odds(fit, c.features), truth: c.truth }, case: c }));
  });
}

/**
 * The final fit, with what its held-out scores allow to be claimed: the cap, and how often a false case scores as high.
 *
 * The cap is the log10LR at which held-out false cases run out, by the rule of three: with N of them, a rate below 3 / N
 * cannot be told from none.
 */
export function calibrated(cases: readonly Case[], fitted: Fitted): Calibrated {
  const heldOut = leaveCorpusOut(cases, fitted);
  const negatives = heldOut.filter((h) => !h.case.truth);
  const corpora = [...new Set(negatives.map((h) => h.case.corpus))];
  const floor = 3 / negatives.length;
  const falseShare = Array.from({ length: SHARE_STEPS }, (_, i) => {
    // The worst corpus speaks, not the mean: a user's dump may be like the one with the most drift.
    const worst = corpora.map((corpus) => {
      const own = negatives.filter((h) => h.case.corpus === corpus);
      return own.filter((h) => h.scored.score >= i / 2).length / own.length;
    });
    return Math.max(floor, ...worst);
  });
  return { ...fitCases(cases, fitted), cap: Math.floor(-Math.log10(floor) * 10) / 10, falseShare };
}
