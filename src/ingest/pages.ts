import type { RawRecord } from './fields.js';

const MAX_HTML = 4_000_000;

/** A text, Markdown or HTML file as one record, and where its byline came from. */
export interface Page {
  readonly record: RawRecord;
  readonly markup: 'plain' | 'markdown' | 'html';
  readonly bylineFrom: 'front matter' | 'By line' | 'page' | null;
}

/** Front matter between "---" (YAML) or "+++" (key = "value") fences; never executed, unlike gray-matter's. */
export async function splitFrontMatter(
  text: string,
): Promise<{ data: RawRecord; body: string; problem: string | null }> {
  const fence = /^\uFEFF?(---|\+\+\+)[ \t]*\r?\n([\s\S]{0,65536}?)\r?\n\1[ \t]*(?:\r?\n|$)/.exec(text);
  if (fence === null) return { data: {}, body: text, problem: null };
  const body = text.slice(fence[0].length);
  if (fence[1] === '+++') {
    const pairs = [...fence[2]!.matchAll(/^([\w-]+)\s*=\s*["']?(.*?)["']?\s*$/gm)].map((m) => [m[1]!, m[2]!]);
    return { data: Object.fromEntries(pairs) as RawRecord, body, problem: null };
  }
  const { parse } = await import('yaml');
  try {
    const data: unknown = parse(fence[2]!, { maxAliasCount: 10 });
    return { data: typeof data === 'object' && data !== null ? (data as RawRecord) : {}, body, problem: null };
  } catch {
    return { data: {}, body, problem: 'the front matter is not valid YAML' };
  }
}

const BY_LINE =
  /^(?:by|von|par|por|بقلم)[:\s]\s*((?:\p{Lu}[\p{L}.'’-]*|and|&|,|de|van|von|al|bin|\p{Lo}+)(?:[\s,]+(?:\p{Lu}[\p{L}.'’-]*|and|&|de|van|von|al|bin|in|\p{Lo}+))*)\s*$/iu;

/** Plain text or Markdown: front matter, else a "By …" line near the top; title from the first short line. */
export async function readTextPage(text: string, markdown: boolean): Promise<Page & { problem: string | null }> {
  const { data, body, problem } = await splitFrontMatter(text);
  const record: Record<string, unknown> = { ...data };
  let rest = body;
  let bylineFrom: Page['bylineFrom'] = ['author', 'authors', 'byline', 'by', 'creator', 'user'].some((k) => k in data)
    ? 'front matter'
    : null;
  const head = body.slice(0, 4000).split(/\r?\n/).slice(0, 9);
  for (const [i, line] of head.entries()) {
    const found =
      line.length < 160 && /^(?:by|von|par|por)\s+\p{Lu}|^بقلم/iu.test(line.trim()) ? BY_LINE.exec(line.trim()) : null;
    if (found === null || bylineFrom !== null || /^by the\b/i.test(line.trim())) continue;
    record['author'] = line.trim();
    bylineFrom = 'By line';
    rest = body
      .split(/\r?\n/)
      .filter((_, j) => j !== i)
      .join('\n');
  }
  const first = rest.trimStart().split(/\r?\n/, 2);
  const title =
    /^#\s+(.+)$/.exec(first[0] ?? '')?.[1] ??
    (/^\S.{3,110}[^.!?:;,]$/.test(first[0] ?? '') && (first[1] ?? '').trim() === '' ? first[0] : undefined);
  if (!('title' in record) && title !== undefined) {
    record['title'] = title;
    rest = rest.trimStart().slice(first[0]!.length);
  }
  record['text'] = rest;
  return { record, markup: markdown ? 'markdown' : 'plain', bylineFrom, problem };
}

/** The article of an HTML page by Mozilla's Readability, with byline and date from its metadata; null when none. */
export async function readHtmlPage(html: string): Promise<Page | null> {
  if (html.length > MAX_HTML) return null;
  const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')]);
  const { document } = parseHTML(html);
  const meta = (...names: string[]): string | undefined => {
    for (const name of names) {
      const content = document.querySelector(`meta[name="${name}"],meta[property="${name}"]`)?.getAttribute('content');
      if (content !== null && content !== undefined && content.trim() !== '') return content;
    }
    return undefined;
  };
  const linked = linkedData(document);
  const printed = document.querySelector('[rel="author"],.byline,.author,[itemprop="author"]')?.textContent?.trim();
  const record: Record<string, unknown> = {
    author:
      linked['author'] ??
      meta('author', 'article:author', 'dc.creator', 'parsely-author') ??
      (printed === '' ? undefined : printed),
    title: meta('og:title') ?? linked['headline'] ?? document.title,
    date:
      linked['datePublished'] ??
      meta('article:published_time', 'date', 'pubdate') ??
      document.querySelector('time')?.getAttribute('datetime'),
    outlet: meta('og:site_name'),
    url: document.querySelector('link[rel="canonical"]')?.getAttribute('href'),
  };
  const article = new Readability(document as unknown as ConstructorParameters<typeof Readability>[0], {
    charThreshold: 200,
    maxElemsToParse: 50_000,
  }).parse();
  const content = article?.content ?? null;
  if (content === null) return null;
  const paragraphs = blocks(
    parseHTML(`<html><body>${content}</body></html>`).document.body as unknown as HTMLElementLike,
  );
  const text = paragraphs.join('\n\n');
  if (text.trim() === '') return null;
  record['author'] ??= article?.byline ?? undefined;
  record['text'] = text;
  return { record, markup: 'plain', bylineFrom: record['author'] === undefined ? null : 'page' };
}

interface HTMLElementLike {
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<HTMLElementLike>;
  querySelector(selector: string): HTMLElementLike | null;
}

const BLOCKS = 'p,li,blockquote,h1,h2,h3,h4,h5,h6,pre,td,div';

function blocks(body: HTMLElementLike): string[] {
  const out: string[] = [];
  for (const element of body.querySelectorAll(BLOCKS)) {
    if (element.querySelector(BLOCKS) !== null) continue;
    const text = element.textContent.replace(/\s+/g, ' ').trim();
    if (text !== '') out.push(text);
  }
  return out.length > 0 ? out : [body.textContent.trim()];
}

function linkedData(document: {
  querySelectorAll(selector: string): Iterable<{ textContent: string | null }>;
}): RawRecord {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      const value = JSON.parse((script.textContent ?? '').slice(0, 500_000)) as unknown;
      const nodes = [
        value,
        ...(Array.isArray(value) ? value : []),
        ...(((value as RawRecord)['@graph'] as unknown[] | undefined) ?? []),
      ];
      const article = nodes.find((n): n is RawRecord => typeof n === 'object' && n !== null && 'author' in n);
      if (article !== undefined) return article;
    } catch {
      // Broken linked data is common; the page's other signs are used.
    }
  }
  return {};
}
