import { addPage, type BylineWay, type Reading } from './draft.js';
import type { RawRecord } from './fields.js';
import { metadata, type Metadata, type Node, type Page, type Queried } from './metadata.js';
import { bylineIn } from './text.js';

/** Longest page given to the parser, in UTF-16 units. */
const MAX_HTML = 4_000_000;
const MAX_ELEMENTS = 60_000;
/** Most "<" and most "&" in a page: each costs the parser a node. */
const MAX_BRACKETS = 80_000;
const MAX_ENTITIES = 200_000;
/** Share of a text that stands in links from which on a page is a list of links. */
const MAX_LINKED = 0.7;
/** Elements inside one another that the recursive parsers stand. */
const MAX_DEPTH = 500;

/** The article of a saved page by Mozilla's Readability, else by its paragraphs; metadata from JSON-LD, meta and rel. */
export async function readHtml(html: string, into: Reading): Promise<void> {
  const place = { path: into.file.path, line: null };
  if (html.length > MAX_HTML) {
    into.notices.at(
      place,
      'page-too-large',
      `a page of ${html.length} characters; at most ${MAX_HTML} are read; passed over`,
    );
    return;
  }
  if (tooDeep(html) || tooMany(html, '<', MAX_BRACKETS) || tooMany(html, '&', MAX_ENTITIES)) {
    const what = `more than ${MAX_DEPTH} elements inside one another, or ${MAX_BRACKETS} tags or ${MAX_ENTITIES} entities in all; passed over`;
    into.notices.at(place, 'page-too-large', what);
    return;
  }
  const page = await takenApart(html);
  if (page === null || page.linked > MAX_LINKED || (page.guessed && page.text.split(/\s+/u).length < 25)) {
    if (page === null) into.notices.at(place, 'broken-html', 'the page cannot be taken apart; passed over');
    else into.notices.at(place, 'no-article', 'no article was found in the page; passed over');
    return;
  }
  const { data, text, way } = page.data.author === null ? bylineOnTop(page) : { ...page, way: 'page' as const };
  addPage(data, text, { format: 'html', markup: 'plain', way }, into);
}

/** Finds a paragraph "By …" among the first of the text; it is not in the text any more. */
function bylineOnTop(page: TakenApart): { data: RawRecord; text: string; way: BylineWay } {
  const paragraphs = page.text.split('\n\n');
  const at = paragraphs.slice(0, 6).findIndex((p) => bylineIn(p) !== null);
  if (at < 0) return { data: page.data, text: page.text, way: 'page' };
  const { names, date } = bylineIn(paragraphs[at])!;
  return {
    data: { ...page.data, author: names, date: page.data.date ?? date },
    text: paragraphs.toSpliced(at, 1).join('\n\n'),
    way: 'By line',
  };
}

function tooMany(html: string, mark: string, most: number): boolean {
  return html.split(mark, most + 1).length > most;
}

interface TakenApart {
  readonly data: Metadata;
  readonly text: string;
  /** Share of the text that stands in links. */
  readonly linked: number;
  /** Readability found no article; the text is all paragraphs of the page. */
  readonly guessed: boolean;
}

/** @returns null where the parser gives up */
async function takenApart(html: string): Promise<TakenApart | null> {
  const { parseHTML } = await import('linkedom');
  const parse = (source: string): Page => parseHTML(source).document as unknown as Page;
  try {
    // Readability rewrites its document: metadata come first, the fallback from a fresh one.
    const whole = /<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
    const document = parse(whole);
    const data = metadata(document);
    const found = await readable(document, parse);
    if (found !== null) return { ...found, data: { ...data, author: data.author ?? found.byline }, guessed: false };
    const fresh = parse(whole);
    const body = fresh.querySelector('article, main, body') ?? fresh;
    const text = paragraphs(body);
    // Pages that a script would fill often say the whole text in their JSON-LD.
    if (data.text !== null && data.text.length > Math.max(200, 2 * text.length))
      return { data, text: data.text, linked: 0, guessed: false };
    return { data, text, linked: linkedShare(body), guessed: true };
  } catch {
    return null;
  }
}

/** Counts what is open, roughly: elements that HTML lets stay unclosed are not counted. */
function tooDeep(html: string): boolean {
  let depth = 0;
  for (const m of html.matchAll(
    /<(\/?)(?!(?:p|li|br|hr|img|input|meta|link|td|tr|th|dt|dd|option|source|wbr|area|col)\b)[a-z][\w-]*/gi,
  )) {
    depth = Math.max(0, depth + (m[1] === '' ? 1 : -1));
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

async function readable(
  document: Page,
  parse: (html: string) => Page,
): Promise<{ readonly text: string; readonly linked: number; readonly byline: string | null } | null> {
  const { Readability } = await import('@mozilla/readability');
  try {
    type Argument = ConstructorParameters<typeof Readability>[0];
    const reader = new Readability(document as unknown as Argument, {
      charThreshold: 200,
      maxElemsToParse: MAX_ELEMENTS,
    });
    const article = reader.parse();
    if (article === null || typeof article.content !== 'string') return null;
    const body = parse(`<!doctype html><html><body>${article.content}</body></html>`).querySelector('body');
    const text = body === null ? '' : paragraphs(body);
    if (body === null || text === '') return null;
    return { text, linked: linkedShare(body), byline: article.byline?.trim() || null };
  } catch {
    // Too many elements, or a page Readability stumbles over: the paragraphs are taken as they stand.
    return null;
  }
}

/** Letters in links by letters in all, 0 … 1. */
function linkedShare(root: Node & Queried): number {
  const length = (node: Node): number => (node.textContent ?? '').replace(/\s+/gu, '').length;
  let linked = 0;
  for (const link of root.querySelectorAll('a[href]')) linked += length(link);
  return linked / Math.max(1, length(root));
}

const BLOCK =
  /^(?:p|li|blockquote|h[1-6]|pre|td|th|div|section|article|main|ul|ol|table|tr|figure|figcaption|header|footer|aside|body|dl|dt|dd|hr|center)$/;
const UNREAD =
  /^(?:script|style|noscript|template|svg|math|iframe|object|form|button|select|nav|head|title|textarea|canvas|audio|video)$/;

/** Text of the blocks, separated by blank lines; a quoted block's lines begin with "> ". */
function paragraphs(root: Node): string {
  const out: string[] = [];
  let line = '';
  const flush = (quoted: boolean): void => {
    const text = line.replace(/[ \t\r\n\f]+/g, ' ').trim();
    if (text !== '') out.push(quoted ? `> ${text}` : text);
    line = '';
  };
  const visit = (node: Node, quoted: boolean): void => {
    for (const child of node.childNodes) {
      const name = child.localName?.toLowerCase() ?? '';
      if (child.nodeType === 3) line += child.textContent ?? '';
      else if (child.nodeType !== 1 || UNREAD.test(name)) continue;
      else if (name === 'br') line += ' ';
      else if (BLOCK.test(name)) {
        flush(quoted);
        visit(child, quoted || name === 'blockquote');
        flush(quoted || name === 'blockquote');
      } else visit(child, quoted);
    }
  };
  visit(root, false);
  flush(false);
  return out.join('\n\n');
}
