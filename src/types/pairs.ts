/** What crosses from compare to cluster and judge: pairs of bylines, the self-test, groups. No run-time code here. */
import type { ViewName } from './prints.js';

/** One pair of bylines, worked out when asked for. */
export interface ScoredPair {
  readonly words: number;
  readonly views: Readonly<Record<ViewName, number>>;
  readonly score: number;
  readonly log10LR: number;
}

/** What is known of the pairs that are not in the columns of `Pairs`, in a dump of many bylines. */
export interface OtherPairs {
  /** Pairs whose both sides have text enough, those in the columns included; by score, in bins. */
  readonly counts: Float64Array;
  /** Score at which the first bin begins, and the width of a bin. */
  readonly from: number;
  readonly step: number;
  /** Pairs at or above this score with text enough are in the columns. */
  readonly floor: number;
  /** Highest score of each byline with another of text enough; -Infinity for none. */
  readonly best: Float64Array;
  readonly scored: (a: number, b: number) => ScoredPair;
  /** What `scored` is worked out from. */
  readonly basis: PairBasis;
}

/** Of every byline, what any pair of them is scored from. */
export interface PairBasis {
  readonly bylines: number;
  /** Rows, the background's included. */
  readonly total: number;
  /** Words of each byline. */
  readonly words: Float64Array;
  /** How much of them speaks for its hand: `amountsByByline`. */
  readonly amounts: Float64Array;
  /** Dimensions of each view, in the order of the views. */
  readonly dims: readonly number[];
  /** Each byline's vectors in all views, one behind the other: total × the sum of `dims`. */
  readonly rows: Float32Array;
  /** Each byline's constant in every view: total × views. */
  readonly constants: Float64Array;
  /** What one of likeness adds to a normalised score by each side. */
  readonly slopes: Float64Array;
  /** What is taken off each view for each side: bylines × views. */
  readonly offsets: Float64Array;
}

/** Where nine in ten halves of one byline lie, in shares of their likeness to themselves (compare/own.ts). */
export interface HalvesRange {
  readonly low: number;
  readonly high: number;
  /** What one hand reaches in nineteen of twenty cases, as far as these halves can tell. */
  readonly least: number;
}

/** What the likeness of a pair rests on: what else than its score is asked before it is called a link. */
export interface Resting {
  /** Words on the shorter side. */
  readonly words: number;
  /** What characters and words add to the normalised score, and what grammar and outline do, which do not see the subject. */
  readonly spelled: number;
  readonly masked: number;
  /** As in `RestingPairs`; NaN where that was not asked, or cannot be told. */
  readonly ofOwn: number;
  /** True where its writers are near each other (judge/near.ts): strangers are no measure of them. */
  readonly near: boolean;
}

/** Every pair of bylines, a < b, as columns; in a dump of many bylines, those that may matter, and what is known of the others. */
export interface Pairs {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Words on the shorter side. */
  readonly words: Float64Array;
  /** What each view adds to the normalised score, which is their sum, in units of the strangers' spread. */
  readonly views: Readonly<Record<ViewName, Float32Array>>;
  /** Fused score before capping and abstention: base-10 log likelihood ratio as the calibration reads it. Finite. */
  readonly score: Float64Array;
  /** Capped at what the training pairs support. */
  readonly log10LR: Float64Array;
  /** Absent where every pair is in the columns. */
  readonly others?: OtherPairs;
  /**
   * Where an index found the pairs: of the pairs at or above the floor that bylines drawn by lot have among all others, how
   * many there are and how many it found.
   */
  readonly recall?: { readonly exact: number; readonly found: number };
}

/** Pairs, and what their likeness rests on (src/pipeline/scoring.ts). */
export interface RestingPairs extends Pairs {
  /** The score again, without what the articles of each outlet have in common; null where outlets are not known well enough. */
  readonly acrossOutlets: Float64Array | null;
  /**
   * Likeness in shares of the likeness of each side's own articles (compare/own.ts), of pairs with a score of 1 or more; NaN
   * for all others, and where it cannot be told.
   */
  readonly ofOwn: Float64Array;
  /** Where nine in ten halves of the dump's own bylines lie; null where too few can be split. */
  readonly ofHalves: HalvesRange | null;
}

/** Pairs as they are judged: where the writers of a pair are near each other, log10LR is no more than such pairs support. */
export interface HeldPairs extends RestingPairs {
  /** 1 where both write on one beat, 2 where both are of one time in a dump of many (judge/near.ts); asked of pairs with a score of 1 or more. */
  readonly near: Uint8Array;
  /** How many pairs of the dump are so; 0 where no pair was asked. */
  readonly nearPairs: { readonly beat: number; readonly time: number };
}

/** How printed ratios change on this dump: log10LR′ = offset + scale · log10LR. */
export interface Recalibration {
  readonly scale: number;
  readonly offset: number;
  /** Self-test pairs it was fitted on, and pseudo-pairs that hold it near no change. */
  readonly sameHandPairs: number;
  readonly differentHandsPairs: number;
  readonly pseudoPairs: number;
}

/** Shares of known pairs at or above a log10LR, on the bylines of this dump split in two (a Tippett plot). */
export interface TippettPoint {
  readonly log10LR: number;
  readonly sameHand: number;
  readonly differentHands: number;
}

/** One range of stated probability: what was said, what came true, and the share of all mass that lies in it. */
export interface ReliabilityBin {
  /** Mean probability stated, at even prior odds. */
  readonly stated: number;
  /** Share of true cases among those in the range, both classes weighing the same in all. */
  readonly observed: number;
  /** Share of the whole mass. */
  readonly mass: number;
  readonly trueCases: number;
  readonly falseCases: number;
}

/** Self-test cases of one range of words on the shorter side. */
export interface SelfTestAmount {
  /** From so many words on. */
  readonly words: number;
  readonly sameHandPairs: number;
  readonly found: number;
  readonly differentHandsPairs: number;
  readonly falseLinks: number;
}

/** What was found when this dump's own bylines were split in two and looked for. */
export interface SelfTest {
  /** Bylines split, each giving one known same-hand pair. */
  readonly sameHandPairs: number;
  /** Pairs of halves and bylines that are not of one byline. */
  readonly differentHandsPairs: number;
  /** How many of the bylines split were split into an earlier and a later half by date; the others in order of id. */
  readonly byDate: number;
  /** How many of the same-hand pairs are links, and how many pairs of different bylines are. */
  readonly found: number;
  readonly falseLinks: number;
  readonly recallAt1Percent: number;
  readonly recallAt01Percent: number;
  /** Of the ratios as printed in this report, and as they were before they were refitted on this very test. */
  readonly cllr: number;
  readonly cllrBefore: number;
  readonly auc: number;
  readonly tippett: readonly TippettPoint[];
  readonly reliability: readonly ReliabilityBin[];
  readonly amounts: readonly SelfTestAmount[];
  /** What was done to every score of this report; null where nothing was. */
  readonly recalibration: Recalibration | null;
}

/** Suspected single hand behind several bylines. */
export interface Group {
  /** Byline indices, ascending. */
  readonly bylines: readonly number[];
  /** log10LR of the weakest pair inside. */
  readonly cohesion: number;
  /** Those of its bylines that stand in another group as well, as a persona run by a team would. */
  readonly shared: readonly number[];
}
