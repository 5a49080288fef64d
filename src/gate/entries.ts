import { createHash } from 'node:crypto';
import { placedWords, renumbered, type CleanOptions } from '../clean/clean.js';
import { mergeBylines } from '../ingest/ingest.js';
import type { Article, Byline, Cleaned, Corpus, Document, InputFile } from '../types/types.js';
import { winnowed } from './passages.js';
import type { ReferencePassages, ReferenceRepeats } from './reference.js';

/** SHA-256 of an article's text with runs of white space folded: what makes two articles the same. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/gu, ' ').trim()).digest('hex');
}

/** A cleaned article to be enrolled; `document` is null for a copy, in which passages alone are looked for. */
export interface Entry {
  readonly article: Article;
  readonly document: Document | null;
  /** Of a copy, cleaned; "" for others, whose document makes it when it is asked for. */
  readonly copy: string;
  /** Byline number; -1 for a copy. */
  readonly byline: number;
}

/** What is enrolled, after cleaning. */
export interface EnrolInput {
  readonly entries: readonly Entry[];
  /** Names of all bylines by number, and what they are. */
  readonly names: readonly string[];
  readonly kinds: ReadonlyMap<string, Byline['kind']>;
  readonly repeats: ReferenceRepeats;
  readonly inputs: readonly InputFile[];
  readonly keepQuotations: boolean;
  readonly version: string;
}

/** What recurs in an archive, gathered while it is cleaned. */
export class RepeatsSeen {
  private readonly keys = new Map<string | null, Set<number>>();

  constructor(known: ReferenceRepeats | null = null, names: readonly string[] = []) {
    known?.byline.forEach((b, i) => this.add(b < 0 ? null : names[b]!, known.key[i]!));
  }

  private add(byline: string | null, key: number): void {
    const set = this.keys.get(byline);
    if (set === undefined) this.keys.set(byline, new Set([key]));
    else set.add(key);
  }

  /** What `clean` is given: knows what was seen before, and is told what is seen now. */
  get options(): Required<Pick<CleanOptions, 'repeats'>> {
    const has = (byline: string | null, key: number): boolean => this.keys.get(byline)?.has(key) === true;
    return {
      repeats: {
        known: (byline, key) => has(null, key) || has(byline, key),
        found: (byline, key) => this.add(byline, key),
      },
    };
  }

  /** As columns, in the order of byline and key; bylines that have no number are left out. */
  columns(numbers: ReadonlyMap<string, number>): ReferenceRepeats {
    const rows = [...this.keys].flatMap(([byline, keys]) => {
      const number = byline === null ? -1 : numbers.get(byline);
      return number === undefined ? [] : [...keys].map((key) => [number, key] as const);
    });
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return { byline: Int32Array.from(rows, (r) => r[0]), key: Float64Array.from(rows, (r) => r[1]) };
  }
}

/** Entries by byline, then date, then id; copies behind. */
export function entriesOf(
  corpus: Corpus,
  cleaned: Cleaned,
  copies: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, number>,
): Entry[] {
  const articles = new Map(corpus.articles.map((a) => [a.id, a]));
  const entries: Entry[] = cleaned.documents.map((document) => {
    const byline = numbers.get(cleaned.bylines[document.byline]!.name)!;
    return { article: articles.get(document.id)!, document: renumbered(document, byline), copy: '', byline };
  });
  const date = (e: Entry): number => e.article.publishedAt ?? 0;
  entries.sort((a, b) => a.byline - b.byline || date(a) - date(b) || (a.article.id < b.article.id ? -1 : 1));
  for (const [id, copy] of [...copies].sort((a, b) => (a[0] < b[0] ? -1 : 1)))
    entries.push({ article: articles.get(id)!, document: null, copy, byline: -1 });
  return entries;
}

/** Numbers of bylines: those that are known keep theirs, new ones follow in the order of their names. */
export function numberBylines(known: readonly string[], bylines: readonly Byline[]): Map<string, number> {
  const out = new Map(known.map((name, i) => [name, i]));
  for (const { name } of bylines) if (!out.has(name)) out.set(name, out.size);
  return out;
}

/** Articles under the names that the reference knows their bylines by, where a spelling differs. */
export function underKnownNames(corpus: Corpus, known: readonly string[]): Corpus {
  const names = new Set(known);
  const strange = new Set(corpus.articles.flatMap((a) => a.bylines).filter((b) => !names.has(b)));
  if (strange.size === 0 || known.length === 0) return corpus;
  // What is known outweighs what is new: its spelling is the one shown.
  const counts = new Map([...known.map((n) => [n, 1e6] as const), ...[...strange].map((n) => [n, 1] as const)]);
  const { display } = mergeBylines(counts);
  const shown = (name: string): string => (names.has(name) ? name : (display.get(name) ?? name));
  return {
    ...corpus,
    articles: corpus.articles.map((a) => ({ ...a, bylines: [...new Set(a.bylines.map(shown))] })),
  };
}

/** Sampled runs of words of all entries, sorted by hash, then article, then place. */
export function passagesOf(entries: readonly Entry[], firstArticle: number): ReferencePassages {
  const all = entries.map((e) => winnowed(placedWords(e.document?.text ?? e.copy).hashes));
  const total = all.reduce((n, g) => n + g.hash.length, 0);
  const hash = new Int32Array(total);
  const article = new Int32Array(total);
  const word = new Int32Array(total);
  let at = 0;
  all.forEach((grams, i) => {
    hash.set(grams.hash, at);
    word.set(grams.word, at);
    article.fill(firstArticle + i, at, at + grams.hash.length);
    at += grams.hash.length;
  });
  const order = orderOf(hash);
  const by = (column: Int32Array): Int32Array => order.map((i) => column[i]!);
  return { hash: by(hash), article: by(article), word: by(word) };
}

/** Stable order by hash: a radix sort on sixteen bits at a time. */
function orderOf(hash: Int32Array): Int32Array {
  let order = Int32Array.from(hash.keys());
  for (const shift of [0, 16]) {
    const count = new Int32Array(65_537);
    const digit = (i: number): number => (((hash[i]! ^ 0x80000000) >>> shift) & 0xffff) + 1;
    for (const i of order) count[digit(i)]!++;
    for (let d = 1; d < count.length; d++) count[d]! += count[d - 1]!;
    const next = new Int32Array(order.length);
    for (const i of order) next[count[digit(i) - 1]!++] = i;
    order = next;
  }
  return order;
}
