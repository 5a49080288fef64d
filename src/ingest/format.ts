import { FIELD_NAMES, isKnownAs } from './fields.js';
import { looksLikeJsonLines } from './json.js';

export type Format = 'jsonl' | 'json' | 'csv' | 'text' | 'markdown' | 'html' | 'empty';

const BY_NAME: readonly (readonly [RegExp, Format])[] = [
  [/\.(?:jsonl|ndjson)$/, 'jsonl'],
  [/\.json$/, 'json'],
  [/\.(?:csv|tsv)$/, 'csv'],
  [/\.(?:md|markdown)$/, 'markdown'],
  [/\.html?$/, 'html'],
  [/\.(?:txt|text)$/, 'text'],
];

/** By the ending of the name; for standard input and unknown endings by how the text begins. */
export function formatOf(path: string, bytes: Uint8Array): Format {
  const start = new TextDecoder().decode(bytes.subarray(0, 64_000)).trimStart();
  if (start === '' && bytes.length <= 64_000) return 'empty';
  const name = path.toLowerCase().replace(/\.gz$/, '');
  return BY_NAME.find(([ending]) => ending.test(name))?.[1] ?? sniffed(start, bytes);
}

function sniffed(start: string, bytes: Uint8Array): Format {
  // The first line may be a long article.
  if (start.startsWith('{'))
    return looksLikeJsonLines(new TextDecoder().decode(bytes.subarray(0, 8_000_000))) ? 'jsonl' : 'json';
  if (/^\[\s*[{\]]/.test(start)) return 'json';
  if (/^<(?:!doctype|html|head|body|!--|article)/i.test(start)) return 'html';
  if (/^(?:---|\+\+\+)[ \t]*\r?\n/.test(start)) return 'markdown';
  const header = start.split(/\r?\n/, 1)[0].split(/[,;\t|]/);
  const known = header.filter((cell) => FIELD_NAMES.some((name) => isKnownAs(cell.replace(/"/g, '').trim(), name)));
  return known.length > 1 || (known.length > 0 && header.length > 2) ? 'csv' : 'text';
}
