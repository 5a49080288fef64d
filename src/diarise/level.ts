import { sampleIndices, seededRandom } from '../math/random.js';
import { ascending, quantile } from '../math/statistics.js';
import type { Affinity } from './affinity.js';
import { cutAtTen, meanLikeness, type Level } from './statistics.js';

/** Bylines the level is measured on, at most. */
const SAMPLED = 200;
/** Articles of each that are looked at, at most. */
const ARTICLES = 30;
/** Medians of the training corpora, which count as this many bylines of the dump. */
const USUAL: Level = { all: 5, grammar: 1.2 };
const USUAL_WEIGHT = 3;

/** Median of `cutAtTen` over honest bylines of the training corpora. */
const USUAL_CUT = 1.4;

/**
 * How alike one hand's articles are in this dump: the median byline's mean likeness, drawn towards the usual level where
 * the dump has few bylines. A byline's own articles are left out of its level, and the median bears a minority of
 * bylines that are several hands.
 *
 * @returns a function of the byline asked about
 */
export function levels(
  rowsOf: readonly (readonly number[])[],
  affinityOf: (rows: readonly number[], byline: number) => Affinity | null,
): (byline: number) => Level {
  const able = [...rowsOf.keys()].filter((b) => rowsOf[b]!.length >= 3);
  const measured = sampleIndices(able.length, SAMPLED, seededRandom(8)).flatMap((at) => {
    const byline = able[at]!;
    const all = rowsOf[byline]!;
    const rows = sampleIndices(all.length, ARTICLES, seededRandom(9)).map((i) => all[i]!);
    const affinity = affinityOf(rows, byline);
    if (affinity === null) return [];
    const { characters, grammar, words } = affinity;
    const n = rows.length;
    const mean = meanLikeness(grammar, n);
    return [{ byline, grammar: mean, all: meanLikeness(characters, n) + mean + meanLikeness(words, n) }];
  });
  const level = (byline: number, of: 'all' | 'grammar'): number => {
    const others = ascending(measured.filter((m) => m.byline !== byline).map((m) => m[of]));
    if (others.length === 0) return USUAL[of];
    return (others.length * quantile(others, 0.5) + USUAL_WEIGHT * USUAL[of]) / (others.length + USUAL_WEIGHT);
  };
  return (byline) => ({ all: level(byline, 'all'), grammar: level(byline, 'grammar') });
}

/**
 * How much bylines of this dump vary: the median of the others' cut statistics at ten articles, drawn towards the usual
 * where they are few. A minority of bylines of several hands moves a median little; should they be many, it speaks for
 * caution.
 *
 * @param measured by byline; null where nothing was measured
 * @returns a function of the byline asked about
 */
export function usualSpread(
  measured: readonly ({ readonly cut: number; readonly n: number } | null)[],
): (byline: number) => number {
  const known = measured.flatMap((m, byline) => (m === null ? [] : [{ byline, at: cutAtTen(m.cut, m.n) }]));
  const order = known.slice().sort((a, b) => a.at - b.at);
  const place = new Map(order.map(({ byline }, i) => [byline, i]));
  const sorted = Float64Array.from(order, ({ at }) => at);
  return (byline) => {
    const own = place.get(byline);
    const others = own === undefined ? sorted : sorted.filter((_, i) => i !== own);
    if (others.length === 0) return USUAL_CUT;
    return (others.length * quantile(others, 0.5) + USUAL_WEIGHT * USUAL_CUT) / (others.length + USUAL_WEIGHT);
  };
}
