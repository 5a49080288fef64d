import type { SaxesTagNS } from 'saxes';
import type { Reading } from './draft.js';
import { Unread, type Parts } from './parts.js';
import { MAX_COLUMNS, readSheets, type Sheets } from './sheets.js';
import { readText } from './text.js';
import { readXml, type XmlEvents } from './xml.js';

/** Namespaces of OpenDocument; each version has the same. */
const ODF = /^urn:oasis:names:tc:opendocument:xmlns:(?:office|table|text):1\.0$/;
const SVG = 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0';
/** What is no text of the document: notes, comments, what was deleted, what pictures show, forms, how letters are spoken. */
const ASIDE: ReadonlySet<string> = new Set(['note', 'annotation', 'tracked-changes', 'svg:desc', 'svg:title', 'forms', 'ruby-text', 'hidden-text', 'shapes']); // prettier-ignore
/** Most spaces that one element stands for. */
const MAX_SPACES = 1000;
const WAY_OUT = 'Open it and save it anew';

/**
 * A text (.odt) or a workbook (.ods) of LibreOffice and its like: the first as a .docx is read, the second as an .xlsx.
 *
 * @returns false where it is neither
 */
export async function readOpenDocument(parts: Parts, into: Reading): Promise<boolean> {
  const place = { path: into.file.path, line: null };
  try {
    const content = (await parts.part('content.xml'))!;
    const manifest = await parts.part('META-INF/manifest.xml');
    if (manifest !== null && new TextDecoder().decode(manifest).includes('encryption-data>')) {
      into.notices.at(place, 'broken-odf', 'the document is locked with a password; passed over. Save it without one');
      return true;
    }
    const { kind, paragraphs, broken } = await taken(content, null);
    if (kind === null) return false;
    if (kind === 'spreadsheet') await readSheets(async (sheets) => void (await taken(content, sheets)), into);
    else {
      if (broken !== null) into.notices.at(place, 'broken-odf', `the document is damaged (${broken}); what stands before is read. ${WAY_OUT}`); // prettier-ignore
      await readText(paragraphs.join('\n\n'), 'text', into, { lined: false });
    }
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const code = error.code === 'damaged' ? 'broken-odf' : error.code;
    into.notices.at(place, code, `the document is not read: ${error.message}. ${WAY_OUT}`);
  }
  return true;
}

interface Taken {
  readonly kind: 'text' | 'spreadsheet' | null;
  readonly paragraphs: readonly string[];
  /** Why it could not be read to its end. */
  readonly broken: string | null;
}

/** @param sheets takes the rows of a workbook; null to ask what it is, and for the paragraphs of a text */
async function taken(content: Uint8Array, sheets: Sheets | null): Promise<Taken> {
  const reader = new Content(sheets);
  const broken = await readXml(content, '', 1, reader);
  if (broken !== null && sheets?.full === false) {
    sheets.problem('broken-odf', `the workbook is damaged (${broken.what}); what stands before is read. ${WAY_OUT}`, {}); // prettier-ignore
    sheets.end();
  }
  return { kind: reader.kind, paragraphs: reader.paragraphs, broken: broken?.what ?? null };
}

/** A cell that is being read. */
interface Cell {
  /** Its value, where it says one apart from its text. */
  readonly value: string | null;
  readonly columns: number;
  readonly paragraphs: string[];
}

class Content implements XmlEvents {
  kind: Taken['kind'] = null;
  readonly paragraphs: string[] = [];
  private readonly inside: string[] = [];
  private aside = 0;
  /** Paragraphs inside one another, as in a text box. */
  private readonly own: string[] = [];
  private cells = new Map<number, string>();
  private column = 0;
  private cell: Cell | null = null;
  private line = 0;
  private repeated = 1;
  /** Tables inside one another: those inside of cells are no sheets. */
  private tables = 0;

  constructor(private readonly sheets: Sheets | null) {}

  open(tag: SaxesTagNS): void {
    const name = ODF.test(tag.uri) ? tag.local : tag.uri === SVG ? `svg:${tag.local}` : '';
    this.inside.push(name);
    if (ASIDE.has(name)) this.aside++;
    if (this.aside > 0 || name === '') return;
    const said = (local: string): string | undefined =>
      Object.values(tag.attributes).find((a) => a.local === local && ODF.test(a.uri))?.value;
    if (name === 'text' || name === 'spreadsheet') this.kind ??= this.inside.at(-2) === 'body' ? name : null;
    else if (name === 'p' || name === 'h') this.own.push('');
    else if (name === 's') this.more(' '.repeat(times(said('c'), MAX_SPACES)));
    else if (name === 'tab') this.more('\t');
    else if (name === 'line-break') this.more('\n');
    else if (this.kind === 'spreadsheet') this.inTable(name, said);
  }

  private inTable(name: string, said: (local: string) => string | undefined): void {
    if (name === 'table' && ++this.tables === 1) {
      this.sheets?.begin(said('name') ?? '');
      this.line = 0;
    } else if (this.tables > 1) return;
    else if (name === 'table-row') {
      [this.cells, this.column] = [new Map(), 0];
      this.repeated = times(said('number-rows-repeated'), 1 << 24);
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      const value = said('date-value') ?? said('value') ?? said('boolean-value')?.toUpperCase() ?? null;
      this.cell = { value, columns: times(said('number-columns-repeated'), MAX_COLUMNS), paragraphs: [] };
    }
  }

  text(text: string): void {
    const i = this.own.length - 1;
    if (this.aside > 0 || i < 0) return;
    // Spaces in a row are one, and none where a paragraph begins; "s" says where there are more.
    const flowing = text.replace(/[ \t\n]+/g, ' ');
    this.more(/^$|\s$/.test(this.own[i]!.slice(-1)) && flowing.startsWith(' ') ? flowing.slice(1) : flowing);
  }

  private more(text: string): void {
    if (this.own.length > 0) this.own.push(this.own.pop()! + text);
  }

  close(): void {
    const name = this.inside.pop()!;
    if (ASIDE.has(name)) this.aside--;
    else if (this.aside > 0 || name === '') return;
    else if (name === 'p' || name === 'h') (this.cell?.paragraphs ?? this.paragraphs).push(this.own.pop()!);
    else if (this.kind === 'spreadsheet') this.closed(name);
  }

  private closed(name: string): void {
    if (name === 'table') {
      if (--this.tables === 0) this.sheets?.end();
    } else if (this.tables > 1) return;
    else if (name === 'table-row') {
      this.sheets?.row(this.cells, this.line + 1);
      this.line += this.repeated;
    } else if (name === 'table-cell' || name === 'covered-table-cell') this.cellEnds();
  }

  private cellEnds(): void {
    const { value, columns, paragraphs } = this.cell!;
    const text = value ?? paragraphs.join('\n');
    const to = Math.min(MAX_COLUMNS, this.column + columns);
    // Sheets end with thousands of empty cells.
    for (; text !== '' && this.column < to; this.column++) this.cells.set(this.column, text);
    this.column = to;
    this.cell = null;
  }

  loose(): void {
    // Read over.
  }
}

function times(said: string | undefined, most: number): number {
  const n = Number(said ?? 1);
  return Number.isSafeInteger(n) && n > 0 ? Math.min(n, most) : 1;
}
