import { log10Odds, type Logistic } from '../math/logistic.js';
import type { Diarisation, Fingerprints } from '../types.js';
import { affinities, type Affinity } from './affinity.js';
import { contrastDistances, contrastStructure } from './contrast.js';
import { levels, usualSpread } from './level.js';
import { oneHand, partAlone, partAmongStrangers, type Parting } from './part.js';
import { cutStatistic, handStatistics, lowHalf } from './statistics.js';

export interface HandsCalibration {
  /** Over `statistics`: for a byline among strangers of its own kind. */
  readonly hands: Logistic & { readonly cap: number };
  /** Over `aloneFeatures`: for a byline so unlike the dump that strangers say nothing. */
  readonly handsAlone: Logistic & { readonly cap: number };
}

/** Fewest articles for which the test is calibrated. */
export const FEWEST_ARTICLES = 6;
/** Down to this log10LR the best parting is given: only below is one hand the better account. */
const ONE_HAND = -0.5;
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
interface Measured {
  /** Features of the calibration that applies. */
  readonly statistics: readonly number[];
  /** True when strangers of this dump say nothing about the byline. */
  readonly alone: boolean;
  /** Too short for the test that applies. */
  readonly tooShort: boolean;
  /** Parts the articles, taking for granted that they are several hands'. */
  readonly part: () => Parting;
}

/** For each byline: one hand or several, how many, and which article is whose. In the order of bylines. */
export function diarise(fingerprints: Fingerprints, calibration: HandsCalibration): Diarisation[] {
  const rowsOf = rowsByByline(fingerprints);
  return measureHands(fingerprints).map((measured, byline) => {
    const articles = rowsOf[byline]!;
    const n = articles.length;
    if (measured === null)
      return { byline, articles, alone: false, statistics: [], score: 0, log10LR: 0, ...oneHand(n) };
    const { alone, statistics } = measured;
    const used = alone ? calibration.handsAlone : calibration.hands;
    const score = log10Odds(used, statistics);
    const answered = n >= FEWEST_ARTICLES && !measured.tooShort;
    const log10LR = answered ? Math.max(-used.cap, Math.min(used.cap, score)) : 0;
    const parting = answered && log10LR > ONE_HAND ? measured.part() : oneHand(n);
    return { byline, articles, alone, statistics, score, log10LR, ...parting };
  });
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

/** Measures every byline, in their order; null for one of fewer than 3 articles or without strangers. */
export function measureHands(fingerprints: Fingerprints): (Measured | null)[] {
  const rowsOf = rowsByByline(fingerprints);
  const affinityOf = affinities(fingerprints);
  const levelOf = levels(rowsOf, affinityOf);
  const measured = rowsOf.map((rows, byline): Measured | { readonly cut: number; readonly n: number } | null => {
    const n = rows.length;
    const affinity = n < 3 ? null : affinityOf(rows, byline);
    if (affinity === null) return null;
    const all = added(affinity);
    const words = Math.max(50, rows.reduce((sum, r) => sum + fingerprints.words[r]!, 0) / n);
    if (lowHalf(all, n) > APART || words >= LONG_WORDS) return measuredAlone(fingerprints, rows, words);
    return { cut: cutStatistic(all, affinity.grammar, n, levelOf(byline)), n };
  });
  const usual = usualSpread(measured.map((m) => (m !== null && 'cut' in m && m.n >= FEWEST_ARTICLES ? m : null)));
  return measured.map((m, byline): Measured | null => {
    if (m === null || !('cut' in m)) return m;
    // Worked out again where it is needed: kept for every byline, the likenesses would fill the memory.
    const part = (): Parting =>
      partAmongStrangers(added(affinityOf(rowsOf[byline]!, byline)!), m.n, levelOf(byline).all);
    return { statistics: handStatistics(m.cut, m.n, usual(byline)), alone: false, tooShort: false, part };
  });
}

function measuredAlone({ grammar }: Fingerprints, rows: readonly number[], words: number): Measured {
  const own = grammar.rowsOf(rows);
  const all = [...rows.keys()];
  const structure = Math.log(Math.max(0.1, contrastStructure(own, all)));
  return {
    statistics: aloneFeatures(structure, Math.log(rows.length), Math.log(words / 500)),
    alone: true,
    tooShort: words < ALONE_WORDS,
    part: () => partAlone(contrastDistances(grammar.rowsOf(rows), all), rows.length),
  };
}

function rowsByByline({ documents, bylines, bylineOf }: Fingerprints): number[][] {
  const out: number[][] = Array.from({ length: bylines }, () => []);
  for (let d = 0; d < documents; d++) out[bylineOf[d]!]!.push(d);
  return out;
}

function added(affinity: Affinity): Float64Array {
  return affinity.characters.map((v, i) => v + affinity.grammar[i]! + affinity.words[i]!);
}
