import { cluster, cutAt, cutInto, type Merge } from '../math/linkage.js';
import { log10Odds, type Logistic } from '../math/logistic.js';
import type { Diarisation, Fingerprints } from '../types.js';
import { affinities, type Affinity } from './affinity.js';
import { contrastDistances, contrastStructure } from './contrast.js';
import { handStatistics } from './statistics.js';

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
/** A group of fewer of the articles is no hand of its own. */
const SMALLEST_SHARE = 0.15;
/** Likeness, summed over the three views, of articles that are no more alike than strangers. */
const STRANGERS = 1;

/** The measurements of one byline, before calibration. */
interface Measured {
  readonly statistics: readonly number[];
  /** True when strangers of this dump say nothing about the byline. */
  readonly alone: boolean;
  /** n × n distances by which its articles are grouped, and how. */
  readonly distances: Float64Array;
  readonly linkage: 'average' | 'ward';
  readonly n: number;
  /** Distance at which articles are no more alike than strangers; null where strangers say nothing. */
  readonly strangers: number | null;
}

/** For each byline: one hand or several, how many, and which article is whose. In the order of bylines. */
export function diarise(fingerprints: Fingerprints, calibration: HandsCalibration): Diarisation[] {
  const measure = measurer(fingerprints);
  const rowsOf: number[][] = Array.from({ length: fingerprints.bylines }, () => []);
  for (let d = 0; d < fingerprints.documents; d++) rowsOf[fingerprints.bylineOf[d]!]!.push(d);
  return rowsOf.map((rows, byline) => {
    const measured = measure(rows, byline);
    if (measured === null) return single(byline, rows);
    const used = measured.alone ? calibration.handsAlone : calibration.hands;
    const score = log10Odds(
      used,
      measured.alone
        ? aloneFeatures(...(measured.statistics.slice(-3) as [number, number, number]))
        : measured.statistics,
    );
    const tooShort = measured.alone && Math.exp(measured.statistics.at(-1)!) * 500 < ALONE_WORDS;
    const log10LR = rows.length < FEWEST_ARTICLES || tooShort ? 0 : Math.max(-used.cap, Math.min(used.cap, score));
    const { count, hands, confidence } = parted(measured, log10LR > 0);
    return {
      byline,
      articles: rows,
      alone: measured.alone,
      statistics: measured.statistics,
      score,
      log10LR,
      count,
      hands,
      confidence,
    };
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
  return (rows, byline) => {
    const n = rows.length;
    const affinity = n < 3 ? null : affinityOf(rows, byline);
    if (affinity === null) return null;
    const summed = added(affinity);
    const structure = contrastStructure(fingerprints.grammar, rows);
    const words = rows.reduce((sum, r) => sum + fingerprints.words[r]!, 0) / n;
    const statistics = [...handStatistics(summed, affinity.grammar, n, structure), Math.log(Math.max(50, words) / 500)];
    const alone = statistics[0]! > APART || words >= LONG_WORDS;
    const most = summed.reduce((m, v) => (v > m ? v : m), -Infinity);
    return {
      n,
      statistics,
      alone,
      distances: alone
        ? contrastDistances(fingerprints.grammar, rows)
        : summed.map((v, i) => (i % (n + 1) === 0 ? 0 : most - v)),
      linkage: alone ? 'ward' : 'average',
      strangers: alone ? null : most - STRANGERS,
    };
  };
}

function added(affinity: Affinity): Float64Array {
  return affinity.characters.map((v, i) => v + affinity.grammar[i]! + affinity.words[i]!);
}

function single(byline: number, rows: readonly number[]): Diarisation {
  return {
    byline,
    articles: rows,
    alone: false,
    statistics: [],
    score: 0,
    log10LR: 0,
    count: 1,
    hands: rows.map(() => 0),
    confidence: rows.map(() => 1),
  };
}

/**
 * Groups the articles by hand. Where one hand is likelier, all are hand 0. Otherwise groups that are no more alike than
 * strangers are different hands: the tree is cut where mean likeness falls to that of strangers, and small branches join
 * the group they are most like. Hands are numbered by their number of articles.
 */
function parted(measured: Measured, several: boolean): { count: number; hands: number[]; confidence: number[] } {
  const { n, distances } = measured;
  if (!several) return { count: 1, hands: new Array<number>(n).fill(0), confidence: new Array<number>(n).fill(1) };
  const merges: Merge[] = cluster(distances, n, measured.linkage);
  const cut = measured.strangers === null ? [] : cutAt(merges, n, measured.strangers);
  const least = Math.max(2, SMALLEST_SHARE * n);
  const large = [...new Set(cut)].filter((label) => cut.filter((l) => l === label).length >= least);
  const labels = large.length < 2 ? cutInto(merges, n, 2) : joinedTo(large, cut, distances, n);
  const count = Math.max(...labels) + 1;
  const sizes = Array.from({ length: count }, (_, h) => labels.filter((l) => l === h).length);
  const order = sizes
    .map((size, h) => ({ size, h }))
    .sort((a, b) => b.size - a.size || a.h - b.h)
    .map(({ h }) => h);
  return {
    count,
    hands: labels.map((l) => order.indexOf(l)),
    confidence: silhouettes(distances, labels, n, count).map((w) => Math.max(0, Math.min(1, 0.5 + w))),
  };
}

/** Labels 0 … large.length - 1: each article keeps its group, or joins the large one it is nearest to on average. */
function joinedTo(large: readonly number[], cut: readonly number[], distances: Float64Array, n: number): number[] {
  return cut.map((label, i) => {
    const own = large.indexOf(label);
    if (own >= 0) return own;
    const means = large.map((group) => {
      const members = cut.flatMap((l, j) => (l === group ? [distances[i * n + j]!] : []));
      return members.reduce((s, d) => s + d, 0) / members.length;
    });
    return means.indexOf(Math.min(...means));
  });
}

function silhouettes(distances: Float64Array, labels: readonly number[], n: number, k: number): number[] {
  const sizes = Array.from({ length: k }, (_, h) => labels.filter((l) => l === h).length);
  return labels.map((own, i) => {
    const sums = new Float64Array(k);
    for (let j = 0; j < n; j++) if (j !== i) sums[labels[j]!]! += distances[i * n + j]!;
    if (sizes[own] === 1) return 0;
    const inside = sums[own]! / (sizes[own]! - 1);
    let outside = Infinity;
    for (let h = 0; h < k; h++) if (h !== own) outside = Math.min(outside, sums[h]! / sizes[h]!);
    return (outside - inside) / Math.max(outside, inside, 1e-9);
  });
}
