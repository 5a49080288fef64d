import { HeldTexts } from '../text/held.js';
import { isRecord } from '../text/json.js';
import { lineFeedsIn } from '../text/lines.js';
import { each, type Steps, type Task } from '../work/work.js';
import { pieces } from './decode.js';
import { addRecord, type Draft, type Reading } from './draft.js';
import type { FieldMap } from './fields.js';
import { looseJson } from './loose.js';
import { Notices, type NoticesByKind, type Place } from './notices.js';
import { parseJson } from './parse.js';
import { articlesIn, holdsLists } from './shapes.js';
import { SeenFields } from './seen.js';

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
  let firstLine = file.firstLine ?? 1;
  // What is in a later part of a file the first has shown.
  let broken = firstLine === 1 ? 0 : -Infinity;
  for (const piece of pieces(bytes, PIECE)) {
    // The first are read here: they show whether these are JSON Lines, and which fields there are. A line as long as a book, too.
    if (broken < 0 && piece.length <= 4 * PIECE) batches.push({ piece, firstLine });
    else broken = readLines(piece, firstLine, broken, into);
    if (broken >= HOPELESS) {
      const what = `the first ${HOPELESS} lines are not JSON Lines; the file is passed over`;
      return into.notices.at({ path: file.path, line: null }, 'not-json-lines', what);
    }
    firstLine += lineFeedsIn(piece);
  }
  const read = yield* each(linesTask, {
    length: batches.length,
    // A copy: a part of a file would take the whole file along to another thread.
    at: (i) => ({ ...batches[i]!, piece: Uint8Array.from(batches[i]!.piece), path: file.path, map }),
  });
  for (const { drafts, notices, seen } of read) {
    for (const { within, ...draft } of drafts)
      into.drafts.push({ ...draft, place: { path: file.path, ...within }, folder: file.folder, page: null });
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
  readonly drafts: readonly (Omit<Draft, 'place' | 'folder' | 'page'> & { readonly within: Omit<Place, 'path'> })[];
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
      drafts: drafts.map(({ id, authors, title, text, markup, outlet, date, url, place: { line, part } }) => {
        const within = part === undefined ? { line } : { line, part };
        return { id, authors, title, text, markup, outlet, date, url, within };
      }),
      notices: notices.byKind,
      seen: seen.matched(),
    };
  },
};

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
  const parsed = valuesOf(text.replace(/^\u001e/, '').replace(/,$/, ''));
  if ('problem' in parsed) {
    into.notices.at(place, 'broken-json', `not valid JSON (${parsed.problem}); the line is passed over`);
    return false;
  }
  // One article, or several, as programs write what an API gave them page by page.
  const items = parsed.values.flatMap((value) => (holdsLists(value) && articlesIn(value, into.map)) || [value]);
  if (items.length === 1 && items[0] === parsed.values[0]) addItem(items[0], place, into);
  else items.forEach((item, i) => addItem(item, { ...place, part: i + 1 }, into));
  return true;
}

function addItem(item: unknown, place: Place, into: Reading): void {
  if (isRecord(item)) addRecord(item, place, into);
  else into.notices.at(place, 'not-an-article', 'not a JSON object; passed over');
}

/** The values of a line: one, but where several stand one behind the other. */
function valuesOf(line: string): { readonly values: readonly unknown[] } | { readonly problem: string } {
  const parsed = parseJson(line);
  if (!('problem' in parsed)) return { values: [parsed.value] };
  // The first and the last line of a list that is written line by line.
  const inside = line.startsWith('[') ? line.slice(1) : line.endsWith(']') ? line.slice(0, -1) : null;
  const element = inside === null ? parsed : parseJson(inside.replace(/,\s*$/, ''));
  if (!('problem' in element)) return { values: [element.value] };
  const loose = looseJson(line);
  return loose.brokenAt !== null ? parsed : { values: loose.values.map(({ value }) => value) };
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
    else readLoosely(text, parsed, into);
    return;
  }
  addAll([parsed.value], into);
}

/** What is JSON but for what people and programs get wrong; nothing where it is something else. */
function readLoosely(
  text: string,
  { problem, offset }: { problem: string; offset: number | null },
  into: Reading,
): void {
  const { values, brokenAt } = looseJson(text);
  const place = { path: into.file.path, line: offset === null ? null : text.slice(0, offset).split('\n').length };
  if (!values.some(({ value }) => typeof value === 'object')) {
    into.notices.at(place, 'broken-json', `not valid JSON (${problem}); the file is passed over`);
    return;
  }
  addAll(
    values.map(({ value }) => value),
    into,
  );
  if (brokenAt === null)
    into.notices.at(place, 'loose-json', `not strictly JSON (${problem}); read as it stands`, 'info');
  else {
    const what = `not valid JSON (${problem}); what stands whole before is read, the rest of the file is passed over`;
    into.notices.at({ ...place, line: brokenAt }, 'broken-json', what);
  }
}

function addAll(values: readonly unknown[], into: Reading): void {
  const lists = values.map((value) => articlesIn(value, into.map));
  const items = lists.flatMap((list) => list ?? []);
  if (items.length > 0 ? !items.some(isRecord) : lists.every((list) => list === null)) {
    const what =
      items.length > 0
        ? 'a list of values without names; passed over. Write objects, or a first row with the names: ["author", "text"]'
        : 'neither a list of articles nor an article; passed over';
    into.notices.at({ path: into.file.path, line: null }, 'not-an-article', what);
    return;
  }
  items.forEach((item, i) => addItem(item, { path: into.file.path, line: i + 1, unit: 'element' }, into));
}

/** True when the first line is a whole JSON object and more lines follow. */
export function looksLikeJsonLines(start: string): boolean {
  const text = start.trimStart();
  const breakAt = text.indexOf('\n');
  if (breakAt < 0 || text.slice(breakAt).trim() === '') return false;
  const parsed = parseJson(text.slice(0, breakAt).trim());
  return 'value' in parsed && isRecord(parsed.value);
}
