import { sampleIndices, seededRandom } from '../math/random.js';
import { shareAt, type Model } from '../model/model.js';
import { Subjects } from '../text/subjects.js';
import type { Pairs } from '../types.js';
import { pause, type Steps } from '../work/work.js';
import { wordsOf, type BylineSubjects } from './subjects.js';

/** With fewer bylines nobody can say whose subjects are near and whose are not: each has a nearest, and all may be on one beat. */
export const TOLD_FROM = 12;
/** Score from which a pair is asked whether both write on one beat: below it the answer changes nothing. */
const ASKED_FROM = 1;
/** Two bylines write on one beat where their subjects are nearly as near as the nearest of either, in shares of that. */
const NEARLY = 0.8;

/**
 * Share of pairs of one hand that score as high as a pair that is named: halves of one byline reach a score of 3 in .54 of cases, 4
 * in .43 (means of four dumps; .87 reach 1). A ratio has both shares in it: to take this one for 1 would double it.
 */
export const ONE_HAND_SHARE = 0.5;

/**
 * Holds the ratios of pairs on one beat to what such pairs support. Different writers whose subjects are nearest are alike
 * far more often than strangers are: in newswire two pairs of one newsroom's writers score as no pair of strangers does. So
 * their ratio is no more than the share of pairs of one hand that score as high, by the share of pairs on one beat that do.
 *
 * @param pairs scored, and capped by what strangers support
 * @param subjects of all bylines (`subjectSteps`)
 * @param shares `Model.beats`
 * @returns the same pairs, with `sameBeat` and `onBeats`; in a dump of fewer than 12 bylines every pair may be on one beat
 */
export function* withinBeats(pairs: Pairs, subjects: BylineSubjects, shares: Model['beats']): Steps<Pairs> {
  const asked = [...pairs.score.keys()].filter((p) => pairs.score[p]! >= ASKED_FROM);
  if (asked.length === 0) return pairs;
  const { together, onBeats } = yield* onBeatsAmong(pairs, asked, subjects);
  const sameBeat = new Uint8Array(pairs.score.length);
  const log10LR = pairs.log10LR.slice();
  asked.forEach((p, i) => {
    if (together[i] === 0) return;
    sameBeat[p] = 1;
    const supported = Math.log10(ONE_HAND_SHARE / beatShare(shares, pairs.score[p]!));
    log10LR[p] = Math.min(log10LR[p]!, supported);
  });
  return withHeldOthers({ ...pairs, log10LR, sameBeat, onBeats });
}

/** Which of the pairs asked about are, or may be, on one beat, and how many pairs of the dump are. */
function* onBeatsAmong(
  pairs: Pairs,
  asked: readonly number[],
  subjects: BylineSubjects,
): Steps<{ readonly together: Uint8Array; readonly onBeats: number }> {
  if (subjects.bylines < TOLD_FROM)
    return { together: new Uint8Array(asked.length).fill(1), onBeats: pairs.score.length };
  const beats = new Beats(subjects);
  yield* pause();
  const together = yield* beats.together(asked.map((p) => [pairs.a[p]!, pairs.b[p]!]));
  return { together, onBeats: beats.pairs() };
}

/** In a dump of many bylines, the scores worked out on asking are held as well. */
export function withHeldOthers(pairs: Pairs): Pairs {
  const { others, sameBeat } = pairs;
  if (others === undefined || sameBeat === undefined) return pairs;
  const held = new Map<string, number>();
  sameBeat.forEach((same, p) => {
    if (same === 1) held.set(`${pairs.a[p]!} ${pairs.b[p]!}`, pairs.log10LR[p]!);
  });
  return {
    ...pairs,
    others: {
      ...others,
      scored: (a, b) => {
        const pair = others.scored(a, b);
        return { ...pair, log10LR: held.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? pair.log10LR };
      },
    },
  };
}

/** Share of pairs of different writers on one beat that score as high. */
export function beatShare(shares: Model['beats'], score: number): number {
  return shareAt(shares, score);
}

/**
 * How many pairs of different writers on one beat would score as high as pair p in this dump: what chance brings beside
 * strangers. 0 for a pair that is not on one beat.
 */
export function chanceOnBeats({ sameBeat, onBeats = 0, score }: Pairs, p: number, shares: Model['beats']): number {
  return sameBeat?.[p] === 1 ? onBeats * beatShare(shares, score[p]!) : 0;
}

/** Bylines among which pairs on one beat are counted, at most. */
const COUNTED = 300;

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

  /** Pairs on one beat in the whole dump; above 300 bylines estimated from those among 300 drawn by lot. */
  pairs(): number {
    const sample = sampleIndices(this.bylines, COUNTED, seededRandom(17));
    const rows = sample.map((byline) => {
      const to = this.subjects.nearness(byline);
      return { least: NEARLY * highest(to), to: sample.map((other) => to[other]!) };
    });
    let counted = 0;
    rows.forEach(({ least, to }, i) => {
      for (let j = 0; j < i; j++) if (to[j]! > 0 && to[j]! >= Math.min(least, rows[j]!.least)) counted++;
    });
    const among = (n: number): number => (n * (n - 1)) / 2;
    return (counted * among(this.bylines)) / among(sample.length);
  }
}

function highest(values: Float64Array): number {
  return values.reduce((most, v) => Math.max(most, v), 0);
}
