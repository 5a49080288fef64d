import type { Article, ArticleForm, Document, RemovalReason, Removed, UnusualCharacters } from '../types.js';
import type { Task } from '../work/work.js';
import { withoutBoilerplate } from './boilerplate.js';
import { sketchOf, type Sketch } from './copies.js';
import { formOf } from './forms.js';
import { withoutEntities } from './entities.js';
import { withoutHomoglyphs } from './homoglyphs.js';
import { withoutLabels } from './labels.js';
import { languageAtAGlance, languagesOf } from './language.js';
import { Mapped, type PackedText } from './mapped.js';
import { isMarkdown, withoutMarkup } from './markup.js';
import { bylineName } from './names.js';
import { asParagraphs } from './paragraphs.js';
import { withoutQuotations } from './quotations.js';
import { paragraphKeys, passagesOf, withoutPassages, type Passages } from './repeated.js';
import { composed, withoutHiddenCharacters, type Unusual } from './unicode.js';
import { countWords, hasWords } from './words.js';

/** What preparing needs of an article. */
type ToPrepare = Pick<Article, 'text' | 'title' | 'markup' | 'bylines' | 'bylineKind'>;

/** An article cleaned of all that can be known without the others, and what others need to know of it. */
export interface Prepared {
  readonly packed: PackedText;
  readonly unusual: UnusualCharacters;
  readonly passages: Passages;
  readonly paragraphs: Float64Array;
  readonly sketch: Sketch;
  readonly form: ArticleForm | null;
}

/** An article as the byline wrote it. */
export interface Finished {
  readonly text: string;
  /** False where no word of the byline's own is left. */
  readonly hasWords: boolean;
  readonly words: number;
  /** Undefined where a glance does not tell and somebody else is to be asked. */
  readonly lang: string | null | undefined;
  readonly removedWords: Readonly<Record<RemovalReason, number>>;
}

interface BatchToPrepare {
  readonly articles: readonly ToPrepare[];
  readonly keepQuotations: boolean;
}

/** All that can be done to an article without knowing the others, short of masking quotations. Null for one that failed. */
export const prepareTask: Task<BatchToPrepare, readonly (Prepared | null)[]> = {
  name: 'prepare',
  run: ({ articles, keepQuotations }) => articles.map((article) => prepared(article, keepQuotations)),
  parts: ({ articles, keepQuotations }) => articles.map((article) => ({ articles: [article], keepQuotations })),
  joined: (_, outputs) => outputs.map((output) => output?.[0] ?? null),
};

function mappedOf(article: ToPrepare, keepQuotations: boolean): { readonly mapped: Mapped; readonly unusual: Unusual } {
  const unusual: Unusual = { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 };
  let mapped = withoutHiddenCharacters(Mapped.of(article.text), unusual);
  const markdown = isMarkdown(mapped.text, article.markup);
  mapped = withoutEntities(withoutMarkup(mapped, article.markup, keepQuotations), unusual);
  mapped = withoutHomoglyphs(composed(mapped), unusual);
  mapped = asParagraphs(mapped, markdown);
  const name = bylineName(article.bylines[0], article.bylineKind);
  mapped = asParagraphs(withoutBoilerplate(mapped, name, article.title), false);
  mapped = asParagraphs(withoutLabels(mapped), false);
  return { mapped, unusual };
}

function tidied(packed: PackedText, recurring: Float64Array, keepQuotations: boolean): Mapped {
  const tidy = asParagraphs(withoutPassages(Mapped.from(packed), recurring), false);
  return keepQuotations ? tidy : withoutQuotations(tidy);
}

function prepared(article: ToPrepare, keepQuotations: boolean): Prepared {
  const { mapped, unusual } = mappedOf(article, keepQuotations);
  const { text } = mapped;
  return {
    packed: mapped.packed(),
    unusual,
    passages: passagesOf(text),
    paragraphs: paragraphKeys(text),
    sketch: sketchOf(text),
    form: formOf(article),
  };
}

interface BatchToFinish {
  readonly articles: readonly {
    readonly packed: PackedText;
    /** Keys of the passages that recur in other articles. */
    readonly recurring: Float64Array;
  }[];
  readonly keepQuotations: boolean;
  /** Load a detector for languages that a glance does not tell. */
  readonly detect: boolean;
}

/** Takes out what recurs in other articles, and quotations. Null for an article that failed. */
export const finishTask: Task<BatchToFinish, readonly (Finished | null)[]> = {
  name: 'finish',
  run: async ({ articles, keepQuotations, detect }) => {
    const all = articles.map(({ packed, recurring }) => tidied(packed, recurring, keepQuotations));
    const texts = all.map(({ text }) => text);
    const languages = detect ? await languagesOf(texts, null) : texts.map(languageAtAGlance);
    return all.map((mapped, i) => ({
      text: mapped.text,
      hasWords: hasWords(mapped.text),
      words: countWords(mapped.text),
      lang: languages[i],
      removedWords: removedWords(mapped.removed()),
    }));
  },
  parts: ({ articles, ...options }) => articles.map((article) => ({ articles: [article], ...options })),
  joined: (_, outputs) => outputs.map((output) => output?.[0] ?? null),
};

/** What is known of a document besides what its article says. */
export interface DocumentFacts extends Pick<Document, 'byline' | 'words' | 'lang' | 'unusual'> {
  /** Keys of the passages taken out because they recur in other articles. */
  readonly recurring: Float64Array;
  readonly form: ArticleForm | null;
}

/**
 * A document whose stretches and places, and whose text once it is released, are cleaned again from the article when they
 * are asked for: a dump of 100,000 articles need not be held twice.
 *
 * @param held its text, where it is at hand
 */
export function documentOf(
  article: Article,
  { recurring, byline, words, lang, unusual, form }: DocumentFacts,
  keepQuotations: boolean,
  held: string | null,
): Document {
  const { id, title, outlet, publishedAt } = article;
  let text = held;
  let places: Pick<Document, 'removed' | 'origin'> | null = null;
  const again = (): Pick<Document, 'removed' | 'origin'> => {
    const mapped = tidied(mappedOf(article, keepQuotations).mapped.packed(), recurring, keepQuotations);
    text = mapped.text;
    return (places = { removed: mapped.removed(), origin: mapped.origin() });
  };
  const document = {
    ...{ id, byline, title, outlet, publishedAt, words, lang, unusual },
    ...(form === null ? {} : { form }),
    get text(): string {
      if (text === null) again();
      return text!;
    },
    get removed(): Document['removed'] {
      return (places ?? again()).removed;
    },
    get origin(): Int32Array {
      return (places ?? again()).origin;
    },
  };
  // Not enumerable: two documents are equal when what they say is.
  return Object.defineProperty(document, 'release', {
    value: (): void => {
      [text, places] = [null, null];
    },
  });
}

/** Words taken out, by why. */
function removedWords(removed: readonly Removed[]): Record<RemovalReason, number> {
  const out = nothingRemoved();
  for (const { reason, words } of removed) out[reason] += words;
  return out;
}

export function nothingRemoved(): Record<RemovalReason, number> {
  return { markup: 0, quotation: 0, byline: 0, biography: 0, signoff: 0, related: 0, sharing: 0, repeated: 0 };
}
