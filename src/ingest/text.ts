import { counted } from '../text/figures.js';
import { chatIn } from './chat.js';
import { readDate } from './dates.js';
import { isDesk } from './desks.js';
import { addPage, addRecord, type BylineWay, type Reading } from './draft.js';
import { exportedArticles } from './exports.js';
import { asNames, fieldsOf, isDated, isKnownAs, type RawRecord } from './fields.js';
import { splitFrontMatter } from './frontmatter.js';
import { asksToBeSkipped } from './skip.js';

/** Lines at the top in which a title, a byline and a date are looked for. */
const TOP = 8;

/**
 * Plain text or Markdown, one article a file: front matter, "Author: …" lines, or title, "By …" and date on top; or
 * many articles as press databases export them.
 *
 * @param of whether the lines of the text are those of the file; what is known of it where the text says nothing
 */
export async function readText(
  text: string,
  format: 'text' | 'markdown',
  into: Reading,
  of: { readonly lined?: boolean; readonly about?: RawRecord } = {},
): Promise<void> {
  const articles = exportedArticles(text);
  if (articles !== null) {
    articles.forEach(({ record, line }, i) => {
      const place = of.lined !== false ? { line } : { line: null, part: i + 1 };
      addRecord(record, { path: into.file.path, ...place }, into);
    });
    return;
  }
  const chat = format === 'text' ? chatIn(text) : null;
  if (chat !== null) {
    for (const { record, line } of chat.messages) addRecord(record, { path: into.file.path, line }, into);
    const what = `a chat: every message is read as an article of who sent it; what the program itself says is passed over (${counted(chat.system, 'line')})`;
    into.notices.at({ path: into.file.path, line: null }, 'chat', what, 'info');
    return;
  }
  const { data, body, problem } = await splitFrontMatter(text);
  if (problem !== null)
    into.notices.at(
      { path: into.file.path, line: 1 },
      'front-matter',
      `${problem}; lines of the form "key: value" are read`,
    );
  if (asksToBeSkipped(data, into)) return;
  const top = topOf(body, format === 'markdown');
  const known = { ...of.about, ...top.data, ...data };
  const inData = asNames(fieldsOf(data, into.map).author) !== null;
  const way: BylineWay | null = inData ? 'front matter' : (top.way ?? 'metadata');
  addPage(known, top.body, { format, markup: format === 'markdown' ? 'markdown' : 'plain', way }, into);
}

interface Top {
  readonly data: RawRecord;
  readonly body: string;
  readonly way: BylineWay | null;
}

/** Finds title, byline and date in the first lines; what they held is not in `body` any more. */
function topOf(text: string, markdown: boolean): Top {
  const lines = firstLines(text);
  const header = headerLines(lines);
  if (header !== null) return { ...header, body: text.slice(header.end) };
  const below = markdown ? belowHeading(text, lines) : null;
  if (below !== null) return below;
  const data: Record<string, unknown> = {};
  let end = 0;
  const filled = lines.filter((l) => l.text !== '').slice(0, TOP);
  const byAt = filled.findIndex((l) => bylineIn(l.text) !== null);
  const titled = filled.length > 1 && isTitle(filled, byAt, markdown);
  if (titled) {
    data['title'] = filled[0].text.replace(/^#+\s+|\s+#+$/g, '');
    // Markdown keeps its heading: the reader of mark-up knows it for one.
    if (!markdown) end = filled[0].end;
  }
  if (byAt < 0) {
    const second = titled ? filled.at(1) : undefined;
    if (second !== undefined && isDateLine(second.text)) data['date'] = dateIn(second.text);
    return { data, body: text.slice(data['date'] === undefined ? end : second!.end), way: null };
  }
  const by = filled[byAt];
  const after = filled.at(byAt + 1);
  const { names, date } = bylineIn(by.text)!;
  data['author'] = names;
  if (date !== null) data['date'] = date;
  let last = by.end;
  if (date === null && after !== undefined && isDateLine(after.text)) {
    data['date'] = dateIn(after.text);
    last = after.end;
  }
  // What stands between the title and the byline (a standfirst) stays in the body.
  return { data, body: text.slice(end, by.start) + text.slice(last), way: 'By line' };
}

interface Line {
  /** Trimmed, without emphasis marks around it. */
  readonly text: string;
  readonly raw: string;
  readonly start: number;
  /** Offset after its line break. */
  readonly end: number;
}

function firstLines(text: string): Line[] {
  const out: Line[] = [];
  let filled = 0;
  for (let at = 0; at < text.length && filled <= TOP && out.length < 40;) {
    const breakAt = text.indexOf('\n', at);
    const end = breakAt < 0 ? text.length : breakAt + 1;
    const raw = text.slice(at, Math.min(end, at + 500)).trim();
    const line = raw.replace(/^([*_]{1,3})(.+)\1$/u, '$2').trim();
    if (line !== '') filled++;
    out.push({ text: line, raw, start: at, end });
    at = end;
  }
  return out;
}

/** Header lines below the heading, as Notion exports the properties of a page. */
function belowHeading(text: string, lines: readonly Line[]): Top | null {
  const first = lines.findIndex((line) => line.text !== '');
  if (first < 0 || !/^#\s+\S/.test(lines[first]!.raw)) return null;
  const filled = lines.findIndex((line, i) => i > first && line.text !== '');
  const header = filled < 0 ? null : headerLines(lines.slice(filled));
  if (header === null || header.way === null) return null;
  const heading = lines[first]!;
  const title = heading.text.replace(/^#+\s+|\s+#+$/g, '');
  return {
    data: { title, ...header.data },
    body: text.slice(heading.start, heading.end) + text.slice(header.end),
    way: header.way,
  };
}

/** "Title: …", "Author: …", "Section: …" lines from the first line on, closed by an empty one; one alone must be known, else two. */
function headerLines(lines: readonly Line[]): { data: RawRecord; end: number; way: BylineWay | null } | null {
  const data = Object.create(null) as Record<string, unknown>;
  let way: BylineWay | null = null;
  let known = 0;
  for (const [i, line] of lines.entries()) {
    if (line.text === '' && i > 0)
      return known > 1 || (known === 1 && known === i) ? { data, end: line.end, way } : null;
    const m = /^(\p{L}[\p{L} _-]{0,20}):\s+(\S.*)$/u.exec(line.text);
    if (m === null || isKnownAs(m[1]!, 'text')) return null;
    if (HEADERS.some((name) => isKnownAs(m[1]!, name) || (name === 'date' && isDated(m[1]!)))) known++;
    if (isKnownAs(m[1]!, 'author')) way = 'header line';
    data[m[1]!] = m[2];
  }
  return null;
}

const HEADERS = ['author', 'title', 'date', 'outlet', 'url', 'id'] as const;

function isTitle(filled: readonly Line[], byAt: number, markdown: boolean): boolean {
  const first = filled[0];
  if (byAt === 0) return false;
  if (markdown) return /^#\s+\S/.test(first.raw);
  const short = first.text.length <= 150 && !/[.;,:]$/u.test(first.text);
  const apart = filled[1].start > first.end || byAt === 1 || isDateLine(filled[1].text);
  return short && apart;
}

const BY =
  /^(?:byline:\s*)?(?:(?:written |posted |reported |words |text |story )?by|por|von|par|di|door|بقلم|نوشته|نویسنده|автор|作者|記者|记者)(?:\s*[:：]\s*|\s+)(\S.*)$/iu;
const SMALL =
  /^(?:and|with|und|et|y|e|in|of|de|da|di|del|della|der|den|van|von|zu|la|le|du|al|el|bin|ibn|for|the|special|to|&|و)$/u;

/** The byline of a line that is nothing else: "By Ann Writer, June 9, 2019"; null for prose ("By the time …"). */
export function bylineIn(line: string): { names: string; date: string | null } | null {
  if (line.length > 160) return null;
  const m = BY.exec(line);
  if (m === null) return null;
  const dated = /^(.*?)(?:,|\s[|–—-])\s*(.*\d{4}.*)$/u.exec(m[1]);
  const hasDate = dated !== null && isDateLine(dated[2]);
  const names = (hasDate ? dated[1] : m[1]).trim();
  const words = names.split(/[\s,;|/]+/u).filter((w) => w !== '');
  if (words.length === 0 || words.length > 14 || /[!?:]|[^\p{Lu}.]\.$|\d{3}/u.test(names)) return null;
  if (isDesk(names)) return { names, date: hasDate ? dated[2] : null };
  // "The" begins an outlet, never a person's name.
  if (SMALL.test(words[0].toLowerCase()) && !/^(?:de|da|di|del|van|von|la|le|du|al|el|bin|ibn)$/iu.test(words[0]))
    return null;
  if (NOT_A_NAME.test(names)) return null;
  const named = words.every((w) => SMALL.test(w) || !/^\p{Ll}/u.test(w) || /@/u.test(w));
  const userName =
    words.length === 1 && /^[\p{L}\d._-]+$/u.test(words[0]) && /^by/iu.test(line) && !ADVERBIAL.test(words[0]);
  return named || userName ? { names, date: hasDate ? dated[2] : null } : null;
}

/** "By accident", "By candlelight": titles, not user names. */
const ADVERBIAL =
  /^(?:accident|chance|choice|heart|hand|mistake|nature|name|definition|proxy|numbers|degrees|train|plane|car|bus|boat|ship|land|sea|air|night|day|dawn|dusk|moonlight|candlelight|invitation|ear|force|request|turns|rail|road|water|foot|law|default|design|yesterday|today|tomorrow|midnight|noon)$/u;
const NOT_A_NAME =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d|$)|^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|now|then|contrast|comparison|far|default|design|law|itself|himself|herself|\d)\b/iu;

/** The date of a line that is nothing else ("Published: June 9, 2019"); null for other lines. */
function dateIn(text: string): string | null {
  const bare = text.replace(/^(?:published|posted|updated|date)(?: on)?:?\s+/iu, '');
  // Five figures are a date in a table's column of dates, and in a text something else.
  return text.length < 60 && !/^\d{5}(?:\.\d+)?$/.test(bare) && readDate(bare) !== null ? bare : null;
}

function isDateLine(text: string): boolean {
  return dateIn(text) !== null;
}
