import type { RemovalReason, Removed } from '../types.js';

/** One change to a text: [start, end) becomes `replacement`; `reason` says what was taken out, null for mere form. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly reason: RemovalReason | null;
}

/** A text on its way to being clean: every UTF-16 unit knows where in the source it came from. */
export interface Work {
  readonly text: string;
  /** Source offset of each unit; one more entry at the end. */
  readonly origin: Int32Array;
  readonly removed: readonly Removed[];
}

const WORD = /[\p{L}\p{N}]+(?:['’\u200c-][\p{L}\p{N}]+)*/gu;

/** Number of words: letters or digits with inner apostrophes and hyphens. */
export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

export function startWork(text: string): Work {
  return { text, origin: Int32Array.from({ length: text.length + 1 }, (_, i) => i), removed: [] };
}

/** Applies edits (any order; of overlapping ones the first by start wins) and records what was removed. */
export function applyEdits(work: Work, edits: readonly Edit[]): Work {
  if (edits.length === 0) return work;
  const ordered = edits.slice().sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: string[] = [];
  const spans: { from: number; to: number; fixed: boolean }[] = [];
  const removed = work.removed.slice();
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) continue;
    pieces.push(work.text.slice(at, edit.start), edit.replacement);
    spans.push({ from: at, to: edit.start, fixed: false }, { from: edit.start, to: edit.start + edit.replacement.length, fixed: true });
    if (edit.reason !== null) {
      const start = work.origin[edit.start]!;
      const end = work.origin[edit.end]!;
      removed.push({ reason: edit.reason, start, end, words: countWords(work.text.slice(edit.start, edit.end)) });
    }
    at = edit.end;
  }
  pieces.push(work.text.slice(at));
  spans.push({ from: at, to: work.text.length, fixed: false });
  const text = pieces.join('');
  const origin = new Int32Array(text.length + 1);
  let to = 0;
  for (const span of spans) {
    if (span.fixed) origin.fill(work.origin[span.from]!, to, to + span.to - span.from);
    else origin.set(work.origin.subarray(span.from, span.to), to);
    to += span.to - span.from;
  }
  origin[text.length] = work.origin[work.text.length]!;
  return { text, origin, removed };
}

/** Edits for every match of a global regular expression; `make` may decline with null. */
export function editsFor(text: string, pattern: RegExp, make: (match: RegExpExecArray) => Omit<Edit, 'start' | 'end'> | null): Edit[] {
  const out: Edit[] = [];
  for (const match of text.matchAll(pattern)) {
    const made = make(match);
    if (made !== null) out.push({ ...made, start: match.index, end: match.index + match[0].length });
  }
  return out;
}

/** Breakpoints [clean offset, source offset, …] where the two stop running side by side. */
export function breakpoints(origin: Int32Array): Int32Array {
  const out: number[] = [];
  for (let i = 0; i < origin.length; i++) if (i === 0 || origin[i] !== origin[i - 1]! + 1) out.push(i, origin[i]!);
  return Int32Array.from(out);
}

/** Source offset of a clean offset, from a document's breakpoints. */
export function sourceOffset(points: Int32Array, offset: number): number {
  let low = 0;
  let high = points.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (points[2 * middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return points.length === 0 ? offset : points[2 * low + 1]! + offset - points[2 * low]!;
}
