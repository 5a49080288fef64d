/** Scores of a block are added in another order than those of single pairs: so far apart they may be. */
export const ROUNDING = 1e-3;
/** Scores are counted in bins of STEP from FROM up; what is further out counts in the first or the last. */
export const [FROM, STEP, BINS] = [-20, 0.002, 20_000];

export function binOf(score: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor((score - FROM) / STEP)));
}

/** Which pairs of a dump of many bylines are kept. */
export interface KeptPairs {
  /** Pairs at or above this score. */
  readonly floor: number;
  /** Fewest words on the shorter side of a pair that is kept or counted. */
  readonly leastWords: number;
  /** Bylines of which every pair is kept. */
  readonly about: readonly number[];
}

/** Pairs that may matter: [a, b, …], and the scores of all. */
export interface FoundPairs {
  readonly sides: Int32Array;
  readonly counts: Float64Array;
  /** Highest score of each byline with another of text enough. */
  readonly best: Float32Array;
}
