/** Quotation marks in tables as people write them: not doubled inside a field, or never closed. */

const [NEWLINE, RETURN, SPACE, QUOTE] = [10, 13, 32, 34];

/** A row, told by where its quotation marks stand. */
export interface Row {
  readonly fields: readonly string[];
  /** Byte behind its line break. */
  readonly end: number;
  /** Whether any field is in quotation marks. */
  readonly quoted: boolean;
}

export interface Dialect {
  /** Byte between fields. */
  readonly delimiter: number;
  /** Byte that ends rows. */
  readonly rowEnd: number;
  /** Fields of a row. */
  readonly width: number;
  /** Most bytes of a row. */
  readonly maxRow: number;
  /** Whether fields in quotation marks are usual, so that one of several lines is no wonder. */
  readonly usual: boolean;
}

const COMMA = 44;

/**
 * The row that begins at a byte where marks inside of fields are not doubled: a mark closes its field only where a delimiter and
 * no space, or the end of the row, follows.
 *
 * @returns null where that gives another number of fields, or two rows in one: a field with what looks like the beginning of another
 */
export function rowAt(bytes: Uint8Array, at: number, dialect: Dialect): Row | null {
  const { delimiter, rowEnd, width } = dialect;
  const fields: string[] = [];
  let quoted = false;
  for (let from = at; fields.length < width;) {
    const marked = bytes[from] === QUOTE;
    const end = marked ? closing(bytes, from, dialect, fields.length + 1 === width) : plainEnd(bytes, from, dialect);
    if (end === null) return null;
    const inside = decoded(bytes, marked ? from + 1 : from, marked ? end - 1 : end);
    if (marked && holdsRows(inside, dialect)) return null;
    fields.push(marked ? inside.replaceAll('""', '"') : inside.replace(/\r$/, ''));
    quoted ||= marked;
    if (bytes[end] === delimiter) {
      from = end + 1;
      continue;
    }
    const next = bytes[end] === RETURN && rowEnd === NEWLINE ? end + 2 : end + 1;
    return fields.length === width ? { fields, end: Math.min(next, bytes.length), quoted } : null;
  }
  return null;
}

/**
 * Two marks are one inside of the field, but where single ones have stood in it: then the second closes it. Prose ends its lines
 * with marks as well, so what follows the last field must be a row: one that has a field in marks, as this has.
 *
 * @returns the byte behind the mark that closes the field that opens at `from`
 */
function closing(bytes: Uint8Array, from: number, dialect: Dialect, last: boolean): number | null {
  const { delimiter, rowEnd, maxRow } = dialect;
  const ends = (at: number): boolean => {
    const [next, then] = [bytes[at + 1], bytes[at + 2]];
    if (!last) return next === delimiter && then !== SPACE;
    if (next === undefined) return true;
    const end = next === rowEnd ? at + 2 : next === RETURN && then === NEWLINE ? at + 3 : null;
    return end !== null && beginsRow(bytes, end, dialect);
  };
  const most = from + maxRow;
  let single = false;
  for (let at = bytes.indexOf(QUOTE, from + 1); at >= 0 && at < most; at = bytes.indexOf(QUOTE, at + 1)) {
    if (bytes[at + 1] !== QUOTE) {
      if (ends(at)) return at + 1;
      single = true;
    } else if (single && ends(at + 1)) return at + 2;
    else at++;
  }
  return null;
}

/** Whether the line that begins at a byte has a field in quotation marks, or nothing follows. */
function beginsRow(bytes: Uint8Array, at: number, { delimiter, rowEnd }: Dialect): boolean {
  let begun = false;
  for (let i = at; i < bytes.length && bytes[i] !== rowEnd; i++) {
    begun ||= bytes[i]! > SPACE;
    if (bytes[i] === delimiter && bytes[i + 1] === QUOTE && bytes[i + 2]! > SPACE) return true;
  }
  return !begun;
}

function plainEnd(bytes: Uint8Array, from: number, { delimiter, rowEnd, maxRow }: Dialect): number | null {
  const most = Math.min(bytes.length, from + maxRow);
  for (let at = from; at < most; at++) if (bytes[at] === delimiter || bytes[at] === rowEnd) return at;
  return most === bytes.length ? most : null;
}

/** True where a field seems to have swallowed the rows below: prose over several lines has commas, and no other delimiter. */
function holdsRows(field: string, { delimiter, usual }: Dialect): boolean {
  const mark = String.fromCharCode(delimiter);
  if (field.includes('\n') && (!usual || (delimiter !== COMMA && field.includes(mark)))) return true;
  for (let at = field.indexOf(`${mark}"`); at >= 0; at = field.indexOf(`${mark}"`, at + 1))
    if (/[^\s"]/.test(field[at + 2] ?? ' ')) return true;
  return false;
}

/** The fields of a line in which quotation marks are text. */
export function plainRow(bytes: Uint8Array, at: number, end: number, delimiter: number): readonly string[] {
  return decoded(bytes, at, end)
    .replace(/\r?\n$/, '')
    .split(String.fromCharCode(delimiter));
}

function decoded(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, to));
}

/** How marks inside of fields are written in the beginning of a table: after a backslash, as MySQL and PHP do, or doubled. */
export function escapeOf(bytes: Uint8Array): '\\' | '"' {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_000_000)).toString('latin1');
  const slashed = start.match(/\\"(?!\s*(?:[,;\t|\n\r]|$))/g)?.length ?? 0;
  const doubled = start.match(/[^,;\t|\n\r]""/g)?.length ?? 0;
  return slashed > doubled ? '\\' : '"';
}
