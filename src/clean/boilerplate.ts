import { strangerDescribed } from './credits.js';
import { cut, type Edit, type Mapped } from './mapped.js';
import { isOnlyName, opensWithName, wordsOf, type BylineName } from './names.js';
import { paragraphsOf, type Paragraph } from './paragraphs.js';
import {
  BIO_OPENING,
  BIO_PREDICATE,
  BY_LINE,
  BY_LINE_FOREIGN,
  BY_LINE_UNSPACED,
  CREDIT,
  DATELINE,
  DISCLAIMER,
  HEAD_NOTE,
  ONLY_A_NAME,
  PRONOUN_OPENING,
  RELATED_HEADING,
  RELATED_LINE,
  RELATED_SUFFIX,
  SHARING,
  SHORT_NAME_BIO,
  SIGNATURE,
  SIGNOFF,
  SIGNOFF_SUFFIX,
  TELEPHONE,
  VALEDICTION,
} from './patterns.js';
import type { RemovalReason } from '../types/types.js';
import { countWords } from './words.js';

/** How many paragraphs from the end are looked at, and how many of the writer's own end the search. */
const TAIL = 30;
const OWN_PARAGRAPHS_END_TAIL = 2;
const LONGEST_BIO_WORDS = 160;

interface Tail {
  readonly paragraphs: readonly Paragraph[];
  readonly name: BylineName;
  readonly take: (from: number, to: number, reason: RemovalReason) => void;
}

/**
 * Takes out what editors and sites put around the writing: "By …" lines and datelines at the head; related posts, share
 * lines, sign-offs and biographies at the tail; the byline's whole name wherever it stands. Sentences in the middle are
 * never judged. The first paragraph is never taken as a biography or a list of links.
 */
export function withoutBoilerplate(mapped: Mapped, name: BylineName, title: string | null): Mapped {
  const paragraphs = paragraphsOf(mapped.text);
  const edits: Edit[] = [];
  const taken = new Set<number>();
  const take = (from: number, to: number, reason: RemovalReason): void => {
    for (let i = from; i < to; i++) {
      if (taken.has(i)) continue;
      taken.add(i);
      edits.push({ start: paragraphs[i].start, end: paragraphs[i].end, put: '', reason });
    }
  };
  paragraphs.forEach((p, i) => {
    if (p.text.length < 300 && i > 0 && RELATED_LINE.test(p.text) && !/[.!]$/.test(p.text)) take(i, i + 1, 'related');
  });
  head({ paragraphs, name, take }, title, taken, edits);
  tail({ paragraphs, name, take }, taken);
  endOfLast(paragraphs, taken, name, edits);
  const out = mapped.apply(edits);
  if (name.inText === null) return out;
  const { text } = out;
  return out.apply(name.inText(text).map(({ start, end }) => cut(text, start, end, 'byline')));
}

function head({ paragraphs, name, take }: Tail, title: string | null, taken: ReadonlySet<number>, edits: Edit[]): void {
  const wanted = title === null ? '' : wordsOf(title).join(' ');
  for (let i = 0; i < Math.min(3, paragraphs.length); i++) {
    const { text } = paragraphs[i];
    if (isIntroduction(text, name, paragraphs.length - i)) take(i, i + 1, 'biography');
    else if (text.length < 1200 && HEAD_NOTE.test(text)) take(i, i + 1, 'sharing');
    else if (text.length > 300) break;
    else if (wanted !== '' && wordsOf(text).join(' ') === wanted) take(i, i + 1, 'markup');
    else if (isByLine(text, name)) take(i, i + 1, 'byline');
  }
  const first = paragraphs.findIndex((_, i) => !taken.has(i));
  if (first < 0 || first > 3) return;
  const dateline = DATELINE.exec(paragraphs[first].text.slice(0, 200));
  const { start } = paragraphs[first];
  if (dateline !== null) edits.push({ start, end: start + dateline[0].length, put: '', reason: 'byline' });
}

/** Below this many paragraphs an article that opens with its byline's name may be about nothing else. */
const INTRODUCED_PARAGRAPHS = 4;

/** The desk presents its guest above the article: "A. Writer is a professor of …". Nobody opens so about oneself. */
function isIntroduction(text: string, name: BylineName, paragraphs: number): boolean {
  if (name.inText === null || paragraphs < INTRODUCED_PARAGRAPHS || text.length > 800) return false;
  const whole = name.inText(text.slice(0, 100))[0];
  return whole?.start === 0 && /^,? (?:is|was) (?:an?|the) /.test(text.slice(whole.end, whole.end + 12));
}

/** "By A. Writer", with the byline's own name or with two to four capitalised words; "By the river" is prose. */
function isByLine(text: string, name: BylineName): boolean {
  if (isOnlyName(text, name)) return true;
  const found = BY_LINE.exec(text) ?? BY_LINE_FOREIGN.exec(text) ?? BY_LINE_UNSPACED.exec(text);
  if (found === null) return false;
  if (opensWithName(found[1], name) && countWords(text) < 15) return true;
  return (
    /^\p{Lu}[\p{L}.'’-]*(?: (?:\p{Lu}[\p{L}.'’-]*|de|van|von|al|bin|and|&)){1,5}(?:, .{2,50})?$/u.test(found[1]) &&
    !/[.!?]$/.test(text)
  );
}

/** Walks up from the end; what is neither boilerplate nor a short trailing remark ends the walk. */
function tail(article: Tail, taken: ReadonlySet<number>): void {
  const { paragraphs, take } = article;
  const first = Math.max(1, paragraphs.length - TAIL);
  let end = paragraphs.length;
  for (let i = paragraphs.length - 1; i >= first; i--) {
    if (
      paragraphs[i].text.length > 100 ||
      !RELATED_HEADING.test(paragraphs[i].text) ||
      !areTitles(paragraphs.slice(i + 1, end))
    )
      continue;
    take(i, end, 'related');
    end = i;
  }
  // "Best," and the name below it.
  if (end - 2 >= first && ONLY_A_NAME.test(paragraphs[end - 1].text) && VALEDICTION.test(paragraphs[end - 2].text)) {
    take(end - 2, end, 'signoff');
    end -= 2;
  }
  let own = 0;
  let body = end;
  for (let i = end - 1; i >= first && own < OWN_PARAGRAPHS_END_TAIL; i--) {
    const reason = taken.has(i) ? 'related' : lineReason(paragraphs[i].text, article.name, i === end - 1 || own === 0);
    if (reason === null) own++;
    else take(i, i + 1, reason);
    if (own === 0) body = i;
  }
  biography(article, taken, body);
}

function lineReason(text: string, name: BylineName, atEnd: boolean): RemovalReason | null {
  if (text.length > 1200) return null;
  const words = countWords(text);
  if (atEnd && DISCLAIMER.test(text)) return 'sharing';
  if (text.length > 400 || words > 50) return null;
  if (SHARING.test(text)) return 'sharing';
  if (
    SIGNOFF.test(text) ||
    CREDIT.test(text) ||
    (words <= 12 && TELEPHONE.test(text) && !/\p{Ll}{3}[.!?]["”’)]*\s/u.test(text))
  )
    return 'signoff';
  if (atEnd && words <= 8 && VALEDICTION.test(text)) return 'signoff';
  if (isByLine(text, name) || (/^[-–—~*]/.test(text) && isOnlyName(text, name))) return 'byline';
  if (atEnd && SIGNATURE.test(text)) return 'signoff';
  return null;
}

/** Titles of other articles: short, and most of them no finished sentences. */
function areTitles(paragraphs: readonly Paragraph[]): boolean {
  const finished = paragraphs.filter((p) => /[.!۔।。！]["”’)」）]?$/.test(p.text)).length;
  return paragraphs.every((p) => p.text.length < 250 && countWords(p.text) <= 30) && finished <= paragraphs.length / 3;
}

/** Trailing paragraphs about the writer, with those that go on about "her" or "him" below them. */
function biography({ paragraphs, name, take }: Tail, taken: ReadonlySet<number>, body: number): void {
  let pending: number[] = [];
  const end = body < paragraphs.length && !taken.has(body) ? paragraphs.length : body;
  for (let i = end - 1, seen = 0; i >= 1 && seen < 4; i--) {
    if (taken.has(i)) continue;
    const { text } = paragraphs[i];
    const short = text.length < 1500 && countWords(text) <= LONGEST_BIO_WORDS;
    if (short && isBio(text, name, paragraphs.slice(0, i), pending.length === 0)) {
      take(i, i + 1, 'biography');
      for (const later of pending) take(later, later + 1, 'biography');
      pending = [];
    } else if (short && PRONOUN_OPENING.test(text)) pending.push(i);
    else return;
    seen++;
  }
}

function isBio(text: string, name: BylineName, before: readonly Paragraph[], last: boolean): boolean {
  if (BIO_OPENING.test(text)) return true;
  if (opensWithName(text, name) && (name.parts.length > 1 ? BIO_PREDICATE : SHORT_NAME_BIO).test(text)) return true;
  return last && strangerDescribed(text, before) !== null;
}

/** A sign-off or a biography in the last paragraph itself, after the writer's last sentence. */
function endOfLast(
  paragraphs: readonly Paragraph[],
  taken: ReadonlySet<number>,
  name: BylineName,
  edits: Edit[],
): void {
  let i = paragraphs.length - 1;
  while (i >= 0 && taken.has(i)) i--;
  if (i < 0 || paragraphs[i].text.length > 20_000) return;
  const { text, start, end } = paragraphs[i];
  const tailStart = Math.max(0, text.length - 200);
  const signoff = SIGNOFF_SUFFIX.exec(text.slice(tailStart));
  if (signoff !== null && tailStart + signoff.index > 0)
    edits.push({ start: start + tailStart + signoff.index, end, put: '', reason: 'signoff' });
  const listStart = Math.max(0, text.length - 600);
  const list = RELATED_SUFFIX.exec(text.slice(listStart));
  if (list !== null && (i > 0 || listStart + list.index > 0))
    edits.push({ start: start + listStart + list.index, end, put: '', reason: 'related' });
  if (name.inText === null) return;
  for (const place of name.inText(text)) {
    const after = text.slice(place.end, place.end + 120);
    if (place.start === 0 || !/[.!?]["”’)]?\s*$/.test(text.slice(Math.max(0, place.start - 5), place.start))) continue;
    if (
      !/^,? (?:is|was|teaches|writes|works|has written|lives|blogs|tweets)\b/.test(after) ||
      countWords(text.slice(place.start)) > 80
    )
      continue;
    edits.push({ start: start + place.start, end, put: '', reason: 'biography' });
    return;
  }
}
