import { UserError } from '../errors.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';

export type FieldName = 'author' | 'text' | 'title' | 'date' | 'outlet' | 'url' | 'id';
export type FieldMap = Readonly<Partial<Record<FieldName, string>>>;
export type RawRecord = Readonly<Record<string, unknown>>;

/** Names under which each field is found, folded (lower case, no "_", "-" or spaces), best first. */
const KNOWN: Readonly<Record<FieldName, readonly string[]>> = {
  author: [
    'author',
    'byline',
    'by',
    'creator',
    'user',
    'authors',
    'bylines',
    'writer',
    'authorname',
    'username',
    'dccreator',
    'persona',
    'name',
  ],
  text: [
    'text',
    'body',
    'content',
    'article',
    'articlebody',
    'bodytext',
    'fulltext',
    'contenttext',
    'maintext',
    'message',
    'story',
  ],
  title: ['title', 'headline', 'heading', 'subject'],
  date: [
    'date',
    'published',
    'pubdate',
    'createdat',
    'publishedat',
    'datepublished',
    'publicationdate',
    'publishdate',
    'timestamp',
    'time',
    'created',
  ],
  outlet: ['outlet', 'source', 'publication', 'site', 'publisher', 'newspaper', 'sitename', 'domain'],
  url: ['url', 'link', 'permalink', 'canonicalurl', 'href'],
  id: ['id', 'guid', 'uuid', 'articleid', 'docid', 'key'],
};

/** Every field name in the order they are looked for. */
export const FIELD_NAMES = Object.keys(KNOWN) as readonly FieldName[];

/** Reads one field of a record: the mapped name (dots go into objects), else the known names. */
export function field(record: RawRecord, name: FieldName, map: FieldMap): unknown {
  const given = map[name];
  if (given !== undefined) return atPath(record, given);
  const folded = new Map<string, string>();
  for (const key of Object.keys(record).reverse()) folded.set(key.toLowerCase().replace(/[_\-\s]/g, ''), key);
  for (const known of KNOWN[name]) {
    const key = folded.get(known);
    if (key !== undefined) return record[key];
  }
  return undefined;
}

function atPath(record: RawRecord, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  let value: unknown = record;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as RawRecord)[part];
  }
  return value;
}

/** @throws UserError naming the nearest column when a mapped field is nowhere in `columns` */
export function checkMap(map: FieldMap, columns: readonly string[], place: string): void {
  for (const wanted of Object.values(map)) {
    if (columns.includes(wanted) || columns.includes(wanted.split('.')[0]!)) continue;
    const near = nearest(wanted, columns);
    throw new UserError(
      `${place}: there is no column "${visible(wanted)}"`,
      near === null ? `Columns: ${listed(columns)}.` : `Did you mean "${visible(near)}"?`,
    );
  }
}

/** @returns the error for a dump in which no record had a byline, naming what was there */
export function noBylineField(columns: readonly string[]): UserError {
  if (columns.length === 0)
    return new UserError(
      'no byline found in any file',
      'Give each text front matter with "author:", a line "By …" near its top, or a folder named after its byline.',
    );
  const near = nearest('author', columns) ?? nearest('byline', columns) ?? nearest('writer', columns) ?? columns[0];
  return new UserError(
    `no byline found: none of the fields ${listed(columns)} is one manyhands knows as a byline`,
    `Say which: --map author=${visible(near ?? 'FIELD')}`,
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((n) => `"${visible(n, 40)}"`);
  return shown.join(', ') + (names.length > 12 ? `, … (${names.length} in all)` : '');
}

/** A string, trimmed; numbers and booleans as printed; anything else null. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Byline values: a string, a list of strings, objects with a name, or a list of those. */
export function asNames(value: unknown): string | readonly string[] | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const names = value.flatMap((v): readonly string[] => {
      const name = asNames(v);
      return name === null ? [] : typeof name === 'string' ? [name] : name;
    });
    return names.length === 0 ? null : names;
  }
  if (typeof value === 'object' && value !== null) return asNames((value as RawRecord)['name'] ?? null);
  return null;
}
