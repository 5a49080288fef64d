import { lowerBound } from '../math/search.js';
import { Pieces } from '../work/pieces.js';
import { rowIn, rowsOf, type Rows } from '../work/rows.js';
import { each, type Steps, type Task } from '../work/work.js';
import { Often } from './often.js';

/** Longest list of originals kept under one shingle: a template shared by thousands must not make time quadratic. */
const LONGEST_LIST = 40;

/**
 * Originals by the shingles they share with other texts; only of shingles that more than one text has: the others find
 * nothing, and are nine tenths of all.
 */
export class Originals {
  /** Where the place for the originals of each shingle begins, and how many there are. */
  private readonly begins: Int32Array;
  private readonly lengths: Uint8Array;
  private readonly lists: Int32Array;
  /** How many shingles an original has in common with the text that is looked at; all 0 between two. */
  private readonly common: Uint32Array;

  /** @param shared the shingles of every text that others have as well, by number */
  constructor(
    private readonly shared: Rows<Int32Array>,
    times: Uint32Array,
  ) {
    this.begins = new Int32Array(times.length);
    let room = 0;
    for (let number = 0; number < times.length; number++) {
      this.begins[number] = room;
      room += Math.min(LONGEST_LIST, times[number]!);
    }
    this.lists = new Int32Array(room);
    this.lengths = new Uint8Array(times.length);
    this.common = new Uint32Array(shared.ends.length);
  }

  add(i: number): void {
    const { lists, begins, lengths } = this;
    for (const shingle of rowIn(this.shared, i)) {
      const length = lengths[shingle]!;
      if (length === LONGEST_LIST) continue;
      lists[begins[shingle]! + length] = i;
      lengths[shingle] = length + 1;
    }
  }

  /** The originals that share so many shingles or more with text i: those with the most in common first. */
  near(i: number, enough: number): number[] {
    const { lists, begins, lengths, common } = this;
    const shingles = rowIn(this.shared, i);
    if (shingles.length < enough) return [];
    const met: number[] = [];
    for (const shingle of shingles) {
      const from = begins[shingle]!;
      for (let at = from; at < from + lengths[shingle]!; at++) if (common[lists[at]!]!++ === 0) met.push(lists[at]!);
    }
    const found = met.filter((original) => common[original]! >= enough);
    found.sort((a, b) => common[b]! - common[a]! || a - b);
    for (const original of met) common[original] = 0;
    return found;
  }
}

/** Shingles looked at in one piece of work, so that their counts stay near the core; and pieces at most. */
const [AT_ONCE, PARTS] = [1 << 20, 16];

/** @param shingles of every text: sorted, distinct, of even spread over all 32-bit numbers */
export function* originalsOf(shingles: readonly Int32Array[]): Steps<Originals> {
  const rows = rowsOf(Int32Array, shingles, new Pieces(0));
  const parts = Math.min(PARTS, Math.ceil(rows.all.length / AT_ONCE));
  const found = yield* each(sharedTask, { length: parts, at: (part) => ({ rows, part, parts }) });
  const shared = new Int32Array(found.reduce((n, own) => n + own.shared.all.length, 0));
  const times = new Uint32Array(found.reduce((n, own) => n + own.different, 0));
  const ends = new Int32Array(shingles.length);
  let used = 0;
  for (let i = 0; i < shingles.length; i++) {
    let before = 0;
    for (const own of found) {
      const { all, ends: of } = own.shared;
      for (let k = i === 0 ? 0 : of[i - 1]!; k < of[i]!; k++) {
        times[before + all[k]!]!++;
        shared[used++] = before + all[k]!;
      }
      before += own.different;
    }
    ends[i] = used;
  }
  return new Originals({ all: shared, ends }, times);
}

interface SharedShingles {
  /** Numbers, from 0 up, of the shingles of every text that another text has as well. */
  readonly shared: Rows<Int32Array>;
  readonly different: number;
}

/**
 * Shingles that more than one text has, among those of one part of all numbers. What is seen once alone is told by one byte for
 * every hash, so that only a few of them get a place in the table of numbers.
 */
export const sharedTask: Task<{ rows: Rows<Int32Array>; part: number; parts: number }, SharedShingles> = {
  name: 'shared',
  run: ({ rows, part, parts }) => {
    const { all, ends } = rows;
    const [least, most] = [part, part + 1].map((p) => Math.round((p / parts) * 2 ** 32) - 2 ** 31);
    const [from, to] = [new Int32Array(ends.length), new Int32Array(ends.length)];
    let size = 0;
    for (let i = 0; i < ends.length; i++) {
      from[i] = lowerBound(all, least!, i === 0 ? 0 : ends[i - 1]!, ends[i]!);
      to[i] = lowerBound(all, most!, from[i]!, ends[i]!);
      size += to[i]! - from[i]!;
    }
    const often = new Often(size, 2);
    for (let i = 0; i < ends.length; i++) often.add(all, from[i], to[i]);
    const maybe = new Int32Array(size);
    const own = new Int32Array(ends.length);
    let used = 0;
    for (let i = 0; i < ends.length; i++) {
      for (let k = from[i]!; k < to[i]!; k++) if (often.of(all[k]!) === 2) maybe[used++] = all[k]!;
      own[i] = used;
    }
    return numbered({ all: maybe.subarray(0, used), ends: own });
  },
};

/** Numbers for those that come twice or more; the others, which only looked as if, are left out. */
function numbered({ all, ends }: Rows<Int32Array>): SharedShingles {
  const numbers = new Numbers(all.length);
  for (let k = 0; k < all.length; k++) all[k] = numbers.of(all[k]!);
  const times = new Uint32Array(numbers.size);
  for (let k = 0; k < all.length; k++) times[all[k]!]!++;
  let different = 0;
  const final = new Int32Array(times.length).fill(-1);
  for (let number = 0; number < times.length; number++) if (times[number]! > 1) final[number] = different++;
  let [from, kept] = [0, 0];
  ends.forEach((to, i) => {
    for (; from < to; from++) if (final[all[from]!]! >= 0) all[kept++] = final[all[from]!]!;
    ends[i] = kept;
  });
  // A copy: what is left of the room for all is let go of.
  return { shared: { all: all.slice(0, kept), ends }, different };
}

/** Numbers from 0 up for 32-bit hashes: a `Map` of a million of them takes three times as long. */
class Numbers {
  private readonly bits: number;
  private readonly hashes: Int32Array;
  /** Number of the hash in each place, and 1; 0 where there is none. */
  private readonly numbers: Int32Array;
  size = 0;

  /** @param most hashes that will be numbered, each time they are met */
  constructor(most: number) {
    this.bits = Math.max(4, Math.ceil(Math.log2(2 * most + 1)));
    this.hashes = new Int32Array(2 ** this.bits);
    this.numbers = new Int32Array(2 ** this.bits);
  }

  of(hash: number): number {
    const { hashes, numbers, bits } = this;
    for (let at = Math.imul(hash, 0x85ebca6b) >>> (32 - bits); ; at = (at + 1) & (numbers.length - 1)) {
      if (numbers[at] === 0) {
        hashes[at] = hash;
        numbers[at] = ++this.size;
      } else if (hashes[at] !== hash) continue;
      return numbers[at]! - 1;
    }
  }
}
