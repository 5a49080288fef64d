import { posix } from 'node:path';
import type { SaxesTagNS } from 'saxes';
import type { Reading } from './draft.js';
import { Unread, type Parts } from './parts.js';
import { MAX_COLUMNS, readSheets, type Sheets } from './sheets.js';
import { isoOf, stylesIn, textOfCell, type Book } from './xlsx-cells.js';
import { readXml, type Broken } from './xml.js';

/** Elements of SpreadsheetML, of either edition of ISO/IEC 29500. */
const SHEET = /\/spreadsheetml(?:\/2006)?\/main$/;
const [WORKSHEET, STRINGS, STYLES] = [/\/worksheet$/, /\/sharedStrings$/, /\/styles$/];

/**
 * An Excel workbook: every sheet is a table, a row a record. Formulas count as what they gave when it was saved, dates as dates.
 *
 * @returns true: it is told what cannot be read
 */
export async function readWorkbook(parts: Parts, into: Reading): Promise<true> {
  const place = { path: into.file.path, line: null };
  const damaged = 'Open it and save it anew, or as CSV';
  try {
    const { sheets, ...book } = await bookOf(parts);
    if (sheets.length === 0)
      into.notices.at(place, 'broken-xlsx', `the workbook lists no sheets; passed over. ${damaged}`); // prettier-ignore
    else await readSheets((all) => readAll(sheets, parts, book, all), into);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const code = error.code === 'damaged' ? 'broken-xlsx' : error.code;
    into.notices.at(place, code, `the workbook is not read: ${error.message}. ${damaged}`);
  }
  return true;
}

interface Listed {
  readonly name: string;
  /** Name of its part. */
  readonly part: string;
}

async function readAll(sheets: readonly Listed[], parts: Parts, book: Book, into: Sheets): Promise<void> {
  for (const { name, part } of sheets) {
    into.begin(name);
    try {
      const bytes = await parts.part(part);
      const broken = bytes === null ? { what: 'its part is not there' } : await readSheet(bytes, book, into);
      if (into.full) return;
      into.end();
      if (broken !== null) into.problem('broken-xlsx', `the sheet is damaged (${broken.what}); what stands before is read. Open it and save it anew, or as CSV`); // prettier-ignore
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      into.problem(error.code === 'damaged' ? 'broken-xlsx' : error.code, `${error.message}; the sheet is passed over`);
    }
  }
}

/** What is told of the elements of SpreadsheetML in a part; what stands in others is passed over. */
interface Told {
  open?(name: string, said: (attribute: string) => string | undefined, tag: SaxesTagNS): void;
  text?(text: string, name: string): void;
  close?(name: string): void;
}

async function tell(bytes: Uint8Array, told: Told): Promise<Broken | null> {
  const open: string[] = [];
  return readXml(bytes, '', 1, {
    open(tag) {
      const name = SHEET.test(tag.uri) ? tag.local : '';
      open.push(name);
      if (name !== '') told.open?.(name, (attribute) => tag.attributes[attribute]?.value, tag);
    },
    text(text) {
      const name = open.at(-1);
      if (name !== undefined && name !== '') told.text?.(text, name);
    },
    close() {
      const name = open.pop()!;
      if (name !== '') told.close?.(name);
    },
    loose: () => undefined,
  });
}

async function bookOf(parts: Parts): Promise<Book & { readonly sheets: readonly Listed[] }> {
  const path = parts.named(/^xl\/workbook\d*\.xml$/)[0]!;
  const leads = await relationsOf(parts, path);
  const partOf = (type: RegExp): Promise<Uint8Array | null> => {
    const target = [...leads.values()].find((lead) => type.test(lead.type))?.part;
    return target === undefined ? Promise.resolve(null) : parts.part(target);
  };
  const sheets: Listed[] = [];
  let from1904 = false;
  await tell((await parts.part(path))!, {
    open(name, said, tag) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(said('date1904') ?? '');
      if (name !== 'sheet') return;
      const id = Object.values(tag.attributes).find((a) => a.local === 'id' && /\/relationships$/.test(a.uri))?.value;
      const lead = leads.get(id ?? '');
      // Charts and macros may stand among the sheets.
      if (lead !== undefined && WORKSHEET.test(lead.type)) sheets.push({ name: said('name') ?? '', part: lead.part });
    },
  });
  const [strings, styles] = [await partOf(STRINGS), await partOf(STYLES)];
  return {
    sheets,
    from1904,
    strings: strings === null ? [] : await stringsIn(strings),
    isDate: styles === null ? () => false : await stylesIn((told) => tell(styles, told)),
  };
}

interface Lead {
  readonly type: string;
  readonly part: string;
}

/** Where a part leads, by id. */
async function relationsOf(parts: Parts, path: string): Promise<ReadonlyMap<string, Lead>> {
  const [folder, file] = [path.replace(/[^/]*$/, ''), path.replace(/^.*\//, '')];
  const bytes = await parts.part(`${folder}_rels/${file}.rels`);
  const leads = new Map<string, Lead>();
  if (bytes === null) return leads;
  const open = ({ local, attributes }: SaxesTagNS): void => {
    const said = (name: string): string => attributes[name]?.value ?? '';
    if (local !== 'Relationship' || said('TargetMode') === 'External') return;
    const target = said('Target');
    const part = target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(folder, target);
    leads.set(said('Id'), { type: said('Type'), part });
  };
  await readXml(bytes, '', 1, { open, text: () => undefined, close: () => undefined, loose: () => undefined });
  return leads;
}

/** Texts that cells name by number, their runs joined, without what says how they are spoken. */
async function stringsIn(bytes: Uint8Array): Promise<readonly string[]> {
  const strings: string[] = [];
  let [own, spoken] = ['', 0];
  await tell(bytes, {
    open(name) {
      if (name === 'si') own = '';
      else if (name === 'rPh') spoken++;
    },
    text(text, name) {
      if (name === 't' && spoken === 0) own += text;
    },
    close(name) {
      if (name === 'si') strings.push(textOfCell(own));
      else if (name === 'rPh') spoken--;
    },
  });
  return strings;
}

/** @returns why it could not be read to its end */
async function readSheet(bytes: Uint8Array, book: Book, into: Sheets): Promise<Broken | null> {
  let cells = new Map<number, string>();
  let [line, column, type, style, own, spoken] = [0, -1, 'n', 0, '', 0];
  return tell(bytes, {
    open(name, said) {
      if (name === 'row') {
        const named = Number(said('r'));
        line = Number.isSafeInteger(named) && named > line ? named : line + 1;
        [cells, column] = [new Map(), -1];
      } else if (name === 'c') {
        column = columnOf(said('r')) ?? column + 1;
        [type, style, own] = [said('t') ?? 'n', Number(said('s') ?? 0), ''];
      } else if (name === 'rPh') spoken++;
    },
    text(text, name) {
      // The value, or a text that stands in the cell itself.
      if ((name === 'v' || name === 't') && spoken === 0) own += text;
    },
    close(name) {
      if (name === 'rPh') spoken--;
      else if (name === 'c') {
        const value = column < MAX_COLUMNS ? valueOf(own, type, style, book) : '';
        if (value !== '') cells.set(column, value);
      } else if (name === 'row') into.row(cells, line);
    },
  });
}

/** "AB12" is column 27, counted from 0. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  return letters === undefined ? null : [...letters].reduce((sum, c) => 26 * sum + c.charCodeAt(0) - 64, 0) - 1;
}

/** A cell as CSV would have it; its dates as ISO 8601. */
function valueOf(own: string, type: string, style: number, { strings, isDate, from1904 }: Book): string {
  if (type === 's') return strings[Number(own)] ?? '';
  if (type === 'str' || type === 'inlineStr') return textOfCell(own);
  if (type === 'b') return own === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return own;
  const number = own.trim() === '' ? NaN : Number(own);
  // Errors (#REF!) say nothing.
  if (type !== 'n' || Number.isNaN(number)) return '';
  return (isDate(style) ? isoOf(number, from1904) : null) ?? String(number);
}
