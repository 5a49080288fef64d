import { renumbered } from '../clean/clean.js';
import { diariseSteps } from '../diarise/diarise.js';
import { fingerprintSteps } from '../fingerprint/fingerprint.js';
import type { Model } from '../model/model.js';
import type { Cleaned, Diarisation } from '../types/types.js';
import type { Steps } from '../work/work.js';

/**
 * Bylines that are too much of their dump to be measured by its axes, each measured again by itself: as a dump of one byline,
 * beside strangers lent by the model. See docs/EVALUATION.md, "One byline among smaller ones".
 *
 * @param diarisations of all bylines, in their order
 * @param dates ms since 1970, one a document; NaN where unknown
 */
export function* measuredApart(
  diarisations: readonly Diarisation[],
  cleaned: Cleaned,
  model: Model,
  dates: readonly number[],
): Steps<Diarisation[]> {
  const out = [...diarisations];
  for (const { byline, articles, apart, score } of diarisations) {
    if (apart !== 'due') continue;
    const documents = articles.map((row) => renumbered(cleaned.documents[row]!, 0));
    const alone = { ...cleaned, documents, bylines: [cleaned.bylines[byline]!] };
    const prints = yield* fingerprintSteps(alone, model.background);
    const own = articles.map((row) => dates[row]!);
    for (const found of yield* diariseSteps(prints, model, own))
      out[byline] = {
        ...found,
        byline,
        articles: found.articles.map((row) => articles[row]!),
        // The more careful of the two; and beside strangers from elsewhere two hands may look like one, so that nothing speaks for one.
        log10LR: Math.max(0, Math.min(found.log10LR, score)),
        apart: 'done',
      };
  }
  return out;
}
