import { addressIn } from '../text/address.js';
import type { SourceFile } from '../types/types.js';
import { FIELD_NAMES, isKnownAs, type FieldName } from './fields.js';
import { looksLikeJsonLines } from './json.js';

export type Format = 'jsonl' | 'json' | 'csv' | 'text' | 'markdown' | 'html' | 'feed' | 'empty';

const BY_NAME: readonly (readonly [RegExp, Format])[] = [
  [/\.(?:jsonl|ndjson)$/, 'jsonl'],
  // Accounts of X are exported as scripts that assign JSON.
  [/\.(?:json|js)$/, 'json'],
  [/\.(?:csv|tsv)$/, 'csv'],
  [/\.(?:md|markdown)$/, 'markdown'],
  [/\.html?$/, 'html'],
  [/\.(?:txt|text)$/, 'text'],
  [/\.(?:xml|rss|atom|rdf|wxr)$/, 'feed'],
];

/** What the ending of a name says; undefined for an unknown ending. */
function formatByName(path: string): Format | undefined {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  return BY_NAME.find(([ending]) => ending.test(name))?.[1];
}

/** Bytes at the beginning of a file that tell whether it holds mail. */
const MAIL_START = 16_000;
/** The line that stands above every mail of a mailbox: "From ann@example.org Sun Jun  9 08:00:00 2019". */
export const POSTMARK = /^From .{3,200}\d{2}:\d{2}.{0,30}\d{4}\s*$/;
/** Fields of a mail, each with the lines that belong to it, from the first line on. */
export const FIELDS = /^(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+/;

/** True for a mailbox or a mail: by how it begins, for it may be called anything. */
export function isMail({ path, bytes }: SourceFile): boolean {
  if ((formatByName(path) ?? 'text') !== 'text') return false;
  const text = Buffer.from(bytes.subarray(0, MAIL_START)).toString('latin1').replaceAll('\r\n', '\n');
  const [first = ''] = text.split('\n', 1);
  const posted = POSTMARK.test(first);
  const fields = FIELDS.exec(posted ? text.slice(first.length + 1) : text)?.[0] ?? '';
  const has = (name: string): boolean => new RegExp(`^${name}:`, 'im').test(fields);
  const known = posted || /\.(?:mbox|mbx|eml)(?:\.gz)?$/i.test(path) || (has('Message-ID') && has('Date'));
  return known && has('From');
}

/** By the ending of the name; for standard input and unknown endings by how the text begins. */
export function formatOf(path: string, bytes: Uint8Array): Format {
  const start = new TextDecoder().decode(bytes.subarray(0, 64_000)).trimStart();
  if (start === '' && bytes.length <= 64_000) return 'empty';
  if (addressIn(path) !== null) return 'html';
  const named = formatByName(path);
  if (named === undefined) return sniffed(start, bytes);
  if (named === 'jsonl') return isOneValue(start) ? 'json' : 'jsonl';
  // What begins as a dump is no article and no table, whatever it is called.
  if (named === 'text' && tableHeader(start, ['author', 'text'])) return 'csv';
  return (named === 'text' || named === 'csv') && beginsAsJson(start) ? sniffed(start, bytes) : named;
}

/** True for JSON that is spread over lines, or a list in one line. */
function isOneValue(start: string): boolean {
  return /^(?:\[\s*)?\{[ \t]*\r?\n\s*"/.test(start) || /^\[\s*\{[^\n]*$/.test(start);
}

/** True where the text begins with an object that has a named value, or a list of such. */
function beginsAsJson(start: string): boolean {
  return /^\[?\s*\{\s*"[^"\n]{1,100}"\s*:/.test(start);
}

/** True for files that may say in their first lines which encoding they are in, as HTML and XML do. */
export function namesEncoding({ path, bytes }: SourceFile): boolean {
  return (
    addressIn(path) !== null ||
    /\.(?:html?|xml|rss|atom|rdf|wxr)(?:\.gz)?$/i.test(path) ||
    String.fromCharCode(...bytes.subarray(0, 5)) === '<?xml'
  );
}

/** The encoding a page names in its first 2 KB, or null. */
export function encodingNamed(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 2048));
  return /<(?:meta|\?xml)[^>]{1,200}(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,30})/i.exec(head)?.[1] ?? null;
}

function sniffed(start: string, bytes: Uint8Array): Format {
  // The first line may be a long article.
  if (start.startsWith('{'))
    return looksLikeJsonLines(new TextDecoder().decode(bytes.subarray(0, 8_000_000))) ? 'jsonl' : 'json';
  if (/^\[\s*[{\]]/.test(start)) return 'json';
  if (start.startsWith('<')) {
    const root = rootOf(start);
    if (FEED.test(root)) return 'feed';
    // Any other XML is told to be no feed.
    if (start.startsWith('<?xml')) return /^<html\b/i.test(root) ? 'html' : 'feed';
  }
  if (/^<(?:!doctype|html|head|body|!--|article)/i.test(start)) return 'html';
  if (/^(?:---|\+\+\+)[ \t]*\r?\n/.test(start)) return 'markdown';
  const header = cellsOf(start);
  const known = header.filter((cell) => FIELD_NAMES.some((name) => isKnownAs(cell, name)));
  return known.length > 1 || (known.length > 0 && header.length > 2) ? 'csv' : 'text';
}

function cellsOf(start: string): readonly string[] {
  return start.split(/\r?\n/, 1)[0].split(/[,;\t|]/).map((cell) => cell.replace(/"/g, '').trim()); // prettier-ignore
}

/** True where the first line has a cell for each of these fields. */
function tableHeader(start: string, names: readonly FieldName[]): boolean {
  const cells = cellsOf(start);
  return names.every((name) => cells.some((cell) => isKnownAs(cell, name)));
}

/** The root element of a feed and the tag behind it, which prose that begins with "<rss" has not. */
const FEED = /^<(?:[\w.-]{1,100}:)?(?:rss|RDF|feed|entry)(?:\s[^<>=]*=[^<>]*)?>\s*</;

/** What stands behind declarations, comments and the document type at the start of XML. */
function rootOf(start: string): string {
  const before = /\s*(?:<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>)\s*/iy;
  let at = 0;
  while (before.test(start)) at = before.lastIndex;
  return start.slice(at);
}
