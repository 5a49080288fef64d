import { cut, type Edit, type Mapped } from './mapped.js';
import { enclosed } from './enclosed.js';
import { linesOf, type Line } from './lines.js';
import { MASK } from './quotations.js';
import { countWords } from './words.js';

/**
 * Takes out what programs and mailing lists put around a letter: the letter it answers or forwards, the signature below
 * "-- ", the list's own lines at the foot, the armour of PGP.
 *
 * @param keepQuotations leaves the words of letters that are answered or forwarded, and takes out their heads alone
 */
export function withoutMail(mapped: Mapped, keepQuotations: boolean): Mapped {
  let out = mapped;
  if (out.text.includes('-----BEGIN PGP ')) out = out.apply(armour(out.text));
  if (HEAD_SIGN.test(out.text)) out = out.apply(otherLetters(out.text, keepQuotations));
  for (let round = 0; round < ROUNDS; round++) {
    const edit = foot(out.text);
    if (edit === null) break;
    out = out.apply([edit]);
  }
  return out;
}

const LONGEST_ARMOUR = 20_000;

function armour(text: string): Edit[] {
  const out = [
    ...text.matchAll(
      /^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: [^\n]{0,80}\n|NotDashEscaped: [^\n]{0,80}\n){0,4}/gm,
    ),
  ];
  const heads = out.map((m): Edit => ({ start: m.index, end: m.index + m[0].length, put: '', reason: 'markup' }));
  const blocks = ['SIGNATURE', 'PUBLIC KEY BLOCK', 'MESSAGE'].flatMap((name) =>
    enclosed(text, `-----BEGIN PGP ${name}-----`, `-----END PGP ${name}-----`, LONGEST_ARMOUR),
  );
  return [...heads, ...blocks.map(([start, end]) => cut(text, start, end, 'markup'))];
}

/** A line that says that another letter begins, or ends. */
const BEGINS =
  /^ {0,3}(?:-{2,}|_{2,}|={2,}|\*{2,}) ?(?:(?:begin|start of|beginning of) )?(?:original (?:message|e-?mail)|forwarded (?:message|e-?mail|mail|text|by)|ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message transféré|mensaje (?:original|reenviado)|messaggio originale|oorspronkelijk bericht|doorgestuurd bericht)(?:[^\n]{0,80}?[-_=*]{2,})?\s*$|^ {0,3}begin forwarded message ?:\s*$/i;
const ENDS = /^ {0,3}(?:-{2,}|_{2,}|={2,}|\*{2,}) ?end(?: of)? (?:forwarded|original) (?:message|mail|text)\b/i;
const HEADER =
  /^\*{0,2}(from|to|cc|bcc|sent|date|subject|reply-to|message-id|organization|user-agent|von|an|gesendet|datum|betreff|de|à|envoyé|date d['’]envoi|objet|para|enviado(?: el)?|fecha|asunto|da|inviato|data|oggetto|aan|verzonden|onderwerp) ?:\*{0,2}(?:\s|$)/iu;
const SENDER = /^(?:from|von|de|da)$/i;
const DATED = /^(?:sent|date|gesendet|datum|envoyé|date d['’]envoi|enviado(?: el)?|fecha|inviato|data|verzonden)$/i;
/** One of these is in every text with another letter in it. */
const HEAD_SIGN =
  /^\*{0,2}(?:from|von|de|da) ?:|(?:original|forwarded|nachricht|message|mensaje|messaggio|bericht)[ -]/im;
const FEWEST_HEADERS = 3;

/** Letters below a line that says so or below three lines of a letter's head; to the end, or to where they are said to end. */
function otherLetters(text: string, keepQuotations: boolean): Edit[] {
  const lines = linesOf(text);
  const edits: Edit[] = [];
  let blank = true;
  for (let i = 0; i < lines.length; i++) {
    const begins = BEGINS.test(lines[i]!.text);
    const head = headFrom(lines, begins ? next(lines, i + 1) : i);
    if (!begins && !head.whole) {
      blank &&= lines[i]!.text.trim() === '';
      i = Math.max(i, head.end - 1);
      continue;
    }
    const body = next(lines, Math.max(i + 1, head.end));
    const answered = body < lines.length && /^ {0,3}(?:[A-Za-z]{0,12}>|\|)/.test(lines[body]!.text);
    // A head with nothing above it and no word of forwarding is the letter's own.
    const own = blank && !begins;
    const ends = answered || own || keepQuotations ? body : endOfLetter(lines, body);
    const [start, end] = [lines[i]!.start, ends < lines.length ? lines[ends]!.start : text.length];
    if (ends === body) edits.push({ start, end, put: '\n\n', reason: 'markup' });
    else edits.push({ start, end, put: `\n\n${MASK}\n\n`, reason: 'quotation' });
    blank = false;
    i = ends - 1;
  }
  return edits;
}

/** The next line that is not blank. */
function next(lines: readonly Line[], from: number): number {
  let i = from;
  while (i < lines.length && lines[i]!.text.trim() === '') i++;
  return i;
}

/**
 * The lines of a letter's head from one on, as far as there are any, and whether they say who sent it and when. Long headers go
 * on in indented lines.
 */
function headFrom(lines: readonly Line[], from: number): { readonly end: number; readonly whole: boolean } {
  let [headers, sender, dated] = [0, false, false];
  let end = from;
  for (; end < lines.length; end++) {
    const name = HEADER.exec(lines[end]!.text.slice(0, 40))?.[1];
    if (name !== undefined) {
      headers++;
      sender ||= SENDER.test(name);
      dated ||= DATED.test(name);
    } else if (headers === 0 || !/^[ \t]+\S/.test(lines[end]!.text)) break;
  }
  return { end, whole: headers >= FEWEST_HEADERS && sender && dated };
}

function endOfLetter(lines: readonly Line[], from: number): number {
  for (let i = from; i < lines.length; i++) if (ENDS.test(lines[i]!.text)) return i + 1;
  return lines.length;
}

/** A letter of a list to a list has a signature above a foot above a foot. */
const ROUNDS = 5;
const FOOT_LINES = 16;
const FOOT_WORDS = 120;
/** Without the space behind it two dashes may part an article's sections: less is taken for a signature below them. */
const PLAIN_LINES = 5;
const PLAIN_WORDS = 40;
const DELIMITER = /^(?:- )?-- ?\r?$/;
const RULE = /^ {0,3}(?:[-_=*~#] ?){15,}>?\s*$|^-{5,} Yahoo! Groups Sponsor -{5,}~/;
const LIST =
  /\bunsubscrib|\bmailing[ -]list\b|\blistinfo\b|-(?:request|subscribe|unsubscribe)@|\bsponsored by:|\byahoo! groups\b/i;

/** The lowest of a signature and a list's foot, which must reach to the end. */
function foot(text: string): Edit | null {
  const tail = linesOf(text.slice(-FOOT_TAIL)).map((line) => ({
    ...line,
    start: line.start + Math.max(0, text.length - FOOT_TAIL),
  }));
  let [written, words, list] = [0, 0, false];
  for (let i = tail.length - 1; i > 0; i--) {
    const line = tail[i]!;
    if (DELIMITER.test(line.text) && written > 0) {
      const spaced = line.text.includes('-- ') || line.text.startsWith('- ');
      const directly = tail[i + 1]!.text.trim() !== '';
      if (spaced || (directly && written <= PLAIN_LINES && words <= PLAIN_WORDS)) return below(text, line, 'signoff');
    }
    if (RULE.test(line.text) && written > 0 && list) return below(text, line, 'sharing');
    if (line.text.trim() === '') continue;
    written++;
    words += countWords(line.text);
    list ||= LIST.test(line.text);
    if (written > FOOT_LINES || words > FOOT_WORDS) return null;
  }
  return null;
}

const FOOT_TAIL = 4000;

function below(text: string, { start }: Line, reason: 'signoff' | 'sharing'): Edit {
  return { start, end: text.length, put: '', reason };
}
