import type { getDocumentProxy } from 'unpdf';
import { beginsWith } from '../text/magic.js';
import { parseByline } from './bylines.js';
import type { Reading } from './draft.js';
import { oneLine } from './draft.js';
import type { RawRecord } from './fields.js';
import { textOfPages, type Item } from './pdf-text.js';
import { readText } from './text.js';

/** Most bytes and pages of a PDF, pieces of text on a page, and characters in all: more than is kept of an article. */
const [MAX_BYTES, MAX_PAGES, MAX_ITEMS, MAX_TEXT] = [64_000_000, 2000, 50_000, 4_000_000];
/** Fewer letters a page than this are no text: a number, a stamp of the scanner. */
const FEWEST = 20;
/** How pdf.js reads: no fonts, pictures, forms or programs; nothing is fetched. */
const QUIET = {
  ...{ isEvalSupported: false, disableFontFace: true, useSystemFonts: false, useWorkerFetch: false, enableXfa: false },
  ...{ isOffscreenCanvasSupported: false, isImageDecoderSupported: false, stopAtErrors: false, verbosity: 0 },
};

export function isPdf(bytes: Uint8Array): boolean {
  return beginsWith(bytes, '%PDF-');
}

/** The text layer of a PDF: one article, or what a press database exports as one file. */
export async function readPdf(into: Reading): Promise<void> {
  const place = { path: into.file.path, line: null };
  const { bytes } = into.file;
  if (bytes.length > MAX_BYTES) {
    into.notices.at(place, 'too-large', `a PDF of ${bytes.length} bytes; at most ${MAX_BYTES} are read; passed over`);
    return;
  }
  const read = await pagesOf(bytes);
  if ('problem' in read) return into.notices.at(place, 'broken-pdf', `${read.problem}; passed over`);
  const { pages, count, about } = read;
  const letters = pages.map((items) => items.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0));
  const empty = letters.filter((n) => n < FEWEST).length;
  if (empty === pages.length) {
    const what = 'a PDF without a text layer: its pages are pictures, as a scanner makes them';
    return into.notices.at(
      place,
      'no-text-layer',
      `${what}; passed over. Have its text recognised (OCR) and give that`,
    );
  }
  if (empty > 0) into.notices.at(place, 'pages-without-text', `${empty} of ${pages.length} pages hold no text; the others are read`, 'info'); // prettier-ignore
  if (count > pages.length) into.notices.at(place, 'too-large', `a PDF of ${count} pages; the first ${pages.length} are read`); // prettier-ignore
  await readText(textOfPages(pages), 'text', into, { lined: false, about });
}

type PDFDocumentProxy = Awaited<ReturnType<typeof getDocumentProxy>>;

interface Pages {
  readonly pages: readonly (readonly Item[])[];
  /** All there are. */
  readonly count: number;
  readonly about: RawRecord;
}

async function pagesOf(bytes: Uint8Array): Promise<Pages | { readonly problem: string }> {
  const { getDocumentProxy } = await import('unpdf');
  process.on('unhandledRejection', lost);
  try {
    // A copy: the parser takes what it is given.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), QUIET);
    try {
      return await pagesIn(pdf);
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    const locked = (error as Error).name === 'PasswordException';
    const what = locked ? 'locked with a password. Save it without one' : 'damaged. Fetch it anew, or save it as text';
    return { problem: `the PDF is ${what}` };
  } finally {
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', lost);
  }
}

/** What pdf.js asks for twice of a damaged file, and hears the answer to once; it would end the program. */
function lost(error: unknown): void {
  if (!(error instanceof Error) || !/unpdf|pdfjs/.test(error.stack ?? '')) throw error;
}

async function pagesIn(pdf: PDFDocumentProxy): Promise<Pages> {
  const pages: Item[][] = [];
  let length = 0;
  for (let n = 1; n <= Math.min(pdf.numPages, MAX_PAGES) && length < MAX_TEXT; n++) {
    const page = await pdf.getPage(n);
    const items = await itemsOf(page);
    for (const { text } of items) length += text.length;
    pages.push(items);
    page.cleanup();
  }
  const { info } = await pdf.getMetadata();
  return { pages, count: pdf.numPages, about: saidIn(info as Record<string, unknown>) };
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
