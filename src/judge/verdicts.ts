import type { Calibrated } from '../model/model.js';
import { sumsBy } from '../math/statistics.js';
import type { Cleaned, Finding, PairReport, Pairs } from '../types.js';
import { chanceOnBeats } from './beats.js';
import { chanceOf, scoreFor } from './chance.js';
import type { PairInput } from './input.js';
import { strengthOf, words } from './words.js';

/**
 * Chance findings accepted in one report, of each kind: at most one report in ten names an innocent pair of strangers. What
 * writers on one beat would give is printed beside it, and no bound: they would hide most sockpuppets, which share subjects.
 */
export const CHANCE_ACCEPTED = 0.1;
/** Fewest words on the shorter side of a pair that is answered. */
export const FEWEST_WORDS = 400;
/** A finding is never weaker than this log10LR. */
export const LEAST_FINDING = 1;

/** True for a pair that can be a link: text enough, and a likeness that does not rest on the subject. */
export function maybeLinked(pairs: Pairs, p: number): boolean {
  return enoughToName(pairs, p) && !restsOnSubject(pairs, p) && !restsOnOutlet(pairs, p);
}

/** True where both sides of a pair have text enough to be asked about. */
export function enoughText(pairs: Pick<Pairs, 'words'>, p: number): boolean {
  return pairs.words[p]! >= FEWEST_WORDS;
}

/**
 * Fewest words on the shorter side of a pair that is named. Below, a ratio is printed and no more: in 429 honest bylines of
 * government posts the four pairs highest by chance had scores above 4, three of them with one article of under 1,000 words.
 */
export const FEWEST_TO_NAME = 1000;

function enoughToName({ words: amount }: Pick<Pairs, 'words'>, p: number): boolean {
  return amount[p]! >= FEWEST_TO_NAME;
}

/** Grammar and outline must carry at least this share of what spelling and words carry. */
const LEAST_MASKED = 1 / 3;

/** True where the likeness all but vanishes once the subject is masked: two writers on one beat, not one hand. */
function restsOnSubject({ views }: Pairs, p: number): boolean {
  return views.grammar[p]! + views.outline[p]! < LEAST_MASKED * (views.characters[p]! + views.words[p]!);
}

/** What must be left of a score once the outlets' own style is taken out, in shares of it. */
const LEAST_ACROSS = 1 / 3;

/** True where the likeness all but vanishes without what an outlet puts into all its articles: one house style, not one hand. */
function restsOnOutlet({ score, acrossOutlets }: Pairs, p: number): boolean {
  return acrossOutlets !== undefined && acrossOutlets[p]! < LEAST_ACROSS * score[p]!;
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

/** Pairs with text enough on both sides and no two languages. */
export function pairsAsked({ prints, pairs }: PairInput, languages: readonly (string | null)[]): number {
  if (pairs.others === undefined) {
    const sameLanguage = (x: string | null, y: string | null): boolean => x === null || y === null || x === y;
    let asked = 0;
    for (let p = 0; p < pairs.a.length; p++)
      if (enoughText(pairs, p) && sameLanguage(languages[pairs.a[p]!]!, languages[pairs.b[p]!]!)) asked++;
    return asked;
  }
  const amount = sumsBy(prints.bylineOf, prints.bylines, prints.words);
  const count = new Map<string | null, number>();
  languages.forEach((lang, b) => {
    if (amount[b]! >= FEWEST_WORDS) count.set(lang, (count.get(lang) ?? 0) + 1);
  });
  const among = (n: number): number => (n * (n - 1)) / 2;
  const unknown = count.get(null) ?? 0;
  const known = [...count].filter(([lang]) => lang !== null);
  return among(unknown) + known.reduce((sum, [, n]) => sum + among(n) + n * unknown, 0);
}

type PairVerdict = Pick<PairReport, 'verdict' | 'why' | 'log10LR'>;

export function pairVerdict(
  input: PairInput,
  p: number,
  threshold: number,
  chance: (score: number) => number,
  languages: readonly (string | null)[],
): PairVerdict {
  const { pairs } = input;
  const [la, lb] = [languages[pairs.a[p]!]!, languages[pairs.b[p]!]!];
  const log10LR = pairs.log10LR[p]!;
  if (!enoughText(pairs, p))
    return { verdict: 'abstain', why: words.tooLittle(pairs.words[p]!, FEWEST_WORDS), log10LR: 0 };
  if (la !== null && lb !== null && la !== lb)
    return { verdict: 'abstain', why: words.otherLanguage(la, lb), log10LR: 0 };
  if (pairs.score[p]! >= threshold && !enoughToName(pairs, p))
    return { verdict: 'inconclusive', why: words.littleToName(log10LR, pairs.words[p]!, FEWEST_TO_NAME), log10LR };
  if (pairs.score[p]! >= threshold && restsOnSubject(pairs, p))
    return { verdict: 'inconclusive', why: words.topic(), log10LR };
  if (pairs.score[p]! >= threshold && restsOnOutlet(pairs, p))
    return { verdict: 'inconclusive', why: words.houseStyle(), log10LR };
  if (pairs.score[p]! >= threshold) {
    const why = pairs.sameBeat?.[p] === 1 ? words.sameHandOnBeat(log10LR) : words.sameHand(log10LR);
    return { verdict: 'same-hand', why, log10LR };
  }
  if (log10LR >= LEAST_FINDING) {
    const expected = chance(pairs.score[p]!) + chanceOnBeats(pairs, p, input.model.beats);
    return { verdict: 'inconclusive', why: words.notRare(log10LR, expected), log10LR };
  }
  if (log10LR <= -1) return { verdict: 'different-hands', why: words.differentHands(log10LR), log10LR };
  return { verdict: 'inconclusive', why: words.undecided(), log10LR };
}

/** How strong a pair is said to be, and what chance would give. */
export function weighed(
  { pairs, model }: Pick<PairInput, 'pairs' | 'model'>,
  p: number,
  log10LR: number,
  chance: (score: number) => number,
): Pick<Finding, 'strength' | 'log10LR' | 'expectedByChance' | 'expectedOnBeat'> {
  const onBeat = chanceOnBeats(pairs, p, model.beats);
  return {
    strength: strengthOf(log10LR),
    log10LR,
    expectedByChance: chance(pairs.score[p]!) + onBeat,
    ...(onBeat > 0 ? { expectedOnBeat: onBeat } : {}),
  };
}

/** The language most of a byline's words are in. */
export function languagesOf(cleaned: Cleaned): (string | null)[] {
  const counts = cleaned.bylines.map(() => new Map<string, number>());
  for (const d of cleaned.documents)
    if (d.lang !== null) counts[d.byline]!.set(d.lang, (counts[d.byline]!.get(d.lang) ?? 0) + d.words);
  return counts.map((c) => [...c].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null);
}
