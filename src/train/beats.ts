import { fingerprint } from '../fingerprint/fingerprint.js';
import { Beats } from '../judge/beats.js';
import { subjectSteps } from '../judge/subjects.js';
import { FEWEST_TO_NAME } from '../judge/amounts.js';
import { SHARE_STEPS, type Background, type Calibrated } from '../model/model.js';
import { scorePairs } from '../pipeline/scoring.js';
import { inline } from '../work/work.js';
import { dumpOf, type Labelled } from './simulate.js';

/**
 * How often different writers on one beat are alike: every corpus as it stands, each hand under its own name, scored as a scan
 * would by a calibration that never saw it. The mean over corpora: one newsroom must not be the measure of all dumps, nor be lost
 * among many.
 *
 * @returns `Model.beats`
 */
export function beatShares(
  corpora: readonly Labelled[],
  background: Background,
  calibrationsWithout: (corpus: string) => { readonly pairs: Calibrated; readonly pairsFew: Calibrated },
): number[] {
  const scores = corpora.map((corpus) => scoresOnBeats(corpus, background, calibrationsWithout(corpus.name)));
  const most = scores.reduce((n, own) => n + own.length, 0);
  return Array.from({ length: SHARE_STEPS }, (_, i) => {
    const shares = scores.map((own) => own.filter((s) => s >= i / 2).length / Math.max(1, own.length));
    return Math.max(1 / most, shares.reduce((sum, s) => sum + s, 0) / scores.length);
  });
}

/** Scores of all pairs of hands of one beat that have text enough to be named. */
function scoresOnBeats(
  { hands }: Labelled,
  background: Background,
  calibrations: Parameters<typeof scorePairs>[1],
): number[] {
  const named = [...hands].filter(([, own]) => own.reduce((n, d) => n + d.words, 0) >= FEWEST_TO_NAME);
  const { cleaned } = dumpOf(named.map(([hand, own]) => own.map((document) => ({ document, hand }))));
  const { pairs } = scorePairs(fingerprint(cleaned, background), calibrations, cleaned.documents);
  const beats = new Beats(inline(subjectSteps(cleaned)));
  const together = inline(beats.together(Array.from(pairs.a, (a, p) => [a, pairs.b[p]!])));
  return Array.from(pairs.score).filter((_, p) => together[p] === 1);
}
