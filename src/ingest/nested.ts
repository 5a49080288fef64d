import { isRecord } from '../text/json.js';
import { asNames, type RawRecord } from './fields.js';

/** Objects and lists inside one another that are looked into, and records of one list that are asked whether they are texts. */
const [MAX_DEPTH, ASKED] = [8, 50];

/**
 * Lists of texts that lie deeper than their own names say, as whole accounts are exported: `{"db": [{"data": {"posts": […]}}]}`,
 * `{"chats": {"list": [{"name": …, "messages": […]}]}}`.
 *
 * @param isText whether a record is a text
 * @param isListName whether a list of such a name holds texts rather than what belongs to them
 * @returns the records of all lists of texts whose name says so, or else of the longest; null where there is none
 */
export function deepLists(
  value: unknown,
  isText: (record: unknown) => boolean,
  isListName: (name: string) => boolean,
): readonly unknown[] | null {
  const found: { readonly name: string; readonly list: readonly unknown[] }[] = [];
  walk(value, (name, list) => {
    if (!list.slice(0, ASKED).some(isText)) return true;
    found.push({ name, list });
    return false;
  });
  const named = found.filter(({ name }) => isListName(name));
  const chosen = named.length > 0 ? named : found.sort((a, b) => b.list.length - a.list.length).slice(0, 1);
  return chosen.length === 0 ? null : chosen.flatMap(({ list }) => list);
}

/** Names of lists of people. */
const PEOPLE = /^(?:users|authors|people|members|profiles|accounts|writers)$/i;
/** Fields in which a text says by number who wrote it. */
const BY_NUMBER = [
  'author_id',
  'authorId',
  'user_id',
  'userId',
  'primary_author_id',
  'author',
  'authors',
  'user',
  'creator',
];

/**
 * Gives texts that say by number who wrote them the name that a list of people in the same value has for it (WordPress, X,
 * Ghost, whose tables stand beside each other); what says a name keeps it.
 */
export function withNames(value: unknown, items: readonly unknown[]): readonly unknown[] {
  const names = new Map<string, string | readonly string[]>();
  const wrote = new Map<string, string[]>();
  walk(value, (name, list) => {
    for (const one of list.filter(isRecord)) {
      const full = PEOPLE.test(name) && numberOf(one['id']) !== null ? asNames({ ...one, id: null }) : null;
      if (full !== null) names.set(numberOf(one['id'])!, full);
      const [text, author] = [numberOf(one['post_id']), numberOf(one['author_id'])];
      if (!/^posts_authors$/i.test(name) || text === null || author === null) continue;
      const own = wrote.get(text);
      if (own === undefined) wrote.set(text, [author]);
      else own.push(author);
    }
    return true;
  });
  if (names.size === 0) return items;
  return items.map((item) => {
    if (!isRecord(item)) return item;
    const numbers = wrote.get(numberOf(item['id']) ?? '') ?? BY_NUMBER.map((key) => [item[key]].flat().flatMap((v) => numberOf(v) ?? [])).find((own) => own.length > 0) ?? []; // prettier-ignore
    const said = numbers.flatMap((number) => names.get(number) ?? []);
    return said.length === 0 || said.length < numbers.length ? item : { ...item, author: said };
  });
}

/** What stands for somebody: a number, or a string without spaces, of its own or as the "id" of an object. */
function numberOf(value: unknown): string | null {
  if (isRecord(value)) return Object.keys(value).length === 1 ? numberOf(value['id']) : null;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.length <= 64 && /^\S+$/.test(value) ? value : null;
}

/**
 * Visits the lists of records in a value.
 *
 * @param see told of each by its name; false leaves out what is in it
 */
function walk(value: unknown, see: (name: string, list: readonly unknown[]) => boolean, name = '', depth = 0): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    if (!value.some(isRecord) || !see(name, value)) return;
    for (const one of value as readonly unknown[]) walk(one, see, name, depth + 1);
  } else if (isRecord(value))
    for (const [key, inner] of Object.entries(value as RawRecord)) walk(inner, see, key, depth + 1);
}
