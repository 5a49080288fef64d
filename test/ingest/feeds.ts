import type { Corpus } from '../../src/types/types.js';
import { file, lines, read, troubles } from './reading.js';

/** Articles made up for tests, and each shape of feed they can come in. */
export interface Made {
  readonly id: string;
  readonly author: string | null;
  readonly title: string;
  /** HTML. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly url: string;
}

export const OUTLET = 'The Example & Daily';

const esc = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const rfc822 = (date: string): string => new Date(date).toUTCString();
const by = (author: string | null, write: (author: string) => string): string => (author === null ? '' : write(author));

export function rss2(items: readonly Made[]): string {
  const written = items.map(
    ({ id, author, title, text, date, url }) => `<item>
      <title>${esc(title)}</title><link>${esc(url)}</link><guid isPermaLink="false">${esc(id)}</guid>
      ${by(author, (name) => `<author>desk@example.org (${esc(name)})</author>`)}
      <pubDate>${rfc822(date)}</pubDate><description>${esc(text)}</description></item>`,
  );
  return `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>${esc(OUTLET)}</title>\n${written.join('\n')}\n</channel></rss>`;
}

/** The prefixes are not the usual ones. */
function rss1(items: readonly Made[]): string {
  const written = items.map(
    ({ id, author, title, text, date, url }) => `<r:item rdf:about="${esc(id)}">
      <r:title>${esc(title)}</r:title><r:link>${esc(url)}</r:link><r:description>A beginning</r:description>
      ${by(author, (name) => `<d:creator>${esc(name)}</d:creator>`)}<d:date>${date}</d:date>
      <full:encoded>${cdata(text)}</full:encoded></r:item>`,
  );
  return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/"
    xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:full="http://purl.org/rss/1.0/modules/content/">
    <r:channel rdf:about="https://example.org/"><r:title>${esc(OUTLET)}</r:title></r:channel>
    ${written.join('\n')}</rdf:RDF>`;
}

export function atom(items: readonly Made[], type: 'html' | 'xhtml' = 'html'): string {
  const body = (text: string): string =>
    type === 'html' ? esc(text) : `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`;
  const written = items.map(
    ({ id, author, title, text, date, url }) => `<entry><id>${esc(id)}</id><title>${esc(title)}</title>
      <link rel="self" href="https://example.org/feed"/><link href="${esc(url)}"/>
      ${by(author, (name) => `<author><name>${esc(name)}</name><email>x@example.org</email></author>`)}
      <updated>2026-01-01T00:00:00Z</updated><published>${date}</published><summary>A beginning</summary>
      <content type="${type}">${body(text)}</content></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>${esc(OUTLET)}</title>${written.join('\n')}</feed>`;
}

const SPACES =
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
  'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"';

/** A WordPress export: channel and posts as given. */
export function wxr(inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<!-- A made-up export. -->\n<rss version="2.0" ${SPACES}>\n<channel>\n<title>${esc(OUTLET)}</title>\n${inside}\n</channel>\n</rss>\n`;
}

/** Authors have logins made of their names. */
export function wordpress(items: readonly Made[]): string {
  const login = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
  const authors = [...new Set(items.flatMap(({ author }) => author ?? []))].map(
    (name) =>
      `<wp:author><wp:author_login>${cdata(login(name))}</wp:author_login><wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>`,
  );
  const posts = items.map(({ id, author, title, text, date, url }) =>
    post(
      `<title>${esc(title)}</title><link>${esc(url)}</link><guid>${esc(id)}</guid>
      ${by(author, (name) => `<dc:creator>${cdata(login(name))}</dc:creator>`)}<description></description>
      <content:encoded>${cdata(text)}</content:encoded><excerpt:encoded>${cdata('A beginning')}</excerpt:encoded>
      <pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><wp:post_date_gmt>${date.replace('T', ' ').replace('Z', '')}</wp:post_date_gmt>`,
    ),
  );
  return wxr([...authors, ...posts].join('\n'));
}

/** A post of a WordPress export, with a comment that is no article. */
export function post(inside: string, type = 'post', status = 'publish'): string {
  return `<item>${inside}<wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>
    <wp:postmeta><wp:meta_key>author</wp:meta_key><wp:meta_value>Nobody</wp:meta_value></wp:postmeta>
    <wp:comment><wp:comment_author>A Commenter</wp:comment_author><wp:comment_content>First!</wp:comment_content></wp:comment></item>`;
}

/** The nth made-up article. */
export const made = (n: number, over: Partial<Made> = {}): Made => ({
  id: `id-${n}`,
  author: ['Ann Writer', 'Bob Scribe'][n % 2],
  title: `Title ${n} & more`,
  text: `<p>Fish &amp; chips, paragraph ${n}.</p><p>It said <b>so</b> — “twice”, 1 &lt; 2.<br/>And on.</p>`,
  date: `2019-06-0${1 + (n % 9)}T10:00:00Z`,
  url: `https://example.org/?p=${n}&x=1`,
  ...over,
});

/** Three of them. */
export const three = [1, 2, 3].map((n) => made(n));

/** Writers of every shape, by name. */
export const FEEDS = {
  'RSS 2.0': rss2,
  'RSS 1.0': rss1,
  Atom: (items: readonly Made[]) => atom(items),
  'Atom, XHTML': (items: readonly Made[]) => atom(items, 'xhtml'),
  WordPress: wordpress,
};

/** An RSS feed of items as given. */
export const feed = (inside: string): string =>
  `<rss version="2.0"><channel><title>T</title>\n${inside}\n</channel></rss>`;

/** A file that is read whatever becomes of the others. */
export const good = file('good.jsonl', lines({ id: 'good', author: 'Zoe Good', text: 'Some words.' }));

/** What is told of a file, but for how short its texts are. */
export const said = async (content: string | Uint8Array, path = 'a.xml'): Promise<string[]> =>
  troubles(await read([file(path, content), good])).filter((t) => !t.startsWith('summaries'));

/** Notices that only inform. */
export const infos = ({ notices }: Corpus): string[] =>
  notices.filter((n) => n.level === 'info').map((n) => `${n.code} | ${n.message}`);
