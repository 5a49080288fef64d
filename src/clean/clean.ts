import { visible } from '../text/visible.js';
import type { Article, Byline, Cleaned, CopyPair, Corpus, Document, Notice, RemovalReason, UnusualCharacters } from '../types.js';
import { withoutBoilerplate } from './boilerplate.js';
import { findCopies } from './copies.js';
import { breakpoints, countWords, startWork, type Work } from './edits.js';
import { languageOf } from './language.js';
import { paragraphed, withoutMarkup } from './markup.js';
import { withoutQuotations } from './quotations.js';
import { withoutRepeats } from './repeated.js';
import { plainCharacters } from './unicode.js';

export { sourceOffset } from './edits.js';

export interface CleanOptions {
  /** Count direct quotations as the byline's own words. */
  readonly keepQuotations?: boolean;
  /** Keep near copies as separate articles. */
  readonly keepCopies?: boolean;
}

interface Draft {
  readonly article: Article;
  readonly work: Work;
  readonly unusual: UnusualCharacters;
}

/**
 * From articles to what a byline itself wrote. Each article of exactly one byline loses mark-up, quotations,
 * boilerplate and repeated passages; everything taken out is recorded with its place and reason.
 *
 * Near copies: inside a byline the longest stays and the others are set aside. A text printed under two bylines belongs
 * to neither for certain, so it is set aside on both sides as evidence of copying, never of style, except where a
 * byline would be left with nothing.
 */
export async function clean(corpus: Corpus, options: CleanOptions = {}): Promise<Cleaned> {
  const setAside: { id: string; why: Cleaned['setAside'][number]['why'] }[] = [];
  const drafts: Draft[] = [];
  for (const article of corpus.articles) {
    if (article.bylines.length !== 1) setAside.push({ id: article.id, why: article.bylines.length === 0 ? 'no-byline' : 'co-bylined' });
    else drafts.push(cleanOne(article, options));
  }
  const works = withoutRepeats(drafts.map((d) => ({ work: d.work, byline: d.article.bylines[0]!, outlet: d.article.outlet })));
  let kept: Draft[] = [];
  drafts.forEach((draft, i) => {
    const work = paragraphed(works[i]!);
    if (countWords(work.text) === 0) setAside.push({ id: draft.article.id, why: 'empty' });
    else kept.push({ ...draft, work });
  });
  const { copies, dropped } = options.keepCopies === true ? { copies: [], dropped: new Set<number>() } : collapseCopies(kept);
  for (const i of dropped) setAside.push({ id: kept[i]!.article.id, why: 'copy' });
  kept = kept.filter((_, i) => !dropped.has(i));

  const bylines = bylinesOf(kept);
  const indexOf = new Map(bylines.map((b, i) => [b.name, i]));
  const documents: Document[] = [];
  for (const draft of kept) documents.push(await documentOf(draft, indexOf));
  setAside.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { bylines, documents, copies, setAside, removedWords: removedWords(drafts, works), notices: noticesFor(setAside, documents, corpus.articles.length) };
}

function cleanOne(article: Article, options: CleanOptions): Draft {
  const { work: plain, unusual } = plainCharacters(startWork(article.text));
  let work = paragraphed(withoutMarkup(plain, article.markup));
  work = withoutBoilerplate(work, { byline: article.bylines[0]!, title: article.title });
  if (options.keepQuotations !== true) work = withoutQuotations(work);
  return { article, work: paragraphed(work), unusual };
}

async function documentOf({ article, work, unusual }: Draft, indexOf: ReadonlyMap<string, number>): Promise<Document> {
  return {
    id: article.id,
    byline: indexOf.get(article.bylines[0]!)!,
    title: article.title,
    outlet: article.outlet,
    publishedAt: article.publishedAt,
    text: work.text,
    words: countWords(work.text),
    lang: await languageOf(work.text),
    removed: work.removed,
    unusual,
    origin: breakpoints(work.origin),
  };
}

function bylinesOf(drafts: readonly Draft[]): Byline[] {
  const kinds = new Map<string, Byline['kind']>();
  for (const { article } of drafts) kinds.set(article.bylines[0]!, article.bylineKind === 'desk' ? 'desk' : 'person');
  return [...kinds].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([name, kind]) => ({ name, kind }));
}

function collapseCopies(drafts: readonly Draft[]): { copies: CopyPair[]; dropped: Set<number> } {
  const found = findCopies(drafts.map((d) => d.work.text));
  const dropped = new Set<number>();
  const left = new Map<string, number>();
  const bylineOf = (i: number): string => drafts[i]!.article.bylines[0]!;
  drafts.forEach((_, i) => left.set(bylineOf(i), (left.get(bylineOf(i)) ?? 0) + 1));
  const drop = (i: number): void => {
    if (dropped.has(i) || left.get(bylineOf(i))! <= 1) return;
    dropped.add(i);
    left.set(bylineOf(i), left.get(bylineOf(i))! - 1);
  };
  const copies = found.map(({ a, b, overlap }): CopyPair => {
    const [keep, lose] = keptFirst(drafts, a, b);
    if (!dropped.has(keep) || bylineOf(keep) !== bylineOf(lose)) drop(lose);
    if (bylineOf(keep) !== bylineOf(lose)) drop(keep);
    return { kept: drafts[keep]!.article.id, dropped: drafts[lose]!.article.id, keptByline: bylineOf(keep), droppedByline: bylineOf(lose), overlap };
  });
  return { copies, dropped };
}

/** The longer first; of equals the earlier, then the smaller id. */
function keptFirst(drafts: readonly Draft[], a: number, b: number): [number, number] {
  const [x, y] = [drafts[a]!, drafts[b]!];
  const byLength = y.work.text.length - x.work.text.length;
  const byDate = (x.article.publishedAt ?? Infinity) - (y.article.publishedAt ?? Infinity);
  const order = byLength !== 0 ? byLength : Number.isNaN(byDate) || byDate === 0 ? a - b : byDate;
  return order <= 0 ? [a, b] : [b, a];
}

function removedWords(drafts: readonly Draft[], works: readonly Work[]): Record<RemovalReason, number> {
  const out: Record<RemovalReason, number> = { markup: 0, quotation: 0, byline: 0, biography: 0, signoff: 0, related: 0, sharing: 0, repeated: 0 };
  drafts.forEach((_, i) => works[i]!.removed.forEach((r) => (out[r.reason] += r.words)));
  return out;
}

function noticesFor(setAside: Cleaned['setAside'], documents: readonly Document[], total: number): Notice[] {
  const out: Notice[] = [];
  const say = (level: Notice['level'], code: string, message: string): number => out.push({ level, code, message, source: null, line: null });
  const aside = (why: string): readonly { id: string }[] => setAside.filter((s) => s.why === why);
  const first = (list: readonly { id: string }[]): string => `the first "${visible(list[0]!.id, 80)}"`;
  const joint = aside('co-bylined');
  if (joint.length > 0) say('info', 'co-bylined', `${joint.length} article(s) by more than one byline set aside: they belong to no single byline (${first(joint)})`);
  const empty = aside('empty');
  if (empty.length > 0) say('warning', 'empty-article', `${empty.length} article(s) had no words left of their own after cleaning (${first(empty)})`);
  const copies = aside('copy');
  if (copies.length > 0) say(copies.length > total / 2 ? 'warning' : 'info', 'copies', `${copies.length} of ${total} articles are (near) copies of others and set aside (${first(copies)})`);
  const hidden = documents.filter((d) => d.unusual.zeroWidth + d.unusual.homoglyphs + d.unusual.bidiControls > 0);
  if (hidden.length > 0) say('warning', 'unusual-characters', `${hidden.length} article(s) hold invisible or look-alike characters (${first(hidden)})`);
  return out;
}
