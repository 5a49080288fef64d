import { roomFor } from '../io/bytes.js';
import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import { addRecord, type Reading } from './draft.js';
import { namesArticles, type RawRecord } from './fields.js';
import { Stop } from './xml.js';

/** Rows on top of a sheet among which the names of the fields are looked for. */
const TOP = 30;
/** Columns that Excel has; more are not read. */
export const MAX_COLUMNS = 16_384;
/** Characters that a cell of Excel holds: what is longer was cut there. */
const MAX_CELL = 32_767;

/** Cells of a row by column, from 0, in their order; what is empty is absent or "". */
export type Cells = ReadonlyMap<number, string>;
/** What a cell takes of the room that a workbook has, besides its characters. */
const CELL = 32;
/** Columns of bylines and texts that are said to be empty where they are. */
const BLANK = 20;

/** Names of the fields. */
interface Columns {
  readonly names: Cells;
  /** Those that may hold bylines and texts. */
  readonly needed: readonly string[];
}

interface Row {
  readonly cells: Cells;
  /** From 1. */
  readonly line: number;
}

/**
 * Reads the sheets of a workbook as tables, each with its own names of fields on top. Where no sheet names a text, each is read as a
 * table all the same, so that it is told which fields there are.
 *
 * @param pass hands all rows of all sheets over; called twice at most
 */
export async function readSheets(pass: (sheets: Sheets) => Promise<void>, into: Reading): Promise<void> {
  let sheets = new Sheets(into, false);
  await pass(sheets);
  if (sheets.tables === 0 && sheets.others.length > 0) {
    sheets = new Sheets(into, true);
    await pass(sheets);
  }
  const place = { path: into.file.path, line: null };
  const [first] = sheets.others;
  if (first !== undefined) {
    const what = `${counted(sheets.others.length, 'sheet')} without a column of texts passed over, the first "${visible(first, 40)}"`;
    into.notices.at(place, 'other-sheets', what, 'info');
  } else if (sheets.tables === 0 && sheets.problems.length === 0)
    into.notices.at(place, 'empty-file', 'the workbook has no rows');
  for (const { code, what, sheet } of sheets.problems) into.notices.at({ ...place, ...sheet }, code, what);
}

interface Problem {
  readonly code: string;
  readonly what: string;
  readonly sheet: { readonly sheet?: string };
}

/** Takes rows, sheet by sheet. */
export class Sheets {
  /** Sheets that were read, and names of those that hold rows and no table of articles. */
  tables = 0;
  readonly others: string[] = [];
  readonly problems: Problem[] = [];
  /** Whether there is more in the workbook than is read. */
  full = false;
  private name = '';
  private columns: Columns | null = null;
  /** Rows above the names of the fields, until these are found. */
  private top: Row[] = [];
  private passed = false;
  private room: number;

  /** @param all whether a sheet that names no text is read as well */
  constructor(
    private readonly into: Reading,
    private readonly all: boolean,
  ) {
    this.room = roomFor(into.file.bytes.length);
  }

  begin(name: string): void {
    Object.assign(this, { name, columns: null, top: [], passed: false });
  }

  /** @throws Stop where there is more than is read */
  row(cells: Cells, line: number): void {
    let blank = true;
    for (const cell of cells.values()) {
      this.room -= cell.length + CELL;
      blank &&= cell.trim() === '';
    }
    if (this.room < 0) {
      this.full = true;
      this.problem('too-large', 'the workbook unpacks to more than 100 times its size; the rows before are read, the rest is passed over'); // prettier-ignore
      throw new Stop('unpacks to more than 100 times its size');
    }
    if (this.passed || blank) return;
    if (this.columns !== null) return this.article({ cells, line }, this.columns);
    this.top.push({ cells, line });
    const { author, text } = namesArticles([...names(cells).values()], this.into.map);
    if (author && text) this.headed(this.top.length - 1);
    else if (this.top.length >= TOP) this.headedOnTop();
  }

  end(): void {
    if (this.columns === null && this.top.length > 0) this.headedOnTop();
  }

  /** Notes why this sheet, or the workbook, is not read to its end. */
  problem(code: string, what: string, sheet: { readonly sheet?: string } = { sheet: this.name }): void {
    this.problems.push({ code, what, sheet });
  }

  /** No row names a byline and a text. */
  private headedOnTop(): void {
    if (this.all || namesArticles([...names(this.top[0]!.cells).values()], this.into.map).text) return this.headed(0);
    this.passed = true;
    this.top = [];
    this.others.push(this.name);
  }

  /** @param at which of the rows on top has the names of the fields */
  private headed(at: number): void {
    const named = names(this.top[at]!.cells);
    const isNeeded = (name: string): boolean => {
      const { author, text } = namesArticles([name], this.into.map);
      return author || text;
    };
    const columns: Columns = { names: named, needed: [...named.values()].filter(isNeeded).slice(0, BLANK) };
    const below = this.top.slice(at + 1);
    if (at > 0) {
      const above = at === 1 ? 'the row above is' : `the ${at} rows above are`;
      const what = `the names of the fields stand here; ${above} no part of the table`;
      this.into.notices.at(this.place(this.top[at]!.line), 'lines-above', what, 'info');
    }
    Object.assign(this, { columns, top: [] });
    this.tables++;
    for (const row of below) this.article(row, columns);
  }

  private article({ cells, line }: Row, { names: named, needed }: Columns): void {
    // Without prototype, so that a column called "__proto__" is one like the others.
    const record = Object.create(null) as Record<string, unknown>;
    let full = false;
    for (const [column, cell] of cells) {
      const name = named.get(column);
      if (name !== undefined && !(name in record)) record[name] = cell;
      full ||= cell.length === MAX_CELL;
    }
    for (const name of needed) record[name] ??= '';
    if (full) {
      const what = `a cell of ${MAX_CELL} characters, the most that Excel holds: the text may go on in its source`;
      this.into.notices.at(this.place(line), 'cell-full', what);
    }
    addRecord(record as RawRecord, this.place(line), this.into);
  }

  private place(line: number): { path: string; line: number; unit: 'row'; sheet: string } {
    return { path: this.into.file.path, line, unit: 'row', sheet: this.name };
  }
}

/** Without those that have none. */
function names(cells: Cells): Cells {
  const named = [...cells].map(([column, cell]): [number, string] => [column, cell.replace(/\s+/gu, ' ').trim()]);
  return new Map(named.filter(([, name]) => name !== ''));
}
