import { ingest } from '../ingest/ingest.js';
import { NOTHING_REVIEWED } from '../gate/evidence.js';
import { preparedAll, rowsOf } from '../gate/prepare.js';
import type { CheckReference } from '../gate/loaded.js';
import type { ReadSource } from '../types/types.js';
import { evidenceOf, styleAnswer, unmeasurable, yardstickOf } from '../gate/style.js';

/** What a check says when a submission is handed in under a byline, its own or another's. */
export interface Outcome {
  readonly honest: boolean;
  /** True where the true author's articles were taken out of the reference's competition. */
  readonly authorLeftOut: boolean;
  readonly claimed: string;
  readonly answered: boolean;
  readonly log10LR: number;
  /** Before capping, and where nothing is said; 0 for a submission too short to be measured. */
  readonly score: number;
  /** Place of the claimed byline among all. */
  readonly rank: number;
  /** log10LR of the strongest finding of style; 0 where there is none. */
  readonly doubt: number;
}

/** log10LR of a byline that is not there. */
const NOBODY = -9;

/**
 * Hands every submission in under every byline of the reference, for measuring: as `check` would, but for working each
 * score out once. Copied passages do not count.
 */
export async function claimOutcomes(files: AsyncIterable<ReadSource>, reference: CheckReference): Promise<Outcome[]> {
  const corpus = await ingest(files);
  const prepared = await preparedAll(corpus.articles, reference);
  const rows = rowsOf(prepared, reference);
  const yardstick = yardstickOf(reference);
  const out: Outcome[] = [];
  prepared.forEach(({ document, byline, enrolledAs }, i) => {
    const own = rows[i];
    if (document === null || own === null || own === undefined || byline < 0) return;
    const styled = { rows: own, words: document.words, lang: document.lang, byline, enrolledAs };
    const evidence = evidenceOf(reference, yardstick, styled);
    const without = evidenceOf(reference, withoutByline(yardstick, byline), styled);
    without[byline] = NOBODY;
    reference.bylines.forEach(({ name }, claimed) => {
      const silent = unmeasurable(reference, { ...styled, byline: claimed }) !== null;
      for (const authorLeftOut of claimed === byline ? [false] : [false, true]) {
        const from = authorLeftOut ? without : evidence;
        const answer = styleAnswer(reference, from, { byline: claimed }, name, NOTHING_REVIEWED);
        const strongest = Math.max(answer.against?.log10LR ?? 0, answer.other?.log10LR ?? 0);
        out.push({
          honest: claimed === byline,
          authorLeftOut,
          claimed: name,
          answered: !silent && answer.verdict !== 'abstain',
          log10LR: silent ? 0 : answer.log10LR,
          score: silent ? 0 : answer.score,
          rank: from.reduce((rank, e) => rank + (e > from[claimed]! ? 1 : 0), 1),
          doubt: silent ? 0 : strongest,
        });
      }
    });
  });
  return out;
}

/** The byline writes nothing: it is nobody's competitor, and scores beneath all. */
function withoutByline(yardstick: ReturnType<typeof yardstickOf>, byline: number): ReturnType<typeof yardstickOf> {
  return { ...yardstick, articles: yardstick.articles.map((n, b) => (b === byline ? 0 : n)) };
}
