import { readFileSync } from 'node:fs';
import { clean, type CleanOptions } from '../../src/clean/clean.js';
import type { Article, Cleaned, Corpus, Document, RemovalReason } from '../../src/types/types.js';

/** An article of "Jane Roe" with what a test wants to be different. */
export function article(text: string, changes: Partial<Article> = {}): Article {
  return {
    id: 'a',
    bylines: ['Jane Roe'],
    bylineKind: 'person',
    title: null,
    text,
    markup: 'plain',
    outlet: null,
    publishedAt: null,
    url: null,
    source: { path: 'dump.jsonl', line: 1 },
    ...changes,
  };
}

export function corpus(articles: readonly Article[]): Corpus {
  return { articles, merges: [], notices: [] };
}

/** Cleans with no language identifier, which takes a second to load. */
export function cleaned(articles: readonly Article[], options: CleanOptions = {}): Promise<Cleaned> {
  return clean(corpus(articles), { detectLanguage: () => null, ...options });
}

export async function one(text: string, changes: Partial<Article> = {}, options: CleanOptions = {}): Promise<Document> {
  const { documents } = await cleaned([article(text, changes)], options);
  if (documents.length !== 1) throw new Error('the article was set aside');
  return documents[0];
}

/** The stretches of the source taken out for a reason. */
export function taken(source: string, document: Document, reason: RemovalReason): string[] {
  return document.removed.filter((r) => r.reason === reason).map((r) => source.slice(r.start, r.end));
}

interface Line {
  readonly id: string;
  readonly author: string;
  readonly title?: string;
  readonly date?: string;
  readonly text: string;
}

/** The articles of a fixture folder. */
export function fixture(folder: string): Article[] {
  const path = new URL(`../../fixtures/${folder}/articles.jsonl`, import.meta.url);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { id, author, title, date, text } = JSON.parse(line) as Line;
    return article(text, {
      id,
      bylines: [author],
      title: title ?? null,
      publishedAt: date === undefined ? null : Date.parse(date),
    });
  });
}
