import type { Report } from '../types.js';
import { csvText } from './csv.js';

/** Every pair of the report as CSV. */
export function pairsCsv({ pairs }: Report): string {
  return csvText([
    ['a', 'b', 'verdict', 'log10LR', 'score', 'why'],
    ...pairs.map((p) => [p.a, p.b, p.verdict, p.log10LR, p.score, p.why]),
  ]);
}

/** Every byline with its verdict on hands as CSV. */
export function bylinesCsv({ bylines }: Report): string {
  return csvText([
    ['byline', 'articles', 'words', 'hands', 'log10LR', 'count', 'score', 'why'],
    ...bylines.map(({ byline, articles, words, hands: h }) => [
      byline,
      articles,
      words,
      h.verdict,
      h.log10LR,
      h.count,
      h.score,
      h.why,
    ]),
  ]);
}

/** Every article with the hand it was given to as CSV; hands are counted from 1. */
export function handsCsv({ bylines }: Report): string {
  return csvText([
    ['byline', 'article', 'title', 'date', 'outlet', 'url', 'words', 'hand', 'certainty'],
    ...bylines.flatMap(({ byline, hands }) =>
      hands.assignments.map((x) => [
        byline,
        x.article,
        x.title ?? '',
        x.date ?? '',
        x.outlet ?? '',
        x.url ?? '',
        x.words ?? '',
        x.hand + 1,
        x.confidence,
      ]),
    ),
  ]);
}
