import type { Removed, RemovalReason } from '../types/types.js';
import { REASONS } from './reasons.js';
import { countWords } from './words.js';

/** One change of the current text: [start, end) becomes `put`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly put: string;
  /** Why words are taken out; null for a change of characters or spacing that takes out nothing of the writer's. */
  readonly reason: RemovalReason | null;
}

/** Where a text under repair comes from, fit to be sent to another thread. */
export interface PackedOrigin {
  /**
   * [length, from, to, …]: so many units stand for [from, to) of the source together; where `to` is -1, each for one
   * unit, the first of them at `from`.
   */
  readonly runs: Int32Array;
  /** [place among `REASONS`, start, end, words, …] of what was taken out, in the order it was. */
  readonly taken: Int32Array;
}

/**
 * A text under repair: every UTF-16 unit knows the stretch [from, to) of the source it stands for, through any number of
 * edits. What is put in the place of something stands for all of it.
 */
export class Mapped {
  private constructor(
    readonly text: string,
    readonly packed: PackedOrigin,
  ) {}

  /** A text whose origin was packed, to be repaired further. */
  static from(text: string, packed: PackedOrigin): Mapped {
    return new Mapped(text, packed);
  }

  static of(source: string): Mapped {
    return new Mapped(source, { runs: Int32Array.of(source.length, 0, -1), taken: new Int32Array(0) });
  }

  /** The text after the edits, which may come in any order; of two that overlap, the one that starts first (then the longer) counts. */
  apply(edits: readonly Edit[]): Mapped {
    const used = disjoint(edits);
    if (used.length === 0) return this;
    const parts: string[] = [];
    const taken: number[] = [];
    const before = new Reader(this.packed.runs);
    const runs: number[] = [];
    let read = 0;
    for (const edit of used) {
      parts.push(this.text.slice(read, edit.start), edit.put);
      before.upTo(edit.start, runs);
      const first = before.from;
      before.upTo(edit.end, null);
      const last = edit.end > edit.start ? before.to : first;
      if (edit.put !== '') runs.push(edit.put.length, first, last);
      if (edit.reason !== null) {
        const words = countWords(this.text.slice(edit.start, edit.end));
        taken.push(REASONS.indexOf(edit.reason), first, last, words);
      }
      read = edit.end;
    }
    parts.push(this.text.slice(read));
    before.upTo(this.text.length, runs);
    return new Mapped(parts.join(''), { runs: Int32Array.from(runs), taken: joined(this.packed.taken, taken) });
  }

  /**
   * What was taken out: sorted, disjoint stretches of the source. One inside another (a link inside a biography) has
   * lent its words to the outer one; neighbours with one reason are joined.
   */
  removed(): Removed[] {
    const sorted = stretchesOf(this.packed.taken).sort((a, b) => a.start - b.start || b.end - a.end);
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
    const { runs } = this.packed;
    const points: number[] = [];
    // One past the end maps to one past the last character, so that ends of stretches can be mapped as well.
    let [at, next, end] = [0, -1, 0];
    for (let r = 0; r < runs.length; r += 3) {
      const [length, from, to] = [runs[r], runs[r + 1], runs[r + 2]];
      // Units that stand for a stretch together do not advance in it.
      for (let i = 0; i < length; i += to < 0 ? length : 1) {
        if (from !== next) points.push(at + i, from);
        next = to < 0 ? from + length : from + 1;
      }
      if (length > 0) end = to < 0 ? from + length : to;
      at += length;
    }
    if (at > 0 && end !== next) points.push(at, end);
    return Int32Array.from(points);
  }
}

function joined(before: Int32Array, more: readonly number[]): Int32Array {
  const all = new Int32Array(before.length + more.length);
  all.set(before);
  all.set(more, before.length);
  return all;
}

function stretchesOf(taken: Int32Array): Removed[] {
  const out: Removed[] = [];
  for (let t = 0; t < taken.length; t += 4)
    out.push({ reason: REASONS[taken[t]], start: taken[t + 1], end: taken[t + 2], words: taken[t + 3] });
  return out;
}

/** Goes through the runs of a text from one end to the other. */
class Reader {
  private run = 0;
  /** Units of the run that were read, and of all. */
  private inRun = 0;
  private at = 0;
  /** Where the stretch ends that the unit before stands for; 0 at the beginning. */
  to = 0;

  constructor(private readonly runs: Int32Array) {}

  /** Where the stretch begins that the next unit stands for; behind the last, where that of the last ends. */
  get from(): number {
    while (this.run < this.runs.length && this.inRun === this.runs[this.run]) {
      this.run += 3;
      this.inRun = 0;
    }
    if (this.run >= this.runs.length) return this.to;
    return this.runs[this.run + 1] + (this.runs[this.run + 2] < 0 ? this.inRun : 0);
  }

  /** Reads on as far as a unit, and copies what was read to other runs. */
  upTo(end: number, into: number[] | null): void {
    while (this.at < end) {
      const { from } = this;
      const together = this.runs[this.run + 2];
      const length = Math.min(this.runs[this.run] - this.inRun, end - this.at);
      into?.push(length, from, together);
      this.inRun += length;
      this.at += length;
      this.to = together < 0 ? from + length : together;
    }
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
