import type { SaxesTagNS } from 'saxes';
import { visible } from '../text/visible.js';
import { escaped } from '../text/xml.js';
import { addRecord, oneLine, type Reading } from './draft.js';
import { isSummary, nameOf, recordOf, takenAs, unpublished, valueIn, type Taken, type Values } from './item.js';
import { compare } from './notices.js';
import { endTag, readXml, startTag, Stop, tagBelow, type Broken, type XmlEvents } from './xml.js';

/** Most characters of one item, names of values in it and values of one name, authors and kinds in a WordPress export. */
const MAX_ITEM = 100_000_000;
const MAX_NAMES = 1000;
const MAX_SAME = 100;
const MAX_AUTHORS = 100_000;
/** Characters of what is not the text. */
const MAX_SHORT = 2000;
/** Broken places after which the rest of a file is left. */
const MAX_BROKEN = 100;

const ROOTS = new Set(['rss', 'rdf:RDF', 'atom:feed', 'atom:entry']);
const ITEMS = new Set(['item', 'atom:entry']);
/** What items stand in. */
const HOLDERS = new Set(['rss', 'channel', 'rdf:RDF', 'atom:feed']);
const TITLES = ['rss.channel.title', 'rdf:RDF.channel.title', 'atom:feed.atom:title'];
const FEED_AUTHOR = 'atom:feed.atom:author.atom:name';
const LOGIN = 'rss.channel.wp:author.wp:author_login';
const DISPLAY = 'rss.channel.wp:author.wp:author_display_name';
/** What is kept of that which stands outside items. */
const HEAD = new Set([...TITLES, FEED_AUTHOR, LOGIN, DISPLAY]);

/**
 * RSS, Atom and WordPress exports. Broken XML is noted, and reading goes on with the next item that begins on another line.
 *
 * @param bytes UTF-8
 */
export async function readFeed(bytes: Uint8Array, into: Reading): Promise<void> {
  const feed = new Feed(into);
  let [from, line, looked] = [0, 1, 0];
  for (let broken = 1; ; broken++) {
    const problem = await readXml(bytes.subarray(from), feed.restart(), line, feed);
    if (problem === null) break;
    if (feed.noFeed(problem)) return;
    looked += problem.bytes;
    // What is left open swallows all that follows, each time anew.
    const next = broken > MAX_BROKEN || looked > 2 * bytes.length ? null : feed.nextItem(bytes, from, line);
    feed.note(problem, next !== null);
    if (next === null) break;
    [from, line] = next;
  }
  feed.end();
}

class Feed implements XmlEvents {
  /** Names of the open elements; what stands inside a text is not among them. */
  private path: string[] = [];
  /** Start tags of the open elements in which items stand. */
  private chain: string[] = [];
  private head: Values = new Map();
  private item: { readonly line: number; readonly depth: number; readonly values: Values } | null = null;
  private itemTag: string | null = null;
  /** Line of the last start tag that stands in no item. */
  private line = 1;
  private buffer = '';
  /** Characters of the open item. */
  private size = 0;
  private taken: Taken | null = null;
  /** End tags of what is open inside a text. */
  private ends: string[] = [];
  private readonly display = new Map<string, string>();
  private items = 0;
  private summaries = 0;
  private readonly passedOver = new Map<string, number>();
  private mistakes = 0;
  private mistake = { what: '', line: 0 };
  /** Drafts before those of this feed. */
  private first: number;

  constructor(private readonly into: Reading) {
    this.first = into.drafts.length;
  }

  open(tag: SaxesTagNS, line: number): void {
    if (this.taken !== null) {
      if (this.taken === 'html' || this.taken === 'xhtml') this.keep(startTag(tag, tag.local));
      this.ends.push(endTag(tag));
      return;
    }
    const name = nameOf(tag);
    const holder = this.path.at(-1);
    if (holder === undefined && !ROOTS.has(name)) throw new Stop(`the root element is <${visible(tag.name, 40)}>`);
    this.itemTag ??= name === 'atom:feed' ? tag.name.replace(tag.local, 'entry') : 'item';
    this.path.push(name);
    if (this.item === null) this.line = line;
    if (this.item === null && ITEMS.has(name) && (holder === undefined || HOLDERS.has(holder))) {
      this.item = { line, depth: this.path.length, values: new Map() };
      this.itemTag = tag.name;
      this.size = 0;
    } else if (this.item === null && HOLDERS.has(name) && holder !== 'rdf:RDF')
      this.chain.push(startTag(tag, tag.name));
    const value = valueIn(name, tag);
    if (value !== null) this.put(name === 'item' ? 'rdf:about' : name, value);
    this.buffer = '';
    this.taken = takenAs(name, tag);
  }

  text(text: string): void {
    if (this.taken !== 'not') this.keep(this.taken === 'xhtml' ? escaped(text) : text);
  }

  private keep(text: string): void {
    this.size += text.length;
    if (this.size <= MAX_ITEM) this.buffer += text;
  }

  close(): void {
    const end = this.ends.pop();
    if (end !== undefined) {
      if (this.taken === 'html' || this.taken === 'xhtml') this.keep(end);
      return;
    }
    this.put(this.path.slice(this.item?.depth ?? 0).join('.'), this.buffer);
    this.buffer = '';
    this.taken = null;
    const name = this.path.pop()!;
    if (this.item === null) {
      this.size = 0;
      if (name === 'wp:author') this.learnAuthor();
      if (HOLDERS.has(name) && this.path.at(-1) !== 'rdf:RDF') this.chain.pop();
    } else if (this.path.length < this.item.depth) this.endItem(this.item);
    if (this.path.length === 0) this.endHead();
  }

  private put(name: string, value: string): void {
    if (value.trim() === '' || (this.item === null && !HEAD.has(name))) return;
    const values = this.item?.values ?? this.head;
    const same = values.get(name);
    // A short piece of a chunk would keep all of the chunk.
    const own = value.length > MAX_SHORT ? value : Buffer.from(value).toString();
    if (same !== undefined && same.length < MAX_SAME) same.push(own);
    else if (same === undefined && values.size < MAX_NAMES) values.set(name, [own]);
  }

  private learnAuthor(): void {
    const [login, display] = [this.head.get(LOGIN)?.[0], this.head.get(DISPLAY)?.[0]];
    if (login !== undefined && display !== undefined && this.display.size < MAX_AUTHORS)
      this.display.set(login.trim(), display);
    this.head.delete(LOGIN);
    this.head.delete(DISPLAY);
  }

  private endItem({ line, values }: { readonly line: number; readonly values: Values }): void {
    this.item = null;
    this.items++;
    const place = { path: this.into.file.path, line };
    const other = unpublished(values);
    if (this.size > MAX_ITEM)
      this.into.notices.at(place, 'too-large', `an item of ${this.size} characters; at most ${MAX_ITEM} are read`);
    else if (other !== null) {
      const kind = this.passedOver.size < MAX_NAMES ? visible(other, 40) : 'of other kinds';
      this.passedOver.set(kind, (this.passedOver.get(kind) ?? 0) + 1);
    } else {
      addRecord(recordOf(values), place, this.into);
      if (isSummary(values)) this.summaries++;
    }
    this.size = 0;
  }

  /** Gives the articles what the feed says of all of them, for it may say so below them. */
  private endHead(): void {
    const { drafts } = this.into;
    const title = oneLine(TITLES.flatMap((name) => this.head.get(name) ?? [])[0] ?? null);
    const nobody = this.head.get(FEED_AUTHOR) ?? null;
    for (let i = this.first; i < drafts.length; i++) {
      const { outlet, authors } = drafts[i];
      const names = authors === null ? nobody : [authors].flat().map((name) => this.display.get(name.trim()) ?? name);
      drafts[i] = { ...drafts[i], outlet: outlet ?? title, authors: names };
    }
    this.first = drafts.length;
    this.head = new Map();
    this.display.clear();
  }

  /** Forgets what is open. @returns the tags in which the next items are to be read */
  restart(): string {
    const header = this.chain.join('');
    [this.path, this.chain, this.ends, this.item, this.taken, this.buffer] = [[], [], [], null, null, ''];
    return header;
  }

  /** Byte and line of the first item that begins on a line below the one that was being read; null when there is none. */
  nextItem(bytes: Uint8Array, from: number, line: number): readonly [from: number, line: number] | null {
    if (this.chain.length === 0) return null;
    return tagBelow(this.line, this.itemTag ?? 'item', bytes, from, line);
  }

  /** True where there was no feed at all, which is noted. */
  noFeed({ what, line }: Broken): boolean {
    if (this.itemTag !== null) return false;
    const found = what.startsWith('the root') ? `${what}, which is not a feed` : `not XML (${what}, line ${line})`;
    const hint = /<(?:\w+:)?html>/i.test(what) ? '. To have a page read, call it .html' : '';
    const place = { path: this.into.file.path, line: null };
    this.into.notices.at(place, 'not-a-feed', `${found} (RSS, Atom, WordPress export); passed over${hint}`);
    return true;
  }

  loose(what: string, line: number): void {
    if (this.mistakes++ === 0) this.mistake = { what, line };
  }

  note({ what, line }: Broken, goesOn: boolean): void {
    const [code, then] = goesOn
      ? ['broken-xml', `${this.item === null ? 'what stands before the next item' : 'the item'} is passed over`]
      : ['xml-given-up', 'the rest of the file is left'];
    this.into.notices.at({ path: this.into.file.path, line }, code, `not well-formed XML (${what}); ${then}`);
  }

  end(): void {
    this.endHead();
    const { notices, file } = this.into;
    const about = { path: file.path, line: null };
    if (this.items === 0) notices.at(about, 'no-article', 'a feed without items');
    const kinds = [...this.passedOver].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
    const sum = kinds.reduce((total, [, n]) => total + n, 0);
    const list = kinds.slice(0, 10).map(([kind, n]) => `${n} ${kind}`).join(', '); // prettier-ignore
    const read = this.items - sum;
    if (this.summaries * 2 > read) {
      const what = `${this.summaries} of ${read} items hold a short description and no full text`;
      notices.at(about, 'summaries', `${what}: feeds often hold beginnings only`);
    }
    if (sum > 0) notices.at(about, 'unpublished', `passed over what is not a published post or page: ${list}`, 'info');
    const more = this.mistakes > 1 ? ` (${this.mistakes} such places)` : '';
    const { what, line } = this.mistake;
    if (this.mistakes > 0)
      notices.at({ ...about, line }, 'loose-xml', `not strictly XML (${what}); read as it stands${more}`, 'info');
  }
}
