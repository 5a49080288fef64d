import type { CheckSubmission, NearByline } from '../types/types.js';
import { shareAt } from '../model/model.js';
import { nearest } from '../text/nearest.js';
import { evidenceFor, NOTHING_REVIEWED, scoresOf, type Reviewed } from './evidence.js';
import type { CheckReference } from './loaded.js';
import { featuresOf, type Yardstick } from './scores.js';
import { words } from './words.js';

/** Fewest words of a submission, and of a byline, that are answered: one article is little, and measured as little. */
const FEWEST = { submission: 100, byline: 400 };
/** Fewest bylines (strangers from outside among them) that say what is usual. */
const FEWEST_BYLINES = 3;
/** From here on it fits, or does not. */
const FITS = 0.5;
const LEAST_FINDING = 1;
/**
 * No doubt of a byline known by one article goes further: one article does not show how far a hand ranges. Of honest texts under
 * such bylines of government posts 10 in 927 were doubted at 2 or more, of others' 98 in 915: ten times, and not a hundred.
 */
const ONE_ARTICLE = 1.9;
const NEAREST = 5;
/** Jaro-Winkler similarity from which two names are spelt almost alike. */
export const SPELT_ALIKE = 0.9;

/** A submission as style sees it. */
export interface Styled {
  readonly rows: readonly Float32Array[];
  readonly words: number;
  readonly lang: string | null;
  /** Byline number; -1 where the reference does not hold it. */
  readonly byline: number;
  /** Article of the reference that is this very text, or -1. */
  readonly enrolledAs: number;
}

/** What style says: `own` and `other` are findings where their evidence is at least moderate. */
export interface StyleAnswer {
  readonly verdict: CheckSubmission['verdict'];
  readonly why: string;
  readonly log10LR: number;
  readonly score: number;
  readonly nearest: readonly NearByline[];
  /** log10LR against the printed byline; null for no finding. */
  readonly against: { readonly log10LR: number; readonly chance: number; readonly rank: number } | null;
  /** Another byline that it fits; null for none. */
  readonly other: OtherByline | null;
}

interface OtherByline {
  readonly byline: number;
  readonly log10LR: number;
  readonly chance: number;
  /** log10LR by itself, and what holds it to less: that the best of many was looked for, or how much the printed one is doubted. */
  readonly alone: number;
  readonly heldBy: 'chance' | 'doubt' | null;
  /** Somebody found out that it and the printed one are two hands. */
  readonly rejected: boolean;
}

export function yardstickOf({ bylines, bylineOf, views }: CheckReference): Yardstick {
  return {
    bylineOf,
    articles: Float64Array.from(bylines, (b) => b.articles),
    words: Float64Array.from(bylines, (b) => b.words),
    views,
  };
}

/** log10LR of every byline before capping. Bylines confirmed to be the printed one's hand do not compete with each other. */
export function evidenceOf(
  reference: CheckReference,
  yardstick: Yardstick,
  styled: Styled,
  reviewed: Reviewed = NOTHING_REVIEWED,
): Float64Array {
  const { articles } = yardstick;
  const scores = scoresOf(reference.facts.calibration, featuresOf(yardstick, styled, styled.enrolledAs));
  const evidence = evidenceFor(scores, articles);
  const hand = bylinesOfHand(reference, styled.byline, reviewed);
  if (hand.length < 2) return evidence;
  for (const b of hand) {
    const rivals = articles.map((n, other) => (other !== b && hand.includes(other) ? 0 : n));
    evidence[b] = evidenceFor(scores, rivals)[b]!;
  }
  return evidence;
}

/** The byline, and those that someone confirmed to be the same hand. */
export function bylinesOfHand(
  { bylines }: Pick<CheckReference, 'bylines'>,
  byline: number,
  { sameHand }: Reviewed,
): number[] {
  return byline < 0 ? [] : Array.from(bylines.keys()).filter((b) => b === byline || sameHand(b, byline));
}

/** Why style is not measured at all, or null. */
export function unmeasurable(reference: CheckReference, styled: Styled): string | null {
  if (styled.words < FEWEST.submission) return words.shortSubmission(styled.words, FEWEST.submission);
  const strangers = reference.views[0]!.strangers.lengths.length;
  if (reference.bylines.length < FEWEST_BYLINES && strangers === 0) return words.fewBylines();
  const { capFor, capAgainst } = reference.facts.calibration;
  if (capFor < FITS && capAgainst < LEAST_FINDING) return words.smallReference(reference.counts);
  const languages = new Set(reference.bylines.flatMap((b) => b.languages));
  const lang = styled.lang ?? '';
  if (!languages.has(lang)) return words.strangeLanguage(lang);
  const own = reference.bylines[styled.byline];
  if (own === undefined) return null;
  if (!own.languages.includes(lang)) return words.otherLanguage(lang);
  // Enrolled already, it is left out of its byline: what remains must be enough.
  const enrolled = styled.enrolledAs >= 0 && reference.bylineOf[styled.enrolledAs] === styled.byline;
  return enrolled && own.words - styled.words < FEWEST.byline
    ? words.thinByline(own.name, own.articles - 1, own.words - styled.words)
    : null;
}

/** Turns evidence into what may be said. The only place that decides it. */
export function styleAnswer(
  reference: CheckReference,
  evidence: Float64Array,
  { byline }: Pick<Styled, 'byline'>,
  printed: string,
  reviewed: Reviewed,
): StyleAnswer {
  const { calibration } = reference.facts;
  const order = Array.from(evidence.keys()).sort((a, b) => evidence[b]! - evidence[a]! || a - b);
  const capped = (e: number): number => Math.max(-calibration.capAgainst, Math.min(calibration.capFor, e));
  const others = reference.bylines.length - (byline >= 0 ? 1 : 0);
  const chanceOf = (e: number): number => others * shareAt(calibration.falseShare, e);
  const nearest = order.slice(0, NEAREST).map((b, i): NearByline => ({
    byline: reference.bylines[b]!.name,
    log10LR: capped(evidence[b]!),
    score: evidence[b]!,
    rank: i + 1,
    expectedByChance: chanceOf(evidence[b]!),
  }));
  const own = reference.bylines[byline];
  // Bylines confirmed to be the same hand are no others: the printed one is read as the one of them that fits best.
  const hand = bylinesOfHand(reference, byline, reviewed);
  const read = order.find((b) => hand.includes(b) && whyNot(reference.bylines[b]!) === null);
  const answered = read !== undefined;
  const score = own === undefined ? 0 : evidence[read ?? byline]!;
  const known = read === undefined ? 0 : reference.bylines[read]!.articles;
  const log10LR = answered ? Math.max(capped(score), known === 1 ? -ONE_ARTICLE : -Infinity) : 0;
  const best = order.find((b) => !hand.includes(b));
  const found = best === undefined ? null : otherByline(reference, evidence[best]!, best, chanceOf, capped);
  const other = found && { ...found, rejected: byline >= 0 && reviewed.apart(byline, found.byline) };
  // Where the printed byline can be asked, it must itself be doubted, and nothing said beyond that doubt: a text may fit two.
  // Of one too thin to be asked it is enough that it fits as well.
  const doubt = answered ? -log10LR : score >= FITS ? -score : Infinity;
  return {
    ...verdictOf(reference, byline, answered, log10LR, printed),
    ...(read === undefined || read === byline || log10LR < FITS
      ? {}
      : { why: words.fitsSameHand(printed, reference.bylines[read]!.name, log10LR) }),
    log10LR,
    score,
    nearest,
    against:
      answered && doubt >= LEAST_FINDING
        ? { log10LR: doubt, chance: honestShare(reference, doubt), rank: order.indexOf(read) + 1 }
        : null,
    // What is signed by nobody reads like somebody and contradicts nothing: the nearest bylines are listed, and that is all.
    other: other === null || doubt < LEAST_FINDING || printed === '' ? null : heldToDoubt(other, doubt),
  };
}

/**
 * The byline that fits best, as a finding. It is the best of many: it cannot be worth more than what chance leaves of it.
 */
function otherByline(
  reference: CheckReference,
  evidence: number,
  best: number,
  chanceOf: (e: number) => number,
  capped: (e: number) => number,
): Omit<OtherByline, 'rejected'> | null {
  if (whyNot(reference.bylines[best]!) !== null) return null;
  const chance = chanceOf(evidence);
  const alone = capped(evidence);
  const log10LR = Math.min(alone, -Math.log10(chance));
  if (log10LR < LEAST_FINDING) return null;
  return { byline: best, log10LR, chance, alone, heldBy: log10LR < alone ? 'chance' : null };
}

function heldToDoubt(other: OtherByline, doubt: number): OtherByline {
  return other.log10LR <= doubt ? other : { ...other, log10LR: doubt, heldBy: 'doubt' };
}

function verdictOf(
  { bylines }: CheckReference,
  byline: number,
  answered: boolean,
  log10LR: number,
  printed: string,
): Pick<StyleAnswer, 'verdict' | 'why'> {
  const own = bylines[byline];
  if (own === undefined) {
    const alike = nearest(
      printed,
      bylines.map((b) => b.name),
      SPELT_ALIKE,
    );
    return { verdict: 'abstain', why: printed === '' ? words.noByline() : words.unknownByline(printed, alike) };
  }
  if (!answered) return { verdict: 'abstain', why: whyNot(own)! };
  if (log10LR >= FITS) return { verdict: 'fits', why: words.fits(printed, log10LR) };
  if (-log10LR >= LEAST_FINDING) return { verdict: 'does-not-fit', why: words.doesNotFit(printed, log10LR) };
  return { verdict: 'inconclusive', why: words.undecided(printed) };
}

/** Why nothing is said about a byline, or null. */
function whyNot({ name, kind, articles, words: amount }: CheckReference['bylines'][number]): string | null {
  if (kind === 'desk') return words.desk(name);
  return amount < FEWEST.byline ? words.thinByline(name, articles, amount) : null;
}

/** Trials from which an archive says itself how often honest texts are doubted. */
const ENOUGH_TRIALS = 300;

/** Share of honest submissions that are doubted as much: this archive's own, or the larger one of another where it is small. */
function honestShare({ facts }: CheckReference, log10LR: number): number {
  const own = shareAt(facts.calibration.honestShare, log10LR);
  if (facts.calibration.genuine >= ENOUGH_TRIALS) return own;
  return Math.max(own, shareAt(facts.honestElsewhere, log10LR));
}
