import { cluster, cutInto } from '../math/linkage.js';
import { bestCut, oneMore, type Cut } from './cut.js';
import type { Level } from './affinity.js';

/** Articles by hand: hand 0 has most articles. */
export interface Parting {
  readonly count: number;
  readonly hands: readonly number[];
  /** How certain each article's hand is, 0 … 1; below about one half it could be another's. */
  readonly confidence: readonly number[];
  /** How likely 2, 3, and 4 or more hands are, given that there are several; sums to 1. */
  readonly further: readonly [number, number, number];
}

/** A group of fewer of the articles is no hand of its own. */
const SMALLEST_SHARE = 0.12;
const MOST_HANDS = 6;
/** Threshold of the parting, in shares of the likeness one hand shows in this dump. */
const THRESHOLD = 0.9;
/**
 * Gain that every further hand must bring, in deviations of one hand's likeness, times n^1.5: the growth of the best cut
 * through pure noise.
 */
const PENALTY = 0.14;
/** Deviations times n by which a worth must fall to be e times less likely. */
const WORTH_UNIT = 0.2;
/** Shares of 2, 3, and 4 or more hands where nothing was measured of their number. */
const UNMEASURED: Parting['further'] = [0.6, 0.25, 0.15];

/** All articles by one hand. */
export function oneHand(n: number): Parting {
  return {
    count: 1,
    hands: new Array<number>(n).fill(0),
    confidence: new Array<number>(n).fill(1),
    further: UNMEASURED,
  };
}

/**
 * Parts articles that are several hands' by correlation clustering. Hands are added while each gains more than a penalty.
 * With two, partings at several thresholds compete by mean silhouette (Rousseeuw 1987): a low one finds a minority hand, a
 * high one even shares.
 *
 * @param likeness n × n; the diagonal is not read
 * @param level likeness of articles of one hand in this dump
 */
export function partAmongStrangers(likeness: Float64Array, n: number, level: Level): Parting {
  const least = Math.max(2, Math.round(SMALLEST_SHARE * n));
  const path = cutPath(likeness, n, THRESHOLD * level.mean, least);
  if (path.length === 0) return oneHand(n);
  const worth = path.map((cut, k) => cut.gain - PENALTY * level.deviation * n ** 1.5 * k);
  const chosen = worth.indexOf(Math.max(...worth));
  const further = likelyNumbers(worth.map((w) => (w - worth[chosen]!) / (WORTH_UNIT * level.deviation * n)));
  const most = likeness.reduce((m, v) => (v > m ? v : m), -Infinity);
  const distances = likeness.map((v, i) => (i % (n + 1) === 0 ? 0 : most - v));
  if (chosen > 0) return { ...ordered(path[chosen]!.groups, distances, n), further };
  const twos = [0.25, 0.5].flatMap((share) => bestCut(likeness, n, share * level.mean, least - 1) ?? []);
  const candidates = [path[0]!, ...twos].map(({ groups }) => ordered(groups, distances, n));
  const clear = candidates.map((c) => c.confidence.reduce((s, v) => s + v, 0));
  return { ...candidates[clear.indexOf(Math.max(...clear))]!, further };
}

/** Partings into 2, 3, … groups, each from the one before; empty where there are too few articles. */
function cutPath(likeness: Float64Array, n: number, threshold: number, least: number): Cut[] {
  const path: Cut[] = [];
  for (let next = bestCut(likeness, n, threshold, least); next !== null && path.length < MOST_HANDS - 1;) {
    path.push(next);
    next = oneMore(likeness, n, threshold, least, next.groups);
  }
  return path;
}

function likelyNumbers(logs: readonly number[]): Parting['further'] {
  const mass = logs.map((l) => Math.exp(l));
  const all = mass.reduce((s, v) => s + v, 0);
  const [two, three] = [mass[0]! / all, (mass[1] ?? 0) / all];
  return [two, three, Math.max(0, 1 - two - three)];
}

/**
 * A parting of a sample given to all articles: each other article joins the hand it is most like, with a certainty by how
 * much more it is like it than the next.
 *
 * @param likeness n × n of any articles of the byline
 */
export function extended(
  found: Parting,
  sample: readonly number[],
  articles: readonly number[],
  likeness: (rows: readonly number[]) => Float64Array,
): Parting {
  if (found.count === 1) return oneHand(articles.length);
  const handOf = new Map(sample.map((r, i) => [r, { hand: found.hands[i]!, confidence: found.confidence[i]! }]));
  const others = articles.filter((r) => !handOf.has(r));
  for (let from = 0; from < others.length; from += CHUNK) {
    const chunk = others.slice(from, from + CHUNK);
    const rows = [...chunk, ...sample];
    const alike = likeness(rows);
    chunk.forEach((r, i) => {
      const means = Array.from({ length: found.count }, (_, hand) => {
        const members = sample.flatMap((_s, k) => (found.hands[k] === hand ? [chunk.length + k] : []));
        return members.reduce((s, j) => s + alike[i * rows.length + j]!, 0) / members.length;
      });
      const [first, second] = means.slice().sort((a, b) => b - a);
      const gap = (first! - second!) / Math.max(Math.abs(first!), Math.abs(second!), 1e-9);
      handOf.set(r, { hand: means.indexOf(first!), confidence: Math.min(1, 0.5 + gap / 2) });
    });
  }
  return {
    ...found,
    hands: articles.map((r) => handOf.get(r)!.hand),
    confidence: articles.map((r) => handOf.get(r)!.confidence),
  };
}

/** Articles given to hands at once. */
const CHUNK = 60;

/**
 * Parts into two by Ward's method, for articles contrasted with each other alone.
 *
 * @param cosines n × n
 */
export function partAlone(cosines: Float64Array, n: number): Parting {
  const distances = cosines.map((v, k) => (k % (n + 1) === 0 ? 0 : 1 - v));
  return { ...ordered(cutInto(cluster(distances, n, 'ward'), n, 2), distances, n), further: UNMEASURED };
}

function ordered(labels: readonly number[], distances: Float64Array, n: number): Omit<Parting, 'further'> {
  const count = Math.max(...labels) + 1;
  const sizes = Array.from({ length: count }, (_, h) => labels.filter((l) => l === h).length);
  const order = sizes
    .map((size, h) => ({ size, first: labels.indexOf(h), h }))
    .sort((a, b) => b.size - a.size || a.first - b.first)
    .map(({ h }) => h);
  return {
    count,
    hands: labels.map((l) => order.indexOf(l)),
    confidence: silhouettes(distances, labels, n, count).map((w) => Math.max(0, Math.min(1, 0.5 + w))),
  };
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
