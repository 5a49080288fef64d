import { HeldTexts } from '../text/held.js';
import { each, type Steps, type Task } from '../work/work.js';
import { pieces } from './decode.js';
import { addRecord, type Draft, type Reading } from './draft.js';
import { asBody, fieldsOf, isRecord, SeenFields, type FieldMap, type RawRecord } from './fields.js';
import { Notices, type NoticesByKind, type Place } from './notices.js';

const MAX_LINE = 100_000_000;
const MAX_JSON = 400_000_000;
/** Broken lines, without one good one, after which a file is taken for something else. */
const HOPELESS = 1000;
/** Bytes of a batch of lines. */
const PIECE = 4_000_000;

/** JSON Lines. A broken line becomes a notice with its number, and the rest is read: in batches, once one line was good. */
export function* readJsonLines(bytes: Uint8Array, into: Reading): Steps<void> {
  const { file, map } = into;
  const batches: { readonly piece: Uint8Array; readonly firstLine: number }[] = [];
  // A later part of a file: the first has shown what is in it.
  let [firstLine, broken] = file.firstLine === undefined || file.firstLine === 1 ? [1, 0] : [file.firstLine, -Infinity];
  for (const piece of pieces(bytes, PIECE)) {
    // The first are read here: they show whether these are JSON Lines, and which fields there are. A line as long as a book, too.
    if (broken < 0 && piece.length <= 4 * PIECE) batches.push({ piece, firstLine });
    else broken = readLines(piece, firstLine, broken, into);
    if (broken >= HOPELESS) {
      const what = `the first ${HOPELESS} lines are no JSON Lines; the file is passed over`;
      return into.notices.at({ path: file.path, line: null }, 'not-json-lines', what);
    }
    firstLine += linesIn(piece);
  }
  const read = yield* each(linesTask, {
    length: batches.length,
    // A copy: a part of a file would take the whole file along to another thread.
    at: (i) => ({ ...batches[i]!, piece: Uint8Array.from(batches[i]!.piece), path: file.path, map }),
  });
  for (const { drafts, notices, seen } of read) {
    for (const { line, ...draft } of drafts)
      into.drafts.push({ ...draft, place: { path: file.path, line }, page: null });
    into.notices.join(notices);
    into.seen.join(seen);
  }
}

interface Lines {
  readonly piece: Uint8Array;
  readonly firstLine: number;
  readonly path: string;
  readonly map: FieldMap;
}

interface LinesRead {
  /** Without what is the same for all. */
  readonly drafts: readonly (Omit<Draft, 'place' | 'page'> & { readonly line: number | null })[];
  readonly notices: NoticesByKind;
  readonly seen: ReturnType<SeenFields['matched']>;
}

/** Articles of some lines of a file. */
export const linesTask: Task<Lines, LinesRead> = {
  name: 'lines',
  run: ({ piece, firstLine, path, map }) => {
    const [notices, seen, drafts] = [new Notices(), new SeenFields(), [] as Draft[]];
    const texts = new HeldTexts(piece.length);
    const file = { path, folder: null, bytes: piece };
    readLines(piece, firstLine, -Infinity, { file, map, drafts, texts, notices, seen, inlineSkip: true, skipped: [] });
    return {
      drafts: drafts.map(({ id, authors, title, text, markup, outlet, date, url, place: { line } }) => {
        return { id, authors, title, text, markup, outlet, date, url, line };
      }),
      notices: notices.byKind,
      seen: seen.matched(),
    };
  },
};

function linesIn(piece: Uint8Array): number {
  let n = 0;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) n++;
  return n;
}

/** @returns broken lines so far without a good one, at most `HOPELESS`; -Infinity when one was good */
function readLines(piece: Uint8Array, firstLine: number, before: number, into: Reading): number {
  const { path } = into.file;
  if (piece.length > 4 * MAX_LINE) {
    into.notices.at({ path, line: firstLine }, 'line-too-long', `${piece.length} bytes in one line; passed over`);
    return before;
  }
  let [line, broken] = [firstLine, before];
  const text = new TextDecoder().decode(piece);
  for (let at = 0; at < text.length && broken < HOPELESS; line++) {
    const breakAt = text.indexOf('\n', at);
    const end = breakAt < 0 ? text.length : breakAt;
    if (readLine(text.slice(at, end), { path, line }, into)) broken = -Infinity;
    else broken++;
    at = end + 1;
  }
  return broken;
}

/** @returns false when the line is broken */
function readLine(raw: string, place: Place, into: Reading): boolean {
  const text = raw.trim();
  // Record separators of RFC 7464 and the brackets of an array written line by line are no articles.
  if (text === '' || text === '[' || text === ']') return true;
  if (text.length > MAX_LINE) {
    into.notices.at(place, 'line-too-long', `${text.length} characters in one line; passed over`);
    return false;
  }
  const parsed = parseJson(text.replace(/^\u001e/, '').replace(/,$/, ''));
  if ('problem' in parsed) {
    into.notices.at(place, 'broken-json', `not valid JSON (${parsed.problem}); the line is passed over`);
    return false;
  }
  if (isRecord(parsed.value)) addRecord(parsed.value, place, into);
  else into.notices.at(place, 'not-an-article', 'not a JSON object; passed over');
  return true;
}

/** A JSON array of articles, an object that holds one or maps ids to articles, or one article. */
export function* readJson(bytes: Uint8Array, into: Reading): Steps<void> {
  const place: Place = { path: into.file.path, line: null };
  if (bytes.length > MAX_JSON) {
    into.notices.at(place, 'too-large', 'too large for one JSON value; give it as JSON Lines, one article a line');
    return;
  }
  const text = new TextDecoder().decode(bytes);
  const parsed = parseJson(text);
  if ('problem' in parsed) {
    // Many ".json" dumps are JSON Lines.
    const lines = text.split('\n', 50).filter((l) => l.trim().startsWith('{'));
    if (lines.some((l) => !('problem' in parseJson(l.trim().replace(/,$/, ''))))) yield* readJsonLines(bytes, into);
    else {
      const at = parsed.offset === null ? null : text.slice(0, parsed.offset).split('\n').length;
      into.notices.at(
        { ...place, line: at },
        'broken-json',
        `not valid JSON (${parsed.problem}); the file is passed over`,
      );
    }
    return;
  }
  const list = articlesIn(parsed.value, into);
  if (list === null) into.notices.at(place, 'not-an-article', 'neither a list of articles nor an article; passed over');
  else
    list.forEach((item, i) => {
      const element: Place = { path: into.file.path, line: i + 1, unit: 'element' };
      if (isRecord(item)) addRecord(item, element, into);
      else into.notices.at(element, 'not-an-article', 'not a JSON object; passed over');
    });
}

const LISTS = [
  'articles',
  'items',
  'posts',
  'stories',
  'results',
  'documents',
  'docs',
  'entries',
  'data',
  'hits',
  'records',
  'rows',
];

function articlesIn(value: unknown, into: Reading, depth = 0): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || depth > 3) return null;
  if (asBody(fieldsOf(value, into.map).text) !== null && !lists(value).some(([, l]) => l.some((r) => hasText(r, into))))
    return [value];
  const found = lists(value);
  const known = found.find(([key]) => LISTS.includes(key.toLowerCase()));
  if (known !== undefined || found.length > 0) return (known ?? found.sort((a, b) => b[1].length - a[1].length)[0])[1];
  for (const key of [...LISTS, 'response']) {
    const inner = Object.hasOwn(value, key) ? articlesIn(value[key], into, depth + 1) : null;
    if (inner !== null) return inner;
  }
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([, v]) => isRecord(v) && hasText(v, into)))
    return entries.map(([id, v]) => ({ id, ...(v as RawRecord) }));
  return depth === 0 ? [value] : null;
}

function hasText(value: unknown, into: Reading): boolean {
  return isRecord(value) && asBody(fieldsOf(value, into.map).text) !== null;
}

/** Properties that hold a list of objects. */
function lists(value: RawRecord): [string, readonly unknown[]][] {
  return Object.entries(value).filter(
    (entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].some(isRecord),
  );
}

/** A parsed value, or why there is none and at which character, where the parser says so. */
export function parseJson(
  text: string,
): { readonly value: unknown } | { readonly problem: string; readonly offset: number | null } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof RangeError) return { problem: 'nested too deeply', offset: null };
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message);
    const ended = /end of|unterminated/i.test(message);
    const offset = position !== null ? Number(position[1]) : ended ? text.length : shownAt(message, text);
    if (ended) return { problem: 'it ends too early', offset };
    return { problem: offset === null ? 'a syntax error' : `a syntax error at character ${offset + 1}`, offset };
  }
}

/**
 * The offset of a bad token where the parser only shows what stands around it (ten characters before and behind);
 * null when the same stands in other places too.
 */
function shownAt(message: string, text: string): number | null {
  const around = /, (\.\.\.)?"([^]*?)"(?:\.\.\. )? ?is not valid JSON$/.exec(message);
  if (around === null) return null;
  const at = text.indexOf(around[2]);
  if (at < 0 || text.includes(around[2], at + 1)) return null;
  return around[1] === undefined
    ? Math.max(0, text.indexOf(/^Unexpected token '?(.)/u.exec(message)?.[1] ?? ''))
    : at + 10;
}

/** True when the first line is a whole JSON object and more lines follow. */
export function looksLikeJsonLines(start: string): boolean {
  const text = start.trimStart();
  const breakAt = text.indexOf('\n');
  if (breakAt < 0 || text.slice(breakAt).trim() === '') return false;
  const parsed = parseJson(text.slice(0, breakAt).trim());
  return 'value' in parsed && isRecord(parsed.value);
}
