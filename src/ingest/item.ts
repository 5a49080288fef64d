import type { SaxesTagNS } from 'saxes';
import { readDate } from './dates.js';
import type { RawRecord } from './fields.js';

/** Vocabularies of feeds, whatever prefix a document gives them: their address, and what their names begin with here. */
const SPACES: readonly (readonly [RegExp, string])[] = [
  [/^$|^https?:\/\/(?:purl\.org\/rss\/1\.0|(?:my|channel)\.netscape\.com\/rdf\/simple\/0\.9)\/?$/, ''],
  [/^https?:\/\/(?:backend\.userland\.com\/rss|blogs\.law\.harvard\.edu\/tech\/rss|www\.rssboard\.org\/rss-)/, ''],
  [/^https?:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/, 'rdf:'],
  [/^https?:\/\/(?:www\.w3\.org\/2005\/atom\/?|purl\.org\/atom\/ns#)$/i, 'atom:'],
  [/^https?:\/\/purl\.org\/dc\/elements\/1\.[01]\/?$/, 'dc:'],
  [/^https?:\/\/purl\.org\/dc\/terms\/?$/, 'dcterms:'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/, 'content:'],
  [/^http:\/\/www\.w3\.org\/2007\/app$|^http:\/\/purl\.org\/atom\/app#$/, 'app:'],
  [/^http:\/\/schemas\.google\.com\/blogger\/2018$/, 'blogger:'],
  [/^https?:\/\/wordpress\.org\/export\/[\d.]+\/?$/, 'wp:'],
];

const FULL = ['content:encoded', 'atom:content'];
const SUMMARIES = ['description', 'atom:summary'];
/** Best first; the last is an author of the feed that an Atom entry was taken from. */
const AUTHORS = ['dc:creator', 'author', 'atom:author.atom:name', 'atom:source.atom:author.atom:name'];
const DATES = [
  'pubDate',
  'dc:date',
  'atom:published',
  'atom:issued',
  'dcterms:issued',
  'dcterms:created',
  'atom:created',
  'atom:updated',
  'atom:modified',
  'wp:post_date_gmt',
];
/** Longest description, in characters, that is taken for a beginning. */
const MAX_SUMMARY = 2000;

/** How an element that is taken whole is: with tags, with tags and its text escaped anew, without tags, not at all. */
export type Taken = 'html' | 'xhtml' | 'text' | 'not';

/** Texts by the names of the elements they stand in, joined by dots. */
export type Values = Map<string, string[]>;

/** "dc:creator" for what is one, whatever its prefix; "{address}name" for what no feed reader knows. */
export function nameOf({ uri, local }: Pick<SaxesTagNS, 'uri' | 'local'>): string {
  const space = SPACES.find(([address]) => address.test(uri));
  return space === undefined ? `{${uri}}${local}` : space[1] + local;
}

/** @returns null for an element whose children are read one by one */
export function takenAs(name: string, { attributes }: SaxesTagNS): Taken | null {
  if (name === 'wp:comment' || name === 'wp:postmeta') return 'not';
  if (name === 'atom:title') return 'text';
  if (!name.startsWith('atom:')) return FULL.includes(name) || SUMMARIES.includes(name) ? 'html' : null;
  if (name !== 'atom:content' && name !== 'atom:summary') return null;
  const type = attributes['type']?.value.toLowerCase() ?? 'text';
  if (type === 'xhtml' || type.endsWith('xml') || attributes['mode']?.value === 'xml') return 'xhtml';
  // Anything else is a picture or the like, in Base64.
  return type === 'html' || type.startsWith('text') ? 'html' : 'not';
}

/** What stands in a start tag: the address of an Atom link to the article, the name RDF gives to an item. */
export function valueIn(name: string, { attributes }: SaxesTagNS): string | null {
  if (name === 'atom:link')
    return (attributes['rel']?.value ?? 'alternate') === 'alternate' ? (attributes['href']?.value ?? null) : null;
  // What Blogger's items are: "…/blogger/2008/kind#comment".
  if (name === 'atom:category')
    return attributes['scheme']?.value.endsWith('/g/2005#kind') === true
      ? (attributes['term']?.value.split('#').at(-1) ?? null)
      : null;
  const about = name === 'item' ? Object.values(attributes).find((a) => nameOf(a) === 'rdf:about') : null;
  return about?.value ?? null;
}

/** The fields of an article under their own names; what else the item holds under the names of its elements. */
export function recordOf(values: Values): RawRecord {
  const all = (names: readonly string[]): readonly string[] => names.flatMap((name) => values.get(name) ?? []);
  const record = Object.create(null) as Record<string, unknown>;
  for (const [name, texts] of values) record[name] = texts.length === 1 ? texts[0] : texts;
  const url = all(['link', 'atom:link'])[0] ?? null;
  const dates = all(DATES);
  const said = {
    author: (AUTHORS.map((name) => all([name])).find((names) => names.length > 0) ?? []).map(withoutMail),
    text: all([...FULL, ...SUMMARIES])[0] ?? null,
    title: all(['title', 'atom:title', 'dc:title'])[0] ?? null,
    date: dates.find((date) => readDate(date) !== null) ?? dates[0] ?? null,
    outlet: all(['source', 'atom:source.atom:title'])[0] ?? null,
    url: url?.trim() ?? null,
    id: all(['guid', 'atom:id', 'rdf:about', 'dc:identifier'])[0]?.trim() ?? url?.trim() ?? null,
  };
  // What is not there is not claimed to be: another element may be known to hold it.
  for (const [name, value] of Object.entries(said)) if (value !== null && value.length > 0) record[name] = value;
  return record;
}

/** The name of "mail@example.org (Name)", as RSS has it. */
function withoutMail(author: string): string {
  return author.length > 500 ? author : author.replace(/^\s*[^\s@]+@\S+\s*\(([^]+)\)\s*$/, '$1');
}

/** Whether an item may hold no more than how its article begins. */
export function isSummary(values: Values): boolean {
  if (FULL.some((name) => values.has(name))) return false;
  return SUMMARIES.some((name) => (values.get(name)?.[0].length ?? Infinity) <= MAX_SUMMARY);
}

/** What an item of an export of WordPress or Blogger is where it is no published post or page: "draft post", "comment"; else null. */
export function unpublished(values: Values): string | null {
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => values.get(name)?.[0]?.trim().toLowerCase()).find((value) => value !== undefined);
  const type = first('wp:post_type', 'atom:category', 'blogger:type') ?? 'post';
  const draft = first('app:control.app:draft') === 'yes' ? 'draft' : undefined;
  const status = first('wp:status', 'blogger:status') ?? draft ?? 'publish';
  if (type !== 'post' && type !== 'page') return type;
  return status === 'publish' || status === 'live' ? null : `${status} ${type}`;
}
