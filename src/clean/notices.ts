import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import type { Article, Cleaned, Document, Notice } from '../types/types.js';

/** Longer ids are cut, so that a line of a terminal holds them. */
const LONGEST_ID = 72;

/** What the notices of a cleaning are made from. */
export interface Outcome {
  readonly articles: readonly Article[];
  readonly documents: readonly Document[];
  readonly setAside: Cleaned['setAside'];
  readonly copies: Cleaned['copies'];
}

/** What is told of some articles, if there are any: what it is, of which, and in which words of how many. */
interface Told {
  readonly level: Notice['level'];
  readonly code: string;
  readonly ids: readonly string[];
  readonly message: (articles: string) => string;
}

/** One notice for each kind of thing a user should know, with a count and the first place; in a fixed order. */
export function noticesOf(outcome: Outcome): Notice[] {
  const byId = new Map(outcome.articles.map((a) => [a.id, a]));
  return [...asideNotices(outcome), ...copyNotices(outcome), ...oddNotices(outcome)]
    .filter(({ ids }) => ids.length > 0)
    .map(({ level, code, ids, message }) => {
      const { path = null, line = null } = byId.get(ids[0]!)?.source ?? {};
      const where = `${ids.length > 1 ? 'the first: ' : ''}${visible(ids[0]!, LONGEST_ID)}`;
      return { level, code, message: `${message(counted(ids.length, 'article'))} (${where})`, source: path, line };
    });
}

function asideBecause({ setAside }: Outcome, why: Outcome['setAside'][number]['why']): string[] {
  return setAside.filter((s) => s.why === why).map((s) => s.id);
}

/** Articles that were not read for style. */
function asideNotices(outcome: Outcome): Told[] {
  return [
    {
      level: 'info',
      code: 'co-bylined',
      ids: asideBecause(outcome, 'co-bylined'),
      message: (n) => `${n} with several bylines set aside: nobody can tell who wrote which words`,
    },
    {
      level: 'warning',
      code: 'no-byline',
      ids: asideBecause(outcome, 'no-byline'),
      message: (n) => `${n} without a byline set aside`,
    },
    {
      level: 'warning',
      code: 'empty-article',
      ids: asideBecause(outcome, 'empty'),
      message: (n) => `${n} set aside: no words of the byline's own are left after cleaning`,
    },
    {
      level: 'error',
      code: 'article-failed',
      ids: asideBecause(outcome, 'failed'),
      message: (n) =>
        `${n} set aside: cleaning ended its worker twice; please report this, with the article if you may`,
    },
    {
      level: 'info',
      code: 'copies',
      ids: asideBecause(outcome, 'copy'),
      message: (n) => `${n} set aside as copies or near copies of others; see the copies listed as evidence`,
    },
  ];
}

/** What is left of a dump of copies. */
function copyNotices(outcome: Outcome): Told[] {
  const { articles, documents, copies } = outcome;
  const dropped = asideBecause(outcome, 'copy');
  if (dropped.length === 0) return [];
  if (documents.length <= 1 && copies.length > 0) {
    const message = (): string => 'Every article is a copy of one text: there is nothing to compare styles on';
    return [{ level: 'warning', code: 'all-copies', ids: [documents[0]?.id ?? dropped[0]!], message }];
  }
  const names = new Set(documents.map((d) => d.byline)).size;
  const before = new Set(articles.filter((a) => a.bylines.length === 1).map((a) => a.bylines[0])).size;
  if (names >= before) return [];
  const message = (): string =>
    before - names === 1
      ? '1 byline has no text left that is its own'
      : `${before - names} bylines have no text left that are their own`;
  return [{ level: 'info', code: 'bylines-lost', ids: dropped, message }];
}

/** Articles that credit others, or hold characters that nobody sees. */
function oddNotices({ documents }: Outcome): Told[] {
  const credited = documents.filter((d) => d.form === 'credited').map((d) => d.id);
  const hidden = documents.filter(
    ({ unusual: u }) => u.homoglyphs === 0 && u.zeroWidth + u.bidiControls + u.otherControls > 0,
  );
  return [
    {
      level: 'info',
      code: 'credits-another',
      ids: credited,
      message: (n) =>
        `${n} ${credited.length === 1 ? 'credits' : 'credit'} another writer in the text itself than the byline printed`,
    },
    {
      level: 'warning',
      code: 'homoglyphs',
      ids: documents.filter((d) => d.unusual.homoglyphs > 0).map((d) => d.id),
      message: (n) => `${n} with letters of another script inside words, read as the letters they imitate`,
    },
    {
      level: 'info',
      code: 'hidden-characters',
      ids: hidden.map((d) => d.id),
      message: (n) => `${n} with invisible characters, taken out`,
    },
  ];
}
