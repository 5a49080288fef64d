import type { CommonWords } from '../fingerprint/views.js';
import type { InputFile } from '../types/types.js';
import type { CheckCalibration } from './evidence.js';
import type { QuantisedRows } from './quantised.js';
import type { Occurrence } from './passages.js';
import type { Measured } from './scores.js';
import type { Space } from './space.js';

/** A byline of the archive, as far as a check needs it. */
export interface ReferenceByline {
  readonly name: string;
  readonly kind: 'person' | 'desk';
  /** Articles that count as its own style, and their words. */
  readonly articles: number;
  readonly words: number;
  /** Hands told apart among its articles: 1 for one, 0 where they were not examined. */
  readonly hands: number;
  /** Languages of its articles, the commonest first; '' for one that could not be told. */
  readonly languages: readonly string[];
}

/** Every article that was enrolled, as columns. */
export interface ReferenceArticles {
  readonly id: readonly string[];
  /** Byline printed on it. */
  readonly printed: readonly string[];
  /** Byline whose style it counts as; -1 for a copy, in which passages alone are looked for. */
  readonly bylineOf: Int32Array;
  /** SHA-256 of its text with white space folded, in hex. */
  readonly sha256: readonly string[];
  readonly path: readonly string[];
  /** 0 for a whole file. */
  readonly line: Int32Array;
  readonly words: Int32Array;
  /** ms since 1970 UTC; NaN where it is not known. */
  readonly publishedAt: Float64Array;
  /** Hand it was given to, where its byline has several. */
  readonly hand: Int32Array;
}

/** Readable habits of every byline: mean and spread over its articles, bylines × habits. */
export interface ReferenceHabits {
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly mean: Float32Array;
  readonly spread: Float32Array;
}

/** Runs of words of every article, and where they stand. */
export interface ReferencePassages {
  readonly hash: Int32Array;
  readonly article: Int32Array;
  readonly word: Int32Array;
}

/** Passages that recur under one byline (or, -1, under several) and are nobody's style. */
export interface ReferenceRepeats {
  readonly byline: Int32Array;
  readonly key: Float64Array;
}

/** What of a reference is small and said once. */
export interface ReferenceFacts {
  readonly version: string;
  /** Model that was at hand when it was enrolled. */
  readonly model: string;
  readonly keepQuotations: boolean;
  readonly calibration: CheckCalibration;
  /** Share of honest submissions against their byline, in the worst corpus known: used where the archive is too small to say. */
  readonly honestElsewhere: readonly number[];
  readonly inputs: readonly InputFile[];
}

/** A frozen archive: fingerprints, statistics and hashes; no text. */
export interface Reference {
  readonly facts: ReferenceFacts;
  readonly bylines: readonly ReferenceByline[];
  readonly articles: ReferenceArticles;
  readonly spaces: readonly Space[];
  readonly views: readonly Measured[];
  readonly common: CommonWords;
  readonly habits: ReferenceHabits;
  readonly repeats: ReferenceRepeats;
}

/** What a reference holds beside that only enrolment reads. */
export interface Enrolled {
  readonly reference: Reference;
  /** Rows before turning, by view: what a calibration starts from. */
  readonly plain: readonly QuantisedRows[];
  /** Background articles, before turning and after, by view of the text; empty where the archive has bylines enough. */
  readonly strangers: readonly { readonly plain: QuantisedRows; readonly turned: QuantisedRows }[];
  readonly passages: ReferencePassages;
}

/** Finds where runs of words stand in the archive. */
export type FindPassages = (hashes: Int32Array) => Promise<ReadonlyMap<number, readonly Occurrence[]>>;
