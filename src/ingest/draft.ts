import { addressIn } from '../text/address.js';
import type { HeldTexts } from '../text/held.js';
import { isRecord } from '../text/json.js';
import { visible, withoutHidden } from '../text/visible.js';
import type { Article, HeldText, Skipped, SourceFile } from '../types/types.js';
import {
  asBody,
  asDate,
  asNames,
  asText,
  fieldsOf,
  isKnownAs,
  type FieldMap,
  type Found,
  type RawRecord,
} from './fields.js';
import type { Notices, Place } from './notices.js';
import { isRepost } from './reposts.js';
import type { SeenFields } from './seen.js';

export type PageFormat = 'text' | 'markdown' | 'html';
/** Where a single-article file has its byline from. */
export type BylineWay = 'front matter' | 'By line' | 'header line' | 'page' | 'metadata' | 'folder name';

/** An article as one file gave it: byline and date not yet read, id perhaps not unique. */
export interface Draft {
  readonly id: string;
  readonly authors: string | readonly string[] | null;
  readonly title: string | null;
  readonly text: HeldText;
  readonly markup: Article['markup'];
  readonly outlet: string | null;
  readonly date: unknown;
  readonly url: string | null;
  readonly place: Place;
  /** Of a record: the folder its file stands in, where that can be a byline. */
  readonly folder?: string | null;
  /** For a single-article file. */
  readonly page: { readonly format: PageFormat; readonly way: BylineWay | null; readonly folder: string | null } | null;
}

/** What reading one file fills. */
export interface Reading {
  readonly file: SourceFile;
  readonly map: FieldMap;
  readonly drafts: Draft[];
  /** Where the texts of the drafts are kept. */
  readonly texts: HeldTexts;
  readonly notices: Notices;
  readonly seen: SeenFields;
  /** Whether a text may ask in its front matter not to be read. */
  readonly inlineSkip: boolean;
  readonly skipped: Skipped[];
}

/** Longest article kept, in UTF-16 units; a longer one is cut at a paragraph. */
const MAX_TEXT = 2_000_000;
/** Longest text that is asked whether it breaks off, and characters of its end that are looked at. */
const [SHORT_TEXT, END] = [2000, 400];
/** How the beginning of an article ends, as APIs, feeds and pages behind a paywall give it. */
const BREAKS_OFF =
  /(?:\[\+\d+ chars\]|\[(?:…|\.\.\.|&hellip;|&#8230;)\]|(?:…|\.\.\.|&hellip;|&#8230;)\W{0,9}(?:read|continue)\b[^.]{0,60}|\b(?:to continue reading|subscribe to (?:continue|read)|already a subscriber)\b[^]{0,80})\W*$/i;
/** Objects in which exports wrap the article (Elasticsearch, the Guardian's API, GraphQL, Hugging Face, ActivityPub, X). */
const WRAPPERS = ['_source', 'article', 'fields', 'node', 'data', 'attributes', 'post', 'row', 'object', 'tweet'];

/** Objects that say things about the article they stand in (WordPress, its SEO plug-in, scrapers, document loaders). */
const ABOUT = ['_embedded', 'yoast_head_json', 'metadata', 'meta'];

/** Takes one record of a structured file; one without text becomes a notice. */
export function addRecord(given: RawRecord, place: Place, into: Reading): void {
  const { record, found } = unwrapped(given, into.map);
  into.seen.note(record, found, into.map);
  const text = asBody(found.text);
  if (text === null) {
    const hasField = 'text' in found || Object.keys(record).some((key) => isKnownAs(key, 'text'));
    if (hasField) into.notices.at(place, 'no-text', 'its text is empty or no string; passed over');
    else noteUnknown(record, place, into.notices);
    return;
  }
  const body = decodedTwice(text);
  if (isRepost(record, body)) {
    into.notices.at(place, 'repost', 'it repeats what somebody else posted; passed over', 'info');
    return;
  }
  const named = asNames(found.author);
  const title = asText(found.title);
  noteBeginning(body, place, into.notices);
  into.drafts.push({
    id: idOf(found.id) ?? idByPlace(place),
    authors: typeof named === 'string' ? decodedTwice(named) : (named?.map(decodedTwice) ?? null),
    title: oneLine(title === null ? null : decodedTwice(title)),
    text: into.texts.add(capped(body, place, into.notices)),
    markup: markupOf(body),
    outlet: oneLine(asText(found.outlet)),
    date: asDate(found.date ?? null),
    url: asText(found.url),
    place,
    folder: into.file.folder,
    page: null,
  });
}

/** Words of a field from which on it looks like an article's text: settings and tables of figures hold no such thing. */
const PROSE = 100;

/** A record without a field for its text: what is no article at all, or one whose text is called something else. */
function noteUnknown(record: RawRecord, place: Place, notices: Notices): void {
  const prose = Object.keys(record).find((key) => (asText(record[key])?.split(/\s+/u, PROSE + 1).length ?? 0) > PROSE);
  const what = 'it has no field that is known to hold text';
  if (prose === undefined) notices.at(place, 'no-text', `${what}; passed over`);
  else {
    const which = `${what}, and "${visible(prose, 40)}" holds an article's worth; passed over. Name it: --map text=FIELD`;
    notices.at(place, 'unknown-text', which);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of which every letter is one byte of UTF-8, as Facebook exports it ("cafÃ©"); any other as it is. */
function decodedTwice(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[^\0-\u00ff]/.test(text)) return text;
  try {
    return utf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

/** Takes a file that is one article. `data` is its front matter or metadata. */
export function addPage(
  data: RawRecord,
  body: string,
  page: { format: PageFormat; markup: Article['markup']; way: BylineWay | null },
  into: Reading,
): void {
  const place: Place = { path: into.file.path, line: null };
  // A field called "text" in front matter is no body; the body is what stands below.
  const shown = fieldsOf(data, into.map);
  delete shown.text;
  if (page.format === 'markdown' && Object.keys(data).length > 0) into.seen.note(data, shown, into.map);
  if (body.trim() === '') {
    into.notices.at(place, 'no-text', 'it has no article text; passed over');
    return;
  }
  noteBeginning(body, place, into.notices);
  const authors = asNames(shown.author);
  into.drafts.push({
    id: idOf(shown.id) ?? place.path,
    authors,
    title: oneLine(asText(shown.title)),
    text: into.texts.add(capped(body, place, into.notices)),
    markup: page.markup,
    outlet: oneLine(asText(shown.outlet)),
    date: asDate(shown.date ?? null),
    url: asText(shown.url) ?? addressIn(place.path),
    place,
    page: { format: page.format, way: authors === null ? null : page.way, folder: into.file.folder },
  });
}

/** Fields of a record; what it does not say itself, or only by number, is taken from the objects that are about it. */
function unwrapped(given: RawRecord, map: FieldMap): { record: RawRecord; found: Found } {
  const { record, found } = unpacked(given, map);
  for (const key of ABOUT) {
    const about = Object.hasOwn(record, key) ? record[key] : null;
    if (!isRecord(about)) continue;
    const said = fieldsOf(about, {});
    if (map.author === undefined && isNumber(found.author) && asNames(said.author) !== null) delete found.author;
    for (const name of ['author', 'title', 'date'] as const)
      if (found[name] === undefined && name in said) found[name] = said[name];
  }
  return { record, found };
}

/** Notes a text that is the beginning of one. */
function noteBeginning(text: string, place: Place, notices: Notices): void {
  const end = text.length > SHORT_TEXT ? '' : text.slice(-END).replace(/<[^<>]*>/g, ' ');
  const found = BREAKS_OFF.exec(end)?.[0];
  if (found === undefined) return;
  const what = `the text breaks off ("${visible(found.trim(), 40)}"): it is the beginning of an article only`;
  notices.at(place, 'breaks-off', what);
}

/** What stands for a name in another table. */
function isNumber(author: unknown): boolean {
  return typeof author === 'number' || (typeof author === 'string' && /^\d+$/.test(author));
}

function unpacked(record: RawRecord, map: FieldMap): { record: RawRecord; found: Found } {
  const found = fieldsOf(record, map);
  if (asBody(found.text) !== null) return { record, found };
  for (const key of WRAPPERS) {
    const inner = Object.hasOwn(record, key) ? record[key] : null;
    if (!isRecord(inner)) continue;
    const whole = { ...record, [key]: null, ...inner };
    const deeper = fieldsOf(whole, map);
    if (asBody(deeper.text) !== null) return { record: whole, found: deeper };
  }
  return { record, found };
}

/** "dump.csv#7", "dump.docx#1.7" or "dump.xlsx#Posts!7". */
function idByPlace({ path, line, part, sheet }: Place): string {
  const within = sheet === undefined ? '' : `${sheet.slice(0, 100)}!`;
  return `${path}#${within}${line ?? 1}${part === undefined ? '' : `.${part}`}`;
}

function idOf(value: unknown): string | null {
  const id = asText(value);
  return id === null ? null : id.slice(0, 500);
}

/** @returns one line without hidden characters, at most 1,000 units; null when nothing is left */
export function oneLine(text: string | null): string | null {
  if (text === null) return null;
  const line = withoutHidden(text.slice(0, 5000).replace(/\s+/gu, ' ')).trim().slice(0, 1000);
  return line === '' ? null : line;
}

function capped(text: string, place: Place, notices: Notices): string {
  if (text.length <= MAX_TEXT) return text;
  const half = MAX_TEXT / 2;
  const cuts = ['\n\n', '\n', ' '].map((mark) => text.lastIndexOf(mark, MAX_TEXT));
  const cut = cuts.find((at) => at > half) ?? MAX_TEXT;
  notices.at(
    place,
    'article-too-long',
    `one article of ${text.length} characters; the first ${cut} are read. Is this a whole dump in one field?`,
  );
  return text.slice(0, cut).replace(/[\ud800-\udbff]$/u, '');
}

const HTML = /<\/(?:p|div|span|a|em|strong|b|i|li|ul|h[1-6]|blockquote)>|<(?:br|p) ?\/?>/i;
const MARKDOWN = /\]\([^()\s]{1,500}[^()\n]{0,200}\)|^#{1,6} \S|^```/m;

/** What a body without a file's ending to tell is written in. */
function markupOf(text: string): Article['markup'] {
  // Markdown may hold some HTML, hardly ever the other way round.
  if (MARKDOWN.test(text)) return 'markdown';
  return HTML.test(text) ? 'html' : 'plain';
}
