import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FileMetaData } from 'hyparquet';
import { isLockedParquet } from '../text/magic.js';
import { visible } from '../text/visible.js';
import { addRecord, type Reading } from './draft.js';
import type { RawRecord } from './fields.js';
import { checkPages, checkRows, Damaged, readableColumns } from './parquet-pages.js';

/** Bytes and rows, unpacked, that are read at once. */
const [SLICE, MOST_ROWS] = [64_000_000, 50_000];
/** Most bytes of the texts of a file: what is read of any other, and for a small one as much as of one that is packed. */
const [MAX_TEXTS, MAX_RATIO, SMALL] = [2_000_000_000, 100, 64_000_000];
/** Values inside one another that are looked into. */
const MAX_INSIDE = 10;

/** Parquet: a row is a record, as an element of a JSON array is. Where it is damaged, what stands before is read. */
export async function readParquet(into: Reading): Promise<void> {
  const { path, bytes } = into.file;
  let [row, room] = [0, Math.min(MAX_TEXTS, roomIn(bytes))];
  try {
    for await (const rows of slicesOf(bytes))
      for (const record of rows) {
        const before = into.drafts.length;
        addRecord(record, { path, line: ++row, unit: 'element' }, into);
        for (const { text } of into.drafts.slice(before)) room -= text.to - text.from;
        if (room < 0) throw new TooLarge();
      }
    if (row === 0) into.notices.at({ path, line: null }, 'empty-file', 'the file has no rows');
  } catch (error) {
    const rest = row === 0 ? 'passed over' : `the rows before element ${row + 1} are read, the rest is passed over`;
    const place = { path, line: null };
    if (error instanceof TooLarge)
      into.notices.at(place, 'too-large', `unpacks to more than ${MAX_RATIO} times its size, or to more than ${MAX_TEXTS} bytes of text; ${rest}`); // prettier-ignore
    else into.notices.at(place, 'broken-parquet', `${whyNot(error, bytes)}; ${rest}`);
  }
}

class TooLarge extends Error {}

/** Most bytes that a file may unpack to. */
function roomIn(bytes: Uint8Array): number {
  return Math.max(SMALL, MAX_RATIO * bytes.length);
}

function whyNot(error: unknown, bytes: Uint8Array): string {
  if (isLockedParquet(bytes)) return 'the Parquet file is encrypted. Write it anew in the open';
  const { message } = error as Error;
  const unknown = /(?:un|not )supported/.test(message) && !(error instanceof Damaged);
  if (unknown) return `the Parquet file is written in a way that is not read (${visible(message, 80)}). Write it as JSON Lines or CSV`; // prettier-ignore
  return 'the Parquet file is cut short or damaged. Fetch it anew';
}

/** The rows, so many at once that they can be held. */
async function* slicesOf(bytes: Uint8Array): AsyncGenerator<readonly RawRecord[]> {
  const { parquetMetadata, parquetSchema } = await import('hyparquet');
  const { parquetHeader } = await import('hyparquet/src/column.js');
  const metadata = parquetMetadata(footerOf(bytes), { geoparquet: false });
  const schema = parquetSchema(metadata);
  checkRows(bytes, metadata, schema);
  const columns = readableColumns(schema);
  let [begins, room] = [0, roomIn(bytes)];
  for (const group of metadata.row_groups) {
    const size = checkPages(bytes, group, columns, parquetHeader);
    if ((room -= size) < 0) throw new TooLarge();
    const rows = Number(group.num_rows);
    const step = Math.max(1, Math.min(MOST_ROWS, Math.ceil(rows / Math.max(1, Math.ceil(size / SLICE)))));
    const file = within(bytes);
    for (let from = 0; from < rows; from += step)
      yield await rowsOf(file, metadata, columns, begins + from, begins + Math.min(rows, from + step));
    begins += rows;
  }
}

/** The end of the file, which says what is where. @throws Damaged */
function footerOf(bytes: Uint8Array): ArrayBuffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = bytes.length < 12 ? Infinity : view.getUint32(bytes.length - 8, true) + 8;
  if (length > bytes.length - 4) throw new Damaged('footer');
  return Uint8Array.from(bytes.subarray(bytes.length - length)).buffer;
}

interface File {
  readonly byteLength: number;
  slice(from: number, to?: number): ArrayBuffer;
}

/** Pieces of the file, each copied once. */
function within(bytes: Uint8Array): File {
  const made = new Map<string, ArrayBuffer>();
  const slice = (from: number, to = bytes.length): ArrayBuffer => {
    const key = `${from} ${to}`;
    if (!made.has(key)) made.set(key, Uint8Array.from(bytes.subarray(from, to)).buffer);
    return made.get(key)!;
  };
  return { byteLength: bytes.length, slice };
}

async function rowsOf(
  file: File,
  metadata: FileMetaData,
  columns: readonly string[],
  rowStart: number,
  rowEnd: number,
): Promise<readonly RawRecord[]> {
  const { parquetRead } = await import('hyparquet');
  const { compressors: others } = await import('hyparquet-compressors');
  const compressors = { ...others, GZIP: gunzipped, BROTLI: unbrotlied };
  let rows: readonly (readonly unknown[])[] = [];
  const onComplete = (read: unknown[][]): void => void (rows = read);
  const asked = { file, metadata, columns: [...columns], rowStart, rowEnd, compressors, parsers: PARSERS };
  await parquetRead({ ...asked, rowFormat: 'array', onComplete });
  return rows.map((row) => {
    // Without prototype, so that a column called "__proto__" is one like the others.
    const record = Object.create(null) as Record<string, unknown>;
    columns.forEach((name, i) => (record[name] = plain(row[i], 0)));
    return record;
  });
}

/** By Node itself, which is faster and ends on whatever is broken. */
const gunzipped = (packed: Uint8Array, size: number): Uint8Array => gunzipSync(packed, roomFor(size));
const unbrotlied = (packed: Uint8Array, size: number): Uint8Array => brotliDecompressSync(packed, roomFor(size));
const roomFor = (size: number): { maxOutputLength: number } => ({ maxOutputLength: Math.max(1, size) });

/** Moments as they would stand in JSON; what is no JSON there is a text. */
const PARSERS = {
  timestampFromMilliseconds: (ms: bigint) => moment(Number(ms)),
  timestampFromMicroseconds: (us: bigint) => moment(Number(us / 1000n)),
  timestampFromNanoseconds: (ns: bigint) => moment(Number(ns / 1_000_000n)),
  dateFromDays: (days: number) => moment(days * 86_400_000)?.slice(0, 10) ?? null,
  jsonFromBytes: (bytes: Uint8Array): unknown => {
    const text = new TextDecoder().decode(bytes);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  },
};

function moment(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A value as JSON would have it. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth > MAX_INSIDE || ArrayBuffer.isView(value)) return null;
  if (Array.isArray(value)) return value.map((inner) => plain(inner, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, depth + 1)]));
}
