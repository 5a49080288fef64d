import type { Removed, RemovalReason } from '../types.js';
import { countWords } from './words.js';

/** One change of the current text: [start, end) becomes `put`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly put: string;
  /** Why words are taken out; null for a change of characters or spacing that takes out nothing of the writer's. */
  readonly reason: RemovalReason | null;
}

/** Where a text under repair comes from, packed. */
export interface PackedOrigin {
  /**
   * [length, from, to, …]: so many units stand for [from, to) of the source together; where `to` is -1, each for one
   * unit, the first of them at `from`.
   */
  readonly runs: Int32Array;
  readonly taken: readonly Removed[];
}

/**
 * A text under repair: every UTF-16 unit knows the stretch [from, to) of the source it stands for, through any number of
 * edits. What is put in the place of something stands for all of it.
 */
export class Mapped {
  private constructor(
    readonly text: string,
    private readonly from: Int32Array,
    private readonly to: Int32Array,
    private readonly taken: readonly Removed[],
  ) {}

  /** A text whose origin was packed, to be repaired further. */
  static from(text: string, { runs, taken }: PackedOrigin): Mapped {
    const from = new Int32Array(text.length);
    const to = new Int32Array(text.length);
    let at = 0;
    for (let r = 0; r < runs.length; r += 3) {
      const [length, first, last] = [runs[r]!, runs[r + 1]!, runs[r + 2]!];
      for (let i = 0; i < length; i++, at++) {
        from[at] = last < 0 ? first + i : first;
        to[at] = last < 0 ? first + i + 1 : last;
      }
    }
    return new Mapped(text, from, to, taken);
  }

  static of(source: string): Mapped {
    const from = new Int32Array(source.length);
    const to = new Int32Array(source.length);
    for (let i = 0; i < source.length; i++) {
      from[i] = i;
      to[i] = i + 1;
    }
    return new Mapped(source, from, to, []);
  }

  /** Where it comes from in little room, fit to be sent to another thread. */
  packed(): PackedOrigin {
    const { from, to } = this;
    const runs: number[] = [];
    for (let i = 0; i < from.length;) {
      const single = to[i] === from[i] + 1;
      let end = i + 1;
      if (single) while (end < from.length && from[end] === from[end - 1] + 1 && to[end] === from[end] + 1) end++;
      else while (end < from.length && from[end] === from[i] && to[end] === to[i]) end++;
      runs.push(end - i, from[i], single ? -1 : to[i]);
      i = end;
    }
    return { runs: Int32Array.from(runs), taken: this.taken };
  }

  /** The text after the edits, which may come in any order; of two that overlap, the one that starts first (then the longer) counts. */
  apply(edits: readonly Edit[]): Mapped {
    const used = disjoint(edits);
    if (used.length === 0) return this;
    let length = this.text.length;
    for (const edit of used) length += edit.put.length - (edit.end - edit.start);
    const from = new Int32Array(length);
    const to = new Int32Array(length);
    const parts: string[] = [];
    const taken = this.taken.slice();
    let read = 0;
    let write = 0;
    const keep = (end: number): void => {
      parts.push(this.text.slice(read, end));
      from.set(this.from.subarray(read, end), write);
      to.set(this.to.subarray(read, end), write);
      write += end - read;
    };
    for (const edit of used) {
      keep(edit.start);
      const [first, last] = this.span(edit.start, edit.end);
      parts.push(edit.put);
      from.fill(first, write, write + edit.put.length);
      to.fill(last, write, write + edit.put.length);
      write += edit.put.length;
      if (edit.reason !== null) {
        const words = countWords(this.text.slice(edit.start, edit.end));
        taken.push({ reason: edit.reason, start: first, end: last, words });
      }
      read = edit.end;
    }
    keep(this.text.length);
    return new Mapped(parts.join(''), from, to, taken);
  }

  /** The stretch of the source that [start, end) of the current text stands for. */
  private span(start: number, end: number): readonly [number, number] {
    if (end > start) return [this.from[start], this.to[end - 1]];
    const at = start < this.from.length ? this.from[start] : start === 0 ? 0 : this.to[start - 1];
    return [at, at];
  }

  /**
   * What was taken out: sorted, disjoint stretches of the source. One inside another (a link inside a biography) has
   * lent its words to the outer one; neighbours with one reason are joined.
   */
  removed(): Removed[] {
    const sorted = [...this.taken].sort((a, b) => a.start - b.start || b.end - a.end);
    const out: Removed[] = [];
    for (const next of sorted) {
      const last = out.at(-1);
      const inside = last !== undefined && next.end <= last.end;
      const beside = last !== undefined && next.start === last.end && next.reason === last.reason;
      if (inside || beside)
        out[out.length - 1] = { ...last!, end: Math.max(last!.end, next.end), words: last!.words + next.words };
      else out.push(next);
    }
    return out;
  }

  /** Breakpoints [offset, source offset, …]: between two of them both advance together. */
  origin(): Int32Array {
    const points: number[] = [];
    for (let i = 0; i < this.from.length; i++) {
      if (i === 0 || this.from[i] !== this.from[i - 1] + 1) points.push(i, this.from[i]);
    }
    // One past the end maps to one past the last character, so that ends of stretches can be mapped as well.
    if (this.from.length > 0 && this.to.at(-1) !== this.from.at(-1)! + 1)
      points.push(this.from.length, this.to.at(-1)!);
    return Int32Array.from(points);
  }
}

/** Offset in the source for an offset in the clean text, by binary search in `Document.origin`; 0 for an empty text. */
export function sourceOffset(origin: Int32Array, cleanOffset: number): number {
  let low = 0;
  let high = (origin.length >> 1) - 1;
  if (high < 0) return 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (origin[2 * middle] <= cleanOffset) low = middle;
    else high = middle - 1;
  }
  return origin[2 * low + 1] + (cleanOffset - origin[2 * low]);
}

function disjoint(edits: readonly Edit[]): readonly Edit[] {
  if (edits.length < 2) return edits;
  const sorted = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  const out: Edit[] = [];
  let end = 0;
  for (const edit of sorted) {
    if (edit.start < end) continue;
    out.push(edit);
    end = edit.end;
  }
  return out;
}

/** The edit that takes [start, end) out, with one of the spaces around it so that no double space is left behind. */
export function cut(text: string, start: number, end: number, reason: RemovalReason): Edit {
  const before = start === 0 ? '\n' : text[start - 1];
  const after = end >= text.length ? '\n' : text[end];
  if (after === ' ' && (before === ' ' || before === '\n')) return { start, end: end + 1, put: '', reason };
  if (before === ' ' && after === '\n') return { start: start - 1, end, put: '', reason };
  return { start, end, put: '', reason };
}
