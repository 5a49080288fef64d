import type { getDocumentProxy } from 'unpdf';
import { parseByline } from './bylines.js';
import { oneLine } from './draft.js';
import type { RawRecord } from './fields.js';
import { textOfPages, type Item } from './pdf-text.js';

/** Most pages of a PDF, pieces of text on a page, and characters in all: more than is kept of an article. */
const [MAX_PAGES, MAX_ITEMS, MAX_TEXT] = [2000, 50_000, 4_000_000];
/** Fewer letters a page than this are no text: a number, a stamp of the scanner. */
const FEWEST = 20;
/** How pdf.js reads: no fonts, pictures, forms or programs; nothing is fetched. */
const QUIET = {
  ...{ isEvalSupported: false, disableFontFace: true, useSystemFonts: false, useWorkerFetch: false, enableXfa: false },
  ...{ isOffscreenCanvasSupported: false, isImageDecoderSupported: false, stopAtErrors: false, verbosity: 0 },
};

type PDFDocumentProxy = Awaited<ReturnType<typeof getDocumentProxy>>;

/** What a PDF says. */
export interface PdfText {
  /** In paragraphs. */
  readonly text: string;
  /** Pages read, those of them without text, and all there are. */
  readonly pages: number;
  readonly empty: number;
  readonly count: number;
  readonly about: RawRecord;
}

/**
 * Reads the text layer.
 *
 * @param bytes the parser takes them over: nothing is left in them
 * @param onPage told after every page
 */
export async function pdfText(
  bytes: Uint8Array,
  onPage: () => void = () => undefined,
): Promise<PdfText | { readonly problem: string }> {
  const { getDocumentProxy } = await import('unpdf');
  process.on('unhandledRejection', lost);
  try {
    const pdf = await getDocumentProxy(bytes, QUIET);
    try {
      return await textIn(pdf, onPage);
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    const locked = (error as Error).name === 'PasswordException';
    return { problem: locked ? 'is locked with a password. Save it without one' : 'is damaged. Fetch it anew, or save it as text' }; // prettier-ignore
  } finally {
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', lost);
  }
}

/** What pdf.js asks for twice of a damaged file, and hears the answer to once; it would end the program. */
function lost(error: unknown): void {
  if (!(error instanceof Error) || !/unpdf|pdfjs/.test(error.stack ?? '')) throw error;
}

async function textIn(pdf: PDFDocumentProxy, onPage: () => void): Promise<PdfText> {
  const pages: Item[][] = [];
  let length = 0;
  for (let n = 1; n <= Math.min(pdf.numPages, MAX_PAGES) && length < MAX_TEXT; n++) {
    const page = await pdf.getPage(n);
    const items = await itemsOf(page);
    // Pieces may be empty.
    for (const { text } of items) length += text.length + 1;
    pages.push(items);
    page.cleanup();
    onPage();
  }
  const { info } = await pdf.getMetadata();
  const letters = pages.map((items) => items.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0));
  const empty = letters.filter((n) => n < FEWEST).length;
  const text = empty === pages.length ? '' : textOfPages(pages);
  return { text, pages: pages.length, empty, count: pdf.numPages, about: saidIn(info as Record<string, unknown>) };
}

/** A page is read piece by piece, and no further than it may be: a small file can be told to draw without end. */
async function itemsOf(page: Awaited<ReturnType<PDFDocumentProxy['getPage']>>): Promise<Item[]> {
  const reader = (page.streamTextContent() as ReadableStream<{ items: readonly (TextItem | object)[] }>).getReader();
  const items: Item[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return items;
    for (const item of value.items) if ('str' in item) items.push(itemOf(item));
    if (items.length > MAX_ITEMS) {
      await reader.cancel(new Error('enough'));
      return items;
    }
  }
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly unknown[];
  readonly width: number;
  readonly hasEOL: boolean;
}

function itemOf({ str, transform, width, hasEOL }: TextItem): Item {
  const [, , c = 0, d = 0, x = 0, y = 0] = transform.map(Number);
  return { text: str, x, y, width, size: Math.hypot(c, d), ends: hasEOL };
}

/** What programs and offices put where an author's name could stand. */
const NO_PERSON =
  /\b(?:microsoft|word|adobe|acrobat|office|windows|apple|mac|pdf|print\w*|scan\w*|xerox|canon|ricoh|konica|epson|admin\w*|user|owner|guest|default|unknown|author|creator|editor|desk|staff|team|press|news\w*|media|group|department|dept|ministry|institute|university|inc|ltd|llc|gmbh|corp\w*|chrom\w*|skia|quartz|latex|libreoffice|openoffice|indesign|quark\w*)\b|[\d@\\/_:|()]/i;
const NO_TITLE =
  /^(?:microsoft \w+ - |untitled|document\b|slide \d|print|layout|about:)|\.(?:docx?|pdf|indd|qxd|txt|html?|rtf|odt|pub|pages|tex|dvi)$|[\\/]\S+[\\/]/i;

/** Title and author of the file's own description, where they are plainly an article's. */
function saidIn({ Title: title, Author: author }: Record<string, unknown>): RawRecord {
  const own = (value: unknown): string => (typeof value === 'string' ? (oneLine(value) ?? '') : '');
  const [called, name] = [own(title), own(author)];
  const person =
    name.length <= 60 && !NO_PERSON.test(name) && /^\p{Lu}[\p{L}.'’-]*(?:\s+[\p{L}.'’-]+){1,4}$/u.test(name);
  return {
    ...(called.includes(' ') && called.length <= 200 && !NO_TITLE.test(called) ? { title: called } : {}),
    ...(person && parseByline(name).kind === 'person' && name !== called ? { author: name } : {}),
  };
}
