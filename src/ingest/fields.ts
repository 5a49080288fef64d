import { UserError } from '../errors.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { readDate } from './dates.js';

export type FieldName = 'author' | 'text' | 'title' | 'date' | 'outlet' | 'url' | 'id';
export type FieldMap = Readonly<Partial<Record<FieldName, string>>>;
export type RawRecord = Readonly<Record<string, unknown>>;

/** Names under which each field is found, folded (lower case, no "_", "-", ":" or spaces), best first. */
const KNOWN: Readonly<Record<FieldName, string>> = {
  author:
    'author byline by creator user authors bylines writer writers authorname creators contributor contributors reporter ' +
    'columnist dccreator writtenby postedby username screenname persona autor auteur autore verfasser autorin автор نویسنده الكاتب ' +
    'from sender',
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

/** True when a field of this name is taken for `name` without being mapped. */
export function isKnownAs(key: string, name: FieldName): boolean {
  return ROLES.get(fold(key))?.name === name;
}

/** Also without accents, which people leave out, and without what Drupal and Elasticsearch put in front. */
function fold(key: string): string {
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

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  for (const key of [
    'original',
    'person',
    'name',
    'displayName',
    'display_name',
    'fullName',
    'full_name',
    'screen_name',
    'username',
    'value',
    'label',
    'login',
    'slug',
    'id',
  ])
    if (Object.hasOwn(record, key) && !isEmpty(record[key])) return asNames(record[key], depth + 1);
  const parts = [
    'firstName',
    'first_name',
    'firstname',
    'given',
    'givenName',
    'first',
    'lastName',
    'last_name',
    'lastname',
    'family',
    'familyName',
    'last',
  ].flatMap((k) => asText(record[k]) ?? []);
  return parts.length === 0 ? null : parts.join(' ');
}

/** A longer name of a field is no name: the first line of the table is an article already. */
const LONGEST_NAME = 100;

/** Objects inside one another whose fields are listed. */
const MAX_DOTS = 3;

/** What fields were seen in records, for messages when the one that is needed is not among them. */
export class SeenFields {
  private readonly characters = new Map<string, number>();
  private readonly mapped = new Set<FieldName>();
  private records = 0;
  authorMatched = false;

  note(record: RawRecord, found: Found, map: FieldMap): void {
    if ('author' in found) this.authorMatched = true;
    for (const name of FIELD_NAMES) if (map[name] !== undefined && name in found) this.mapped.add(name);
    if (this.records++ > 200) return;
    for (const key of Object.keys(record).slice(0, 10_000)) {
      if (!this.authorMatched && isKnownAs(key, 'author') && map.author === undefined) this.authorMatched = true;
      this.count(key, record[key], 0);
    }
  }

  /** Which of the fields that are needed were there. */
  matched(): { readonly author: boolean; readonly mapped: readonly FieldName[] } {
    return { author: this.authorMatched, mapped: [...this.mapped] };
  }

  /** Takes what was seen elsewhere; which other fields there are is known from the first records. */
  join({ author, mapped }: ReturnType<SeenFields['matched']>): void {
    this.authorMatched ||= author;
    for (const name of mapped) this.mapped.add(name);
  }

  /** Fields of objects are counted under the dotted name by which --map finds them. */
  private count(key: string, value: unknown, depth: number): void {
    if (isRecord(value) && depth < MAX_DOTS && Object.keys(value).length > 0) {
      for (const inner of Object.keys(value).slice(0, 100)) this.count(`${key}.${inner}`, value[inner], depth + 1);
      return;
    }
    const length = asBody(value)?.length ?? 0;
    if (key.trim() !== '') this.characters.set(key, (this.characters.get(key) ?? 0) + length);
  }

  get any(): boolean {
    return this.characters.size > 0;
  }

  private get names(): readonly string[] {
    return [...this.characters.keys()].sort();
  }

  /** @throws UserError for a mapped field that no record has, naming the fields there are and the nearest */
  checkMap(map: FieldMap): void {
    for (const name of FIELD_NAMES) {
      const wanted = map[name];
      if (wanted === undefined || this.mapped.has(name)) continue;
      const near = nearest(wanted, this.names);
      throw new UserError(
        `--map ${name}=${visible(wanted)}: nothing that was read has a field "${visible(wanted)}"; there are ${listed(this.names)}`,
        near === null ? 'Name one of the fields there are.' : `Did you mean ${mapping(name, near)}?`,
      );
    }
  }

  noByline(): UserError {
    const near = this.likely('author');
    return new UserError(
      `no byline found: none of the fields ${listed(this.names)} is known to hold one`,
      `Say which it is, for instance ${mapping('author', near ?? 'FIELD')}`,
    );
  }

  noText(): UserError {
    const byLength = [...this.characters].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const longest = byLength.find(([name, length]) => length > 0 && !ROLES.has(fold(name)))?.[0] ?? null;
    if (this.names.some((name) => name.length > LONGEST_NAME))
      return new UserError(
        `no article text found: the names of the fields look like an article themselves: ${listed(this.names)}`,
        'Write a line with the names of the fields on top, such as author,date,text.',
      );
    return new UserError(
      `no article text found: none of the fields ${listed(this.names)} is known to hold it`,
      `Say which it is, for instance ${mapping('text', longest ?? 'FIELD')}`,
    );
  }

  private likely(name: FieldName): string | null {
    const free = this.names.filter((key) => !ROLES.has(fold(key)));
    for (const known of KNOWN[name].split(' ').slice(0, 12)) {
      const holding = free.find((key) => fold(key).includes(known));
      const near = holding ?? nearest(known, free);
      if (near !== null) return near;
    }
    return free.find((key) => /name/i.test(key)) ?? free[0] ?? null;
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((n) => `"${visible(n, 40)}"`);
  return shown.join(', ') + (names.length > 20 ? `, … (${names.length} in all)` : '');
}

/** The flag as it is typed in a shell. */
function mapping(name: FieldName, field: string): string {
  const pair = `${name}=${visible(field)}`;
  return /^[\w.=@:/-]+$/.test(pair) ? `--map ${pair}` : `--map "${pair}"`;
}
