import { log10Odds, type Logistic } from '../math/logistic.js';
import type { Diarisation, Fingerprints } from '../types.js';
import { affinities, type Affinity } from './affinity.js';
import { contrastDistances, contrastStructure } from './contrast.js';
import { levels } from './level.js';
import { oneHand, partAlone, partAmongStrangers, type Parting } from './part.js';
import { handStatistics, lowHalf } from './statistics.js';

export interface HandsCalibration {
  /** Over `statistics`: for a byline among strangers of its own kind. */
  readonly hands: Logistic & { readonly cap: number };
  /** Over `aloneFeatures`: for a byline so unlike the dump that strangers say nothing. */
  readonly handsAlone: Logistic & { readonly cap: number };
}

/** Fewest articles for which the test is calibrated. */
const FEWEST_ARTICLES = 6;
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
  const measure = measurer(fingerprints);
  return rowsByByline(fingerprints).map((rows, byline) => {
    const measured = measure(rows, byline);
    if (measured === null)
      return { byline, articles: rows, alone: false, statistics: [], score: 0, log10LR: 0, ...oneHand(rows.length) };
    const { alone, statistics } = measured;
    const used = alone ? calibration.handsAlone : calibration.hands;
    const score = log10Odds(used, statistics);
    const answered = rows.length >= FEWEST_ARTICLES && !measured.tooShort;
    const log10LR = answered ? Math.max(-used.cap, Math.min(used.cap, score)) : 0;
    const parting = log10LR > 0 ? measured.part() : oneHand(rows.length);
    return { byline, articles: rows, alone, statistics, score, log10LR, ...parting };
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

/** Makes the function that measures a byline; null for fewer than 3 articles or without strangers. */
export function measurer(fingerprints: Fingerprints): (rows: readonly number[], byline: number) => Measured | null {
  const affinityOf = affinities(fingerprints);
  const levelOf = levels(rowsByByline(fingerprints), affinityOf);
  return (rows, byline) => {
    const n = rows.length;
    const affinity = n < 3 ? null : affinityOf(rows, byline);
    if (affinity === null) return null;
    const all = added(affinity);
    const words = Math.max(50, rows.reduce((sum, r) => sum + fingerprints.words[r]!, 0) / n);
    if (lowHalf(all, n) > APART || words >= LONG_WORDS) return measuredAlone(fingerprints, rows, words);
    const level = levelOf(byline);
    return {
      statistics: handStatistics(all, affinity.grammar, n, level),
      alone: false,
      tooShort: false,
      part: () => partAmongStrangers(all, n, level.all),
    };
  };
}

function measuredAlone({ grammar }: Fingerprints, rows: readonly number[], words: number): Measured {
  const structure = Math.log(Math.max(0.1, contrastStructure(grammar, rows)));
  return {
    statistics: aloneFeatures(structure, Math.log(rows.length), Math.log(words / 500)),
    alone: true,
    tooShort: words < ALONE_WORDS,
    part: () => partAlone(contrastDistances(grammar, rows), rows.length),
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
