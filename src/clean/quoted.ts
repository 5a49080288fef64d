import { linesOf, type Line } from './lines.js';
import type { Edit, Mapped } from './mapped.js';
import { MASK } from './quotations.js';

/** ">", "> >", ">>" and a space; in Markdown the space may be missing. */
const SPACED = /^ {0,3}>(?: ?>){0,8}(?: |$)/;
const MARKDOWN = /^ {0,3}>(?: ?>){0,8} ?/;
/** ">" without a space, "JM>", "|>": marks where two lines or more have the same. */
const CLOSE = /^ {0,3}>{1,9}(?! )|^ {0,8}[A-Za-z]{1,12}>{1,3} ?|^ {0,3}\|>? (?!.*\|\s*$)/;
/** What mailboxes write for a line that begins with "From ". */
const ESCAPED = /^>+(?=From )/;
/** A mark that only an attribution above it makes one: "--]", ":", ")". Bullets, headings and figures are none. */
const OTHER = /^ {0,3}((?![-+•–—.]\s|\.\.)[^*_`#~!\p{L}\p{N}\s"'“”‘’«»<([{$€£¡¿]{1,3})/u;
/** A line that a program wrapped off a quoted one: a word or three. */
const WRAPPED_OFF = /^[\p{Ll}\p{N}]\S*(?: \S+){0,2}$/u;

/** A mail's quoted lines are no longer; a Markdown quotation is often one line a paragraph. */
const LETTER_WIDTH = 100;
const LONGEST_ATTRIBUTION = 300;
const WROTE = String.raw`(?:wrote|writes|écrit|écrivait|schrieb|schreef|skrev|escribió|escreveu|ha scritto|napisał\(?a?\)?)`;
const VERB = String.raw`(?:${WROTE}|said|says)`;
/** What a program begins with, and what of a date or an address must follow. */
const OPENING = String.raw`^["“ ]{0,2}(?:On|At|Am|Le|El|Il|Op|Den|Em|Dnia|In (?:a )?(?:message|article)|\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\p{Ll}*,?)(?=[\s\d])`;
const CLOCK = String.raw`\d{1,2}:\d\d`;
const DATE = String.raw`(?:${CLOCK}|\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|(?:19|20)\d\d|@|<)`;
/** A name or an address: "on 5 June 2002 the minister wrote" is a writer's own words. */
const WHO = String.raw`(?:\p{Lu}\S{0,60}|\S{0,80}[@>)\]"”]\S{0,60}|you|\d\S{0,20}) {1,3}(?:a )?`;
/** "On Mon, 7 Oct 2002, A. Writer wrote:", "In message <…> A. Writer writes:", "Quoting A. Writer (a@b.org):". */
const DATED = [
  String.raw`${OPENING}.{0,280}?${DATE}.{0,200}?${WHO}${VERB}(?!\p{L}).{0,40}:$`,
  String.raw`${OPENING}.{0,20}?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,250}?|.{0,200}?${CLOCK}.{0,200}?)(?<!\p{L})${WROTE}(?!\p{L}).{0,40}:$`,
  String.raw`${OPENING}.{0,200}?${CLOCK}.{0,200}?${WHO}\p{Ll}{3,20} ?:$`,
  String.raw`^Quoting .{1,200}[@<(].{0,100}:$`,
].map((source) => new RegExp(source, 'u'));
/** "A. Writer <a@b.org> wrote:" */
const ADDRESSED = new RegExp(String.raw`(?:@|<[^<>]{0,120}>).{0,80}(?<!\p{L})${VERB}(?!\p{L}).{0,40}:$`, 'u');
/** "A. Writer wrote:", with a few words before it that every letter of the same hand has. */
const NAMED = new RegExp(String.raw`^(?:\S+ ){0,6}["'“(]{0,2}\p{Lu}\S* ${VERB} ?:$`, 'u');
/** Marks of a writer's own making in one text, at most. */
const MOST_MARKS = 3;
/** Blank lines between an attribution and what it is of, at most. */
const BLANK = 2;

/**
 * Runs of quoted lines are somebody else's words: one mask each. The line above a run in which a mail program says whose
 * they are goes with them.
 *
 * @param keepQuotations takes out marks and attributions alone
 */
export function withoutQuotedLines(mapped: Mapped, keepQuotations: boolean, markdown: boolean): Mapped {
  const { text } = mapped;
  if (!/^ {0,8}[A-Za-z|]{0,12}>/m.test(text) && !OTHER_MARKS.test(text)) return mapped;
  const lines = linesOf(text);
  const marks = marksOf(lines, markdown);
  const edits: Edit[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (marks[i] === 0) {
      const escaped = ESCAPED.exec(lines[i]!.text);
      if (escaped !== null) edits.push(taken(lines[i]!.start, lines[i]!.start + escaped[0].length));
      continue;
    }
    const from = i;
    i = endOfRun(lines, marks, from);
    const attributed = attributionAbove(lines, from, i);
    if (attributed < from) edits.push(taken(lines[attributed]!.start, lines[from]!.start));
    if (keepQuotations) {
      for (let k = from; k <= i; k++)
        if (marks[k]! > 0) edits.push(taken(lines[k]!.start, lines[k]!.start + marks[k]!));
    } else edits.push(masked(text, lines[from]!.start, lines[i]!.end));
  }
  return mapped.apply(edits);
}

/** Any line that may be an attribution, above one that begins with a mark. */
const OTHER_MARKS = new RegExp(String.raw`:[ \t]*\n\s{0,3}[^\p{L}\p{N}\s"'“”‘’«»<([{$€£¡¿]`, 'u');

function taken(start: number, end: number): Edit {
  return { start, end, put: '', reason: 'markup' };
}

/** @param end behind the last line, whose break goes with it */
function masked(text: string, start: number, end: number): Edit {
  const stop = Math.min(text.length, end + 1);
  const put = `${start > 0 ? '\n\n' : ''}${MASK}${stop < text.length ? '\n\n' : ''}`;
  return { start, end: stop, put, reason: 'quotation' };
}

/** The length of each line's mark; 0 where it is not quoted. */
function marksOf(lines: readonly Line[], markdown: boolean): number[] {
  const marks = lines.map(({ text }) => (markdown ? MARKDOWN : SPACED).exec(text.slice(0, 40))?.[0].length ?? 0);
  const close = lines.map(({ text }, i) => (marks[i]! > 0 ? '' : (CLOSE.exec(text.slice(0, 40))?.[0] ?? '')));
  const times = new Map([['', marks.filter((length) => length > 0).length]]);
  for (const mark of close) if (mark !== '') times.set(tagOf(mark), (times.get(tagOf(mark)) ?? 0) + 1);
  for (const [i, mark] of close.entries())
    if (mark !== '' && times.get(tagOf(mark))! > 1 && !isEscaped(lines, marks, i)) marks[i] = mark.length;
  if (markdown) return marks;
  for (const mark of otherMarks(lines, marks))
    lines.forEach(({ text }, i) => {
      if (marks[i] === 0 && text.trimStart().startsWith(mark)) marks[i] = text.indexOf(mark) + mark.length;
    });
  return marks;
}

/** "JM" of "JM>> "; nothing where the mark has no letters. */
function tagOf(mark: string): string {
  return mark.replace(/[> ]+$/, '').trim();
}

/** ">From " that no quoted line stands beside. */
function isEscaped(lines: readonly Line[], marks: readonly number[], i: number): boolean {
  const beside = (j: number): boolean => lines[j] !== undefined && (marks[j]! > 0 || CLOSE.test(lines[j].text));
  return ESCAPED.test(lines[i]!.text) && !beside(i - 1) && !beside(i + 1);
}

/** Marks of one writer's own making: what lines begin with below an attribution. */
function otherMarks(lines: readonly Line[], marks: readonly number[]): Set<string> {
  const out = new Set<string>();
  for (let i = 0; i + 1 < lines.length && out.size < MOST_MARKS; i++) {
    if (!/:\s*$/.test(lines[i]!.text) || !isAttribution(lines[i]!.text)) continue;
    const at = written(lines, i + 1);
    const mark = marks[at] === 0 ? OTHER.exec(lines[at]!.text.slice(0, 40))?.[1] : undefined;
    if (mark !== undefined && (mark.length > 1 || lines[at + 1]?.text.trimStart().startsWith(mark) === true))
      out.add(mark);
  }
  return out;
}

/** The next line that is not blank, few blank ones on. */
function written(lines: readonly Line[], from: number): number {
  let at = from;
  while (at < from + BLANK && lines[at]?.text.trim() === '') at++;
  return at;
}

/** The last line of a run: a word or three that were wrapped off a quoted line are in it. */
function endOfRun(lines: readonly Line[], marks: readonly number[], from: number): number {
  let last = from;
  for (let i = from + 1; i < lines.length; i++)
    if (marks[i]! > 0) last = i;
    else if (!(marks[i + 1]! > 0 && WRAPPED_OFF.test(lines[i]!.text))) break;
  return last;
}

/** The first line of the attribution above a run, at most three lines long; the run's own first where there is none. */
function attributionAbove(lines: readonly Line[], from: number, to: number): number {
  let at = from - 1;
  while (at > from - 1 - BLANK && at >= 0 && lines[at]!.text.trim() === '') at--;
  if (at < 0 || !/:\s*$/.test(lines[at]!.text)) return from;
  const narrow = lines.slice(from, to + 1).every(({ text }) => text.length <= LETTER_WIDTH);
  let said = '';
  let found = from;
  for (let first = at; first >= 0 && first > at - 3; first--) {
    if (lines[first]!.text.trim() === '') break;
    said = `${lines[first]!.text.trim()} ${said}`.trim();
    if (said.length > LONGEST_ATTRIBUTION) break;
    // Above its last line only what opens like a program's: the writer's own words may stand there.
    if (isDated(said) || (first === at && (ADDRESSED.test(said) || (narrow && NAMED.test(said))))) found = first;
  }
  return found;
}

function isAttribution(line: string): boolean {
  const said = line.trim();
  return said.length <= LONGEST_ATTRIBUTION && (isDated(said) || ADDRESSED.test(said) || NAMED.test(said));
}

function isDated(said: string): boolean {
  return DATED.some((pattern) => pattern.test(said));
}
