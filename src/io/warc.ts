import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import type { ReadSource } from '../types/types.js';
import type { Aside } from './aside.js';
import { Ahead } from './ahead.js';
import { roomFor } from './bytes.js';
import { Ended } from './gunzip.js';
import { BROKEN } from './slices.js';

/** Names of archives of web sites. */
export const WARC = /\.warc(?:\.gz)?$/i;
/** Most bytes of a page, of the headers of a record, and of its address. */
const [MAX_PAGE, MAX_HEADERS, MAX_ADDRESS] = [64_000_000, 65_536, 2000];
const PAGE = /^\s*(?:text\/html|application\/xhtml\+xml)\b/i;

/** True for what begins as a record of a web archive. */
export function isWarc(bytes: Uint8Array): boolean {
  return /^WARC\/\d/.test(String.fromCharCode(...bytes.subarray(0, 6)));
}

/**
 * The pages of a web archive (WARC, ISO 28500), each a file of HTML named by its address. Requests, remarks and what was unchanged since
 * are no files; pictures, scripts and pages that were not found are counted.
 *
 * @param chunks its bytes, packed or not; `size` is their number
 * @param shown how it is called in reports
 * @returns why it was not read to its end; null where it was
 */
export async function* readWarc(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  shown: string,
  aside: Aside,
): AsyncGenerator<ReadSource, string | null> {
  const ahead = new Ahead(chunks, size);
  /** Pages that were there before. */
  const known = new Set<string>();
  try {
    for (;;) {
      const record = await recordIn(ahead);
      if (record === null) return null;
      const { address, length } = record;
      const type = record.said.get('warc-type') ?? '';
      const isPage = type === 'response' || (type === 'resource' && PAGE.test(record.said.get('content-type') ?? ''));
      if (address === null || !isPage || length > MAX_PAGE) {
        await ahead.skip(length);
        if (address !== null && (isPage || type === 'resource')) aside.add(isPage ? 'large' : 'other', address);
        continue;
      }
      const content = await ahead.take(length);
      const page = type === 'resource' ? content : bodyOf(content);
      if (typeof page === 'string') aside.add(page, address);
      else {
        const key = createHash('sha256').update(`${address}\n`).update(page).digest('base64');
        if (!known.has(key)) yield { file: { path: `${shown}/${address}`, folder: null, bytes: page } };
        known.add(key);
      }
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return error.message;
  } finally {
    ahead.close();
  }
}

interface Record {
  readonly said: ReadonlyMap<string, string>;
  /** Where it is from; null for what is from no web site. */
  readonly address: string | null;
  /** Bytes of its content. */
  readonly length: number;
}

/** The headers of the next record; null behind the last. @throws Ended */
async function recordIn(ahead: Ahead): Promise<Record | null> {
  const head = await ahead.headers(MAX_HEADERS);
  if (head === null) return null;
  const [version, ...lines] = head.split(/\r?\n/);
  const said = fieldsIn(lines);
  const length = Number(said.get('content-length') ?? NaN);
  if (!/^WARC\/\d+\.\d+\s*$/.test(version!) || !Number.isSafeInteger(length) || length < 0) throw new Ended(BROKEN);
  const address = said.get('warc-target-uri')?.replace(/^<|>$/g, '').slice(0, MAX_ADDRESS) ?? '';
  return { said, address: /^https?:\/\/\S/i.test(address) ? address : null, length };
}

/** By their names in small letters; lines that go on are joined. */
function fieldsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  let name = '';
  for (const line of lines) {
    const own = /^([\w-]{1,100}):\s*(.*)$/.exec(line);
    if (own !== null) said.set((name = own[1]!.toLowerCase()), own[2]!.trim());
    else if (/^[ \t]/.test(line) && name !== '') said.set(name, `${said.get(name)} ${line.trim()}`);
  }
  return said;
}

/** The page in the answer of a server, in UTF-8 where it says what it is in; else why it is none. */
function bodyOf(answer: Uint8Array): Uint8Array | 'other' | 'damaged' | 'bomb' {
  const start = Buffer.from(answer.buffer, answer.byteOffset, Math.min(answer.length, MAX_HEADERS)).toString('latin1');
  const ends = /\r?\n\r?\n/.exec(start);
  const [status, ...lines] = start.slice(0, ends?.index ?? 0).split(/\r?\n/);
  const said = fieldsIn(lines);
  const type = said.get('content-type') ?? '';
  if (ends === null || !/^HTTP\/\d(?:\.\d)?\s+200\b/.test(status!) || !PAGE.test(type)) return 'other';
  const body = answer.subarray(ends.index + ends[0].length);
  const whole = /\bchunked\b/i.test(said.get('transfer-encoding') ?? '') ? unchunked(body) : body;
  const page = decompressed(whole, (said.get('content-encoding') ?? '').trim().toLowerCase());
  return typeof page === 'string' ? page : inUtf8(page, /charset\s*=\s*["']?([\w-]{2,30})/i.exec(type)?.[1]);
}

/** Some programs keep the pieces in which a server sent a page, others join them and keep what it said. */
function unchunked(body: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < body.length;) {
    const head = /^([\da-f]{1,8})[^\r\n]{0,200}\r?\n/i.exec(String.fromCharCode(...body.subarray(at, at + 220)));
    if (head === null) return pieces.length === 0 ? body : Buffer.concat(pieces);
    const [from, length] = [at + head[0].length, parseInt(head[1]!, 16)];
    if (length === 0) break;
    pieces.push(body.subarray(from, from + length));
    at = from + length + (body[from + length] === 13 ? 2 : 1);
  }
  return Buffer.concat(pieces);
}

function decompressed(body: Uint8Array, encoding: string): Uint8Array | 'damaged' | 'bomb' {
  const bound = { maxOutputLength: Math.min(MAX_PAGE, roomFor(body.length)) };
  // What was unpacked before it was kept still says how it was sent.
  const isText = /^\s*</.test(String.fromCharCode(...body.subarray(0, 100)));
  try {
    if (/^(?:x-)?gzip$/.test(encoding) && body[0] === 0x1f) return gunzipSync(body, bound);
    if (encoding === 'br' && !isText) return brotliDecompressSync(body, bound);
    if (encoding === 'deflate' && !isText) return (body[0]! & 15) === 8 ? inflateSync(body, bound) : inflateRawSync(body, bound); // prettier-ignore
    return body;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'damaged';
  }
}

/** What a server says a page is in counts more than what the page says. */
function inUtf8(page: Uint8Array, charset: string | undefined): Uint8Array {
  if (charset === undefined || /^utf-?8$/i.test(charset)) return page;
  try {
    return new TextEncoder().encode(new TextDecoder(charset).decode(page));
  } catch {
    return page;
  }
}
