import { shareAt, type Model } from '../model/model.js';
import type { Chance, HalvesRange, HeldPairs, Pairs, RestingPairs } from '../types/types.js';
import { pause, type Steps } from '../work/work.js';
import { Beats } from './beats.js';
import type { BylineSubjects } from './subjects.js';
import { oneTime, pairsOfOneTime, type Times } from './times.js';

/** Why two different writers would be more alike than strangers are. */
export const NEAR = { not: 0, beat: 1, time: 2 } as const;

/** With fewer bylines nobody can say whose subjects are near and whose are not: each has a nearest, and all may be on one beat. */
export const TOLD_FROM = 12;
/** Score from which a pair is asked whether its writers are near each other: below it the answer changes nothing. */
const ASKED_FROM = 1;

/**
 * Share of pairs of one hand that score as high as a pair that is named: halves of one byline reach a score of 3 in .54 of cases, 4
 * in .43 (means of four dumps; .87 reach 1). A ratio has both shares in it: to take this one for 1 would double it.
 */
export const ONE_HAND_SHARE = 0.5;

/**
 * Where two writers near each other are less alike, beside how alike each is to himself, than one hand is in nineteen of twenty
 * cases, the ratio is divided by this: about a quarter of such writers are who score that high, and a twentieth of one hand's
 * pairs (docs/EVALUATION.md, "Writers on one beat").
 */
const LESS_ALIKE = 5;

/** True where two bylines are less alike than one hand is, as halves of the dump's own bylines show it. */
export function lessAlike(ofOwn: number, halves: HalvesRange | null): boolean {
  return halves !== null && ofOwn < halves.least;
}

/**
 * Holds the ratios of pairs on one beat, and of one time in a dump of many, to what such pairs support. Different writers whose
 * subjects are nearest are alike far more often than strangers are: in newswire two pairs of one newsroom's writers score as no
 * pair of strangers does. So their ratio is no more than the share of pairs of one hand that score as high, by the share of
 * pairs on one beat that do. Writers of one time reach the same scores about as often (docs/EVALUATION.md), and are held to
 * the same. What tells many of them from one hand is that each byline is more alike to itself.
 *
 * @param pairs scored, and capped by what strangers support
 * @param subjects of all bylines (`subjectSteps`)
 * @param shares `Model.beats`
 * @returns the same pairs, with `near` and `nearPairs`; in a dump of fewer than 12 bylines every pair may be on one beat
 */
export function* heldWhereNear(
  pairs: RestingPairs,
  subjects: BylineSubjects,
  times: Times,
  shares: Model['beats'],
): Steps<HeldPairs> {
  const asked = [...pairs.score.keys()].filter((p) => pairs.score[p]! >= ASKED_FROM);
  const near = new Uint8Array(pairs.score.length);
  if (asked.length === 0) return { ...pairs, near, nearPairs: { beat: 0, time: 0 } };
  const { of, nearPairs } = yield* nearAmong(pairs, asked, subjects, times);
  const log10LR = pairs.log10LR.slice();
  asked.forEach((p, i) => {
    near[p] = of[i]!;
    if (of[i] === NEAR.not) return;
    const less = lessAlike(pairs.ofOwn[p]!, pairs.ofHalves) ? LESS_ALIKE : 1;
    const supported = Math.log10(ONE_HAND_SHARE / shareAt(shares, pairs.score[p]!) / less);
    log10LR[p] = Math.min(log10LR[p]!, supported);
  });
  return withHeldOthers({ ...pairs, log10LR, near, nearPairs });
}

/** Why the writers of each pair asked about are, or may be, near each other, and how many pairs of the dump are. */
function* nearAmong(
  { a, b, score }: Pairs,
  asked: readonly number[],
  subjects: BylineSubjects,
  times: Times,
): Steps<{ readonly of: Uint8Array; readonly nearPairs: HeldPairs['nearPairs'] }> {
  if (subjects.bylines < TOLD_FROM)
    return { of: new Uint8Array(asked.length).fill(NEAR.beat), nearPairs: { beat: score.length, time: 0 } };
  const beats = new Beats(subjects);
  yield* pause();
  const together = yield* beats.together(asked.map((p) => [a[p]!, b[p]!]));
  const of = together.map((same, i) => {
    if (same === 1) return NEAR.beat;
    return oneTime(times, a[asked[i]!]!, b[asked[i]!]!) === null ? NEAR.not : NEAR.time;
  });
  return { of, nearPairs: { beat: beats.pairs(), time: pairsOfOneTime(times) } };
}

/** In a dump of many bylines, the scores worked out on asking are held as well. */
export function withHeldOthers(pairs: HeldPairs): HeldPairs {
  const { others, near } = pairs;
  if (others === undefined) return pairs;
  const held = new Map<string, number>();
  near.forEach((why, p) => {
    if (why !== NEAR.not) held.set(`${pairs.a[p]!} ${pairs.b[p]!}`, pairs.log10LR[p]!);
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

type ChanceAmongNear = Omit<Chance, 'expectedByChance'>;

/**
 * How many pairs of different writers near each other, as pair p is, would score as high in this dump: what chance brings beside
 * strangers. Nothing of a pair that is not near.
 */
export function chanceAmongNear(
  { near, nearPairs, score }: HeldPairs,
  p: number,
  shares: Model['beats'],
): ChanceAmongNear {
  const share = shareAt(shares, score[p]!);
  if (near[p] === NEAR.beat) return { expectedOnBeat: nearPairs.beat * share };
  return near[p] === NEAR.time ? { expectedOfTime: nearPairs.time * share } : {};
}

/** The same as a number. */
export function numberAmongNear({ expectedOnBeat = 0, expectedOfTime = 0 }: ChanceAmongNear): number {
  return expectedOnBeat + expectedOfTime;
}
