import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { Notice } from '../types.js';
import { checkMap, type FieldMap, type RawRecord } from './fields.js';

/** One record of a structured file with its place: a line (JSON Lines, CSV) or an element (JSON array), 1-based. */
export interface Placed {
  readonly record: RawRecord;
  readonly line: number;
}

export interface Records {
  readonly records: readonly Placed[];
  readonly notices: readonly Notice[];
}

const MAX_COLUMNS = 10_000;
const MAX_JSON_LINE = 64_000_000;

/** JSON Lines. A broken line becomes a notice with its number, and the rest is read. */
export function readJsonLines(text: string, path: string): Records {
  const records: Placed[] = [];
  const notices: Notice[] = [];
  let line = 0;
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    line++;
    const raw = text.slice(at, end).trim();
    at = end + 1;
    if (raw === '' || (line === 1 && raw === '\uFEFF')) continue;
    const value = parseJson(raw.replace(/^\uFEFF/, ''));
    if (value instanceof Error)
      notices.push(
        warning('broken-json', `${visible(path)}, line ${line}: ${value.message}; the line is passed over`, path, line),
      );
    else if (isRecord(value)) records.push({ record: value, line });
    else
      notices.push(
        warning('not-an-article', `${visible(path)}, line ${line}: not a JSON object; passed over`, path, line),
      );
  }
  return { records, notices };
}

/** A JSON array of articles, an object holding one such array, or one article. */
export function readJson(text: string, path: string): Records {
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value instanceof Error) {
    // Many ".json" dumps are JSON Lines.
    if (/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text)) return readJsonLines(text, path);
    return {
      records: [],
      notices: [warning('broken-json', `${visible(path)}: ${value.message}; the file is passed over`, path, null)],
    };
  }
  let list: unknown = value;
  if (isRecord(value)) {
    const arrays = Object.values(value).filter((v) => Array.isArray(v) && v.some(isRecord));
    list = arrays.length === 1 && !('text' in value) && !('body' in value) ? arrays[0] : [value];
  }
  if (!Array.isArray(list))
    return {
      records: [],
      notices: [warning('not-an-article', `${visible(path)}: neither an array nor an object; passed over`, path, null)],
    };
  const records: Placed[] = [];
  const notices: Notice[] = [];
  list.forEach((item: unknown, i) => {
    if (isRecord(item)) records.push({ record: item, line: i + 1 });
    else
      notices.push(
        warning('not-an-article', `${visible(path)}, element ${i + 1}: not an object; passed over`, path, i + 1),
      );
  });
  return { records, notices };
}

/**
 * CSV or TSV with a header row; the delimiter is found.
 *
 * @throws UserError for more columns than any article table has, and for a mapped column that is not there
 */
export async function readCsv(text: string, path: string, map: FieldMap): Promise<Records> {
  const header = text.slice(0, 4_000_000).split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [',', '\t', ';', '|'].map((d) => ({ d, n: header.split(d).length })).sort((a, b) => b.n - a.n)[0]!;
  if (delimiter.n > MAX_COLUMNS)
    throw new UserError(
      `${visible(path)}, line 1: ${delimiter.n} columns; the most is ${MAX_COLUMNS}`,
      'Is this a table of articles? Give one article a row.',
    );
  const { parse } = await import('csv-parse/sync');
  const notices: Notice[] = [];
  let rows: { record: string[]; info: { lines: number } }[];
  const parseText = (input: string, relaxed: boolean): typeof rows =>
    parse(input, {
      delimiter: delimiter.d,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: relaxed,
      skip_empty_lines: true,
      max_record_size: 16_000_000,
    }) as unknown as typeof rows;
  try {
    rows = parseText(text, false);
  } catch (error) {
    const line = Number(/line (\d+)/i.exec((error as Error).message)?.[1] ?? 1);
    notices.push(
      warning(
        'broken-csv',
        `${visible(path)}, line ${line}: quotation marks do not pair up; rows before it are read, later ones only where they are whole`,
        path,
        line,
      ),
    );
    rows = recovered(text, line, parseText);
  }
  const columns = rows[0]?.record.map((c) => c.trim()) ?? [];
  checkMap(map, columns, visible(path));
  const records: Placed[] = [];
  for (const { record, info } of rows.slice(1)) {
    if (record.length !== columns.length)
      notices.push(
        warning(
          'ragged-row',
          `${visible(path)}, line ${info.lines}: ${record.length} fields where the header has ${columns.length}`,
          path,
          info.lines,
        ),
      );
    records.push({ record: Object.fromEntries(columns.map((c, i) => [c, record[i] ?? ''])), line: info.lines });
  }
  return { records, notices };
}

/** Rows before the broken place, found by cutting the text at lines further and further up. */
function recovered<T>(text: string, badLine: number, parseText: (input: string, relaxed: boolean) => T[]): T[] {
  const lines = text.split('\n');
  for (const cut of [badLine - 1, Math.floor(badLine / 2), 1]) {
    try {
      return parseText(lines.slice(0, Math.max(1, cut)).join('\n'), false);
    } catch {
      // Try with fewer lines.
    }
  }
  return [];
}

function parseJson(text: string): unknown {
  if (text.length > MAX_JSON_LINE * 8) return new Error('larger than 512 MB in one piece: give JSON Lines instead');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof RangeError) return new Error('nested too deeply');
    return new Error('not valid JSON');
  }
}

function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function warning(code: string, message: string, path: string, line: number | null): Notice {
  return { level: 'warning', code, message, source: visible(path), line };
}
