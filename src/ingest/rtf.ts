import { stringOf } from './decode.js';
import type { Reading } from './draft.js';
import { readText } from './text.js';

/** Groups inside one another; word processors make some ten. */
const MAX_DEPTH = 10_000;

/** What is not the text: tables of fonts and styles, pictures, heads and feet, notes, fields' names, the file's description. */
const ASIDE =
  /^(?:fonttbl|colortbl|stylesheet|listtable|listoverridetable|revtbl|rsidtbl|filetbl|info|pict|object|header[lrf]?|footer[lrf]?|footnote|annotation|atnid|atnauthor|fldinst|xe|tc|bkmkstart|bkmkend|pntext|template|themedata|datastore|generator|nonshppict|mmathPr|latentstyles|xmlnstbl)$/;
const SIGNS: Readonly<Record<string, string>> = {
  par: '\n\n',
  sect: '\n\n',
  page: '\n\n',
  row: '\n\n',
  line: '\n',
  cell: '\t',
  tab: '\t',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  '~': ' ',
  _: '-',
  '\n': '\n\n',
  '\r': '\n\n',
};
/** Encodings by the numbers that Windows gives them, and these by the numbers of fonts' letters. */
const PAGES: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  65001: 'utf-8',
};
const CHARSETS: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

/** What holds from one place of a group to its end. */
interface State {
  /** In what is no text, to the end of its group. */
  aside: boolean;
  /** Set off as hidden or deleted, until it is no more. */
  hidden: boolean;
  /** Signs behind a letter of Unicode that stand for it in older programs. */
  instead: number;
  font: number;
}

/** One article of rich text; of one that is cut short what there is. */
export async function readRtf(into: Reading): Promise<void> {
  const { path, bytes } = into.file;
  const { text, cut } = rtfText(bytes);
  if (cut)
    into.notices.at({ path, line: null }, 'broken-rtf', 'the rich text is cut short; what there is of it is read');
  await readText(text, 'text', into, { lined: false });
}

/**
 * The text of an RTF, its paragraphs apart by an empty line; headers, footers, notes and what was deleted or hidden are not read.
 *
 * @returns the text, and whether the file ends before its groups do
 */
export function rtfText(bytes: Uint8Array): { readonly text: string; readonly cut: boolean } {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  const cut = reader.read();
  return { text: reader.text, cut };
}

class Reader {
  private readonly out: string[] = [];
  /** Bytes of letters that are not decoded yet. */
  private pending = '';
  private state: State = { aside: false, hidden: false, instead: 1, font: -1 };
  private readonly above: State[] = [];
  private page = 1252;
  private readonly fonts = new Map<number, number>();
  /** Signs still to be passed over behind a letter of Unicode. */
  private skip = 0;
  /** The font that the table of fonts speaks of. */
  private named = -1;

  constructor(private readonly source: string) {}

  get text(): string {
    return this.out.join('').replace(/[^\S\n]*\n{3,}/g, '\n\n').trim(); // prettier-ignore
  }

  /** @returns true where the file ends too early */
  read(): boolean {
    const token = /\\'([\da-f]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^])|([{}])|[\r\n]+|([^\\{}\r\n]+)/giy;
    for (let found = token.exec(this.source); found !== null; found = token.exec(this.source)) {
      const [, hex, word, number, sign, brace, plain] = found;
      if (brace !== undefined) {
        if (!this.group(brace)) return brace === '{';
      } else if (hex !== undefined) this.letters(String.fromCharCode(parseInt(hex, 16)));
      else if (plain !== undefined) this.letters(plain);
      else if (word === 'bin') token.lastIndex += Math.max(0, Number(number ?? 0));
      else if (word !== undefined) this.control(word, number === undefined ? null : Number(number));
      else if (sign !== undefined) this.signed(sign);
    }
    this.flush();
    return this.above.length > 0;
  }

  /** @returns false where reading ends: at the end of the outermost group, and where groups are nested beyond reason */
  private group(brace: string): boolean {
    this.flush();
    this.skip = 0;
    if (brace === '{') return this.above.push({ ...this.state }) <= MAX_DEPTH;
    this.state = this.above.pop() ?? this.state;
    return this.above.length > 0;
  }

  private signed(sign: string): void {
    if (sign === '*') this.state.aside = true;
    else if (sign === '\\' || sign === '{' || sign === '}') this.letters(sign);
    else if (sign in SIGNS) this.say(SIGNS[sign]!);
  }

  private control(word: string, number: number | null): void {
    const { state } = this;
    if (word === 'u') {
      this.flush();
      if (this.isText) this.out.push(String.fromCharCode((number ?? 0) & 0xffff));
      this.skip = state.instead;
    } else if (word === 'uc') state.instead = Math.max(0, number ?? 1);
    else if (word === 'ansicpg') this.page = number ?? 1252;
    else if (word === 'mac') this.page = 10000;
    else if (word === 'f' || word === 'fcharset' || word === 'plain') this.fontIs(word, number ?? 0);
    else if (word === 'v' || word === 'deleted') this.hide(number !== 0);
    else if (ASIDE.test(word)) state.aside = true;
    else if (Object.hasOwn(SIGNS, word)) this.say(SIGNS[word]!);
  }

  private hide(hidden: boolean): void {
    this.flush();
    this.state.hidden = hidden;
  }

  private get isText(): boolean {
    return !this.state.aside && !this.state.hidden;
  }

  private fontIs(word: string, number: number): void {
    this.flush();
    if (word === 'fcharset') this.fonts.set(this.named, CHARSETS[number] ?? this.page);
    else if (word === 'f') this.state.font = this.named = number;
    else {
      this.state.font = -1;
      this.state.hidden = false;
    }
  }

  private letters(text: string): void {
    const passed = Math.min(this.skip, text.length);
    this.skip -= passed;
    if (this.isText) this.pending += text.slice(passed);
  }

  private say(text: string): void {
    this.flush();
    this.skip = 0;
    if (this.isText) this.out.push(text);
  }

  /** Letters of several bytes stand one behind the other, each byte by itself. */
  private flush(): void {
    if (this.pending === '') return;
    const page = this.fonts.get(this.state.font) ?? this.page;
    const label = PAGES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252');
    const ascii = !/[^\0-\x7f]/.test(this.pending);
    this.out.push(ascii ? this.pending : stringOf(Buffer.from(this.pending, 'latin1'), label));
    this.pending = '';
  }
}
