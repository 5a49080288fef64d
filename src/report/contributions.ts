import { pairFeatures, type PairRow } from '../compare/compare.js';
import { log10Odds } from '../math/logistic.js';
import type { Run } from '../pipeline.js';
import type { Contribution, ViewName } from '../types.js';

const VIEWS: readonly ViewName[] = ['characters', 'grammar', 'words'];

/**
 * What each view adds to a pair's score: the score less what it would be were that view's normalised score 0. What the
 * views do not explain is put down to the amount of text, so that the parts always add up to the score.
 */
export function contributionsOf(run: Run, p: number): Contribution[] {
  const { pairs, judged, pairCalibration } = run;
  const [a, b] = [judged.bylines[pairs.a[p]!]!.words, judged.bylines[pairs.b[p]!]!.words];
  const row: PairRow = {
    characters: pairs.views.characters[p]!,
    grammar: pairs.views.grammar[p]!,
    words: pairs.views.words[p]!,
    wordsLess: Math.min(a, b),
    wordsMore: Math.max(a, b),
  };
  const scored = (changed: Partial<PairRow>): number =>
    log10Odds(pairCalibration, pairFeatures({ ...row, ...changed }));
  const whole = scored({});
  const views = VIEWS.map((v): Contribution => ({ of: v, spreads: row[v], log10LR: whole - scored({ [v]: 0 }) }));
  const rest = pairs.score[p]! - views.reduce((sum, c) => sum + c.log10LR, 0);
  return [...views, { of: 'amount', log10LR: rest }];
}
