import type { Fingerprints, SparseRows } from '../types.js';
import type { Task } from '../work/work.js';
import { affinities, type Affinity } from './affinity.js';
import { contrastDistances, contrastStructure } from './contrast.js';
import { partAlone, partAmongStrangers, type Parting } from './part.js';
import { cutStatistic, lowHalf, type Level } from './statistics.js';

/** From this mean of its less alike half on, all of a byline's articles are alike against these strangers. */
const APART = 4;
/**
 * Words an article, on average, from which the contrast inside the byline is as good a test as strangers are (AUC .90 for
 * 20 newswire articles joined to this length) and does not need them to be of the same kind.
 */
const LONG_WORDS = 1500;
/** Fewest words an article, on average, from which articles can be contrasted without strangers. */
const ALONE_WORDS = 700;
/** The measurements of one byline, before calibration. */
export interface Measured {
  /** Features of the calibration that applies. */
  readonly statistics: readonly number[];
  /** True when strangers of this dump say nothing about the byline. */
  readonly alone: boolean;
  /** Too short for the test that applies. */
  readonly tooShort: boolean;
}

/** What a few bylines are measured by, cut out of the dump: their own articles, then the cohort's. */
export interface Slice extends Pick<Fingerprints, 'bylineOf' | 'views'> {
  readonly bylines: readonly number[];
  /** Rows of this slice, by place in `bylines`. */
  readonly rowsOf: readonly (readonly number[])[];
  readonly cohort: readonly number[];
  readonly words: Float64Array;
  /** Of the bylines' own articles. */
  readonly grammar: SparseRows;
  readonly levels: readonly Level[];
}

/** The best cut of a byline among strangers; what is usual in the dump is not yet known. */
interface Cut {
  readonly cut: number;
  readonly n: number;
}

/** Measures the bylines of a slice, in their order; null for one of fewer than 3 articles or without strangers. */
export const measureTask: Task<Slice, readonly (Measured | Cut | null)[]> = {
  name: 'measure',
  run: (slice) => {
    const affinityOf = affinities(slice, slice.cohort);
    return slice.rowsOf.map((rows, i) => {
      const n = rows.length;
      const affinity = n < 3 ? null : affinityOf(rows, slice.bylines[i]!);
      if (affinity === null) return null;
      const all = added(affinity);
      const words = Math.max(50, rows.reduce((sum, r) => sum + slice.words[r]!, 0) / n);
      if (lowHalf(all, n) > APART || words >= LONG_WORDS) return measuredAlone(slice.grammar, rows, words);
      return { cut: cutStatistic(all, affinity.grammar, n, slice.levels[i]!), n };
    });
  },
};

function measuredAlone(grammar: SparseRows, rows: readonly number[], words: number): Measured {
  const structure = Math.log(Math.max(0.1, contrastStructure(grammar, rows)));
  return {
    statistics: aloneFeatures(structure, Math.log(rows.length), Math.log(words / 500)),
    alone: true,
    tooShort: words < ALONE_WORDS,
  };
}

interface SliceToPart extends Slice {
  /** By place in `bylines`: contrasted with themselves alone. */
  readonly alone: readonly boolean[];
}

/** Parts the articles of each byline of a slice, taking for granted that they are several hands'. */
export const partTask: Task<SliceToPart, readonly Parting[]> = {
  name: 'part',
  run: (slice) => {
    const affinityOf = affinities(slice, slice.cohort);
    return slice.rowsOf.map((rows, i) => {
      if (slice.alone[i] === true) return partAlone(contrastDistances(slice.grammar, rows), rows.length);
      return partAmongStrangers(added(affinityOf(rows, slice.bylines[i]!)!), rows.length, slice.levels[i]!.all);
    });
  },
};

function added(affinity: Affinity): Float64Array {
  return affinity.characters.map((v, i) => v + affinity.grammar[i]! + affinity.words[i]!);
}

/**
 * Features of the test without strangers: the structure of the grammar contrast, and how much text it rests on. Long
 * articles measure their grammar better, so the same structure says more.
 *
 * @param structure natural logarithm of the contrast's structure
 * @param articles natural logarithm of their number
 * @param length natural logarithm of words an article, over 500
 */
export function aloneFeatures(structure: number, articles: number, length: number): number[] {
  return [structure, articles, length, structure * length];
}
