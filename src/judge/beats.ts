import { Subjects } from '../text/subjects.js';
import { pause, type Steps } from '../work/work.js';
import { pairsOf } from './sampled.js';
import { wordsOf, type BylineSubjects } from './subjects.js';

/** Two bylines write on one beat where their subjects are nearly as near as the nearest of either, in shares of that. */
const NEARLY = 0.8;

/** Bylines asked about without a pause. */
const AT_ONCE = 64;

/** Which bylines of a dump write on one beat, by the words that name subjects. */
export class Beats {
  private readonly subjects: Subjects;
  private readonly bylines: number;

  constructor(read: BylineSubjects) {
    this.bylines = read.bylines;
    this.subjects = new Subjects(wordsOf(read));
  }

  /** @returns 1 for a pair that writes on one beat, in the order of the pairs */
  *together(pairs: readonly (readonly [a: number, b: number])[]): Steps<Uint8Array> {
    const nearest = new Float64Array(this.bylines);
    const near = new Float64Array(pairs.length);
    /** By byline asked about: the pairs that it comes first in. */
    const asked = new Map<number, number[]>();
    const of = (byline: number): number[] => {
      let own = asked.get(byline);
      if (own === undefined) asked.set(byline, (own = []));
      return own;
    };
    pairs.forEach(([a, b], p) => {
      of(a).push(p);
      of(b);
    });
    let done = 0;
    for (const [byline, own] of asked) {
      if (++done % AT_ONCE === 0) yield* pause();
      const to = this.subjects.nearness(byline);
      nearest[byline] = highest(to);
      for (const p of own) near[p] = to[pairs[p]![1]]!;
    }
    return Uint8Array.from(pairs, ([a, b], p) =>
      Number(near[p]! > 0 && near[p]! >= NEARLY * Math.min(nearest[a]!, nearest[b]!)),
    );
  }

  /** Pairs on one beat in the whole dump; above 300 bylines estimated. */
  pairs(): number {
    return pairsOf(this.bylines, (drawn) => {
      const rows = drawn.map((byline) => {
        const to = this.subjects.nearness(byline);
        return { least: NEARLY * highest(to), to: drawn.map((other) => to[other]!) };
      });
      return (i, j) => {
        const near = rows[i]!.to[j]!;
        return near > 0 && near >= Math.min(rows[i]!.least, rows[j]!.least);
      };
    });
  }
}

function highest(values: Float64Array): number {
  return values.reduce((most, v) => Math.max(most, v), 0);
}
