import { cut, type Mapped } from './mapped.js';
import { linesOf } from './lines.js';

/** A line of a record's head: "Date: 2002-10-06", "Posted on: Monday". */
const FIELD = /^[ \t]{0,20}\*{0,2}([\p{L}][\p{L}\d /_-]{0,24}?)\*{0,2}:\*{0,2}(?:[ \t]|$)/u;
/** What programs call what they know of a text. Of a head two at least are such, whatever the others are. */
const KNOWN =
  /^(?:url|link|permalink|source(?: url)?|web ?site|date|published(?: on| at)?|posted(?: on| at)?|created(?: at)?|updated(?: at)?|title|headline|subject|author|authors|by|byline|category|categories|tags?|keywords|section|slug|publication|outlet|language|word ?count|titel|autor|quelle|datum|titre|auteur|fecha|título|fuente)$/iu;
const FEWEST_KNOWN = 2;
const MOST_LINES = 20;
const LONGEST_LINE = 400;

/**
 * Takes out the head that a program put above a text: lines such as "URL: …", "Date: …" down to the first blank one. It is the
 * same above whatever the program fetched: two bylines that only it fetched would look like one hand.
 */
export function withoutHead(mapped: Mapped): Mapped {
  const lines = linesOf(mapped.text.slice(0, MOST_LINES * LONGEST_LINE));
  let first = 0;
  while (first < lines.length && lines[first]!.text.trim() === '') first++;
  let [known, at] = [0, first];
  for (; at < lines.length && lines[at]!.text.trim() !== ''; at++) {
    const { text } = lines[at]!;
    const field = text.length > LONGEST_LINE ? null : FIELD.exec(text.slice(0, 60));
    if (field === null || at - first >= MOST_LINES) return mapped;
    if (KNOWN.test(field[1]!)) known++;
  }
  const below = lines[at];
  if (known < FEWEST_KNOWN || below === undefined || mapped.text.slice(below.start).trim() === '') return mapped;
  return mapped.apply([{ start: lines[first]!.start, end: below.start, put: '', reason: 'markup' }]);
}

/** "[3] http://a.org/" alone on a line, as programs list what a text links to below it. */
const LISTED = /^[ \t]{0,8}\[(\d{1,3})\][ \t]{1,8}<?(?:https?:\/\/|ftp:\/\/|mailto:|www\.)\S{1,3000}[ \t]*$/gm;
const MARK = /\[(\d{1,3})\]/g;

/** Takes out lists of the addresses that a text links to, and the numbers that refer to them. A number of a note is left. */
export function withoutLinkNumbers(mapped: Mapped): Mapped {
  const { text } = mapped;
  const listed = [...text.matchAll(LISTED)];
  if (listed.length === 0) return mapped;
  const numbers = new Set(listed.map((m) => m[1]!));
  const marks = [...text.matchAll(MARK)].filter((m) => numbers.has(m[1]!));
  return mapped.apply([...listed, ...marks].map((m) => cut(text, m.index, m.index + m[0].length, 'markup')));
}
