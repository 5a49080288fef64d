/**
 * Every type that crosses a floor of the house (see ARCHITECTURE.md). No run-time code here.
 *
 * Words used throughout: a **hand** is a real writer; a **byline** is the name printed on an article;
 * a **persona** is a byline seen as an actor. log10LR is the base-10 logarithm of the likelihood ratio
 * P(evidence | one hand) / P(evidence | different hands); see Brümmer & du Preez 2006 on what makes it believable.
 */
import type { BylineMerge, CopyPair, Notice } from './corpus-types.js';

export type * from './corpus-types.js';

// ---------------------------------------------------------------- fingerprint → compare, diarise

/** Sparse rows: row r holds columns ids[start[r] … start[r + 1]) with their counts. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly ids: Uint32Array;
  readonly counts: Uint16Array;
}

/** Sparse rows packed (src/fingerprint/packed.ts): row r is bytes[start[r] … start[r + 1]). */
export interface PackedRows {
  readonly start: Float64Array;
  readonly bytes: Uint8Array;
}

/** Sparse rows that are unpacked when they are asked for. */
export interface CountedRows {
  /** The rows asked for, in that order, as rows 0, 1, 2 … */
  readonly rowsOf: (rows: readonly number[]) => SparseRows;
}

/** Dense rows, one a document: rows[r * dims … (r + 1) * dims), whitened with a ridge of the mean variance. */
export interface DenseRows {
  readonly dims: number;
  readonly rows: Float32Array;
  /** Variance along each axis before whitening, in mean variances: what another ridge is computed from. */
  readonly variances: Float64Array;
}

export type ViewName = 'characters' | 'grammar' | 'words' | 'outline';
/** The view that only the test for several hands reads, beside the others. */
export type MaskedViewName = 'functionWords';
export type CountedView = ViewName | MaskedViewName;

/** One habit a reader understands, measured in every article: a rate per 1,000 words, a share or a length. */
export interface Habit {
  readonly name: string;
  readonly unit: string;
  /** One value per document; NaN where it cannot be measured. */
  readonly values: Float32Array;
}

/** Every article as numbers. Rows follow Cleaned.documents; behind them stand the background articles, if any. */
export interface Fingerprints {
  readonly documents: number;
  /** Byline index of each row; background rows carry bylines from `bylines` up. */
  readonly bylineOf: Int32Array;
  readonly bylines: number;
  /** Words of each of the documents (not of the background). */
  readonly words: Float64Array;
  /** 1 for each document whose language has a lexicon, by which content is masked; else 0. */
  readonly lexed: Uint8Array;
  /** Standard scores per view. */
  readonly views: Readonly<Record<CountedView, DenseRows>>;
  /** Grammar n-gram counts per document, for contrasts inside one byline. */
  readonly grammar: CountedRows;
  /** N-grams of function words and marks per document, for the same. */
  readonly functionWords: CountedRows;
  readonly habits: readonly Habit[];
}

// ---------------------------------------------------------------- compare → cluster, judge

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
  readonly words: Float64Array;
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
  /** The score again, without what the articles of each outlet have in common; only where outlets are known well enough. */
  readonly acrossOutlets?: Float64Array;
  /** Absent where every pair is in the columns. */
  readonly others?: OtherPairs;
  /**
   * Where an index found the pairs: of the pairs at or above the floor that bylines drawn by lot have among all others, how
   * many there are and how many it found.
   */
  readonly recall?: { readonly exact: number; readonly found: number };
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

// ---------------------------------------------------------------- diarise → judge

/** A change of hand at a date: a step in style, not a slope. */
export interface Handover {
  /** ms since 1970 UTC: likeliest moment, midway between the last article before and the first after. */
  readonly at: number;
  /** Interval that holds the change with a probability of .95, between two articles' dates. */
  readonly from: number;
  readonly to: number;
  /** Hands on both sides. */
  readonly before: number;
  readonly after: number;
  /** log10 likelihood ratio of a step against a straight trend in style. */
  readonly stepOverTrend: number;
}

/** How the hands of one byline lie in time. */
export interface HandsInTime {
  /** undated: too few dates; drift: the order is there, but a slope explains it as well as a change of hand. */
  readonly kind: 'undated' | 'in-turn' | 'drift' | 'weekday' | 'mixed';
  /** In order of time; with drift, only those that are steps. */
  readonly handovers: readonly Handover[];
}

export interface Diarisation {
  readonly byline: number;
  readonly articles: readonly number[];
  /** True when the dump's strangers say nothing about this byline, and its articles were contrasted with each other alone. */
  readonly alone: boolean;
  /** What the test statistics were; order as in the calibration. */
  readonly statistics: readonly number[];
  /** Finite; higher: likelier several hands. */
  readonly score: number;
  /** Several hands against one, capped. */
  readonly log10LR: number;
  /** Best estimate of the number of hands. */
  readonly count: number;
  /** Hand of each article, 0 the one with most articles, and how certain that is in 0 … 1. */
  readonly hands: readonly number[];
  readonly confidence: readonly number[];
  /** How likely 2, 3, and 4 or more hands are, given that there are several; sums to 1. */
  readonly further: readonly [number, number, number];
  /** Only where the articles were parted. */
  readonly inTime?: HandsInTime;
}

/** Several bylines whose hands match one to one: one team behind several personas. */
export interface SharedHands {
  /** Byline indices, ascending. */
  readonly bylines: readonly number[];
  /** The team's hands, those behind most bylines first, each with the hands of bylines that it is. */
  readonly hands: readonly (readonly { readonly byline: number; readonly hand: number }[])[];
  /** log10LR of the weakest and of the strongest match. */
  readonly cohesion: number;
  readonly log10LR: number;
}

// ---------------------------------------------------------------- judge → report

export type Strength = 'limited' | 'moderate' | 'strong' | 'very-strong';

/** A sentence that can be quoted, and the numbers in it. */
export interface Evidence {
  readonly kind: 'habit' | 'style' | 'copy' | 'amount' | 'hands';
  /** Name of the habit it speaks of. */
  readonly habit?: string;
  readonly text: string;
  readonly values?: Readonly<Record<string, number>>;
  /** Unit of the values, where they have one: "per 1,000 words". */
  readonly unit?: string;
  /** Sentences that show the habit. */
  readonly examples?: readonly EvidenceExample[];
}

/** What one view, or the amount of text on both sides, adds to the score of a pair. */
export interface Contribution {
  readonly of: ViewName | 'amount';
  /** What the view adds to the normalised score, in units of the strangers' spread. */
  readonly spreads?: number;
  readonly log10LR: number;
}

/** A sentence quoted from an article, and where it stands. */
export interface EvidenceExample {
  readonly byline: string;
  readonly article: string;
  readonly sentence: string;
  /** File it was read from, and the line (JSON Lines, CSV) or element (JSON) the article stands on. */
  readonly source?: string;
  readonly line?: number;
  /** Where it begins and ends in the article's text as read, in UTF-16 units; quotations between may have been masked. */
  readonly start?: number;
  readonly end?: number;
  /** Estimated hand of the article, where hands of one byline are set side by side. */
  readonly hand?: number;
}

/** One article of a byline, and the hand it was given to. What it did not carry is left out. */
export interface Assignment {
  readonly article: string;
  readonly hand: number;
  /** 0 … 1. */
  readonly confidence: number;
  /** false where the hand cannot be told: the article could be another's. */
  readonly told?: false;
  readonly title?: string;
  /** Day of publication, YYYY-MM-DD, UTC. */
  readonly date?: string;
  readonly url?: string;
  readonly outlet?: string;
  /** Words left after cleaning. */
  readonly words?: number;
  /** As read, where texts were asked for. */
  readonly text?: string;
}

/** Bylines in the order of an average-linkage clustering of their pairs, for the matrix. */
export interface Clustering {
  readonly bylines: readonly string[];
  /** Items 0 … n - 1 are `bylines`, merges count on from n; `score` is the mean score at which both sides meet. */
  readonly merges: readonly { readonly left: number; readonly right: number; readonly score: number }[];
  /** Row r: log10LR against bylines 0 … r - 1, one decimal, separated by spaces; "x" where nothing was answered. */
  readonly log10LR: readonly string[];
}

/** Shares of known pairs at or above a log10LR, on the bylines of this dump split in two (a Tippett plot). */
export interface TippettPoint {
  readonly log10LR: number;
  readonly sameHand: number;
  readonly differentHands: number;
}

/** A file that was read. */
export interface InputFile {
  readonly path: string;
  /** Of the content, after gunzip where it was packed. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface BylineReport {
  readonly byline: string;
  readonly articles: number;
  readonly words: number;
  readonly hands: {
    readonly verdict: 'one' | 'several' | 'inconclusive' | 'abstain';
    readonly why: string;
    readonly score: number;
    readonly log10LR: number;
    readonly count: number;
    /** How likely 1, 2, 3, and 4 or more hands are, with even odds of one and several before; absent on abstention. */
    readonly probabilities?: readonly number[];
    /** How the hands lie in time; only where the articles were parted. Days are in UTC. */
    readonly time?: {
      readonly kind: HandsInTime['kind'];
      readonly handovers: readonly {
        readonly at: string;
        readonly from: string;
        readonly to: string;
        readonly before: number;
        readonly after: number;
        readonly stepOverTrend: number;
      }[];
    };
    readonly assignments: readonly Assignment[];
  };
}

export interface PairReport {
  readonly a: string;
  readonly b: string;
  readonly verdict: 'same-hand' | 'different-hands' | 'inconclusive' | 'abstain';
  readonly why: string;
  readonly score: number;
  readonly log10LR: number;
  readonly evidence: readonly Evidence[];
  /** What argues against one hand; only for the strongest pairs. */
  readonly against?: readonly Evidence[];
  /** Parts that add up to `score`; only for the strongest pairs. */
  readonly contributions?: readonly Contribution[];
}

export interface Finding {
  readonly kind: 'group-run' | 'sockpuppets' | 'coordinated';
  readonly bylines: readonly string[];
  readonly strength: Strength;
  readonly log10LR: number;
  /** Findings of this strength or more that chance alone would give, for the number of questions asked. */
  readonly expectedByChance: number;
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  readonly notMeasured: readonly string[];
}

/** What `scan` prints: schema manyhands.report/1. */
export interface Report {
  readonly schema: 'manyhands.report/1';
  readonly tool: {
    readonly name: 'manyhands';
    readonly version: string;
    readonly model: string;
    readonly options: object;
    /** The command that makes this report again, absolute paths cut to their last part. */
    readonly command?: readonly string[];
  };
  readonly inputs?: readonly InputFile[];
  readonly corpus: {
    readonly articles: number;
    readonly bylines: number;
    readonly words: number;
    /** quotation and boilerplate in words, copies in articles. */
    readonly removed: { readonly quotation: number; readonly boilerplate: number; readonly copies: number } & Readonly<
      Record<string, number>
    >;
    readonly merges: readonly BylineMerge[];
    readonly copies: readonly CopyPair[];
  };
  readonly asked: { readonly pairs: number; readonly bylines: number };
  readonly bylines: readonly BylineReport[];
  readonly pairs: readonly PairReport[];
  readonly groups: readonly {
    readonly bylines: readonly string[];
    /** shared-hands: a byline of it stands in another group as well, whose other bylines do not link with these. */
    readonly kind: 'same-hand' | 'coordinated' | 'shared-hands';
    /** log10LR of the weakest pair inside. */
    readonly cohesion: number;
    /** The bylines that stand in another group as well. */
    readonly shared?: readonly string[];
    /** Of shared-hands: the team's hands, each with the hands of bylines it is, and their articles. */
    readonly hands?: readonly {
      readonly members: readonly { readonly byline: string; readonly hand: number; readonly articles: number }[];
    }[];
  }[];
  readonly findings: readonly Finding[];
  readonly selfTest: {
    readonly sameHandPairs: number;
    readonly differentHandsPairs?: number;
    readonly recallAt1Percent: number;
    readonly 'recallAt0.1Percent': number;
    readonly cllr: number;
    /** Split bylines that reach the strength of a finding, and pairs of different bylines that do. */
    readonly found: number;
    readonly falseLinks: number;
    readonly hands: object;
    readonly tippett?: readonly TippettPoint[];
    /** Bylines split into an earlier and a later half by date; the others were split in order of id. */
    readonly byDate?: number;
    /** How every ratio of this report was refitted on the test: log10LR = offset + scale · shipped log10LR; null: not at all. */
    readonly recalibration?: {
      readonly scale: number;
      readonly offset: number;
      readonly sameHandPairs: number;
      readonly pseudoPairs: number;
      /** Cllr on the test before and after. */
      readonly cllrBefore: number;
      readonly cllrAfter: number;
    } | null;
    /** Stated probability of one hand at even prior odds, and the share that was one hand, in ranges of the stated one. */
    readonly reliability?: readonly {
      readonly stated: number;
      readonly observed: number;
      readonly trueCases: number;
      readonly falseCases: number;
    }[];
    /** The test by words on the shorter side; a range reaches to where the next begins. */
    readonly amounts?: readonly {
      readonly words: number;
      readonly sameHandPairs: number;
      readonly found: number;
      readonly differentHandsPairs: number;
      readonly falseLinks: number;
    }[];
  } | null;
  readonly clustering?: Clustering;
  readonly notices: readonly Notice[];
}
