import { isRecord } from '../text/json.js';
import { readDate } from './dates.js';

export type FieldName = 'author' | 'text' | 'title' | 'date' | 'outlet' | 'url' | 'id';
export type FieldMap = Readonly<Partial<Record<FieldName, string>>>;
export type RawRecord = Readonly<Record<string, unknown>>;

/** Names under which each field is found, folded (lower case, no "_", "-", ":" or spaces), best first. */
const KNOWN: Readonly<Record<FieldName, string>> = {
  author:
    'author byline by creator user authors bylines writer writers authorname creators contributor contributors reporter ' +
    'columnist dccreator writtenby postedby username screenname persona autor auteur autore verfasser autorin автор نویسنده الكاتب ' +
    'from sender sendername attributedto',
  text:
    'text body content article articlebody bodytext fulltext articletext maintext contenttext storytext story plaintext paragraphs ' +
    'contentencoded contenthtml bodyhtml html selftext message post tweet texto texte contenido inhalt متن النص ' +
    'pagecontent postcontent bodyvalue textedelarticle textedarticle cuerpo corps contenu corpo testo conteudo artikeltext текст مقاله المقال',
  title:
    'title headline heading subject hed titel titre titulo titolo webtitle posttitle überschrift заголовок عنوان العنوان',
  date:
    'date published pubdate createdat publishedat datepublished publisheddate publicationdate publishdate datetime ' +
    'timestamp time posted postedat dateposted created createdutc dcdate pubtime fecha datum дата تاریخ التاريخ',
  outlet: 'outlet source publication site publisher website sitename sourcename newspaper domain hostname channel feed',
  url: 'url link permalink canonicalurl articleurl weburl href uri',
  id: 'id _id guid uuid articleid postid docid',
};

/** Every field name in the order they are looked for. */
export const FIELD_NAMES = Object.keys(KNOWN) as readonly FieldName[];

const ROLES = new Map(
  FIELD_NAMES.flatMap((name) => KNOWN[name].split(' ').map((known, rank) => [fold(known), { name, rank }] as const)),
);
/** Other names of what may be the date of publication, and those of other dates; only a date under such a name is one. */
const DATED = /^(?:web|first|original|initial)?(?:date|datum|fecha|data$|publi|posted)|(?:date|datum|fecha|dategmt)$/;
const OTHER_DATE =
  /mod|upd|edit|birth|death|expir|access|retriev|crawl|scrap|fetch|down|import|export|load|index|end|start|event|due|last/;

/** Fields of a record by what they are; what has no value is absent. */
export type Found = Partial<Record<FieldName, unknown>>;

/** Reads what a record says: the mapped fields (dots go into objects), else the best known name that has a value. */
export function fieldsOf(record: RawRecord, map: FieldMap): Found {
  const found: Found = {};
  const ranks: Partial<Record<FieldName, number>> = {};
  for (const key of Object.keys(record)) {
    const role = ROLES.get(fold(key));
    if (role === undefined || map[role.name] !== undefined || isEmpty(record[key])) continue;
    if (role.rank >= (ranks[role.name] ?? Infinity)) continue;
    found[role.name] = record[key];
    ranks[role.name] = role.rank;
  }
  if (found.date === undefined && map.date === undefined) {
    const key = Object.keys(record).find((k) => isDated(k) && readDate(asDate(record[k])) !== null);
    if (key !== undefined) found.date = record[key];
  }
  for (const [name, path] of Object.entries(map) as [FieldName, string][]) {
    const value = atPath(record, path);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** True for a name that says a date and is not known as one. */
export function isDated(key: string): boolean {
  const folded = fold(key);
  return DATED.test(folded) && !OTHER_DATE.test(folded) && !ROLES.has(folded);
}

/** What a field of this name is taken for; null when it is nothing known. */
export function roleOf(key: string): FieldName | null {
  return ROLES.get(fold(key))?.name ?? null;
}

/** Names under which a field is found, folded, best first. */
export function knownNames(name: FieldName): readonly string[] {
  return KNOWN[name].split(' ').map(fold);
}

/** True when a field of this name is taken for `name` without being mapped. */
export function isKnownAs(key: string, name: FieldName): boolean {
  return roleOf(key) === name;
}

/** Whether these are names of fields among which one is a byline, and one a text, known or mapped. */
export function namesArticles(
  names: readonly string[],
  map: FieldMap,
): { readonly author: boolean; readonly text: boolean } {
  const has = (field: 'author' | 'text'): boolean =>
    names.some((name) => (map[field] === undefined ? isKnownAs(name, field) : name === map[field]));
  return { author: has('author'), text: has('text') };
}

/** Also without accents, which people leave out, and without what Drupal and Elasticsearch put in front. */
export function fold(key: string): string {
  if (key.length > 40) return key;
  const plain = /[^\0-\x7f]/.test(key)
    ? key
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .normalize('NFC')
    : key;
  return plain.toLowerCase().replace(/^(?:@|field_)|(?!^)_|[-:'’\s]/g, '');
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** @returns undefined where there is no such field; own fields only, so that "__proto__" is harmless */
function atPath(record: RawRecord, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  let value: unknown = record;
  for (const part of path.split('.')) {
    if (!isRecord(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** A string that is not blank, or a number as printed; "rendered", "name" or "value" of an object; else null. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number') return String(value);
  if (!isRecord(value)) return null;
  for (const key of ['rendered', 'name', 'title', 'main', 'value', 'text', '$oid', '#text'])
    if (Object.hasOwn(value, key) && typeof value[key] === 'string') return asText(value[key]);
  return null;
}

/** Article text: a string, a list of paragraphs, or an object that holds it; a number is no text. */
export function asBody(value: unknown, depth = 0): string | null {
  if (Array.isArray(value)) {
    if (depth > 4) return null;
    const paragraphs = value.flatMap((v) => asBody(v, depth + 1) ?? []);
    return paragraphs.length === 0 ? null : paragraphs.join('\n\n');
  }
  return typeof value === 'number' ? null : asText(value);
}

/** A date as `readDate` takes it, out of the lists and objects in which MongoDB and Drupal keep theirs. */
export function asDate(value: unknown, depth = 0): unknown {
  if (depth > 3) return null;
  if (Array.isArray(value)) return value.length === 1 ? asDate(value[0], depth + 1) : null;
  if (!isRecord(value)) return value;
  const key = ['$date', '$numberLong', 'value', 'iso', 'date'].find((k) => Object.hasOwn(value, k));
  return key === undefined ? value : asDate(value[key], depth + 1);
}

/** Where objects keep a name, best first, and its parts in printed order. */
const WHOLE_NAME = 'original person name displayName display_name fullName full_name screen_name username value label login slug id'.split(' '); // prettier-ignore
const NAME_PARTS = 'firstName first_name firstname given givenName first lastName last_name lastname family familyName last'.split(' '); // prettier-ignore

/** Byline values: a string, a list of strings, objects with a name, or a list of those; null when there is none. */
export function asNames(value: unknown, depth = 0): string | readonly string[] | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number') return String(value);
  if (depth > 4 || typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    const names = value.slice(0, 100).flatMap((v) => asNames(v, depth + 1) ?? []);
    return names.length === 0 ? null : names;
  }
  const record = value as RawRecord;
  for (const key of WHOLE_NAME)
    if (Object.hasOwn(record, key) && !isEmpty(record[key])) return asNames(record[key], depth + 1);
  const parts = NAME_PARTS.flatMap((k) => asText(record[k]) ?? []);
  return parts.length === 0 ? null : parts.join(' ');
}
