import type { RemovalReason } from '../types.js';
import { applyEdits, countWords, type Edit, type Work } from './edits.js';

/** What is known of an article beside its text. */
export interface About {
  readonly byline: string;
  readonly title: string | null;
}

interface Paragraph {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const SIGNOFF =
  /^[\s(*[-]*(?:--\s*\S.{0,80}\d{3}|\(?(?:additional )?(?:reporting|writing|editing|compiled|edited|translated|posted) (?:by|in)\b.{0,200}\)?$|\(+[^()]{0,80}(?:newsroom|bureau|desk)[^()]{0,80}\)+$|.{0,60}\b(?:newsroom|bureau|desk)\b.{0,20}\+?\d[\d -]{5,}\d)/i;
const TELEPHONE = /(?:\+\d{1,3}[\s-])?\(?\d{2,4}\)?[\s-]\d{3,4}[\s-]?\d{3,4}/;
const RELATED = /^(?:related(?: (?:posts?|articles?|stories|content|links|reading|resources))?|read (?:more|also|next)|see also|you (?:may|might) also (?:like|enjoy)|more (?:from|on|stories)\b.{0,40}|further reading|recommended(?: for you| reading)?|latest (?:news|posts|articles)|اقرأ أيضا.{0,20}|مطالب مرتبط)\s*:?$/i;
const SHARING =
  /^(?:share(?: (?:this|on|via)\b.{0,60})?|tweet|(?:like|follow) us on .{0,80}|subscribe (?:to|for|now).{0,120}|sign up (?:for|to).{0,120}|(?:©|\(c\)|copyright)\s.{0,150}|all rights reserved.{0,80}|(?:this|the) (?:post|article|piece|story|column) (?:was |is |has been )?(?:first |originally )+(?:appeared|published|posted|ran|syndicated).{0,200}|disclaimer:.{0,600}|disclosure:.{0,400}|advertisement|comments?(?: \d+)?|print(?: this)?(?: page)?|e-?mail this.{0,40}|leave a (?:comment|reply).{0,40}|click here.{0,80}|tags?:.{0,200}|filed under.{0,200})$/i;
const BIO_START =
  /^(?:about the authors?\b|the (?:author|writer)s? (?:is|are|was|has|can)\b|follow (?:him|her|me|them|the author)\b|(?:he|she|you can) (?:tweets|can be (?:reached|followed|contacted)|blogs)|the (?:views|opinions) expressed\b)/i;
const BIO_BODY = /\b(?:is|was|are|has been|works?|serves?|writes?|teaches|lives|covers|leads)\s+(?:\p{L}+\s+){0,3}?(?:an?|the|as|for|at|in|co-?|director|founder|editor|professor|fellow|author|writer|journalist|columnist|reporter|member)\b/iu;
const DATELINE = /^(?:\p{Lu}[\p{Lu}.' /-]{2,40}(?:,\s*\p{L}[\p{L}. ]{0,25}\d{0,2})?\s*(?:\((?:Reuters|AP|AFP|[\p{Lu}][\p{L} ]{1,20})\))?\s*[-–—]{1,2}\s+)(?=\S)/u;

/**
 * Takes out what an editor, a publishing system or the byline itself put around the writing: "By …" lines, datelines,
 * biographies and sign-offs at the end, "Related posts", share lines. Only the head and the tail of an article are
 * judged, so that a sentence in its middle about somebody of the same name stays.
 */
export function withoutBoilerplate(work: Work, about: About): Work {
  const paragraphs = paragraphsOf(work.text);
  const edits: Edit[] = [];
  const cut = (p: Paragraph, reason: RemovalReason): number => edits.push({ start: p.start, end: p.end, replacement: '', reason });
  const head = Math.min(3, paragraphs.length - 1);
  paragraphs.slice(0, head).forEach((p) => {
    if (isBylineLine(p.text, about)) cut(p, 'byline');
  });
  const first = paragraphs.find((p) => !edits.some((e) => e.start === p.start));
  const dateline = first === undefined ? null : DATELINE.exec(first.text);
  if (first !== undefined && dateline !== null)
    edits.push({ start: first.start, end: first.start + dateline[0].length, replacement: '', reason: 'byline' });
  cutTail(paragraphs, about, cut);
  return applyEdits(work, edits);
}

/** Walks up from the end as long as paragraphs are boilerplate; a "Related posts" heading takes all below it. */
function cutTail(paragraphs: readonly Paragraph[], about: About, cut: (p: Paragraph, reason: RemovalReason) => void): void {
  const from = Math.max(1, paragraphs.length - 15);
  const heading = paragraphs.findIndex((p, i) => i >= from && RELATED.test(p.text.trim()));
  let end = paragraphs.length;
  if (heading > 0 && paragraphs.slice(heading + 1).every((p) => countWords(p.text) < 25)) {
    for (const p of paragraphs.slice(heading)) cut(p, 'related');
    end = heading;
  }
  let bodySeen = 0;
  for (let i = end - 1; i >= from && bodySeen < 2; i--) {
    const reason = tailReason(paragraphs[i]!.text.trim(), about, i >= end - 4);
    if (reason === null) bodySeen++;
    else cut(paragraphs[i]!, reason);
  }
}

function tailReason(text: string, about: About, nearEnd: boolean): RemovalReason | null {
  const words = countWords(text);
  if (words <= 40 && SHARING.test(text)) return 'sharing';
  if (words <= 40 && (SIGNOFF.test(text) || (words < 15 && TELEPHONE.test(text)))) return 'signoff';
  if (isBylineLine(text, about)) return 'byline';
  if (!nearEnd || words > 120) return null;
  if (BIO_START.test(text)) return 'biography';
  const surname = about.byline.split(' ').at(-1)!;
  const opens = text.startsWith(about.byline) || (surname.length > 3 && new RegExp(`^(?:\\p{Lu}[\\p{L}.'-]* ){0,3}${escaped(surname)}\\b`, 'u').test(text));
  return opens && BIO_BODY.test(text.slice(0, 300)) ? 'biography' : null;
}

function isBylineLine(text: string, { byline }: About): boolean {
  const line = text.trim();
  if (line.length > 160) return false;
  const bare = line.replace(/^(?:by|written by|posted by|von|par|por|بقلم)[\s:]+/i, '').toLowerCase();
  const name = byline.toLowerCase();
  return bare === name || (bare.startsWith(name) && bare !== line.toLowerCase() && bare.length < name.length + 60);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function paragraphsOf(text: string): Paragraph[] {
  const out: Paragraph[] = [];
  let at = 0;
  for (const part of text.split('\n\n')) {
    if (part.trim() !== '') out.push({ start: at, end: at + part.length, text: part });
    at += part.length + 2;
  }
  return out;
}
