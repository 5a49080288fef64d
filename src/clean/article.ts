import { heldIn, packTexts, unpackTexts, type PackedTexts } from '../text/held.js';
import type { Article, ArticleForm, Credit, RemovalReason, Removed, UnusualCharacters } from '../types.js';
import { inOnePiece, Pieces } from '../work/pieces.js';
import type { Task } from '../work/work.js';
import { withoutBoilerplate } from './boilerplate.js';
import { sketchOf, type Sketch } from './copies.js';
import { formOf } from './forms.js';
import { creditedIn } from './credits.js';
import { withoutEntities } from './entities.js';
import { withoutHomoglyphs } from './homoglyphs.js';
import { withoutLabels } from './labels.js';
import { languageAtAGlance } from './language.js';
import { Mapped, sourceOffset, type PackedOrigin } from './mapped.js';
import { isMarkdown, withoutMarkup } from './markup.js';
import { bylineName } from './names.js';
import { asParagraphs } from './paragraphs.js';
import { withoutQuotations } from './quotations.js';
import { paragraphKeys, passagesOf, withoutPassages, type Passages } from './repeated.js';
import { composed, withoutHiddenCharacters, type Unusual } from './unicode.js';
import { countWords, hasWords } from './words.js';

/** What preparing needs of an article besides its text. */
type ToPrepare = Pick<Article, 'title' | 'markup' | 'bylines' | 'bylineKind'>;

/** What is known of an article cleaned of all that can be known without the others, and what others need to know of it. */
export interface Prepared {
  readonly origin: PackedOrigin;
  readonly unusual: UnusualCharacters;
  readonly passages: Passages;
  readonly paragraphs: Float64Array;
  readonly sketch: Sketch;
  readonly form: ArticleForm | null;
}

/** What is known of an article as the byline wrote it. */
export interface Finished {
  /** False where no word of the byline's own is left. */
  readonly hasWords: boolean;
  readonly words: number;
  /** Undefined where a glance does not tell and somebody else is to be asked. */
  readonly lang: string | null | undefined;
  readonly removedWords: Readonly<Record<RemovalReason, number>>;
  /** Where it was asked for. */
  readonly removed?: readonly Removed[];
}

/** What is known of each item of a batch, null for one that failed, and the texts of all; that of one that failed is empty. */
export interface WithTexts<T> {
  readonly texts: PackedTexts;
  readonly items: readonly (T | null)[];
}

interface BatchToPrepare {
  readonly texts: PackedTexts;
  readonly articles: readonly ToPrepare[];
  readonly keepQuotations: boolean;
}

/** Where texts stand: those of all batches of a thread are let go of about when their neighbours are. */
const [PREPARED, FINISHED] = [new Pieces(), new Pieces()];

/** All that can be done to an article without knowing the others, short of masking quotations. */
export const prepareTask: Task<BatchToPrepare, WithTexts<Prepared>> = {
  name: 'prepare',
  run: ({ texts, articles, keepQuotations }) => {
    const all = unpackTexts(texts).map((text, i) => prepared(text, articles[i], keepQuotations));
    const own = all.map(({ text }) => text);
    return { texts: packTexts(own, PREPARED), items: inFewPieces(all.map(({ facts }) => facts)) };
  },
  parts: ({ texts, articles, keepQuotations }) =>
    heldIn(texts).map((text, i) => ({ texts: packTexts([text]), articles: [articles[i]], keepQuotations })),
  joined: (_, outputs) => joinedTexts(outputs),
};

/**
 * The same facts, with the numbers of all articles in one piece of memory for each kind: pieces of an article's own would
 * take more room than what is in them, and leave holes when they are let go of.
 */
function inFewPieces(all: readonly Prepared[]): Prepared[] {
  const keys = inOnePiece(all.map(({ passages }) => passages.keys));
  const words = inOnePiece(all.map(({ passages }) => passages.words));
  const paragraphs = inOnePiece(all.map((facts) => facts.paragraphs));
  const shingles = inOnePiece(all.map(({ sketch }) => sketch.shingles));
  const runs = inOnePiece(all.map(({ origin }) => origin.runs));
  return all.map((facts, i) => ({
    ...facts,
    passages: { keys: keys[i], words: words[i] },
    paragraphs: paragraphs[i],
    sketch: { ...facts.sketch, shingles: shingles[i] },
    origin: { ...facts.origin, runs: runs[i] },
  }));
}

function joinedTexts<T>(outputs: readonly (WithTexts<T> | null)[]): WithTexts<T> {
  const items = outputs.map((output) => output?.items[0] ?? null);
  return { texts: packTexts(outputs.map((output) => (output === null ? '' : heldIn(output.texts)[0]))), items };
}

/** A text without mark-up and boilerplate, what was unusual in it, and the writer it credits. */
export function mappedOf(
  text: string,
  article: ToPrepare,
  keepQuotations: boolean,
): { readonly mapped: Mapped; readonly unusual: Unusual; readonly credited: Credit | null } {
  const unusual: Unusual = { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 };
  let mapped = withoutHiddenCharacters(Mapped.of(text), unusual);
  const markdown = isMarkdown(mapped.text, article.markup);
  mapped = withoutEntities(withoutMarkup(mapped, article.markup, keepQuotations), unusual);
  mapped = withoutHomoglyphs(composed(mapped), unusual);
  mapped = asParagraphs(mapped, markdown);
  const name = bylineName(article.bylines[0], article.bylineKind);
  const credited = article.bylineKind === 'person' ? inSource(creditedIn(mapped.text, name), mapped) : null;
  mapped = asParagraphs(withoutBoilerplate(mapped, name, article.title), false);
  mapped = asParagraphs(withoutLabels(mapped), false);
  return { mapped, unusual, credited };
}

/** With its place in what the text was made from. */
function inSource(credit: Credit | null, mapped: Mapped): Credit | null {
  if (credit === null) return null;
  const origin = mapped.origin();
  const [start, end] = [sourceOffset(origin, credit.start), sourceOffset(origin, credit.end - 1) + 1];
  return { ...credit, start, end };
}

/** The same without what recurs in other articles, and with quotations masked. */
export function tidied(mapped: Mapped, recurring: Float64Array, keepQuotations: boolean): Mapped {
  const tidy = asParagraphs(withoutPassages(mapped, recurring), false);
  return keepQuotations ? tidy : withoutQuotations(tidy);
}

function prepared(
  source: string,
  article: ToPrepare,
  keepQuotations: boolean,
): { readonly text: string; readonly facts: Prepared } {
  const { mapped, unusual, credited } = mappedOf(source, article, keepQuotations);
  const { text } = mapped;
  const facts = {
    origin: mapped.packed,
    unusual,
    passages: passagesOf(text),
    paragraphs: paragraphKeys(text),
    sketch: sketchOf(text),
    form: credited !== null ? ('credited' as const) : formOf({ title: article.title, text: source }),
  };
  return { text, facts };
}

interface BatchToFinish {
  readonly texts: PackedTexts;
  readonly articles: readonly {
    readonly origin: PackedOrigin;
    /** Keys of the passages that recur in other articles. */
    readonly recurring: Float64Array;
  }[];
  readonly keepQuotations: boolean;
  readonly keepRemoved: boolean;
}

/** Takes out what recurs in other articles, and quotations. */
export const finishTask: Task<BatchToFinish, WithTexts<Finished>> = {
  name: 'finish',
  run: ({ texts: packed, articles, keepQuotations, keepRemoved }) => {
    const all = unpackTexts(packed).map((text, i) => {
      const { origin, recurring } = articles[i];
      return tidied(Mapped.from(text, origin), recurring, keepQuotations);
    });
    const texts = all.map(({ text }) => text);
    const items = all.map((mapped) => ({
      hasWords: hasWords(mapped.text),
      words: countWords(mapped.text),
      lang: languageAtAGlance(mapped.text),
      removedWords: removedWords(mapped.removed()),
      ...(keepRemoved ? { removed: mapped.removed() } : {}),
    }));
    return { texts: packTexts(texts, FINISHED), items };
  },
  parts: ({ texts, articles, ...options }) =>
    heldIn(texts).map((text, i) => ({ texts: packTexts([text]), articles: [articles[i]], ...options })),
  joined: (_, outputs) => joinedTexts(outputs),
};

/** Words taken out, by why. */
function removedWords(removed: readonly Removed[]): Record<RemovalReason, number> {
  const out = nothingRemoved();
  for (const { reason, words } of removed) out[reason] += words;
  return out;
}

export function nothingRemoved(): Record<RemovalReason, number> {
  return { markup: 0, quotation: 0, byline: 0, biography: 0, signoff: 0, related: 0, sharing: 0, repeated: 0 };
}
