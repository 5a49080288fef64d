import { textOf } from '../text/held.js';
import type { Article, ArticleForm, Credit, Document, HeldText, Removed } from '../types/types.js';
import { mappedOf, tidied } from './article.js';

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
 * @param text where it is at hand
 * @param removed stretches taken out, where they are at hand
 */
export function documentOf(
  article: Article,
  { recurring, byline, words, lang, unusual, form }: DocumentFacts,
  keepQuotations: boolean,
  text: HeldText | null,
  removed: readonly Removed[] | null = null,
): Document {
  const { id, title, outlet, publishedAt } = article;
  // Not spread from another object: the engine would give each document a hidden class of its own, as large as all it holds.
  const facts: Partial<Document> = { id, byline, title, outlet, publishedAt, words, lang, unusual };
  if (form !== null) Object.assign(facts, { form });
  const source: DocumentSource = { article, recurring, removed, keepQuotations, text, again: null };
  // Not enumerable: two documents are equal when what they say is.
  return Object.defineProperties(facts, { source: { value: source }, ...FROM_SOURCE }) as Document;
}

/** The same document of a byline of another number; what it would be cleaned again for is left until somebody asks. */
export function renumbered(document: Document, byline: number): Document {
  return Object.create(document, { byline: { value: byline, enumerable: true } }) as Document;
}

/** What a document is made from. */
interface DocumentSource extends Pick<DocumentFacts, 'recurring'> {
  readonly article: Article;
  readonly keepQuotations: boolean;
  readonly removed: readonly Removed[] | null;
  text: HeldText | null;
  /** As it was cleaned once more. */
  again: (Pick<Document, 'text' | 'removed' | 'origin'> & { readonly credited: Credit | null }) | null;
}

interface FromSource {
  readonly source: DocumentSource;
}

/** The same for all documents: getters of its own would take more room than a document. */
const FROM_SOURCE = {
  text: {
    enumerable: true,
    get(this: FromSource): string {
      const { text } = this.source;
      return text === null ? cleanedAgain(this.source).text : textOf(text);
    },
  },
  credited: {
    get(this: FromSource & Pick<Document, 'form'>): Credit | null {
      return this.form === 'credited' ? cleanedAgain(this.source).credited : null;
    },
  },
  removed: {
    enumerable: true,
    get(this: FromSource): Document['removed'] {
      return this.source.removed ?? cleanedAgain(this.source).removed;
    },
  },
  origin: {
    enumerable: true,
    get(this: FromSource): Int32Array {
      return cleanedAgain(this.source).origin;
    },
  },
  held: {
    get(this: FromSource): HeldText | null {
      return this.source.text;
    },
  },
  release: {
    value(this: FromSource): void {
      [this.source.text, this.source.again] = [null, null];
    },
  },
};

function cleanedAgain(source: DocumentSource): NonNullable<DocumentSource['again']> {
  const { article, recurring, keepQuotations, again } = source;
  if (again !== null) return again;
  const { mapped: whole, credited } = mappedOf(article.text, article, keepQuotations);
  const mapped = tidied(whole, recurring, keepQuotations);
  return (source.again = { text: mapped.text, removed: mapped.removed(), origin: mapped.origin(), credited });
}
