import { heldIn, packTexts, textOf } from '../text/held.js';
import type { Article, Byline, Cleaned, CopyPair, Corpus, HeldText } from '../types/types.js';
import { rowsOf } from '../work/rows.js';
import { batches, each, inlineAsync, type Drive, type Steps, type Task } from '../work/work.js';
import { alignedPassages } from './aligned.js';
import { finishTask, prepareTask, type Finished } from './article.js';
import { findCopies, type Copy, type Copyable } from './copies.js';
import { documentOf } from './document.js';
import { draftsOf, type Draft, type DraftBatch, type MappedTexts } from './draft.js';
import { languagesOf, languagesTask, type DetectLanguage } from './language.js';
import { noticesOf } from './notices.js';
import { sharedTask } from './originals.js';
import { nothingRemoved, REASONS } from './reasons.js';
import { repeats, templatesIn, type Repeats, type Templates } from './repeated.js';
import { rowsTask, searchTask } from './runs.js';
import { sketchIn, sketchTask } from './sketches.js';

export { CONTAINMENT, RESEMBLANCE } from './copies.js';
export { placedWords } from './hashes.js';
export { documentOf, renumbered, type DocumentFacts } from './document.js';
export { sourceOffset } from './mapped.js';
export { nothingRemoved } from './reasons.js';
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
  sharedTask,
  finishTask,
  languagesTask,
  rowsTask,
  searchTask,
];

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
  for (const { finished } of kept) REASONS.forEach((reason, r) => (removed[reason] += finished!.removedWords[r]!));
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
    const drafts = draftsOf(batch, prepared[b]);
    batch.forEach(({ id }, i) => {
      if (prepared[b].about[i] === null) aside.push({ id, why: 'failed' });
    });
    return drafts;
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
  const recurring = repeats(drafts, dropped, options.repeats);
  for (const { batch } of drafts) batch.seen = null;
  const copiesToo = keepCopies || onCopy !== undefined;
  const wanted = drafts.flatMap((draft, i) =>
    dropped.has(i) && !copiesToo ? [] : [{ draft, recurring: recurring[i], copy: dropped.has(i) }],
  );
  // The texts of a batch are let go of as one.
  const groups = inBatches(wanted);
  const finished = yield* each(finishTask, {
    length: groups.length,
    at: (g) => ({
      mapped: takenFrom(groups[g][0].draft.batch),
      which: groups[g].map(({ draft }) => draft.at),
      recurring: rowsOf(
        Float64Array,
        groups[g].map((own) => own.recurring),
        null,
      ),
      keepQuotations,
      keepRemoved,
    }),
  });
  return groups.flatMap((group, g) => {
    const { texts, items } = finished[g];
    const held = heldIn(texts);
    return group.map((own, i) => ({ ...own, finished: items[i], text: held[i] }));
  });
}

/** Parted where one batch ends and the next begins. */
function inBatches<T extends { readonly draft: Draft }>(wanted: readonly T[]): T[][] {
  const out: T[][] = [];
  for (const own of wanted) {
    if (out.at(-1)?.[0].draft.batch === own.draft.batch) out.at(-1)!.push(own);
    else out.push([own]);
  }
  return out;
}

/** The texts of a batch, which the batch lets go of. */
function takenFrom(batch: DraftBatch): MappedTexts {
  const { mapped } = batch;
  batch.mapped = null;
  return mapped!;
}

/** Pairs of copies, and which drafts to set aside for them. */
function* collapsed(drafts: readonly Draft[]): Steps<{ copies: CopyPair[]; dropped: ReadonlySet<number> }> {
  const templates = templatesIn(drafts);
  /** Drafts that are looked at without their templates. */
  const shortened = yield* withoutTemplates(drafts, templates);
  const found = yield* findCopies(drafts.map((draft, i) => shortened.get(i) ?? draft));
  const byline = (i: number): string => drafts[i].byline;
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

function* withoutTemplates(drafts: readonly Draft[], templates: Templates): Steps<ReadonlyMap<number, Copyable>> {
  const groups = batches([...drafts.keys()].filter((i) => templates.in(drafts[i])));
  const shortened: number[][] = groups.map(() => []);
  const sketches = yield* each(sketchTask, {
    length: groups.length,
    // No text is held once it is on its way: in a large dump nearly all have something in common.
    at: (g) =>
      packTexts(
        groups[g].flatMap((i) => {
          const rest = templates.without(drafts[i].text());
          if (rest === null) return [];
          shortened[g].push(i);
          return [rest];
        }),
      ),
  });
  return new Map(
    shortened.flatMap((own, g) =>
      own.map((i, k): [number, Copyable] => {
        const { id, publishedAt } = drafts[i];
        const text = (): string => templates.without(drafts[i].text())!;
        return [i, { id, publishedAt, text, sketch: sketchIn(sketches[g], k) }];
      }),
    ),
  );
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
  const found = alignedPassages(kept.text(), dropped.text(), PASSAGES);
  return found.map(({ first, second }) => ({ kept: first, dropped: second }));
}

/** A byline that would be left with nothing keeps those of its own articles that others copied. */
function giveBack(drafts: readonly Draft[], found: readonly Copy[], dropped: Set<number>): void {
  const alive = new Set<string>();
  drafts.forEach(({ byline }, i) => {
    if (!dropped.has(i)) alive.add(byline);
  });
  const originals = new Set(found.map((c) => c.kept));
  for (const i of originals) if (!alive.has(drafts[i].byline)) dropped.delete(i);
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
