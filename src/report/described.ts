import type { Run } from '../pipeline/pipeline.js';
import type { Article, Assignment, BylineReport } from '../types/types.js';

/** Titles and links longer than this are cut: they are for reading, and the dump holds them whole. */
const LONGEST = 400;

/**
 * The bylines as judged, each article with what a reader knows it by: title, day, link, outlet, words.
 *
 * @param texts give the articles' texts as well
 */
export function describedBylines({ corpus, cleaned, judged }: Run, texts: boolean): BylineReport[] {
  const articles = new Map(corpus.articles.map((a) => [a.id, a]));
  const words = new Map(cleaned.documents.map((d) => [d.id, d.words]));
  return judged.bylines.map((b) => ({
    ...b,
    hands: {
      ...b.hands,
      assignments: b.hands.assignments.map((x) => ({
        ...described(x, articles.get(x.article), words.get(x.article)),
        ...(texts ? { text: articles.get(x.article)?.text ?? '' } : {}),
      })),
    },
  }));
}

function described(assignment: Assignment, article: Article | undefined, words: number | undefined): Assignment {
  const { title, url, outlet, publishedAt } = article ?? { title: null, url: null, outlet: null, publishedAt: null };
  return {
    ...assignment,
    ...(title === null ? {} : { title: title.slice(0, LONGEST) }),
    ...(publishedAt === null ? {} : { date: new Date(publishedAt).toISOString().split('T')[0]! }),
    ...(url === null || url.length > 4 * LONGEST ? {} : { url }),
    ...(outlet === null ? {} : { outlet: outlet.slice(0, LONGEST) }),
    ...(words === undefined ? {} : { words }),
  };
}
