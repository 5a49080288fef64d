import type { SaxesParser, SaxesTagNS } from 'saxes';

/** Elements inside one another, and attributes of one, that are read. */
const MAX_DEPTH = 500;
const MAX_ATTRIBUTES = 10_000;
/** Most characters between two tags, or in one. */
const MAX_PIECE = 100_000_000;
/** Mistakes that are read over, after which a file is taken for broken. */
const MAX_LOOSE = 100_000;
const CHUNK = 1 << 20;
const CDATA = '<![CDATA[';
const FIVE: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ENTITY = /&(lt|gt|amp|quot|apos);/g;
/** References that are left to the parser. */
const REFERENCE = /&(?!(?:lt|gt|amp|quot|apos);)/;
const BARE = /&(?!#?\w{1,40};)/g;
/** Longest end of a chunk, in characters, that is read again together with the next. */
const MAX_REST = 100_000;

/** Mistakes that leave what stands around them as it is: dumps are full of "&nbsp;" and control characters. */
const LOOSE = new RegExp(
  '^(?:disallowed character\\.|undefined entity|malformed character entity|empty entity name|the string "\\]\\]>"|' +
    'unbound namespace|duplicate attribute|malformed comment|text data outside|documents may contain only one|' +
    'inappropriately located doctype)',
);
/** Says nothing that is not known by now, and stands more than once where files were put together. */
const DECLARATION = /^\s*<\?xml\s[^<>]*\?>$/;

/** What is told while XML is read. Names come resolved: `uri` and `local` say what an element is, its prefix does not. */
export interface XmlEvents {
  /** @param line 1-based line on which the tag begins */
  open(tag: SaxesTagNS, line: number): void;
  text(text: string): void;
  close(): void;
  /** A mistake that was read over. */
  loose(what: string, line: number): void;
}

/** Why XML could not be read any further, on which line, and how many bytes had been looked at. */
export interface Broken {
  readonly what: string;
  readonly line: number;
  readonly bytes: number;
}

/** Thrown to end the reading. */
export class Stop extends Error {}

/**
 * Reads XML as a stream: no tree is built, no document type is read, and no entity is known but the five of XML.
 *
 * @param bytes UTF-8
 * @param header tags that are opened before `bytes`, which begin inside of them; "" for a whole document
 * @param line 1-based line on which `bytes` begin
 * @returns null when all was read
 */
export async function readXml(
  bytes: Uint8Array,
  header: string,
  line: number,
  events: XmlEvents,
): Promise<Broken | null> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.line = line;
  const source = new Source(parser, events);
  let from = 0;
  try {
    source.write(header);
    const decoder = new TextDecoder();
    for (; from < bytes.length; from += CHUNK)
      source.write(decoder.decode(bytes.subarray(from, from + CHUNK), { stream: true }));
    source.close();
    return null;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { what: error.message, line: parser.line, bytes: Math.min(from, bytes.length) };
  }
}

/**
 * Gives a parser its input up to the end of a tag at a time. Where it is known to be between tags, plain text and CDATA are
 * taken past it: it looks at every letter, which takes ten times as long as all the rest of the reading.
 */
class Source {
  private depth = 0;
  private attributes = 0;
  private loose = 0;
  /** Line on which the open tag begins. */
  private begins = 0;
  /** Where the piece that is being read began. */
  private piece = 0;
  /** The parser has just seen the end of a tag, inside the root. */
  private between = false;
  /** The parser keeps text that it has not told yet. */
  private pending = false;
  private inCdata = false;
  private rest = '';

  constructor(
    private readonly parser: SaxesParser<{ xmlns: true }>,
    private readonly events: XmlEvents,
  ) {
    parser.on('opentagstart', () => {
      // A line break right behind the name is counted already.
      this.begins = parser.line - (parser.columnIndex === 0 ? 1 : 0);
      this.attributes = 0;
    });
    parser.on('attribute', () => {
      if (++this.attributes > MAX_ATTRIBUTES) throw new Stop(`more than ${MAX_ATTRIBUTES} attributes in one tag`);
    });
    parser.on('opentag', (tag) => {
      if (this.depth >= MAX_DEPTH) throw new Stop(`more than ${MAX_DEPTH} elements inside one another`);
      this.tagEnds(1);
      events.open(tag, this.begins);
    });
    parser.on('closetag', () => {
      this.tagEnds(-1);
      events.close();
    });
    parser.on('text', (text) => events.text(text));
    parser.on('cdata', (text) => events.text(text));
    parser.on('error', ({ message }) => {
      if (!LOOSE.test(message) || ++this.loose > MAX_LOOSE) throw new Stop(inWords(message));
      events.loose(message.replace(/\.$/, ''), parser.line);
    });
  }

  private tagEnds(by: 1 | -1): void {
    this.depth += by;
    this.between = this.depth > 0;
    this.pending = false;
    this.piece = this.parser.position;
  }

  write(chunk: string): void {
    const text = this.unbroken(chunk);
    for (let at = 0; at < text.length;) {
      if (this.inCdata) at = this.cdata(text, at);
      else if (this.between) at = this.plain(text, at);
      else {
        const end = text.indexOf('>', at) + 1;
        const to = end === 0 ? text.length : end;
        this.parse(text.slice(at, to));
        at = to;
      }
    }
    if (this.parser.position - this.piece > MAX_PIECE) throw new Stop(`more than ${MAX_PIECE} characters in one piece`);
  }

  close(): void {
    if (this.inCdata) throw new Stop(inWords('unexpected end'));
    this.parse(this.rest);
    this.parser.close();
  }

  private parse(text: string): void {
    this.between = false;
    if (this.depth === 0 && DECLARATION.test(text)) this.pass(text);
    else this.parser.write(text);
  }

  /** With line feeds alone, behind what was left over of the chunk before. */
  private unbroken(chunk: string): string {
    const text = this.rest + chunk;
    this.rest = '';
    if (!text.includes('\r')) return text;
    if (text.endsWith('\r')) this.rest = '\r';
    return text.slice(0, text.length - this.rest.length).replace(/\r\n?/g, '\n');
  }

  /** @returns where to go on */
  private plain(text: string, at: number): number {
    const end = text.indexOf('<', at);
    const close = end < 0 ? -1 : text.indexOf('>', end);
    // What goes on in the next chunk is looked at as a whole, where it is not too long.
    if (close < 0 && text.length - at < MAX_REST) {
      this.rest = text.slice(at) + this.rest;
      return text.length;
    }
    const to = end < 0 ? text.length : end;
    this.tell(text.slice(at, to));
    if (end < 0) return to;
    this.inCdata = !this.pending && text.startsWith(CDATA, to);
    if (this.inCdata) return to + CDATA.length;
    const tag = text.slice(to, close < 0 ? text.length : close + 1);
    this.parse(/^<[!?]/.test(tag) ? tag : this.mended(tag));
    return to + tag.length;
  }

  private tell(text: string): void {
    const mended = this.mended(text);
    this.pending ||= REFERENCE.test(mended);
    if (this.pending) this.parser.write(mended);
    else this.emit(mended.includes('&') ? mended.replace(ENTITY, (_, name: string) => FIVE[name]) : mended);
  }

  /** Writes an "&" that stands for itself as XML has it. */
  private mended(text: string): string {
    if (!text.includes('&') || text.search(BARE) < 0) return text;
    this.events.loose('an "&" that is not written "&amp;"', this.parser.line);
    return text.replace(BARE, '&amp;');
  }

  private cdata(text: string, at: number): number {
    const end = text.indexOf(']]>', at);
    // Two characters may be the beginning of the end.
    const to = end < 0 ? Math.max(at, text.length - 2) : end;
    this.emit(text.slice(at, to));
    if (end < 0) this.rest = text.slice(to) + this.rest;
    else [this.inCdata, this.between] = [false, true];
    return end < 0 ? text.length : end + 3;
  }

  private emit(text: string): void {
    this.pass(text);
    if (text !== '') this.events.text(text);
  }

  /** Counts lines that the parser does not see. */
  private pass(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.parser.line++;
  }
}

function inWords(message: string): string {
  if (message.startsWith('disallowed character in entity name')) return 'an "&" that is not written "&amp;"';
  return /^(?:unclosed tag|unexpected end)/.test(message) ? 'it ends too early' : message.replace(/\.$/, '');
}

const NEWLINE = 10;
const RETURN = 13;

/**
 * @param below 1-based line
 * @param line on which byte `from` stands
 * @returns byte and line of the first start tag of this name on a line below; null when there is none
 */
export function tagBelow(
  below: number,
  name: string,
  bytes: Uint8Array,
  from: number,
  line: number,
): readonly [from: number, line: number] | null {
  const mark = new TextEncoder().encode(`<${name}`);
  let at = from;
  for (let now = line; at < bytes.length; at++) {
    if (bytes[at] === NEWLINE || (bytes[at] === RETURN && bytes[at + 1] !== NEWLINE)) now++;
    else if (now > below && bytes[at] === mark[0] && mark.every((byte, i) => bytes[at + i] === byte))
      if (/[\s/>]/.test(String.fromCharCode(bytes[at + mark.length] ?? 0))) return [at, now];
  }
  return null;
}

const VOID = /^(?:area|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** @param name with its prefix for XML, without one for HTML */
export function startTag({ attributes }: SaxesTagNS, name: string): string {
  const quoted = (value: string): string => value.replace(/[&<>"\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
  const said = Object.values(attributes).map((a) => ` ${a.name}="${quoted(a.value)}"`);
  return `<${name}${said.join('')}>`;
}

/** The end tag in HTML; "" for elements that are never closed there. */
export function endTag({ local }: SaxesTagNS): string {
  return VOID.test(local) ? '' : `</${local}>`;
}
