import { matchesAt } from '../text/matches.js';
import { UNSPACED } from '../text/scripts.js';
import type { Edit, Mapped } from './mapped.js';
import { paragraphsOf, type Paragraph } from './paragraphs.js';
import { countWords } from './words.js';

/** Stands for one quotation. */
export const MASK = '\ufffc';

/** Up to this many words in marks are the writer's own term ("regime change"). */
const OWN_TERM_WORDS = 3;

const CLOSERS: Readonly<Record<string, string>> = {
  '“': '”"',
  '„': '“”"',
  '«': '»',
  '‹': '›',
  '「': '」',
  '『': '』',
  '"': '"”',
};
const MARK = /[“”„«»‹›「」『』"]/g;

/** A stretch between two marks; the marks are left in the text, being the writer's own habit. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A mark that was opened and not closed before its paragraph ended. */
interface Open {
  readonly at: number;
  readonly closers: string;
}

/**
 * Masks direct quotations by one U+FFFC each; the marks around them stay. A speech of several paragraphs (a mark at the
 * start of each, a closing one only after the last) is masked paragraph by paragraph. A mark that is never closed
 * swallows its own sentence at most. Terms of up to three words stay unless they read like speech ("Yes,").
 */
export function withoutQuotations(mapped: Mapped): Mapped {
  const { text } = mapped;
  const paragraphs = paragraphsOf(text);
  const guillemetsInward =
    text.indexOf('»') >= 0 && text.indexOf('»') < (text.indexOf('«') + text.length) % text.length;
  const closingOnly = text.includes('”') && !/[“„]/.test(text);
  const spans: Span[] = [];
  paragraphs.forEach((paragraph, i) => {
    const next = paragraphs[i + 1]?.text[0];
    const found = doubles(paragraph, next, guillemetsInward, closingOnly);
    // Not push(...found): a hostile paragraph has more quotations than a call has room for arguments.
    for (const span of found) spans.push(span);
    for (const span of singles(paragraph, found)) spans.push(span);
  });
  const edits = spans.map(({ start, end }): Edit => ({ start, end, put: MASK, reason: 'quotation' }));
  return mapped.apply(edits);
}

function doubles(paragraph: Paragraph, nextStart: string | undefined, inward: boolean, closingOnly: boolean): Span[] {
  const { text, start: offset } = paragraph;
  const out: Span[] = [];
  let open: Open | null = null;
  const close = (from: Open, end: number): void => {
    if (isSpeech(text.slice(from.at + 1, end), text.slice(Math.max(0, from.at - 3), from.at)))
      out.push(trimmed(text, from.at + 1, end, offset));
  };
  for (const m of text.matchAll(MARK)) {
    const mark = m[0];
    const closers = closersOf(text, m.index, inward, closingOnly);
    if (open !== null && open.closers.includes(mark) && closes(text, m.index)) {
      close(open, m.index);
      open = null;
    } else if (closers !== null) {
      if (open !== null) close(open, sentenceEnd(text, open.at, m.index));
      open = { at: m.index, closers };
    }
  }
  if (open === null) return out;
  const continued = nextStart !== undefined && nextStart === text[open.at];
  close(open, continued ? text.length : sentenceEnd(text, open.at, text.length));
  return out;
}

/** What would close a mark that opens here; null where it cannot open: after a figure (5" pipe), before a space. */
function closersOf(text: string, at: number, inward: boolean, closingOnly: boolean): string | null {
  const mark = text[at];
  const after = text[at + 1];
  if (mark === '"' || (mark === '”' && closingOnly)) {
    if (after === undefined || NOT_OPENED.test(after) || (at > 0 && !BEFORE_OPENING.test(text[at - 1]))) return null;
    return mark === '"' ? CLOSERS[mark] : '”';
  }
  if (inward && (mark === '»' || mark === '«')) return mark === '»' ? '«' : null;
  return Object.hasOwn(CLOSERS, mark) && after !== undefined ? CLOSERS[mark] : null;
}

/** What no straight mark opens, and what stands before one that opens: a space, or where none is typed a character or mark. */
const NOT_OPENED = /[\s.,;:!?)\]，。；：！？、）]/;
const BEFORE_OPENING = new RegExp(String.raw`[\s\(\[\{—–‘'\/\-，。；：！？、（${UNSPACED}]`, 'v');

/** A straight mark after a space and before a letter opens; it closes nothing. */
function closes(text: string, at: number): boolean {
  if (text[at] !== '"') return true;
  return at + 1 >= text.length || !/\s/.test(text[at - 1]) || !/[\p{L}\p{N}]/u.test(text[at + 1]);
}

/** End of the sentence that begins at a mark, at most `limit`. */
function sentenceEnd(text: string, from: number, limit: number): number {
  const found = text.slice(from + 1, limit).search(/[.!?…؟۔।](?:\s|$)|[。！？]/);
  return found < 0 ? limit : from + 1 + found + 1;
}

/** Spaces inside the marks stay: French typing has them, and a careless hand. */
function trimmed(text: string, from: number, to: number, offset: number): Span {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  return { start: offset + start, end: offset + end };
}

/** More than a term: long, or ("Yes," she said) capitalised, punctuated, and where a sentence or a speech begins. */
function isSpeech(inner: string, before: string): boolean {
  const trimmed = inner.trim();
  if (trimmed === '' || trimmed === MASK) return false;
  if (countWords(inner.length > 400 ? inner.slice(0, 400) : inner) > OWN_TERM_WORDS) return true;
  return (
    /[.!?…,。！？，]$/.test(trimmed) &&
    /^[\p{Lu}\p{Lo}\p{N}]/u.test(trimmed) &&
    /^$|[.!?…:,”"»。！？：，」]\s*$/.test(before)
  );
}

const SINGLE = /(?<=^|[\s([{—–“"])['‘](?=[\p{L}\p{N}“"])/uy;
/** Words that begin with an apostrophe: they open nothing. */
const CLIPPED = /^['‘](?:\d|(?:tis|twas|em|cause|til|till|bout|n|round|cos|coz|un|s)\b)/i;
const LONGEST_SINGLE = 3000;
/** A paragraph with more openings that never close than this is no prose. */
const MOST_VAIN_SINGLES = 100;

/** ‘…’ and '…' of more than three words, outside double marks. Apostrophes make these uncertain, so a clear end is asked for. */
function singles(paragraph: Paragraph, found: readonly Span[]): Span[] {
  const { text, start: offset } = paragraph;
  const out: Span[] = [];
  let after = 0;
  let vain = 0;
  let double = 0;
  for (const m of matchesAt(text, /['‘]/g, SINGLE)) {
    if (m.index < after || CLIPPED.test(text.slice(m.index, m.index + 8))) continue;
    while (double < found.length && found[double].end <= offset + m.index) double++;
    if (double < found.length && found[double].start <= offset + m.index) continue;
    const end = singleEnd(text, m.index);
    if (end < 0 && ++vain > MOST_VAIN_SINGLES) break;
    if (end < 0 || countWords(text.slice(m.index + 1, end)) <= OWN_TERM_WORDS) continue;
    out.push({ start: offset + m.index + 1, end: offset + end });
    after = end;
  }
  return out;
}

/** Where a single mark closes: the first that follows a full stop or comma or precedes one; else the first not after an s; -1 for none. */
function singleEnd(text: string, from: number): number {
  const closer = text[from] === '‘' ? '’' : "'";
  const limit = Math.min(text.length, from + LONGEST_SINGLE);
  let fallback = -1;
  for (let i = text.indexOf(closer, from + 2); i >= 0 && i < limit; i = text.indexOf(closer, i + 1)) {
    const next = text[i + 1] ?? ' ';
    if (/\s/.test(text[i - 1]) || /[\p{L}\p{N}]/u.test(next)) continue;
    if (/[.,!?…;:]/.test(text[i - 1]) || /[.,!?;:)—–\]]/.test(next) || i + 1 >= text.length) return i;
    if (fallback < 0 && text[i - 1] !== 's') fallback = i;
  }
  return fallback;
}
