import type { RawRecord } from './fields.js';
import { PROQUEST_ID, PROQUEST_NUMBER, PROQUEST_RULE, proquestFields } from './proquest.js';

/** An article of a file that holds many, and the line it begins in, from 1. */
export interface Exported {
  readonly record: RawRecord;
  readonly line: number;
}

/**
 * Reads the articles of a file as press databases export them as text: LexisNexis ("1 of 250 DOCUMENTS"), Nexis Uni
 * ("End of Document"), Factiva (lines that begin with "HD", "BY", "LP", and "AN Document …") and ProQuest ("ProQuest document ID: …").
 *
 * @returns null for any other text
 */
export function exportedArticles(text: string): Exported[] | null {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const has = (mark: RegExp): boolean => lines.some((line) => mark.test(line));
  if (has(OF_MANY)) return parted(lines, OF_MANY, 'before').map((part) => exported(part, nexisFields));
  if (has(END) && has(BODY)) return parted(lines, END, 'after').map((part) => exported(part, nexisFields));
  if (has(NUMBER) && has(/^HD(?:\s|$)/))
    return parted(lines, NUMBER, 'after').map((part) => exported(part, factivaFields));
  if (has(PROQUEST_ID)) {
    const mark = has(PROQUEST_RULE) ? PROQUEST_RULE : PROQUEST_NUMBER;
    const parts = parted([mark === PROQUEST_RULE ? '_'.repeat(40) : 'Document 0 of 0', ...lines], mark, 'before');
    // The first and the last part may be what the export says of itself.
    return parts
      .filter((part) => part.lines.some((line) => PROQUEST_ID.test(line)))
      .map(({ lines: own, line }) => exported({ lines: own, line: line - 1 }, proquestFields));
  }
  return null;
}

/** What parts articles, and the line above the text of one. */
const [OF_MANY, END, BODY] = [/^\s*\d+ of \d+ DOCUMENTS$/, /^\s*End of Document$/, /^\s*Body:?$/i];
const NUMBER = /^AN\s+Document \S/;

interface Part {
  readonly lines: readonly string[];
  /** Of the first of them, from 1. */
  readonly line: number;
}

/** @param where the line that parts articles stands: before each of them, or after */
function parted(lines: readonly string[], mark: RegExp, where: 'before' | 'after'): Part[] {
  const marks = lines.flatMap((line, i) => (mark.test(line) ? [i] : []));
  const bounds =
    where === 'before'
      ? marks.map((at, i): [number, number] => [at + 1, marks[i + 1] ?? lines.length])
      : marks.map((at, i): [number, number] => [i === 0 ? 0 : marks[i - 1] + 1, at + 1]);
  return bounds.map(([from, to]) => {
    const own = lines.slice(from, to);
    const blank = Math.max(
      0,
      own.findIndex((line) => line !== ''),
    );
    return { lines: own.slice(blank), line: from + blank + 1 };
  });
}

function exported({ lines, line }: Part, fieldsOf: (lines: readonly string[]) => RawRecord): Exported {
  return { record: fieldsOf(lines), line };
}

/** Fields above the text and below it; any of those below ends it. */
const ABOVE = /^\s*(byline|section|length|headline|dateline|highlight|series|body)(?::\s*|$)(.*)$/i;
const BELOW =
  /^\s*(?:(?:load-date|language|publication-type|journal-code|graphic|correction(?:-date)?|url|subject|company|organization|person|geographic|state|country|city|document-type|type|acc-no|distribution|industry|ticker|notes)\s*:.*|(?:Classification|Graphic|Notes)|End of Document)$/i;
const RIGHTS = /^\s*(?:copyright\b|©|all rights reserved)/i;
/** "January 11, 2010 Monday", "Monday 11 January 2010", with an edition behind it perhaps. */
const DATE = /^\s*(?:[a-z]+day,? )?((?:[a-z]{3,9}\.? \d{1,2},? \d{4})|(?:\d{1,2}\.? \p{L}{3,10}\.? \d{4}))(?=\s|,|$)/iu;

/**
 * LexisNexis and Nexis Uni: title, outlet and date on top, in either order and perhaps centred; then fields with a name; the text
 * begins below "Body", or where the named fields end.
 */
function nexisFields(lines: readonly string[]): RawRecord {
  const record: Record<string, string> = {};
  const top: string[] = [];
  const titled = lines.some((line) => BODY.test(line));
  let field: string | null = null;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at];
    const named = ABOVE.exec(line);
    if (named !== null) {
      field = named[1].toLowerCase();
      record[field] = named[2];
      if (field !== 'body') continue;
      at++;
      break;
    }
    if (line === '') {
      // A long value is wrapped; an empty line ends it.
      if (field === null) top.push(line);
      else if (record[field] !== '') field = '';
    } else if (field === null) top.push(line);
    else if (field === '') {
      if (!titled) break;
    } else record[field] = `${record[field]} ${line.trim()}`.trim();
  }
  const ends = lines.findIndex((line, i) => i >= at && BELOW.test(line));
  const text = lines.slice(at, ends < 0 ? lines.length : ends);
  return { ...onTop(top), ...spoken(record), text: `${record['body'] ?? ''}\n${text.join('\n')}`.trim() };
}

/** Only what was said; "headline" is a title. */
function spoken({ byline, headline }: Record<string, string>): RawRecord {
  return {
    ...(byline === undefined || byline === '' ? {} : { author: byline }),
    ...(headline === undefined || headline === '' ? {} : { title: headline }),
  };
}

/** Outlet and date stand one above the other, centred or not; the title before or behind them. */
function onTop(lines: readonly string[]): RawRecord {
  const own = paragraphsOf(lines)
    .filter(([first]) => !RIGHTS.test(first))
    .flat()
    .filter((line) => !RIGHTS.test(line));
  const dated = own.findIndex((line) => DATE.test(line));
  const before = own.slice(0, Math.max(0, dated));
  const outlet = before.at(-1);
  // Editions are centred below the date; a title is not.
  const title =
    before.length > 1 ? before.slice(-2, -1) : own.slice(dated + 1).filter((line) => !isCentred(line) || dated < 0);
  return {
    ...(outlet === undefined ? {} : { outlet: outlet.trim() }),
    ...(dated < 0 ? {} : { date: DATE.exec(own[dated])![1] }),
    ...(title.length === 0 ? {} : { title: title.map((line) => line.trim()).join(' ') }),
  };
}

function paragraphsOf(lines: readonly string[]): string[][] {
  const out: string[][] = [];
  lines.forEach((line, i) => {
    if (line === '') return;
    if (i === 0 || lines[i - 1] === '') out.push([line]);
    else out.at(-1)!.push(line);
  });
  return out;
}

function isCentred(line: string): boolean {
  return /^\s{4}/.test(line);
}

/** Names of Factiva's fields, a gap behind them; behind those that matter a space will do. Anything else is text. */
const CODE =
  /^(?:(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|VOL|ART|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB)(?:\t\s*|\s{2,}|$)|(HD|BY|WC|PD|SN|LP|TD|AN)\s+)(.*)$/;

function factivaFields(lines: readonly string[]): RawRecord {
  const found = new Map<string, string[]>();
  let field: string[] = [];
  for (const line of lines) {
    const named = CODE.exec(line);
    const code = named === null ? undefined : (named[1] ?? named[2]);
    // A line of the text may begin with two capitals as well.
    if (code === undefined || found.has(code)) field.push(line);
    else found.set(code, (field = [named![3]]));
  }
  const inLine = (code: string): string | undefined => found.get(code)?.join(' ').replace(/\s+/g, ' ').trim();
  const whole = (code: string): string => (found.get(code) ?? []).join('\n').trim();
  const record = {
    author: inLine('BY'),
    title: inLine('HD'),
    date: inLine('PD'),
    outlet: inLine('SN'),
    id: inLine('AN'),
  };
  const text = [whole('LP'), whole('TD')].filter((own) => own !== '').join('\n\n');
  return { ...Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)), text };
}
