import { hashString } from '../math/random.js';
import { charactersPerWord, UNSPACED } from './scripts.js';
import { MAX_TOKEN } from './tokens.js';
import { Units, unitTable } from './units.js';

/** What a UTF-16 unit can be for the tokens of `tokens.ts`. */
const OTHER = 0;
const SPACE = 1;
const LETTER = 2;
const FIGURE = 3;
const SURROGATE = 4;
/** A character of a script that puts no space between words: a token by itself. */
const CHARACTER = 5;

/** Types held before all are forgotten: a bound on the memory that hostile texts can claim. */
const MOST_TYPES = 500_000;

/** No unit is of two. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[\ud800-\udfff]/u, SURROGATE],
  [/[\p{L}\p{M}]/u, LETTER],
  [/\p{N}/u, FIGURE],
  [/\s/u, SPACE],
];

let classes: Uint8Array | null = null;

function unitClasses(): Uint8Array {
  if (classes !== null) return classes;
  const out = new Uint8Array(1 << 16);
  for (const [pattern, kind] of CLASSES) {
    const fits = unitTable(pattern)();
    for (let unit = 0; unit < out.length; unit++) if (fits[unit] === 1) out[unit] = kind;
  }
  charactersPerWord().forEach((per, unit) => {
    if (per > 0) out[unit] = CHARACTER;
  });
  return (classes = out);
}

const BEYOND = new RegExp(UNSPACED, 'v');

/** Of what takes two units. */
function classOf(char: string): number {
  if (BEYOND.test(char)) return CHARACTER;
  return CLASSES.find(([pattern]) => pattern.test(char))?.[1] ?? OTHER;
}

/** An integer of 32 bits for every type, worked out when it is first asked for. */
export interface TypeColumn {
  at(type: number): number;
}

/**
 * Gives every different token of many texts a small number, its type, so that what follows from a token's letters is
 * worked out once a type and no string is made per token. The tokens are those of `tokens`, unit for unit.
 */
export class Lexemes {
  /** Types of the tokens last read; valid until the next text is read. */
  types = new Int32Array(1 << 12);
  private used = 0;
  private slots = new Int32Array(1 << 16);
  private hashes = new Int32Array(1 << 14);
  /** Where each type's letters begin in `letters`; one entry more than types. */
  private starts = new Int32Array((1 << 14) + 1);
  private letters = new Uint16Array(1 << 17);
  private count = 0;
  private readonly columns: Column[] = [];
  private readonly class = unitClasses();
  private readonly reader = new Units();
  /** Of the text that is read, and how many they are. */
  private units: Uint16Array = new Uint16Array(0);
  private length = 0;
  /** Hashes of the types in lower case. */
  readonly lower = this.column((token) => hashString(token.toLowerCase()));

  /** Reads a text's tokens into `types`. @returns how many there are */
  read(text: string): number {
    if (this.count > MOST_TYPES) this.forget();
    this.used = 0;
    this.units = this.reader.read(text);
    this.length = text.length;
    const { units, length: n } = this;
    for (let i = 0; i < n;) {
      const unit = units[i]!;
      const kind = this.class[unit]!;
      if (kind === LETTER) i = this.run(i, LETTER);
      else if (kind === FIGURE) i = this.run(i, FIGURE);
      else if (kind === OTHER || kind === CHARACTER) i = this.note(i, i + 1);
      else if (kind === SURROGATE) i = this.beyond(i);
      else if (unit === 10 && i + 1 < n && units[i + 1] === 10) i = this.note(i, i + 2);
      else i++;
    }
    return this.used;
  }

  /** The letters of a type. */
  lettersOf(type: number): string {
    const { letters } = this;
    let out = '';
    for (let at = this.starts[type]!; at < this.starts[type + 1]!; at++) out += String.fromCharCode(letters[at]!);
    return out;
  }

  /** A column of values, one a type. */
  column(value: (token: string) => number): TypeColumn {
    return this.columnsOf(1, (token) => [value(token)])[0]!;
  }

  /** Several columns, whose values of a type are worked out together. */
  columnsOf(n: number, values: (token: string) => readonly number[]): TypeColumn[] {
    const together: Column[] = [];
    const learn = (type: number): void =>
      values(this.lettersOf(type)).forEach((value, i) => together[i]!.set(type, value));
    for (let i = 0; i < n; i++) together.push(new Column(learn));
    this.columns.push(...together);
    return together;
  }

  /** A run of letters or figures with its inner joiners: "don't", "1,000.5". */
  private run(start: number, kind: number): number {
    const { units, length: n } = this;
    let end = start;
    for (;;) {
      while (end < n && this.class[units[end]!] === kind) end++;
      if (end < n && this.class[units[end]!] === SURROGATE && this.kindAt(end) === kind) {
        end += 2;
        continue;
      }
      if (end + 1 >= n || !joins(units[end]!, kind)) break;
      if (this.class[units[end + 1]!] !== kind && this.kindAt(end + 1) !== kind) break;
      end++;
    }
    return this.note(start, end);
  }

  private beyond(start: number): number {
    const kind = this.kindAt(start);
    const width = this.codeAt(start) > 0xffff ? 2 : 1;
    if (kind === LETTER || kind === FIGURE) return this.run(start, kind);
    return kind === SPACE ? start + width : this.note(start, start + width);
  }

  /** As `codePointAt` of a text. */
  private codeAt(i: number): number {
    const [high, low] = [this.units[i]!, i + 1 < this.length ? this.units[i + 1]! : 0];
    const pair = high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
    return pair ? 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) : high;
  }

  /** What stands at a place, surrogate pairs taken together; half a pair is a mark. */
  private kindAt(i: number): number {
    const code = this.codeAt(i);
    return code > 0xffff ? classOf(String.fromCodePoint(code)) : OTHER;
  }

  /** Notes one token; the part beyond the longest that is kept is dropped. @returns `end` */
  private note(start: number, end: number): number {
    const { units } = this;
    const stop = Math.min(end, start + MAX_TOKEN);
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < stop; i++) hash = Math.imul(hash ^ units[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    let type = this.slots[slot]! - 1;
    while (type >= 0 && !(this.hashes[type] === hash && this.same(type, start, stop))) {
      slot = (slot + 1) & mask;
      type = this.slots[slot]! - 1;
    }
    if (type < 0) type = this.add(start, stop, hash, slot);
    if (this.used === this.types.length) this.types = longer(this.types);
    this.types[this.used++] = type;
    return end;
  }

  private same(type: number, start: number, stop: number): boolean {
    const from = this.starts[type]!;
    if (this.starts[type + 1]! - from !== stop - start) return false;
    for (let i = start, at = from; i < stop; i++, at++) if (this.letters[at] !== this.units[i]) return false;
    return true;
  }

  private add(start: number, stop: number, hash: number, slot: number): number {
    const type = this.count++;
    if (type === this.hashes.length) {
      this.hashes = longer(this.hashes);
      this.starts = longer(this.starts);
    }
    this.hashes[type] = hash;
    let at = this.starts[type]!;
    while (at + stop - start > this.letters.length) this.letters = longer(this.letters);
    for (let i = start; i < stop; i++) this.letters[at++] = this.units[i]!;
    this.starts[type + 1] = at;
    this.slots[slot] = type + 1;
    if (this.count * 2 > this.slots.length) this.rehash();
    return type;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let type = 0; type < this.count; type++) {
      let slot = this.hashes[type]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = type + 1;
    }
  }

  private forget(): void {
    this.slots.fill(0);
    this.count = 0;
    for (const column of this.columns) column.forget();
  }
}

/** Values by type, learned when first asked for. */
class Column implements TypeColumn {
  private values = new Int32Array(1 << 14);
  private known = new Uint8Array(1 << 14);

  /** @param learn sets the value of a type */
  constructor(private readonly learn: (type: number) => void) {}

  at(type: number): number {
    if (type >= this.known.length || this.known[type] === 0) this.learn(type);
    return this.values[type]!;
  }

  set(type: number, value: number): void {
    while (type >= this.known.length) {
      this.values = longer(this.values);
      this.known = longer(this.known);
    }
    this.values[type] = value;
    this.known[type] = 1;
  }

  forget(): void {
    this.known.fill(0);
  }
}

function joins(unit: number, kind: number): boolean {
  if (kind === FIGURE) return unit === 46 || unit === 44;
  return unit === 39 || unit === 0x2019 || unit === 0x200c || unit === 45;
}

function longer<T extends Int32Array | Uint16Array | Uint8Array>(array: T): T {
  const out = new (array.constructor as new (length: number) => T)(array.length * 2);
  out.set(array);
  return out;
}
