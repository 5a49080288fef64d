import type { parse } from 'csv-parse/sync';
import { addRecord, type Reading } from './draft.js';
import { namesArticles, type FieldMap, type RawRecord } from './fields.js';
import { escapeOf, plainRow, rowAt, type Dialect } from './quotes.js';

const MAX_COLUMNS = 10_000;
/** Most characters of one row; an open quotation mark would else swallow the rest of the file. */
const MAX_ROW = 4_000_000;
/** Broken rows after which the rest of a file is left. */
const MAX_BROKEN = 100;
/** Lines with quotation marks inside unquoted fields after which such marks are text in all of the file. */
const BARE = 20;
/** Lines on top among which the names of the fields are looked for, and bytes of them. */
const TOP = 30;
const MAX_TOP = 64_000;
const [NEWLINE, RETURN, QUOTE] = [10, 13, 34];

type ParseSync = typeof parse;

/** CSV or TSV with a header row; the delimiter is found. A broken row becomes a notice and reading goes on below it. */
export async function readCsv(given: Uint8Array, into: Reading): Promise<void> {
  const bytes = withLineFeeds(given);
  const start = headerAt(bytes, into.map);
  const rows = bytes.subarray(start.at);
  const named = delimiterNamed(rows);
  const { delimiter, count } = named ?? delimiterOf(rows, /\.tsv(?:\.gz)?$/i.test(into.file.path));
  const place = { path: into.file.path, line: start.line };
  if (count >= MAX_COLUMNS) {
    const what = `the header has ${count + 1} columns; at most ${MAX_COLUMNS} are read. Give one article a row`;
    into.notices.at(place, 'too-many-columns', what);
    return;
  }
  if (start.line > 1) {
    const above = start.line === 2 ? 'the line above is' : `the ${start.line - 1} lines above are`;
    into.notices.at(place, 'lines-above', `the names of the fields stand here; ${above} no part of the table`, 'info');
  }
  const csv = await import('csv-parse/sync');
  const table = new Table(bytes, delimiter, csv.parse, into);
  table.read(start.at + (named === null ? 0 : rows.indexOf(NEWLINE) + 1));
}

/** Rows that end in carriage returns alone, as old Macs wrote them, in rows as others write them. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(NEWLINE) || !bytes.includes(RETURN)) return bytes;
  return bytes.map((byte) => (byte === RETURN ? NEWLINE : byte));
}

/** Where the names of the fields stand: on top, but where notes stand above a line that names a byline and a text. */
function headerAt(bytes: Uint8Array, map: FieldMap): { readonly at: number; readonly line: number } {
  const start = Buffer.from(bytes.subarray(0, MAX_TOP)).toString('latin1');
  let at = 0;
  for (const [i, line] of start.split('\n', TOP).entries()) {
    const cells = new TextDecoder().decode(bytes.subarray(at, at + line.length)).split(/[,;\t|]/);
    const names = cells.map((cell) => cell.replace(/"/g, '').trim());
    const { author, text } = namesArticles(names, map);
    if (author && text) return { at, line: i + 1 };
    at += line.length + 1;
  }
  return { at: 0, line: 1 };
}

/** Excel's first line "sep=;"; null when there is none. */
function delimiterNamed(bytes: Uint8Array): { delimiter: string; count: number } | null {
  const start = String.fromCharCode(...bytes.subarray(0, 10));
  const named = /^"?sep=([,;\t|])"?\r?\n/i.exec(start);
  if (named === null) return null;
  return { delimiter: named[1], count: delimiterOf(bytes.subarray(named[0].length), false).count };
}

/** The commonest delimiter outside quotation marks in the first line that is not blank, and how often it stands there. */
function delimiterOf(bytes: Uint8Array, isTsv: boolean): { delimiter: string; count: number } {
  const counts = new Map([...',\t;|'].map((d) => [d.charCodeAt(0), 0]));
  let quoted = false;
  let begun = false;
  for (const byte of bytes.subarray(0, 64_000_000)) {
    begun ||= byte > 32;
    if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && byte === NEWLINE && begun) break;
    else if (!quoted && counts.has(byte)) counts.set(byte, counts.get(byte)! + 1);
  }
  const [code, count] = [...counts].sort((a, b) => b[1] - a[1])[0];
  const tabs = counts.get(9)!;
  return isTsv && tabs > 0 ? { delimiter: '\t', count: tabs } : { delimiter: String.fromCharCode(code), count };
}

class Table {
  private columns: readonly string[] | null = null;
  /** Byte offset and 1-based line at which the next row begins. */
  private at = 0;
  private line = 1;
  /** Lines read whose quotation marks were text. */
  private bare = 0;
  /** Rows read whose quotation marks inside of fields were not doubled. */
  private loose = 0;
  /** Rows read, and those of them with a field in quotation marks. */
  private rows = { all: 0, quoted: 0 };
  /** Bytes looked at for the row below a broken one. */
  private looked = 0;
  private readonly escape: '\\' | '"';
  /** Byte that ends rows: cells of old Macs have line feeds inside. */
  private rowEnd = NEWLINE;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly delimiter: string,
    private readonly parse: ParseSync,
    private readonly into: Reading,
  ) {
    this.escape = escapeOf(bytes);
  }

  /** @param from byte at which the header begins */
  read(from: number): void {
    this.forward(from);
    const [feed, back] = [this.bytes.indexOf(NEWLINE, from), this.bytes.indexOf(RETURN, from)];
    if (back >= 0 && back < feed - 1) this.rowEnd = RETURN;
    for (let broken = 0; this.at < this.bytes.length;) {
      const problem = this.readRows(this.bytes.subarray(this.at), this.bare >= BARE);
      if (problem === null) return;
      if (this.mended(problem)) continue;
      if (broken++ >= MAX_BROKEN || this.looked > this.mostLooked()) {
        this.notice('csv-given-up', `too many broken rows; the rest of the file is left`);
        return;
      }
      this.pastBroken(problem);
    }
  }

  /** @returns null, or why reading stopped at the row that begins at `at` */
  private readRows(bytes: Uint8Array, relaxed: boolean): string | null {
    const start = this.at;
    try {
      this.parse(bytes, {
        delimiter: this.delimiter,
        escape: this.escape,
        record_delimiter: this.rowEnd === RETURN ? ['\r'] : ['\r\n', '\n'],
        relax_column_count: true,
        relax_quotes: relaxed,
        max_record_size: MAX_ROW,
        on_record: (row: string[], context) => {
          const end = start + context.bytes;
          const mark = this.bytes.indexOf(QUOTE, this.at);
          const begins = mark === this.at || this.bytes[mark - 1] === this.delimiter.charCodeAt(0);
          this.count(mark >= 0 && mark < end && begins);
          this.row(row);
          this.forward(end);
          return null;
        },
      });
      return null;
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      // Anything that is not the parser's own complaint is ours.
      if (typeof code !== 'string' || !/^(?:CSV|INVALID)_/.test(code)) throw error;
      return code;
    }
  }

  private count(quoted: boolean): void {
    if (this.columns === null) return;
    this.rows.all++;
    if (quoted) this.rows.quoted++;
  }

  private forward(to: number): void {
    for (let i = this.bytes.indexOf(NEWLINE, this.at); i >= 0 && i < to; i = this.bytes.indexOf(NEWLINE, i + 1))
      this.line++;
    this.at = to;
  }

  /** @returns true where the row could be read after all */
  private mended(problem: string): boolean {
    const dialect = this.dialect();
    let row = dialect === null ? null : rowAt(this.bytes, this.at, dialect);
    if (row !== null) {
      // Where such rows are many, those that follow are read in the same way: to begin with the parser anew takes longer.
      this.loose++;
      for (; row !== null; row = this.loose < BARE ? null : rowAt(this.bytes, this.at, dialect!)) {
        this.count(row.quoted);
        this.row(row.fields);
        this.forward(row.end);
      }
      return true;
    }
    // A quotation mark inside an unquoted field is text, and at its beginning where hardly any field is in quotation marks.
    const end = this.nextLine(this.at);
    const plain = dialect === null || dialect.usual ? [] : plainRow(this.bytes, this.at, end, dialect.delimiter);
    if (plain.length > 0 && plain.length === dialect?.width) this.row(plain);
    else if (problem !== 'INVALID_OPENING_QUOTE' || this.readRows(this.bytes.subarray(this.at, end), true) !== null)
      return false;
    this.forward(end);
    this.bare++;
    return true;
  }

  private dialect(): Dialect | null {
    const [delimiter, width] = [this.delimiter.charCodeAt(0), this.columns?.length ?? 0];
    const usual = this.rows.quoted * 2 >= this.rows.all;
    return width === 0 ? null : { delimiter, rowEnd: this.rowEnd, width, maxRow: MAX_ROW, usual };
  }

  private nextLine(at: number): number {
    const breakAt = this.bytes.indexOf(NEWLINE, at);
    return breakAt < 0 ? this.bytes.length : breakAt + 1;
  }

  /** Goes to the next line that begins a row like the others: the lines between are of the broken article. */
  private pastBroken(problem: string): void {
    const what =
      problem === 'CSV_MAX_RECORD_SIZE'
        ? `a row of more than ${MAX_ROW} characters, perhaps a quotation mark that is never closed`
        : 'quotation marks that do not pair up';
    const from = this.line;
    this.toNextRow();
    const lines = this.line > from + 1 ? `the lines up to ${this.line - 1} are` : 'the line is';
    const place = { path: this.into.file.path, line: from };
    const hint = `${lines} passed over. Write a quotation mark inside a field twice ("")`;
    this.into.notices.at(place, 'broken-csv', `${what}; ${hint}`);
  }

  private toNextRow(): void {
    const dialect = this.dialect();
    for (;;) {
      this.forward(this.nextLine(this.at));
      if (dialect === null || this.at >= this.bytes.length || this.looked > this.mostLooked()) return;
      const row = rowAt(this.bytes, this.at, dialect);
      this.looked += row === null ? Math.min(MAX_ROW, this.bytes.length - this.at) : row.end - this.at;
      if (row !== null && (row.quoted || !dialect.usual)) return;
    }
  }

  private mostLooked(): number {
    return 2 * this.bytes.length + 4 * MAX_ROW;
  }

  private row(row: readonly string[]): void {
    if (row.every((value) => value.trim() === '')) return;
    if (this.columns === null) {
      this.columns = row.map((name) => name.trim());
      return;
    }
    const width = this.columns.length;
    const extra = row.slice(width).some((value) => value.trim() !== '');
    if (row.length < width || extra) {
      const end = extra
        ? 'the row is passed over. Put a field that holds the delimiter in quotation marks'
        : 'the missing ones are taken as empty';
      this.notice(
        extra ? 'too-many-fields' : 'wrong-number-of-fields',
        `${row.length} fields where the header has ${width}; ${end}`,
      );
      if (extra) return;
    }
    // Without prototype, so that a column called "__proto__" is one like the others.
    const record = Object.create(null) as Record<string, unknown>;
    for (let i = width - 1; i >= 0; i--) record[this.columns[i]] = row[i] ?? '';
    addRecord(record as RawRecord, { path: this.into.file.path, line: this.line }, this.into);
  }

  private notice(code: string, what: string): void {
    this.into.notices.at({ path: this.into.file.path, line: this.line }, code, what);
  }
}
