import { isRecord } from '../text/json.js';
import { asBody, asNames, fieldsOf, isKnownAs, type FieldMap, type RawRecord } from './fields.js';
import { deepLists, withNames } from './nested.js';

/** Names under which exports hold their articles. */
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
  'values',
  'messages',
];
/** Objects inside one another in which a list is looked for. */
const MAX_INSIDE = 3;
/** Columns of fewer values may be the authors and the paragraphs of one article. */
const FEWEST_ROWS = 3;
/** Characters of a string that is a text where nothing but a name stands above it. */
const SHORTEST_TEXT = 200;

/**
 * The articles of a JSON value: a list of them, an object that holds lists or maps ids to articles, a table in rows or in
 * columns, writers with their articles, or one article. What is in the list need not be an article.
 *
 * @returns null when it is nothing of the kind
 */
export function articlesIn(value: unknown, map: FieldMap): readonly unknown[] | null {
  const found = articlesBelow(value, map, 0);
  if (found !== null && found.some((item) => mayBeText(item, map))) return withNames(value, found);
  const deep = deepLists(value, (item) => hasText(item, map), isListName);
  return deep === null ? found : withNames(value, deep);
}

/** A text, or an object around one. */
function mayBeText(item: unknown, map: FieldMap): boolean {
  return hasText(item, map) || (isRecord(item) && Object.values(item).some((inner) => hasText(inner, map)));
}

function articlesBelow(value: unknown, map: FieldMap, depth: number): readonly unknown[] | null {
  const table = rowsOf(value, map);
  if (table !== null) return table;
  if (Array.isArray(value)) return value.flatMap((item) => expanded(item, map, depth));
  if (!isRecord(value) || depth > MAX_INSIDE) return null;
  const found = lists(value);
  const known = found.find(([key]) => isListName(key));
  if (hasText(value, map) && !(known?.[1].some((item) => hasText(item, map)) ?? false)) return [value];
  const each = byKeys(value, map);
  if (each !== null) return each;
  const longest = known ?? found.sort((a, b) => b[1].length - a[1].length)[0];
  if (longest !== undefined) return longest[1].flatMap((item) => expanded(item, map, depth + 1));
  for (const key of [...LISTS, 'response']) {
    const inner = Object.hasOwn(value, key) ? articlesBelow(value[key], map, depth + 1) : null;
    // One article under "data" is taken with what stands beside it, when it is unwrapped.
    if (inner !== null && !(key === 'data' && inner[0] === value[key])) return inner;
  }
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([, v]) => hasText(v, map)))
    return entries.map(([id, v]) => ({ id, ...(v as RawRecord) }));
  return depth === 0 ? [value] : null;
}

/** Whether a value may hold articles rather than be one: cheap, for every line of a dump is asked. */
export function holdsLists(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isRecord);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(([key, v]) =>
    Array.isArray(v) ? v.some(isRecord) : isRecord(v) && isListName(key),
  );
}

function isListName(key: string): boolean {
  return LISTS.includes(key.toLowerCase());
}

/** A writer with a list of articles as these, each under the writer's name; anything else as it is. */
function expanded(item: unknown, map: FieldMap, depth: number): readonly unknown[] {
  if (!isRecord(item) || depth > MAX_INSIDE || hasText(item, map)) return [item];
  const list = lists(item).find(([key, l]) => isListName(key) && l.some((inner) => hasText(inner, map)));
  if (list === undefined) return [item];
  const { author, outlet } = fieldsOf(item, map);
  const writer = asNames(author ?? item['name']);
  return list[1].map((inner) => withAuthor(inner, writer, map, outlet));
}

function withAuthor(
  item: unknown,
  author: string | readonly string[] | null,
  map: FieldMap,
  outlet?: unknown,
): unknown {
  if (!isRecord(item)) return item;
  const found = fieldsOf(item, map);
  return {
    ...(outlet === undefined || 'outlet' in found ? {} : { outlet }),
    ...(author === null || 'author' in found ? {} : { [map.author ?? 'author']: author }),
    ...item,
  };
}

/** Lists of articles or texts under the names of their writers, or under years or kinds; null where other things stand too. */
function byKeys(value: RawRecord, map: FieldMap): readonly unknown[] | null {
  const entries = Object.entries(value);
  const isText = (v: unknown): boolean => hasText(v, map) || (typeof v === 'string' && v.length >= SHORTEST_TEXT);
  const all = entries.length > 1 && entries.every(([, v]) => Array.isArray(v) && v.length > 0 && v.every(isText));
  if (!all) return null;
  return entries.flatMap(([key, v]) => {
    const name = /\p{L}/u.test(key) && !isListName(key) ? key : null;
    return (v as readonly unknown[]).map((item) => withAuthor(isRecord(item) ? item : { text: item }, name, map));
  });
}

/** Rows of a table: lists below a list of names, "columns" and "data", or columns by name, as pandas writes them. */
function rowsOf(value: unknown, map: FieldMap): readonly RawRecord[] | null {
  if (Array.isArray(value)) {
    const [names, ...rows] = value as readonly unknown[];
    return rows.length > 0 && isHeader(names, map) && rows.every(Array.isArray) ? inRows(names, rows) : null;
  }
  if (!isRecord(value)) return null;
  const { columns, data } = value;
  if (isHeader(columns, map) && Array.isArray(data) && data.every(Array.isArray)) return inRows(columns, data);
  const all = Object.entries(value);
  if (all.length < 2 || !isHeader(Object.keys(value), map)) return null;
  const keys = rowNames(all[0]![1]);
  if (keys === null) return null;
  const alike = all.every(
    ([, v]) => rowNames(v)?.length === keys.length && keys.every((k) => Object.hasOwn(v as object, k)),
  );
  return alike ? keys.map((key) => zipped(all.map(([name]) => name), all.map(([, v]) => (v as RawRecord)[key]))) : null; // prettier-ignore
}

/** What the rows of a column are called: the places of a list, the names in an object; null when it is no column. */
function rowNames(column: unknown): readonly string[] | null {
  if (!isRecord(column) && !(Array.isArray(column) && column.length >= FEWEST_ROWS)) return null;
  const names = Object.keys(column);
  return names.length > 0 ? names : null;
}

function isHeader(names: unknown, map: FieldMap): names is readonly string[] {
  if (!Array.isArray(names) || names.length < 2 || !names.every((name) => typeof name === 'string')) return false;
  return names.some((name) => name === map.text || (map.text === undefined && isKnownAs(name, 'text')));
}

function inRows(names: readonly string[], rows: readonly (readonly unknown[])[]): readonly RawRecord[] {
  return rows.map((row) => zipped(names, row));
}

function zipped(names: readonly string[], values: readonly unknown[]): RawRecord {
  // Without prototype, so that a column called "__proto__" is one like the others.
  const record = Object.create(null) as Record<string, unknown>;
  names.forEach((name, i) => (record[name] = values[i]));
  return record;
}

function hasText(value: unknown, map: FieldMap): boolean {
  return isRecord(value) && asBody(fieldsOf(value, map).text) !== null;
}

/** Properties that hold a list of objects. */
function lists(value: RawRecord): [string, readonly unknown[]][] {
  return Object.entries(value).filter(
    (entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].some(isRecord),
  );
}
