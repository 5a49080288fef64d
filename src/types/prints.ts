/** What crosses from fingerprint to compare and diarise. No run-time code here. */

/** Sparse rows: row r holds columns ids[start[r] … start[r + 1]) with their counts. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly ids: Uint32Array;
  readonly counts: Uint16Array;
}

/**
 * Sparse rows in two bytes an entry, or little more, in shared memory, so that no thread copies them: row r is
 * entries[start[r] … start[r + 1]). In each row the ids ascend. An entry is the count, in its three highest bits, and the distance
 * from the id before; where one of them is too large the count is 0, and the rest of the distance and the count follow.
 */
export interface PackedRows {
  readonly start: Float64Array;
  readonly entries: Uint16Array;
}

/** Sparse rows of which some can be asked for. */
export interface CountedRows {
  /** The rows asked for, in that order, as rows 0, 1, 2 …, to be unpacked where they are read (`unpackRows`). */
  readonly packedOf: (rows: readonly number[]) => PackedRows;
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
