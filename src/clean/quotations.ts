import { applyEdits, countWords, type Edit, type Work } from './edits.js';

const MASK = '\uFFFC';
/** Opening marks and what closes each. */
const CLOSES: Readonly<Record<string, string>> = { '“': '”', '„': '“”', '«': '»', '‹': '›', '「': '」', '『': '』' };
/** Terms of up to this many words in marks are the writer's own ("regime change"), not somebody's speech. */
const SCARE_WORDS = 3;

/**
 * Masks direct quotations, other people's words, by one MASK each; the marks stay, being the writer's habit.
 * A quotation that is not closed by the end of its paragraph runs on only if the next paragraph opens with a mark.
 */
export function withoutQuotations(work: Work): Work {
  const edits: Edit[] = [];
  let at = 0;
  let open: string | null = null;
  for (const paragraph of work.text.split('\n\n')) {
    if (/^\s*>/.test(paragraph)) edits.push(masked(at, at + paragraph.length));
    else open = quotesIn(paragraph, at, open, edits);
    at += paragraph.length + 2;
  }
  return applyEdits(work, edits);
}

/** Finds the quotations of one paragraph. Returns the mark of one left open at its end, or null. */
function quotesIn(text: string, offset: number, openBefore: string | null, edits: Edit[]): string | null {
  let opened = -1;
  let closing = '';
  let mark = '';
  const take = (end: number): void => {
    const inner = text.slice(opened + 1, end);
    const words = countWords(inner);
    if (words > SCARE_WORDS || (words > 1 && /[.!?,]$/.test(inner.trim()))) edits.push(masked(offset + opened + 1, offset + end));
    opened = -1;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (opened >= 0) {
      if (closing.includes(c) && (mark !== '‘' || isBoundary(text[i + 1]))) take(i);
      continue;
    }
    const opens = c in CLOSES ? CLOSES[c]! : c === '"' && opensHere(text, i) ? '"' : (c === '‘' || c === "'") && singleOpens(text, i) ? (c === '‘' ? '’' : "'") : null;
    if (opens === null) continue;
    opened = i;
    closing = opens;
    mark = c === "'" ? '‘' : c;
  }
  if (opened < 0) return null;
  const continues = openBefore === mark || text.slice(opened + 1).length > 20;
  // Single marks left open are apostrophes more often than speech.
  if (mark === '‘' || !continues) return null;
  if (opened === 0 || /[:,]\s*$/.test(text.slice(0, opened))) take(text.length);
  return mark;
}

/** A straight mark opens after a space, a bracket or the start, and before a letter: 5" is inches. */
function opensHere(text: string, i: number): boolean {
  return (i === 0 || /[\s([\u2014\u2013-]/.test(text[i - 1]!)) && i + 1 < text.length && !/\s/.test(text[i + 1]!);
}

function singleOpens(text: string, i: number): boolean {
  if (!opensHere(text, i) || !/[\p{Lu}“"]/u.test(text[i + 1]!)) return false;
  const close = text[i] === '‘' ? '’' : "'";
  for (let j = i + 2, most = Math.min(text.length, i + 1500); j < most; j++)
    if (text[j] === close && isBoundary(text[j + 1]) && /[.,!?]/.test(text[j - 1]!)) return true;
  return false;
}

function isBoundary(c: string | undefined): boolean {
  return c === undefined || /[\s.,;:!?)\]\u2014\u2013-]/.test(c);
}

function masked(start: number, end: number): Edit {
  return { start, end, replacement: MASK, reason: 'quotation' };
}
