import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import type { Article, Cleaned, Document, Notice } from '../types.js';

/** Longer ids are cut, so that a line of a terminal holds them. */
const LONGEST_ID = 72;

/** What the notices of a cleaning are made from. */
export interface Outcome {
  readonly articles: readonly Article[];
  readonly documents: readonly Document[];
  readonly setAside: Cleaned['setAside'];
  readonly copies: Cleaned['copies'];
}

/** One notice for each kind of thing a user should know, with a count and the first place; in a fixed order. */
export function noticesOf({ articles, documents, setAside, copies }: Outcome): Notice[] {
  const byId = new Map(articles.map((a) => [a.id, a]));
  const out: Notice[] = [];
  const say = (level: Notice['level'], code: string, ids: readonly string[], message: (n: string) => string): void => {
    if (ids.length === 0) return;
    const example = byId.get(ids[0]);
    const text = `${message(counted(ids.length, 'article'))} (${ids.length > 1 ? 'the first: ' : ''}${visible(ids[0], LONGEST_ID)})`;
    out.push({ level, code, message: text, source: example?.source.path ?? null, line: example?.source.line ?? null });
  };
  const why = (reason: Cleaned['setAside'][number]['why']): string[] =>
    setAside.filter((s) => s.why === reason).map((s) => s.id);
  say(
    'info',
    'co-bylined',
    why('co-bylined'),
    (n) => `${n} with several bylines set aside: nobody can tell who wrote which words`,
  );
  say('warning', 'no-byline', why('no-byline'), (n) => `${n} without a byline set aside`);
  say(
    'warning',
    'empty-article',
    why('empty'),
    (n) => `${n} set aside: no words of the byline's own are left after cleaning`,
  );
  say(
    'error',
    'article-failed',
    why('failed'),
    (n) => `${n} set aside: cleaning ended its worker twice; please report this, with the article if you may`,
  );
  const dropped = why('copy');
  say(
    'info',
    'copies',
    dropped,
    (n) => `${n} set aside as copies or near copies of others; see the copies listed as evidence`,
  );
  const names = new Set(documents.map((d) => d.byline)).size;
  const before = new Set(articles.filter((a) => a.bylines.length === 1).map((a) => a.bylines[0])).size;
  if (dropped.length > 0 && documents.length <= 1 && copies.length > 0)
    say(
      'warning',
      'all-copies',
      [documents[0]?.id ?? dropped[0]],
      () => 'Every article is a copy of one text: there is nothing to compare styles on',
    );
  else if (dropped.length > 0 && names < before)
    say('info', 'bylines-lost', dropped, () =>
      before - names === 1
        ? '1 byline has no text left that is its own'
        : `${before - names} bylines have no text left that is their own`,
    );
  const credited = documents.filter((d) => d.form === 'credited').map((d) => d.id);
  say(
    'info',
    'credits-another',
    credited,
    (n) =>
      `${n} ${credited.length === 1 ? 'credits' : 'credit'} another writer in the text itself than the byline printed`,
  );
  const odd = documents.filter(
    (d) => d.unusual.zeroWidth + d.unusual.bidiControls + d.unusual.otherControls > 0 || d.unusual.homoglyphs > 0,
  );
  const disguised = odd.filter((d) => d.unusual.homoglyphs > 0).map((d) => d.id);
  say(
    'warning',
    'homoglyphs',
    disguised,
    (n) => `${n} with letters of another script inside words, read as the letters they imitate`,
  );
  say(
    'info',
    'hidden-characters',
    odd.filter((d) => d.unusual.homoglyphs === 0).map((d) => d.id),
    (n) => `${n} with invisible characters, taken out`,
  );
  return out;
}
