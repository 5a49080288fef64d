import type { Edit, Mapped } from './mapped.js';

export interface Paragraph {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The paragraphs of a text as `asParagraphs` leaves it. */
export function paragraphsOf(text: string): Paragraph[] {
  const out: Paragraph[] = [];
  if (text === '') return out;
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n\n', start);
    const end = found < 0 ? text.length : found;
    out.push({ start, end, text: text.slice(start, end) });
    start = end + 2;
  }
  return out;
}

/**
 * Paragraphs separated by "\n\n", no line breaks or outer spaces in them, none at the ends. Spaces inside a line stay
 * as typed; a tab becomes one space.
 *
 * Lines are joined where the article looks wrapped at a fixed width; else each is a paragraph (many dumps hold one
 * paragraph a line).
 *
 * @param markdown a single line break joins lines, as in Markdown, unless the lines are as long as paragraphs
 */
export function asParagraphs(mapped: Mapped, markdown: boolean): Mapped {
  const { text } = mapped;
  const followed = followedLines(text);
  const joins = isWrapped(followed, markdown);
  const few = followed.widths.length < FEW_LINES;
  const edits: Edit[] = [];
  let [from, end] = [0, 0];
  for (const [start, stop] of lines(text)) {
    const gap = text.slice(end, start);
    const put =
      end === 0
        ? ''
        : separator(text, end, gap, joins || (few && isBrokenOff(text.slice(from, end), text[start]!)), markdown);
    if (gap !== put) edits.push({ start: end, end: start, put, reason: null });
    [from, end] = [start, stop];
  }
  if (end < text.length) edits.push({ start: end, end: text.length, put: '', reason: null });
  for (let at = text.indexOf('\t'); at >= 0; at = text.indexOf('\t', at + 1))
    edits.push({ start: at, end: at + 1, put: ' ', reason: null });
  return mapped.apply(edits);
}

/** [start, end) of each line that is not blank, without the spaces around it. */
function* lines(text: string): Generator<[number, number]> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length : found;
    let from = start;
    let to = next;
    while (from < to && isSpace(text.charCodeAt(from))) from++;
    while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
    if (from < to) yield [from, to];
    start = next + 1;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a);
}

function separator(text: string, end: number, gap: string, joins: boolean, markdown: boolean): string {
  const first = gap.indexOf('\n');
  if (!joins || gap.indexOf('\n', first + 1) >= 0) return '\n\n';
  if (markdown && (gap.startsWith('  ') || text[end - 1] === '\\')) return '\n\n';
  // A word broken at its hyphen: "anti-\nfederalist".
  return text[end - 1] === '-' && /[\p{L}]/u.test(text[end - 2] ?? ' ') ? '' : ' ';
}

/** Fewer lines with a next line tell nothing of how a text is set. */
const FEW_LINES = 5;

/** A line as long as a letter's that no mark ends, and goes on in lower case: wrapped, in a text too short to tell by its lines. */
function isBrokenOff(line: string, next: string): boolean {
  return line.length >= 40 && line.length <= 100 && /[\p{L}\p{N},’')\]"”-]$/u.test(line) && /^\p{Ll}/u.test(next);
}

/** Lines that have a next line, with no blank one between: their widths, and how many end a sentence. */
interface FollowedLines {
  readonly widths: readonly number[];
  readonly sentenceEnds: number;
}

function followedLines(text: string): FollowedLines {
  const widths: number[] = [];
  let sentenceEnds = 0;
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0 && widths.length < 2000; at = text.indexOf('\n', at + 1)) {
    const next = text[at + 1];
    if (at > from && next !== undefined && next !== '\n') {
      widths.push(at - from);
      if (/[.!?…:]["”’')\]]?\s*$/.test(text.slice(Math.max(from, at - 12), at))) sentenceEnds++;
    }
    from = at + 1;
  }
  return { widths: widths.sort((a, b) => a - b), sentenceEnds };
}

/** Prose wrapped by a machine: lines that have a next line are of one width (at most 100) and seldom end a sentence. */
function isWrapped({ widths, sentenceEnds }: FollowedLines, markdown: boolean): boolean {
  if (widths.length < 2) return markdown;
  const median = widths[widths.length >> 1]!;
  if (markdown) return median <= 120;
  return (
    median >= 40 &&
    median <= 90 &&
    widths[Math.floor(widths.length * 0.95)]! <= 100 &&
    sentenceEnds < 0.4 * widths.length
  );
}
