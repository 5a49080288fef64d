import { FEWEST_BYLINES, FEWEST_TO_NAME, FEWEST_WORDS } from './amounts.js';
import type { Calibrated } from '../model/model.js';
import { pairsAmong, sumsBy } from '../math/statistics.js';
import { strengthOf } from '../types/strength.js';
import type {
  Chance,
  Cleaned,
  Finding,
  HalvesRange,
  HeldPairs,
  PairReport,
  Pairs,
  Resting,
  RestingPairs,
} from '../types/types.js';
import { maskedOf, spelledOf } from '../types/views.js';
import { chanceAmongNear, lessAlike, NEAR, numberAmongNear } from './near.js';
import { chanceOf, scoreFor } from './chance.js';
import type { PairInput } from './input.js';
import { words } from './words.js';

/**
 * Chance findings accepted in one report, of each kind: at most one report in ten names an innocent pair of strangers. What
 * writers on one beat would give is printed beside it, and no bound: they would hide most sockpuppets, which share subjects.
 */
export const CHANCE_ACCEPTED = 0.1;
/** A finding is never weaker than this log10LR. */
export const LEAST_FINDING = 1;
/** True for a pair that can be a link: text enough, and a likeness that rests on nothing but style. */
export function maybeLinked(pairs: HeldPairs, p: number): boolean {
  return whyNoLink(pairs, p) === null;
}

/** Why a pair is no link however high its score: too little text, or a likeness that rests on something else; null where it may be. */
function whyNoLink(pairs: HeldPairs, p: number): string | null {
  const { ofHalves } = pairs;
  const pair = restingOf(pairs, p);
  if (pair.words < FEWEST_TO_NAME) return words.littleToName(pairs.log10LR[p]!, pair.words, FEWEST_TO_NAME);
  if (restsOnSubject(pair)) return words.topic();
  if (restsOnOutlet(pairs, p)) return words.houseStyle();
  if (restsOnNearness(pair, ofHalves)) return words.nearOnly(pairs.near[p] === NEAR.beat, pair.ofOwn, ofHalves);
  return restsOnKind(pair, ofHalves) ? words.kindOfText(pair.ofOwn, ofHalves) : null;
}

function restingOf({ words, views, ofOwn, near }: HeldPairs, p: number): Resting {
  return {
    words: words[p]!,
    spelled: spelledOf(views, p),
    masked: maskedOf(views, p),
    ofOwn: ofOwn[p]!,
    near: near[p] !== NEAR.not,
  };
}

/** The same of a pair by itself: what each outlet puts into its articles is not looked at. */
export function restsOnStyle(pair: Resting, halves: HalvesRange | null): boolean {
  return (
    pair.words >= FEWEST_TO_NAME &&
    !restsOnSubject(pair) &&
    !restsOnNearness(pair, halves) &&
    !restsOnKind(pair, halves)
  );
}

/** True where both sides of a pair have text enough to be asked about. */
export function enoughText(pairs: Pick<Pairs, 'words'>, p: number): boolean {
  return pairs.words[p]! >= FEWEST_WORDS;
}

/** Grammar and outline must carry at least this share of what spelling and words carry. */
const LEAST_MASKED = 1 / 3;

/** True where the likeness all but vanishes once the subject is masked: two writers on one beat, not one hand. */
function restsOnSubject({ spelled, masked }: Resting): boolean {
  return masked < LEAST_MASKED * spelled;
}

/** What must be left of a score once the outlets' own style is taken out, in shares of it. */
const LEAST_ACROSS = 1 / 3;

/** True where the likeness all but vanishes without what an outlet puts into all its articles: one house style, not one hand. */
function restsOnOutlet({ score, acrossOutlets }: RestingPairs, p: number): boolean {
  return acrossOutlets !== null && acrossOutlets[p]! < LEAST_ACROSS * score[p]!;
}

/**
 * Where two bylines are less alike than this, in shares of their likeness to themselves, their score says little:
 * docs/EVALUATION.md, "One kind of text".
 */
const FAR_FROM_ONE = 0.3;

/** The same in shares of what nineteen in twenty halves of the dump's own bylines reach; one writer's two subjects seldom lie so far apart. */
const FAR_FROM_HALVES = 0.6;

/** What is asked of `ofOwn`: more where the dump's own halves are more alike, less where they are not so much. */
function leastOfOwn(halves: HalvesRange | null): number {
  return halves === null ? FAR_FROM_ONE : Math.max(FAR_FROM_HALVES * halves.low, Math.min(FAR_FROM_ONE, halves.low));
}

/** True where each byline is so much more alike to itself that both may only write the same kind of text. */
function restsOnKind({ ofOwn }: Resting, halves: HalvesRange | null): boolean {
  return ofOwn < leastOfOwn(halves);
}

/** True where two writers near each other are not as alike as one hand is: what they share may be the beat, or the time. */
function restsOnNearness({ near, ofOwn }: Resting, halves: HalvesRange | null): boolean {
  return near && lessAlike(ofOwn, halves);
}

/** Chance findings by score, among the pairs that are asked. */
export function chanceAmong(
  pairs: Pick<Pairs, 'score' | 'words' | 'others'>,
  calibrated: Calibrated,
): (score: number) => number {
  return chanceOf(pairs.others ?? pairs.score.filter((_, p) => enoughText(pairs, p)), calibrated);
}

/** Score from which a pair is a link: few enough chance links among all pairs of this dump. */
export function linkThreshold(pairs: Pick<Pairs, 'score' | 'words' | 'others'>, calibrated: Calibrated): number {
  return scoreFor(chanceAmong(pairs, calibrated), CHANCE_ACCEPTED, LEAST_FINDING);
}

/**
 * Pairs with text enough on both sides, one language and strangers enough in it; in a dump too large to keep all pairs, text
 * and language alone are asked.
 */
export function pairsAsked({ prints, pairs }: PairInput, languages: Languages): number {
  if (pairs.others === undefined) {
    let asked = 0;
    for (let p = 0; p < pairs.a.length; p++) if (whyNotAsked(pairs, p, languages) === null) asked++;
    return asked;
  }
  const amount = sumsBy(prints.bylineOf, prints.bylines, prints.words);
  const count = new Map<string | null, number>();
  languages.of.forEach((lang, b) => {
    if (amount[b]! >= FEWEST_WORDS) count.set(lang, (count.get(lang) ?? 0) + 1);
  });
  const unknown = count.get(null) ?? 0;
  const known = [...count].filter(([lang]) => lang !== null);
  return pairsAmong(unknown) + known.reduce((sum, [, n]) => sum + pairsAmong(n) + n * unknown, 0);
}

type PairVerdict = Pick<PairReport, 'verdict' | 'why' | 'log10LR'>;

/** What every pair of a dump is measured by. */
export interface PairBounds {
  readonly languages: Languages;
  /** Chance findings of that score or more, among the pairs asked (`chanceAmong`). */
  readonly chance: (score: number) => number;
  /** Score from which a pair is a link (`linkThreshold`). */
  readonly threshold: number;
}

export function pairVerdict(
  { pairs, model }: Pick<PairInput, 'pairs' | 'model'>,
  p: number,
  { languages, chance, threshold }: PairBounds,
): PairVerdict {
  const log10LR = pairs.log10LR[p]!;
  const whyNot = whyNotAsked(pairs, p, languages);
  if (whyNot !== null) return { verdict: 'abstain', why: whyNot, log10LR: 0 };
  if (pairs.score[p]! >= threshold) {
    const otherwise = whyNoLink(pairs, p);
    if (otherwise !== null) return { verdict: 'inconclusive', why: otherwise, log10LR };
    return { verdict: 'same-hand', why: whySameHand(pairs, p), log10LR };
  }
  if (log10LR >= LEAST_FINDING) {
    const expected = chance(pairs.score[p]!) + numberAmongNear(chanceAmongNear(pairs, p, model.beats));
    return { verdict: 'inconclusive', why: words.notRare(log10LR, expected), log10LR };
  }
  if (log10LR <= -LEAST_FINDING) return { verdict: 'different-hands', why: words.differentHands(log10LR), log10LR };
  return { verdict: 'inconclusive', why: words.undecided(), log10LR };
}

function whySameHand({ near, log10LR }: HeldPairs, p: number): string {
  if (near[p] === NEAR.beat) return words.sameHandOnBeat(log10LR[p]!);
  return near[p] === NEAR.time ? words.sameHandOfTime(log10LR[p]!) : words.sameHand(log10LR[p]!);
}

/** How strong a pair is said to be, and what chance would give. */
export function weighed(
  { pairs, model }: Pick<PairInput, 'pairs' | 'model'>,
  p: number,
  log10LR: number,
  chance: (score: number) => number,
): Pick<Finding, 'strength' | 'log10LR' | keyof Chance> {
  const near = chanceAmongNear(pairs, p, model.beats);
  return {
    strength: strengthOf(log10LR),
    log10LR,
    expectedByChance: chance(pairs.score[p]!) + numberAmongNear(near),
    ...near,
  };
}

/** Languages of a dump's bylines. */
export interface Languages {
  /** By byline, the language most of its words are in; null where it is not known. */
  readonly of: readonly (string | null)[];
  /** By byline, how many bylines with text enough may be of its language, itself among them. */
  readonly company: readonly number[];
}

export function languagesOf(cleaned: Cleaned): Languages {
  const counts = cleaned.bylines.map(() => new Map<string | null, number>());
  for (const d of cleaned.documents) counts[d.byline]!.set(d.lang, (counts[d.byline]!.get(d.lang) ?? 0) + d.words);
  const of = counts.map((c) => mostOf(c));
  const long = counts.map((c) => [...c.values()].reduce((n, w) => n + w, 0) >= FEWEST_WORDS);
  const among = new Map<string | null, number>();
  of.forEach((lang, b) => among.set(lang, (among.get(lang) ?? 0) + Number(long[b])));
  const unknown = among.get(null) ?? 0;
  const all = long.filter(Boolean).length;
  return { of, company: of.map((lang) => (lang === null ? all : among.get(lang)! + unknown)) };
}

function mostOf(counts: ReadonlyMap<string | null, number>): string | null {
  const known = [...counts].flatMap(([lang, n]) => (lang === null ? [] : [[lang, n] as const]));
  return known.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
}

/** Why a pair is not answered: too little text, two languages, or no strangers to speak of; null where it is. */
export function whyNotAsked(
  pairs: Pick<Pairs, 'a' | 'b' | 'words'>,
  p: number,
  { of, company }: Languages,
): string | null {
  const [a, b] = [pairs.a[p]!, pairs.b[p]!];
  if (!enoughText(pairs, p)) return words.tooLittle(pairs.words[p]!, FEWEST_WORDS);
  const [la, lb] = [of[a]!, of[b]!];
  if (la !== null && lb !== null && la !== lb) return words.otherLanguage(la, lb);
  const strangers = Math.min(company[a]!, company[b]!);
  return strangers < FEWEST_BYLINES ? words.fewBylines(strangers, FEWEST_BYLINES) : null;
}
