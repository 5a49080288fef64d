import { UserError } from '../errors.js';
import { isRecord } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import {
  asBody,
  asNames,
  FIELD_NAMES,
  fold,
  isKnownAs,
  knownNames,
  roleOf,
  type FieldMap,
  type FieldName,
  type Found,
  type RawRecord,
} from './fields.js';
import type { Notices } from './notices.js';

/** Records that tell; names of a field that is likelier a byline; characters of a teaser, and how much longer a text is. */
const [SAMPLE, MANY_NAMES, TEASER, LONGER] = [8, 3, 400, 5];

/** One of several fields of a kind. */
interface Rival {
  /** Records in which it was taken. */
  taken: number;
  characters: number;
  readonly values: Set<string>;
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
  /** Fields that could be bylines or texts, where a record has several. */
  private readonly rivals = { author: new Map<string, Rival>(), text: new Map<string, Rival>() };
  authorMatched = false;

  note(record: RawRecord, found: Found, map: FieldMap): void {
    if ('author' in found) this.authorMatched = true;
    for (const name of FIELD_NAMES) if (map[name] !== undefined && name in found) this.mapped.add(name);
    if (this.records++ > 200) return;
    for (const name of ['author', 'text'] as const)
      if (map[name] === undefined) this.compare(name, record, found[name]);
    for (const key of Object.keys(record).slice(0, 10_000)) {
      if (!this.authorMatched && isKnownAs(key, 'author') && map.author === undefined) this.authorMatched = true;
      this.count(key, record[key], 0);
    }
  }

  /** Counts the fields of one kind: which was taken, and what the others hold. */
  private compare(name: 'author' | 'text', record: RawRecord, taken: unknown): void {
    const keys = Object.keys(record).filter((key) => isKnownAs(key, name));
    const rivals = this.rivals[name];
    for (const key of keys.length > 1 ? keys : []) {
      const rival = rivals.get(key) ?? { taken: 0, characters: 0, values: new Set() };
      rivals.set(key, rival);
      const value = name === 'text' ? asBody(record[key]) : JSON.stringify(asNames(record[key]));
      if (record[key] === taken) rival.taken++;
      rival.characters += value?.length ?? 0;
      if (name === 'author' && value !== null && value !== 'null') rival.values.add(value);
    }
  }

  /** Says so where another field than the one taken is likelier to hold the bylines or the texts: that is for a person to say. */
  noteRivals(notices: Notices): void {
    const ranked = (name: 'author' | 'text'): readonly (readonly [string, Rival])[] =>
      [...this.rivals[name]].sort((a, b) => b[1].taken - a[1].taken || (a[0] < b[0] ? -1 : 1));
    const say = (name: FieldName, what: string, other: string): void =>
      notices.about('other-field', `${what}. ${mapping(name, other)} takes that`);
    const [author, ...names] = ranked('author');
    const name = names.find(([, rival]) => rival.values.size >= MANY_NAMES);
    if (author !== undefined && name !== undefined && author[1].taken >= SAMPLE && author[1].values.size === 1)
      say('author', `bylines are taken from "${visible(author[0], 40)}", which always says the same; "${visible(name[0], 40)}" holds ${name[1].values.size} names`, name[0]); // prettier-ignore
    const [text, ...texts] = ranked('text');
    if (text === undefined || text[1].taken < SAMPLE) return;
    const mean = ({ characters }: Rival): number => Math.round(characters / text[1].taken);
    const longer = texts.find(([, rival]) => mean(rival) >= LONGER * mean(text[1]));
    if (longer !== undefined && mean(text[1]) <= TEASER)
      say('text', `texts are taken from "${visible(text[0], 40)}", ${mean(text[1])} characters on average; "${visible(longer[0], 40)}" holds ${mean(longer[1])}`, longer[0]); // prettier-ignore
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
      near === null
        ? 'Add a field "author" that says who wrote what, or put what each person wrote in a folder named after the person.'
        : `Say which it is, for instance ${mapping('author', near)}`,
    );
  }

  noText(): UserError {
    const byLength = [...this.characters].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const longest = byLength.find(([name, length]) => length > 0 && roleOf(name) === null)?.[0] ?? null;
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
    const free = this.names.filter((key) => roleOf(key) === null);
    for (const known of knownNames(name).slice(0, 12)) {
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
