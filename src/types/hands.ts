/** What crosses from diarise to judge: the hands behind one byline, in time, and those that bylines share. No run-time code here. */

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

/** Why the number of hands behind a byline is not answered: articles, or words an article, that there are and must be. */
export type Unanswered =
  { readonly why: 'few' | 'short'; readonly have: number; readonly need: number } | { readonly why: 'strangers' };

export interface Diarisation {
  readonly byline: number;
  readonly articles: readonly number[];
  /** True when the dump's strangers say nothing about this byline, and its articles were contrasted with each other alone. */
  readonly alone: boolean;
  /**
   * Where the byline is so much of its dump that it has to be measured by itself, beside lent strangers: whether that is still to
   * be done, and its log10LR 0 until then.
   */
  readonly apart?: 'due' | 'done';
  /** What the test statistics were; order as in the calibration. */
  readonly statistics: readonly number[];
  /** Finite; higher: likelier several hands. */
  readonly score: number;
  /** Several hands against one, capped; 0 where it is not answered. */
  readonly log10LR: number;
  /** Null where it is answered. */
  readonly unanswered: Unanswered | null;
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
