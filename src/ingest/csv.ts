import type { parse } from 'csv-parse/sync';
import { addRecord, type Reading } from './draft.js';
import type { RawRecord } from './fields.js';

const MAX_COLUMNS = 10_000;
/** Most characters of one row; an open quotation mark would else swallow the rest of the file. */
const MAX_ROW = 4_000_000;
/** Broken rows after which the rest of a file is left. */
const MAX_BROKEN = 100;
/** Lines with quotation marks inside unquoted fields after which such marks are text in all of the file. */
const BARE = 20;
const NEWLINE = 10;

type ParseSync = typeof parse;

/** CSV or TSV with a header row; the delimiter is found. A broken row becomes a notice and reading goes on below it. */
export async function readCsv(given: Uint8Array, into: Reading): Promise<void> {
  const bytes = withLineFeeds(given);
  const named = delimiterNamed(bytes);
  const { delimiter, count } = named ?? delimiterOf(bytes, /\.tsv(?:\.gz)?$/i.test(into.file.path));
  if (count >= MAX_COLUMNS) {
    const what = `the header has ${count + 1} columns; at most ${MAX_COLUMNS} are read. Give one article a row`;
    into.notices.at({ path: into.file.path, line: 1 }, 'too-many-columns', what);
    return;
  }
  const csv = await import('csv-parse/sync');
  new Table(bytes, delimiter, csv.parse, into).read(named === null ? 0 : bytes.indexOf(NEWLINE) + 1);
}

/** Rows that end in carriage returns alone, as old Macs wrote them, in rows as others write them. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(NEWLINE) || !bytes.includes(13)) return bytes;
  return bytes.map((byte) => (byte === 13 ? NEWLINE : byte));
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
    if (byte === 34) quoted = !quoted;
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

  constructor(
    private readonly bytes: Uint8Array,
    private readonly delimiter: string,
    private readonly parse: ParseSync,
    private readonly into: Reading,
  ) {}

  /** @param from byte at which the header begins */
  read(from: number): void {
    this.forward(from);
    for (let broken = 0; this.at < this.bytes.length;) {
      const problem = this.readRows(this.bytes.subarray(this.at), this.bare >= BARE);
      if (problem === null) return;
      if (broken >= MAX_BROKEN) {
        this.notice('csv-given-up', `more than ${MAX_BROKEN} broken rows; the rest of the file is left`);
        return;
      }
      if (!this.pastBrokenLine(problem)) broken++;
    }
  }

  /** @returns null, or why reading stopped at the row that begins at `at` */
  private readRows(bytes: Uint8Array, relaxed: boolean): string | null {
    const start = this.at;
    try {
      this.parse(bytes, {
        delimiter: this.delimiter,
        relax_column_count: true,
        relax_quotes: relaxed,
        max_record_size: MAX_ROW,
        on_record: (row: string[], context) => {
          this.row(row);
          this.forward(start + context.bytes);
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

  private forward(to: number): void {
    for (let i = this.bytes.indexOf(NEWLINE, this.at); i >= 0 && i < to; i = this.bytes.indexOf(NEWLINE, i + 1))
      this.line++;
    this.at = to;
  }

  /** @returns true where the line could be read after all */
  private pastBrokenLine(problem: string): boolean {
    const breakAt = this.bytes.indexOf(NEWLINE, this.at);
    const end = breakAt < 0 ? this.bytes.length : breakAt + 1;
    // A quotation mark inside an unquoted field is text.
    if (problem === 'INVALID_OPENING_QUOTE' && this.readRows(this.bytes.subarray(this.at, end), true) === null) {
      this.forward(end);
      this.bare++;
      return true;
    }
    const what =
      problem === 'CSV_MAX_RECORD_SIZE'
        ? `a row of more than ${MAX_ROW} characters, perhaps a quotation mark that is never closed`
        : 'quotation marks that do not pair up';
    this.notice('broken-csv', `${what}; the line is passed over. Write a quotation mark inside a field twice ("")`);
    this.forward(end);
    return false;
  }

  private row(row: string[]): void {
    if (row.every((value) => value.trim() === '')) return;
    if (this.columns === null) {
      this.columns = row.map((name) => name.trim());
      return;
    }
    const width = this.columns.length;
    const extra = row.slice(width).some((value) => value.trim() !== '');
    if (row.length < width || extra) {
      const end = extra ? 'the row is passed over' : 'the missing ones are taken as empty';
      this.notice('wrong-number-of-fields', `${row.length} fields where the header has ${width}; ${end}`);
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
