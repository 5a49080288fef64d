import { isRecord } from '../text/json.js';
import { asNames, asText, type RawRecord } from './fields.js';
import { looseJson } from './loose.js';
import { parseJson } from './parse.js';

/** The part of the DOM that is used here; linkedom's own types would pull in a browser's. */
export interface Node {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
  readonly localName?: string;
  readonly parentNode?: Node | null;
  getAttribute?(name: string): string | null;
}
export interface Page extends Node {
  readonly title?: string;
  querySelector(selector: string): (Node & Queried) | null;
  querySelectorAll(selector: string): Iterable<Node & Queried>;
}
export type Queried = Pick<Page, 'querySelector' | 'querySelectorAll'>;

/** What a page says about its article. */
export interface Metadata extends RawRecord {
  readonly author: string | readonly string[] | null;
  readonly date: string | null;
  readonly text: string | null;
}

export function metadata(document: Page): Metadata {
  const linked = linkedData(document);
  const meta = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const selector = `meta[name="${name}"],meta[property="${name}"],meta[itemprop="${name}"]`;
      const content = document.querySelector(selector)?.getAttribute?.('content')?.trim();
      if (content !== undefined && content !== '') return content;
    }
    return null;
  };
  const own = (selector: string): (Node & Queried) | undefined =>
    [...document.querySelectorAll(selector)].slice(0, 1000).find((node) => !isBeside(node));
  const printed = (selector: string): string | null => {
    const text = own(selector)?.textContent?.replace(/\s+/gu, ' ').trim();
    return text === undefined || text === '' || text.length > 150 ? null : text;
  };
  const attribute = (selector: string, name: string): string | null =>
    own(selector)?.getAttribute?.(name)?.trim() ?? null;
  const outlet = asText(linked['publisher']) ?? meta('og:site_name', 'publisher');
  const names = [
    asNames(linked['author']),
    // An author given as the address of a profile is no name.
    ...META_AUTHORS.map((name) => meta(name)).map((name) => (name !== null && /^https?:/i.test(name) ? null : name)),
    printed('[rel~="author"]'),
    printed('[itemprop="author"] [itemprop="name"], [itemprop="author"], .byline, .p-author, .author-name, .author'),
  ].filter((name) => name !== null);
  return {
    // The site itself is named where nobody else is.
    author: names.find((name) => !isSite(name, outlet, linked)) ?? names[0] ?? null,
    title: asText(linked['headline']) ?? meta('og:title', 'dc.title') ?? printed('h1') ?? printed('title'),
    date:
      asText(linked['datePublished']) ??
      meta('article:published_time', 'datePublished', 'date', 'pubdate', 'dc.date', 'parsely-pub-date') ??
      attribute('time[datetime]', 'datetime'),
    outlet,
    text: asText(linked['articleBody']),
    url: attribute('link[rel="canonical"]', 'href') ?? meta('og:url'),
  };
}

const META_AUTHORS = [
  'author',
  'parsely-author',
  'dc.creator',
  'DC.creator',
  'sailthru.author',
  'article:author',
  'byl',
  'citation_author',
];

/** True inside of what stands beside an article and has authors and dates of its own: comments, other articles. */
function isBeside(node: Node): boolean {
  for (let at: Node | null | undefined = node.parentNode; at; at = at.parentNode) {
    const names = `${at.getAttribute?.('id') ?? ''} ${at.getAttribute?.('class') ?? ''}`.split(/\s+/u);
    if (at.localName === 'aside' || names.some((name) => BESIDE.test(name))) return true;
    if (at.localName === 'article' || at.localName === 'body') return false;
  }
  return false;
}

/** Names of such parts of a page; those of a whole page may hold the same words ("no-sidebar", "comments-open"). */
const BESIDE =
  /^(?:comments?|comment[-_]?(?:list|body|content|thread|section)|comments[-_](?:area|section|list)|disqus_thread|respond|replies|related(?:[-_](?:posts|articles|stories))?|recommended|most-?read|sidebar)$/i;

/** Whether a byline names the site, as an organisation or by its own name, and no person. */
function isSite(name: string | readonly string[], outlet: string | null, { author }: RawRecord): boolean {
  const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
  if ([name].flat().every((one) => outlet !== null && same(one, outlet))) return true;
  const said = [author].flat();
  const organisations = said.every((one) => isRecord(one) && /Organi[sz]ation/.test(String(one['@type'])));
  return organisations && JSON.stringify(asNames(author)) === JSON.stringify(name);
}

/** The first JSON-LD object that has an author or calls itself an article, with the author it refers to; empty when there is none. */
function linkedData(document: Page): RawRecord {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
  const nodes = scripts.map((script) => nodesOf((script.textContent ?? '').slice(0, 500_000).trim()));
  for (const these of nodes) {
    const article =
      these.find((n) => /Article|Posting|Report/.test(String(n['@type']))) ?? these.find((n) => 'author' in n);
    if (article === undefined) continue;
    const all = new Map(nodes.flat().map((node) => [node['@id'], node]));
    const known = (author: unknown): unknown =>
      isRecord(author) && asNames(author) === null ? all.get(author['@id']) : author;
    const { author } = article;
    return { ...article, author: Array.isArray(author) ? author.map(known) : known(author) };
  }
  return {};
}

/** What a script of JSON-LD is about: its objects, and those in their graphs. */
function nodesOf(script: string): readonly RawRecord[] {
  const parsed = parseJson(script);
  const values = 'problem' in parsed ? looseJson(script).values.map(({ value }) => value) : [parsed.value];
  const inside = (node: RawRecord): readonly unknown[] => [node, ...[node['@graph'], node['mainEntity']].flat()];
  return values.flat().filter(isRecord).flatMap(inside).filter(isRecord);
}
