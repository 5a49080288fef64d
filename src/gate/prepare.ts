import { clean, placedWords } from '../clean/clean.js';
import type { Article, Corpus, Document } from '../types/types.js';
import { inlineAsync, type Drive } from '../work/work.js';
import { countGateViews } from './counted.js';
import { contentHash, RepeatsSeen } from './entries.js';
import type { CheckReference } from './loaded.js';
import { copiedPassages, winnowed, type Passage } from './passages.js';
import { projectedRows, turned } from './space.js';
import { GATE_VIEWS } from './views.js';

/** Submissions measured at a time. */
const BATCH = 200;
/** Cleaned like any other where no byline, or several, are printed. */
const NO_NAME = 'a byline that is not printed';

/** What is known of a submission before it is compared. */
export interface Prepared {
  readonly article: Article;
  readonly document: Document | null;
  /** Byline number; -1 for one the reference does not hold. */
  readonly byline: number;
  readonly printed: string;
  readonly sha256: string;
  /** Archived article with the same content, under whatever byline; -1 for none. */
  readonly enrolledAs: number;
  readonly passages: readonly Passage[];
  readonly places: ReturnType<typeof placedWords> | null;
}

/** Submissions cleaned one by one, and what of them stands in the archive. */
export async function preparedAll(
  articles: readonly Article[],
  reference: CheckReference,
  drive: Drive = inlineAsync,
): Promise<Prepared[]> {
  const numbers = new Map(reference.bylines.map((b, i) => [b.name, i]));
  const repeats = new RepeatsSeen(
    reference.repeats,
    reference.bylines.map((b) => b.name),
  );
  const drafts = [];
  for (const article of articles) {
    const printed = article.bylines.length === 1 ? article.bylines[0]! : '';
    const alone: Corpus = {
      articles: [{ ...article, bylines: [printed === '' ? NO_NAME : printed] }],
      merges: [],
      notices: [],
    };
    const { known } = repeats.options.repeats;
    const { keepQuotations } = reference.facts;
    const cleaned = await clean(alone, { keepQuotations, repeats: { known, found: () => undefined } }, drive);
    const document = cleaned.documents[0] ?? null;
    const places = document === null ? null : placedWords(document.text);
    const sha256 = contentHash(article.text);
    drafts.push({
      article,
      document,
      printed,
      byline: printed === '' ? -1 : (numbers.get(printed) ?? -1),
      sha256,
      enrolledAs: reference.numberOf(sha256),
      places,
      grams: winnowed(places?.hashes ?? new Int32Array(0)),
    });
  }
  const hashes = Int32Array.from(drafts.flatMap((d) => [...d.grams.hash]));
  const found = await reference.findPassages(hashes);
  return drafts.map(({ grams, ...d }) => ({ ...d, passages: copiedPassages(grams, found, itself(d, reference)) }));
}

/**
 * The archived article that a submission is; -1 for none. The same words under another byline are no second coming of the article
 * but a copy of it. Copies in the archive (byline -1) have no byline that could be compared.
 */
function itself(
  { enrolledAs, byline }: Pick<Prepared, 'enrolledAs' | 'byline'>,
  { bylineOf }: Pick<CheckReference, 'bylineOf'>,
): number {
  if (enrolledAs < 0) return -1;
  const archived = bylineOf[enrolledAs]!;
  return archived < 0 || archived === byline ? enrolledAs : -1;
}

/** Every submission as rows of unit length, one a view; null for one without words. */
export function rowsOf(prepared: readonly Prepared[], reference: CheckReference): (Float32Array[] | null)[] {
  const out: (Float32Array[] | null)[] = [];
  for (let from = 0; from < prepared.length; from += BATCH) {
    const batch = prepared.slice(from, from + BATCH);
    const articles = batch.flatMap(({ document, article }) => (document === null ? [] : [{ document, article }]));
    const counted = countGateViews(articles, reference.common);
    const views = GATE_VIEWS.map((name, v) => {
      const { whitening, turn } = reference.spaces[v]!;
      return turned(projectedRows(counted[name], whitening), turn);
    });
    let row = 0;
    for (const p of batch) {
      const at = p.document === null ? -1 : row++;
      out.push(at < 0 ? null : views.map(({ dims, values }) => values.slice(at * dims, (at + 1) * dims)));
    }
  }
  return out;
}
