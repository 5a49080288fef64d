import { hashString } from '../math/random.js';
import type { PackedRows, RemovalReason, Removed, SparseRows } from '../types/types.js';
import { RowCounter } from './counting.js';
import { unpackRows } from './packed.js';
import { scrambled, stirred } from './views.js';

/** An article as it was handed in, and what cleaning took out of it. */
export interface Written {
  readonly source: string;
  readonly removed: readonly Removed[];
}

/**
 * What is taken out here as well: it names or advertises a person, or is a template. Markup stays: it is what this view
 * reads.
 */
const NOT_WRITTEN: ReadonlySet<RemovalReason> = new Set<RemovalReason>([
  'byline',
  'biography',
  'signoff',
  'related',
  'sharing',
  'repeated',
]);

/** The source without what is nobody's habit; of a quotation its marks alone. */
export function writtenText({ source, removed }: Written): string {
  const cuts = removed.filter(({ reason }) => NOT_WRITTEN.has(reason) || reason === 'quotation');
  cuts.sort((a, b) => a.start - b.start || b.end - a.end);
  let out = '';
  let at = 0;
  for (const { start, end, reason } of cuts) {
    if (start >= at) {
      out += source.slice(at, start);
      if (reason === 'quotation') out += `${source.slice(start, start + 1)}q${source.slice(end - 1, end)}`;
    }
    at = Math.max(at, end);
  }
  return out + source.slice(at);
}

/**
 * Counts how articles were typed and laid out, no word of them: 1- to 3-grams of capitals, runs of small words, marks,
 * figures, contractions, entities, tags, links and line breaks; how lines begin and end; words in a line and in a
 * sentence. Habits of typing are among the oldest signs of a hand (Zheng et al. 2006, "structural features").
 */
export function packedFormats(articles: readonly Written[]): PackedRows {
  const counter = new RowCounter();
  const reader = new FormatReader(counter);
  for (const article of articles) {
    reader.count(writtenText(article));
    counter.endRow();
  }
  return counter.finish();
}

/** The same, unpacked. */
export function countFormats(articles: readonly Written[]): SparseRows {
  return unpackRows(packedFormats(articles));
}

const [OTHER, SMALL, CAPITAL, FIGURE] = [1, 2, 3, 4] as const;
type CharacterClass = typeof OTHER | typeof SMALL | typeof CAPITAL | typeof FIGURE;
/** Class of each UTF-16 unit seen so far; 0 for one not seen. */
const classes = new Uint8Array(1 << 16);

function classOf(unit: number): CharacterClass {
  const known = classes[unit]!;
  if (known !== 0) return known as CharacterClass;
  const char = String.fromCharCode(unit);
  const found = /\p{Lu}/u.test(char)
    ? CAPITAL
    : /[\p{L}\p{M}]/u.test(char)
      ? SMALL
      : /\p{N}/u.test(char)
        ? FIGURE
        : OTHER;
  classes[unit] = found;
  return found;
}

/** @param unit NaN behind the end of a text */
function isLetter(unit: number): boolean {
  const kind = Number.isNaN(unit) ? OTHER : classOf(unit);
  return kind === SMALL || kind === CAPITAL;
}

const named = (name: string): number => hashString(`format ${name}`);
const CAPITALISED = named('Aa');
const IN_CAPITALS = named('AA');
const MIXED = named('aA');
const LINK = named('link');
const LINE = named('line');
const INDENTED = named('indented line');
const PARAGRAPH = named('paragraph');
/** Runs of one, two, three or four, five to eight, and more small words. */
const SMALL_WORDS = [1, 2, 3, 4, 5].map((n) => named(`small words ${n}`));
const FIGURES = [1, 2, 3, 4, 5].map((n) => named(`figures ${n}`));
const [LINE_WORDS, LINE_START, LINE_END, SENTENCE_WORDS] = [named('a'), named('b'), named('c'), named('d')];

/** What stands behind a full stop that ends a sentence. */
const BEHIND_SENTENCE = ' \n\r\t"”’)';

/** Steps of half an octave, or a little less. */
function bucket(n: number): number {
  return n < 1 ? 0 : Math.min(9, Math.floor(Math.log2(n) * 1.5) + 1);
}

/** Reads one text after another into tokens of form. */
class FormatReader {
  private tokens = new Int32Array(1 << 12);
  private used = 0;
  private small = 0;
  /** First token of the line, and words in the line and in the sentence. */
  private line = 0;
  private lineWords = 0;
  private sentenceWords = 0;

  constructor(private readonly into: RowCounter) {}

  count(text: string): void {
    [this.used, this.small, this.line, this.lineWords, this.sentenceWords] = [0, 0, 0, 0, 0];
    let i = 0;
    while (i < text.length) {
      const unit = text.charCodeAt(i);
      const kind = classOf(unit);
      if (isLetter(unit)) i = this.word(text, i);
      else if (kind === FIGURE) i = this.figures(text, i);
      else if (unit === 32 && text.charCodeAt(i + 1) !== 32) i++;
      else if (unit === 10 || unit === 13) i = this.lineBreak(text, i);
      else i = this.mark(text, i, unit);
    }
    this.endLine();
    this.sequences();
  }

  private put(token: number): void {
    this.flush();
    this.push(token);
  }

  private push(token: number): void {
    if (this.used === this.tokens.length) {
      const longer = new Int32Array(2 * this.used);
      longer.set(this.tokens);
      this.tokens = longer;
    }
    this.tokens[this.used++] = token;
  }

  /** Small words that follow each other are one token. */
  private flush(): void {
    const n = this.small;
    if (n === 0) return;
    this.small = 0;
    this.push(SMALL_WORDS[n < 3 ? n - 1 : n < 5 ? 2 : n < 9 ? 3 : 4]!);
  }

  private word(text: string, from: number): number {
    let capitals = 0;
    let i = from;
    for (; i < text.length; i++) {
      const kind = classOf(text.charCodeAt(i));
      if (kind === CAPITAL) capitals++;
      else if (kind !== SMALL) break;
    }
    if (text.startsWith('://', i)) return this.link(text, i);
    this.lineWords++;
    this.sentenceWords++;
    const mark = text.charCodeAt(i);
    if ((mark === 0x27 || mark === 0x2019) && isLetter(text.charCodeAt(i + 1))) {
      let end = i + 1;
      while (end < text.length && isLetter(text.charCodeAt(end))) end++;
      this.put(hashString(`w${text.slice(i, Math.min(end, i + 3)).toLowerCase()}`));
      return end;
    }
    const length = i - from;
    const first = classOf(text.charCodeAt(from)) === CAPITAL;
    if (capitals === 0) this.small++;
    else if (capitals === length && length > 1) this.put(IN_CAPITALS);
    else this.put(capitals === 1 && first ? CAPITALISED : MIXED);
    return i;
  }

  private link(text: string, from: number): number {
    let i = from;
    while (i < text.length && !' \n\r\t)"\'<>]'.includes(text[i]!)) i++;
    this.put(LINK);
    return i;
  }

  private figures(text: string, from: number): number {
    let i = from;
    while (i < text.length && classOf(text.charCodeAt(i)) === FIGURE) i++;
    this.put(FIGURES[Math.min(5, i - from) - 1]!);
    return i;
  }

  private lineBreak(text: string, from: number): number {
    let breaks = 0;
    let i = from;
    for (; text[i] === '\n' || text[i] === '\r'; i++) if (text[i] === '\n') breaks++;
    const indented = text[i] === ' ' || text[i] === '\t';
    while (text[i] === ' ' || text[i] === '\t') i++;
    this.endLine();
    this.push(breaks > 1 ? PARAGRAPH : indented ? INDENTED : LINE);
    this.line = this.used;
    return i;
  }

  private mark(text: string, from: number, unit: number): number {
    if (unit === 0x20 || unit === 9) {
      let i = from;
      while (text[i] === ' ' || text[i] === '\t') i++;
      this.put(hashString(text.slice(from, i)));
      return i;
    }
    if (unit === 0x26 || unit === 0x3c) {
      // An entity or the beginning of a tag is one mark; sticky patterns look no farther.
      const pattern = unit === 0x26 ? /&#?[a-z0-9]{1,10};/iy : /<\/?[a-z][a-z0-9]{0,20}/iy;
      pattern.lastIndex = from;
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) {
        this.put(hashString(found.toLowerCase()));
        return from + found.length;
      }
    }
    this.put(scrambled(unit));
    if ((unit === 0x2e || unit === 0x21 || unit === 0x3f) && BEHIND_SENTENCE.includes(text.charAt(from + 1)))
      this.endSentence();
    return from + 1;
  }

  private endSentence(): void {
    if (this.sentenceWords > 0) this.into.add(stirred(SENTENCE_WORDS, bucket(this.sentenceWords)));
    this.sentenceWords = 0;
  }

  private endLine(): void {
    this.flush();
    this.endSentence();
    const { tokens, line, used, into } = this;
    if (used > line) {
      const size = bucket(this.lineWords);
      const at = (i: number): number => (i >= line && i < used ? tokens[i]! : 0);
      into.add(stirred(LINE_WORDS, size));
      into.add(stirred(stirred(stirred(LINE_START, at(line)), at(line + 1)), size));
      into.add(stirred(stirred(LINE_END, at(used - 2)), at(used - 1)));
    }
    this.lineWords = 0;
    this.line = used;
  }

  private sequences(): void {
    const { tokens, used, into } = this;
    const fill = (values: Int32Array, from: number, n: number): void => values.set(tokens.subarray(from, from + n));
    into.addGrams(used, fill, { seed: 0, shortest: 1, longest: 3 });
  }
}
