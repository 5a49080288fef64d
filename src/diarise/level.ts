import { sampleIndices, seededRandom } from '../math/random.js';
import { ascending, quantile } from '../math/statistics.js';
import type { Task } from '../work/work.js';
import { affinities, type Affinity, type Level, type Levels } from './affinity.js';
import { cutOut, type Slice } from './slice.js';
import { likenessOf } from './statistics.js';

/** Bylines the level is measured on, at most. */
const SAMPLED = 200;
/** Articles of each that are looked at, at most. */
const ARTICLES = 30;
/** Medians over the training corpora, twenty articles a hand, which count as this many bylines of the dump. */
const USUAL: Levels = { all: { mean: 9.8, deviation: 9.1 }, near: { mean: 0.6, deviation: 15.7 } };
const USUAL_WEIGHT = 2;

/** What is measured of one byline. */
interface LevelOf extends Levels {
  readonly byline: number;
}

/** Rows by which the level is measured: of bylines drawn by lot, the same every time, some articles each. */
export function levelSample(rowsOf: readonly (readonly number[])[]): { bylines: number[]; rows: number[][] } {
  const able = [...rowsOf.keys()].filter((b) => rowsOf[b]!.length >= 3);
  const bylines = sampleIndices(able.length, SAMPLED, seededRandom(8)).map((at) => able[at]!);
  const rows = bylines.map((b) => {
    const all = rowsOf[b]!;
    return sampleIndices(all.length, ARTICLES, seededRandom(9)).map((i) => all[i]!);
  });
  return { bylines, rows };
}

/** Measures how alike the articles of each byline of a slice are; a byline without strangers is left out. */
export const levelTask: Task<Omit<Slice, 'levels'>, readonly LevelOf[]> = {
  name: 'level',
  run: (whole) => {
    const slice = cutOut(whole);
    const affinityOf = affinities(slice, slice.cohort);
    return slice.rowsOf.flatMap((rows, i) => {
      const byline = slice.bylines[i]!;
      const affinity = affinityOf(rows, byline);
      if (affinity === null) return [];
      return [{ byline, all: likenessOf(affinity.all, rows.length), near: likenessOf(affinity.near, rows.length) }];
    });
  },
};

/**
 * How alike one hand's articles are in this dump: the median byline's mean likeness and deviation, drawn towards the
 * usual where the dump has few bylines. A byline's own articles are left out of its level, and the medians bear a
 * minority of bylines that are several hands.
 *
 * @returns a function of the byline asked about
 */
export function levels(measured: readonly LevelOf[]): (byline: number) => Levels {
  const level = (byline: number, of: keyof Affinity, figure: keyof Level): number => {
    const others = ascending(measured.filter((m) => m.byline !== byline).map((m) => m[of][figure]));
    if (others.length === 0) return USUAL[of][figure];
    return (others.length * quantile(others, 0.5) + USUAL_WEIGHT * USUAL[of][figure]) / (others.length + USUAL_WEIGHT);
  };
  const both = (byline: number, of: keyof Affinity): Level => ({
    mean: level(byline, of, 'mean'),
    deviation: level(byline, of, 'deviation'),
  });
  return (byline) => ({ all: both(byline, 'all'), near: both(byline, 'near') });
}
