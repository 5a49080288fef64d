import { amountsByByline, pairFeatures, sides } from '../compare/compare.js';
import { VIEW_NAMES } from '../types/views.js';
import { log10Odds } from '../math/logistic.js';
import type { Run } from '../pipeline/pipeline.js';
import type { Contribution } from '../types/types.js';

/**
 * Makes the function that says what each view adds to a pair's score. The normalised score is the sum of the views', and
 * the score is linear in it on either side of 0, for a given amount of text: so a view adds its own normalised score times
 * one factor, and the amount the rest. The parts add up to the score.
 */
export function contributions({ pairs, prints, pairCalibration }: Run): (p: number) => Contribution[] {
  const amounts = amountsByByline(prints);
  return (p) => contributionsOf(pairs, amounts, pairCalibration, p);
}

function contributionsOf(
  pairs: Run['pairs'],
  amounts: Float64Array,
  pairCalibration: Run['pairCalibration'],
  p: number,
): Contribution[] {
  const both = sides(amounts[pairs.a[p]!]!, amounts[pairs.b[p]!]!);
  const scored = (normalised: number): number => log10Odds(pairCalibration, pairFeatures({ normalised, ...both }));
  const normalised = VIEW_NAMES.reduce((sum, view) => sum + pairs.views[view][p]!, 0);
  const perSpread = normalised < 0 ? scored(0) - scored(-1) : scored(1) - scored(0);
  const views = VIEW_NAMES.map((of): Contribution => ({
    of,
    spreads: pairs.views[of][p]!,
    log10LR: perSpread * pairs.views[of][p]!,
  }));
  const rest = pairs.score[p]! - views.reduce((sum, c) => sum + c.log10LR, 0);
  return [...views, { of: 'amount', log10LR: rest }];
}
