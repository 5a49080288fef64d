import { heldIn, packTexts, textOf } from '../text/held.js';
import type { Article, Byline, Cleaned, CopyPair, Corpus, HeldText, RemovalReason } from '../types.js';
import { batches, each, inlineAsync, type Drive, type Steps, type Task } from '../work/work.js';
import { alignedPassages } from './aligned.js';
import { finishTask, nothingRemoved, prepareTask, type Finished, type Prepared } from './article.js';
import { findCopies, sketchTask, type Copy, type Sketch } from './copies.js';
import { documentOf } from './document.js';
import { languagesOf, languagesTask, type DetectLanguage } from './language.js';
import { noticesOf } from './notices.js';
import { rowsTask, searchTask } from './runs.js';
import { repeats, templatesIn, type Repeats, type Templates } from './repeated.js';

export { placedWords } from './hashes.js';
export { nothingRemoved } from './article.js';
export { documentOf, type DocumentFacts } from './document.js';
export { sourceOffset } from './mapped.js';
export { BREAK, PLACES, RUN, runAt, rowsTask, searchTask, type WordRow } from './runs.js';
export { countWords } from './words.js';

export interface CleanOptions {
  /** Leave direct quotations in, as if the byline had spoken them. */
  readonly keepQuotations?: boolean;
  /** Keep copies as articles of their own; they are listed all the same. */
  readonly keepCopies?: boolean;
  /** What recurs in an archive read before; told what recurs in this one. */
  readonly repeats?: Repeats;
  /** Told the text of every article that is set aside as a copy: its passages can be looked for all the same. */
  readonly onCopy?: (id: string, text: string) => void;
  /** Keep what was taken out of every article at hand: else it is cleaned again when somebody asks. */
  readonly keepRemoved?: boolean;
  /** Tells languages that are not plainly English; eld, loaded when first needed, where absent. */
  readonly detectLanguage?: DetectLanguage;
}

/** What this stage asks workers to do. */
export const CLEAN_TASKS: readonly Task<unknown, unknown>[] = [
  prepareTask,
  sketchTask,
  finishTask,
  languagesTask,
  rowsTask,
  searchTask,
];

/** What the other articles need to know of one. */
type Seen = Pick<Prepared, 'passages' | 'paragraphs' | 'sketch'>;

interface Draft extends Omit<Prepared, keyof Seen> {
  readonly article: Article;
  /** Let go of when it is known which passages recur. */
  seen: Seen | null;
  /** Let go of when the draft is finished, so that no text is held three times. */
  text: HeldText | null;
}

const REASONS = Object.keys(nothingRemoved()) as RemovalReason[];

type SetAside = Cleaned['setAside'][number];

/**
 * From articles to what a byline itself wrote. Articles with no byline or several, and those without a word of their
 * own, are set aside; every stretch taken out of the others is recorded with its place in `Article.text`.
 *
 * Copies. Of one byline's copies the longest stays (then the earliest, then the smallest id). A text printed under two
 * bylines can be known to be neither's: it is evidence of copying, and set aside from style on both sides; a longer
 * article that only contains another's stays. A byline left with nothing gets back the article of its own that others
 * copied; one that has only copies of others' articles has no document and is not among `bylines`.
 *
 * The result does not depend on the order of the articles. Nothing is thrown on hostile text.
 */
export function clean(corpus: Corpus, options: CleanOptions = {}, drive: Drive = inlineAsync): Promise<Cleaned> {
  return drive(cleanSteps(corpus, options));
}

function* cleanSteps(corpus: Corpus, options: CleanOptions): Steps<Cleaned> {
  const articles = [...corpus.articles].sort((a, b) => compare(a.id, b.id));
  const aside: SetAside[] = [];
  for (const { id, bylines } of articles)
    if (bylines.length !== 1) aside.push({ id, why: bylines.length === 0 ? 'no-byline' : 'co-bylined' });
  const drafts = yield* preparedDrafts(articles, options, aside);
  const { copies, dropped } = yield* collapsed(drafts);
  for (const i of dropped) if (options.keepCopies !== true) aside.push({ id: drafts[i].article.id, why: 'copy' });
  const done = yield* finishedDrafts(drafts, dropped, options);
  const kept = done.filter(({ draft, finished, copy, text }) => {
    if (copy && options.keepCopies !== true) {
      if (finished !== null) options.onCopy?.(draft.article.id, textOf(text));
      return false;
    }
    if (finished?.hasWords !== true) aside.push({ id: draft.article.id, why: finished === null ? 'failed' : 'empty' });
    return finished?.hasWords === true;
  });
  const bylines = bylinesOf(kept.map(({ draft }) => draft.article));
  const indexOf = new Map(bylines.map((b, i) => [b.name, i]));
  const languages = yield* languagesOf(
    kept.map(({ finished, text }) => ({ glance: finished!.lang, text })),
    options.detectLanguage,
  );
  const documents = kept.map(({ draft: { article, unusual, form }, finished, recurring, text }, i) => {
    const [{ words }, lang] = [finished!, languages[i]];
    const facts = { byline: indexOf.get(article.bylines[0])!, words, lang, unusual, recurring, form };
    return documentOf(article, facts, options.keepQuotations === true, text, finished!.removed);
  });
  const setAside = aside.sort((a, b) => compare(a.id, b.id));
  const notices = noticesOf({ articles, documents, setAside, copies });
  // Over the documents: what was taken out of an article that is itself set aside is not part of the corpus.
  const removed = nothingRemoved();
  for (const { finished } of kept) for (const reason of REASONS) removed[reason] += finished!.removedWords[reason];
  const recurring = kept.map((own) => own.recurring);
  return { bylines, documents, copies, setAside, recurring, removedWords: removed, notices };
}

function* preparedDrafts(
  articles: readonly Article[],
  { keepQuotations = false }: CleanOptions,
  aside: SetAside[],
): Steps<Draft[]> {
  const signed = batches(articles.filter((a) => a.bylines.length === 1));
  const prepared = yield* each(prepareTask, {
    length: signed.length,
    at: (b) => ({
      texts: packTexts(signed[b].map((article) => article.held ?? article.text)),
      articles: signed[b].map(({ title, markup, bylines, bylineKind }) => ({ title, markup, bylines, bylineKind })),
      keepQuotations,
    }),
  });
  return signed.flatMap((batch, b) => {
    const texts = heldIn(prepared[b].texts);
    return batch.flatMap((article, i): Draft[] => {
      const own = prepared[b].items[i];
      if (own === null) {
        aside.push({ id: article.id, why: 'failed' });
        return [];
      }
      const { origin, unusual, form, ...seen } = own;
      return [{ article, origin, unusual, form, seen, text: texts[i] }];
    });
  });
}

/** Without what recurs in other articles and without quotations. Copies that are kept are cleaned, but do not count as others. */
function* finishedDrafts(
  drafts: readonly Draft[],
  dropped: ReadonlySet<number>,
  options: CleanOptions,
): Steps<
  {
    readonly draft: Draft;
    readonly finished: Finished | null;
    readonly text: HeldText;
    readonly recurring: Float64Array;
    readonly copy: boolean;
  }[]
> {
  const { keepQuotations = false, keepCopies = false, keepRemoved = false, onCopy } = options;
  const recurring = repeats(
    drafts.map(({ article, seen }, i) => ({
      passages: seen!.passages,
      byline: article.bylines[0],
      outlet: article.outlet,
      counts: !dropped.has(i),
    })),
    options.repeats,
  );
  for (const draft of drafts) draft.seen = null;
  const copiesToo = keepCopies || onCopy !== undefined;
  const wanted = drafts.flatMap((draft, i) =>
    dropped.has(i) && !copiesToo ? [] : [{ draft, recurring: recurring[i], copy: dropped.has(i) }],
  );
  // Texts of one batch stand in one piece of memory: it is let go of with the last of them.
  for (const i of dropped) if (!copiesToo) drafts[i].text = null;
  const toFinish = batches(wanted);
  const finished = yield* each(finishTask, {
    length: toFinish.length,
    at: (b) => ({
      texts: packTexts(toFinish[b].map(({ draft }) => takenFrom(draft))),
      articles: toFinish[b].map(({ draft: { origin }, recurring: keys }) => ({ origin, recurring: keys })),
      keepQuotations,
      keepRemoved,
    }),
  });
  return toFinish.flatMap((batch, b) => {
    const { texts, items } = finished[b];
    const held = heldIn(texts);
    return batch.map((own, i) => ({ ...own, finished: items[i], text: held[i] }));
  });
}

/** The text of a draft, which the draft lets go of. */
function takenFrom(draft: Draft): HeldText {
  const { text } = draft;
  draft.text = null;
  return text!;
}

/** Pairs of copies, and which drafts to set aside for them. */
function* collapsed(drafts: readonly Draft[]): Steps<{ copies: CopyPair[]; dropped: ReadonlySet<number> }> {
  const templates = templatesIn(drafts.map(({ seen }) => seen!.paragraphs));
  /** Texts that are looked at without their templates, with the sketches of what is left. */
  const shortened = yield* withoutTemplates(drafts, templates);
  const found = findCopies(
    drafts.map(({ article: { id, publishedAt }, text, seen }, i) => ({
      id,
      publishedAt,
      text: () => (shortened.has(i) ? templates.without(textOf(text!))! : textOf(text!)),
      sketch: shortened.get(i) ?? seen!.sketch,
    })),
  );
  const byline = (i: number): string => drafts[i].article.bylines[0];
  const dropped = new Set<number>();
  for (const { kept, dropped: lost, reverse } of found) {
    if (byline(kept) !== byline(lost) && reverse >= 0.5) dropped.add(kept);
    dropped.add(lost);
  }
  giveBack(drafts, found, dropped);
  const shown = laidSideBySide(found, byline);
  const copies = found.map((c): CopyPair => ({
    kept: drafts[c.kept].article.id,
    dropped: drafts[c.dropped].article.id,
    keptByline: byline(c.kept),
    droppedByline: byline(c.dropped),
    overlap: c.overlap,
    ...(shown.has(c) ? { passages: passagesOf(drafts[c.kept], drafts[c.dropped]) } : {}),
  }));
  return { copies, dropped };
}

function* withoutTemplates(drafts: readonly Draft[], templates: Templates): Steps<ReadonlyMap<number, Sketch>> {
  const groups = batches([...drafts.keys()].filter((i) => templates.in(i)));
  const shortened: number[][] = groups.map(() => []);
  const sketches = yield* each(sketchTask, {
    length: groups.length,
    // No text is held once it is on its way: in a large dump nearly all have something in common.
    at: (g) =>
      packTexts(
        groups[g].flatMap((i) => {
          const rest = templates.without(textOf(drafts[i].text!));
          if (rest === null) return [];
          shortened[g].push(i);
          return [rest];
        }),
      ),
  });
  return new Map(shortened.flatMap((own, g) => own.map((i, k) => [i, sketches[g][k]] as const)));
}

/** Copies between bylines whose passages are given: of two bylines, and of all; passages of each. */
const [OF_TWO, OF_ALL, PASSAGES] = [3, 300, 4];

/** The copies that are shown passage by passage: the first of every two bylines. */
function laidSideBySide(found: readonly Copy[], byline: (i: number) => string): ReadonlySet<Copy> {
  const ofTwo = new Map<string, number>();
  const out = new Set<Copy>();
  for (const c of found) {
    const names = [byline(c.kept), byline(c.dropped)].sort();
    const two = names.join('\n');
    const before = ofTwo.get(two) ?? 0;
    ofTwo.set(two, before + 1);
    if (names[0] !== names[1] && before < OF_TWO && out.size < OF_ALL) out.add(c);
  }
  return out;
}

function passagesOf(kept: Draft, dropped: Draft): { kept: string; dropped: string }[] {
  const found = alignedPassages(textOf(kept.text!), textOf(dropped.text!), PASSAGES);
  return found.map(({ first, second }) => ({ kept: first, dropped: second }));
}

/** A byline that would be left with nothing keeps those of its own articles that others copied. */
function giveBack(drafts: readonly Draft[], found: readonly Copy[], dropped: Set<number>): void {
  const alive = new Set<string>();
  drafts.forEach(({ article }, i) => {
    if (!dropped.has(i)) alive.add(article.bylines[0]);
  });
  const originals = new Set(found.map((c) => c.kept));
  for (const i of originals) if (!alive.has(drafts[i].article.bylines[0])) dropped.delete(i);
}

/** A name printed once as a person's is a person's. */
function bylinesOf(articles: readonly Article[]): Byline[] {
  const kinds = new Map<string, Byline['kind']>();
  for (const article of articles) {
    const [name] = article.bylines;
    if (article.bylineKind !== 'desk' || !kinds.has(name))
      kinds.set(name, article.bylineKind === 'desk' ? 'desk' : 'person');
  }
  return [...kinds].map(([name, kind]) => ({ name, kind })).sort((a, b) => compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
