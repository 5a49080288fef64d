import type { Article, Byline, Cleaned, CopyPair, Corpus, Document, RemovalReason } from '../types.js';
import { withoutBoilerplate } from './boilerplate.js';
import { findCopies, type Copy } from './copies.js';
import { withoutEntities } from './entities.js';
import { withoutHomoglyphs } from './homoglyphs.js';
import { withoutLabels } from './labels.js';
import { languagesOf, type DetectLanguage } from './language.js';
import { Mapped } from './mapped.js';
import { isMarkdown, withoutMarkup } from './markup.js';
import { bylineName } from './names.js';
import { noticesOf } from './notices.js';
import { asParagraphs } from './paragraphs.js';
import { withoutQuotations } from './quotations.js';
import { withoutRepeats, withoutTemplates, type Repeats } from './repeated.js';
import { composed, withoutHiddenCharacters, type Unusual } from './unicode.js';
import { countWords, hasWords } from './words.js';

export { placedWords } from './hashes.js';
export { sourceOffset } from './mapped.js';

export interface CleanOptions {
  /** Leave direct quotations in, as if the byline had spoken them. */
  readonly keepQuotations?: boolean;
  /** Keep copies as articles of their own; they are listed all the same. */
  readonly keepCopies?: boolean;
  /** What recurs in an archive read before; told what recurs in this one. */
  readonly repeats?: Repeats;
  /** Told the text of every article that is set aside as a copy: its passages can be looked for all the same. */
  readonly onCopy?: (id: string, text: string) => void;
  /** Tells languages that are not plainly English; eld, loaded when first needed, where absent. */
  readonly detectLanguage?: DetectLanguage;
}

interface Draft {
  readonly article: Article;
  readonly mapped: Mapped;
  readonly unusual: Unusual;
}

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
export async function clean(corpus: Corpus, options: CleanOptions = {}): Promise<Cleaned> {
  const articles = [...corpus.articles].sort((a, b) => compare(a.id, b.id));
  const aside: SetAside[] = [];
  let drafts: Draft[] = [];
  for (const article of articles) {
    if (article.bylines.length === 1) drafts.push(prepared(article, options));
    else aside.push({ id: article.id, why: article.bylines.length === 0 ? 'no-byline' : 'co-bylined' });
  }
  const { copies, dropped } = collapsed(drafts);
  for (const i of dropped) if (options.keepCopies !== true) aside.push({ id: drafts[i].article.id, why: 'copy' });
  drafts = finished(drafts, dropped, options).filter((draft, i) => {
    if (dropped.has(i) && options.keepCopies !== true) {
      options.onCopy?.(draft.article.id, draft.mapped.text);
      return false;
    }
    if (hasWords(draft.mapped.text)) return true;
    aside.push({ id: draft.article.id, why: 'empty' });
    return false;
  });
  const bylines = bylinesOf(drafts);
  const documents = await documentsOf(drafts, bylines, options.detectLanguage ?? null);
  const setAside = aside.sort((a, b) => compare(a.id, b.id));
  const notices = noticesOf({ articles, documents, setAside, copies });
  return { bylines, documents, copies, setAside, removedWords: removedWords(documents), notices };
}

/** All that can be done to an article without knowing the others, short of masking quotations. */
function prepared(article: Article, { keepQuotations = false }: CleanOptions): Draft {
  const unusual: Unusual = { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 };
  let mapped = withoutHiddenCharacters(Mapped.of(article.text), unusual);
  const markdown = isMarkdown(mapped.text, article.markup);
  mapped = withoutEntities(withoutMarkup(mapped, article.markup, keepQuotations), unusual);
  mapped = withoutHomoglyphs(composed(mapped), unusual);
  mapped = asParagraphs(mapped, markdown);
  const name = bylineName(article.bylines[0], article.bylineKind);
  mapped = asParagraphs(withoutBoilerplate(mapped, name, article.title), false);
  mapped = asParagraphs(withoutLabels(mapped), false);
  return { article, mapped, unusual };
}

/** Without what recurs in other articles and without quotations. Copies are cleaned as well, but do not count as others. */
function finished(
  drafts: readonly Draft[],
  dropped: ReadonlySet<number>,
  { keepQuotations, repeats }: CleanOptions,
): Draft[] {
  const rest = withoutRepeats(
    drafts.map(({ article, mapped }, i) => ({
      mapped,
      byline: article.bylines[0],
      outlet: article.outlet,
      counts: !dropped.has(i),
    })),
    repeats,
  );
  return drafts.map((draft, i) => {
    const tidy = asParagraphs(rest[i], false);
    return { ...draft, mapped: keepQuotations === true ? tidy : withoutQuotations(tidy) };
  });
}

/** Pairs of copies, and which drafts to set aside for them. */
function collapsed(drafts: readonly Draft[]): { copies: CopyPair[]; dropped: ReadonlySet<number> } {
  const texts = withoutTemplates(drafts.map(({ mapped }) => mapped.text));
  const found = findCopies(drafts.map(({ article: { id, publishedAt } }, i) => ({ id, publishedAt, text: texts[i] })));
  const byline = (i: number): string => drafts[i].article.bylines[0];
  const dropped = new Set<number>();
  for (const { kept, dropped: lost, reverse } of found) {
    if (byline(kept) !== byline(lost) && reverse >= 0.5) dropped.add(kept);
    dropped.add(lost);
  }
  giveBack(drafts, found, dropped);
  const copies = found.map((c): CopyPair => ({
    kept: drafts[c.kept].article.id,
    dropped: drafts[c.dropped].article.id,
    keptByline: byline(c.kept),
    droppedByline: byline(c.dropped),
    overlap: c.overlap,
  }));
  return { copies, dropped };
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

async function documentsOf(
  drafts: readonly Draft[],
  bylines: readonly Byline[],
  detect: DetectLanguage | null,
): Promise<Document[]> {
  const indexOf = new Map(bylines.map((b, i) => [b.name, i]));
  const languages = await languagesOf(
    drafts.map((draft) => draft.mapped.text),
    detect,
  );
  return drafts.map(({ article, mapped, unusual }, i) => ({
    id: article.id,
    byline: indexOf.get(article.bylines[0])!,
    title: article.title,
    outlet: article.outlet,
    publishedAt: article.publishedAt,
    text: mapped.text,
    words: countWords(mapped.text),
    lang: languages[i],
    removed: mapped.removed(),
    unusual,
    origin: mapped.origin(),
  }));
}

/** A name printed once as a person's is a person's. */
function bylinesOf(drafts: readonly Draft[]): Byline[] {
  const kinds = new Map<string, Byline['kind']>();
  for (const { article } of drafts) {
    const [name] = article.bylines;
    if (article.bylineKind !== 'desk' || !kinds.has(name))
      kinds.set(name, article.bylineKind === 'desk' ? 'desk' : 'person');
  }
  return [...kinds].map(([name, kind]) => ({ name, kind })).sort((a, b) => compare(a.name, b.name));
}

/** Over the documents: what was taken out of an article that is itself set aside is not part of the corpus. */
function removedWords(documents: readonly Document[]): Record<RemovalReason, number> {
  const out = { markup: 0, quotation: 0, byline: 0, biography: 0, signoff: 0, related: 0, sharing: 0, repeated: 0 };
  for (const { removed } of documents) for (const { reason, words } of removed) out[reason] += words;
  return out;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
