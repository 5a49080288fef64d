import { seededRandom, shuffled } from '../math/random.js';
import type { Handover, HandsInTime } from '../types/types.js';

/** Fewest dated articles, and their least share, for anything to be said about time. */
const FEWEST_DATED = 6;
const LEAST_DATED = 0.8;
/** Share of the smoothed path's articles whose own hand must agree with it. */
const AGREEMENT = 0.8;
/** Fewest articles between two handovers. */
const SHORTEST_RUN = 3;
/** Chance of so much order among shuffled articles, above which no order is claimed. */
const RARE = 0.01;
const SHUFFLES = 999;
/** log10 likelihood ratio by which a step must beat a straight trend to be called a handover. */
const STEP_OVER_TREND = 1;
/** Posterior mass of the interval of a handover. */
const INTERVAL = 0.95;
const WEEK_MS = 7 * 86_400_000;

/**
 * Hands in time: in turn with handovers, by day of the week, drifting, or mixed. Articles' hands are smoothed along the
 * dates by a Viterbi path; order counts only where shuffled articles hardly show as much (Wald & Wolfowitz 1940); and
 * every handover must be a step in style and not a slope: the change-point likelihood (Hinkley 1970) against a straight
 * trend. Without dates no order is assumed.
 *
 * @param likeness n × n, the diagonal is not read
 * @param hands of each article, 0 up
 * @param dates ms since 1970 UTC of each article; NaN where there is none
 */
export function handsInTime(likeness: Float64Array, hands: readonly number[], dates: readonly number[]): HandsInTime {
  const n = hands.length;
  const dated = dates.flatMap((date, i) => (Number.isFinite(date) ? [i] : []));
  if (dated.length < FEWEST_DATED || dated.length < LEAST_DATED * n) return { kind: 'undated', handovers: [] };
  const count = Math.max(...hands) + 1;
  if (count < 2) return { kind: 'mixed', handovers: [] };
  const order = dated.slice().sort((a, b) => dates[a]! - dates[b]! || a - b);
  if (dates[order[0]!] === dates[order[order.length - 1]!]) return { kind: 'undated', handovers: [] };
  const labels = order.map((i) => hands[i]!);
  if (runsChance(labels) <= RARE) {
    const alike = likenessToHands(likeness, hands, order, count);
    const path = smoothed(alike, count);
    const starts = path.flatMap((h, t) => (t > 0 && h !== path[t - 1] ? [t] : []));
    const agree = path.filter((h, t) => h === labels[t]).length / path.length;
    if (starts.length === 0 || agree < AGREEMENT || shortestRun(starts, path.length) < SHORTEST_RUN)
      return { kind: 'drift', handovers: [] };
    const times = order.map((i) => dates[i]!);
    const steps = starts.flatMap((_, s) => handover(alike, path, times, starts, s, count) ?? []);
    return { kind: steps.length === starts.length ? 'in-turn' : 'drift', handovers: steps };
  }
  return { kind: weekdayChance(labels, order, dates) <= RARE ? 'weekday' : 'mixed', handovers: [] };
}

/** Mean likeness of each article in `order` to every hand's other articles, times × hands. */
function likenessToHands(
  likeness: Float64Array,
  hands: readonly number[],
  order: readonly number[],
  count: number,
): Float64Array {
  const n = hands.length;
  const out = new Float64Array(order.length * count);
  order.forEach((i, t) => {
    const sizes = new Int32Array(count);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      out[t * count + hands[j]!]! += likeness[i * n + j]!;
      sizes[hands[j]!]!++;
    }
    for (let h = 0; h < count; h++) out[t * count + h]! /= Math.max(1, sizes[h]!);
  });
  return out;
}

/** The path of hands that is likest: every change costs ln n + 2, and an article's likeness, in units of its spread, counts twice. */
function smoothed(alike: Float64Array, count: number): number[] {
  const n = alike.length / count;
  const mean = alike.reduce((s, v) => s + v, 0) / alike.length;
  const spread = Math.sqrt(alike.reduce((s, v) => s + (v - mean) ** 2, 0) / alike.length) || 1;
  const penalty = Math.log(n) + 2;
  const from = new Int32Array(n * count);
  let best = Float64Array.from({ length: count }, (_, h) => (2 * alike[h]!) / spread);
  for (let t = 1; t < n; t++) {
    const leader = best.indexOf(Math.max(...best));
    best = best.map((own, h) => {
      const stays = own >= best[leader]! - penalty;
      from[t * count + h] = stays ? h : leader;
      return (stays ? own : best[leader]! - penalty) + (2 * alike[t * count + h]!) / spread;
    });
  }
  const path = new Array<number>(n);
  path[n - 1] = best.indexOf(Math.max(...best));
  for (let t = n - 1; t > 0; t--) path[t - 1] = from[t * count + path[t]!]!;
  return path;
}

function shortestRun(starts: readonly number[], n: number): number {
  const edges = [0, ...starts, n];
  return Math.min(...starts.map((s, k) => Math.min(s - edges[k]!, edges[k + 2]! - s)));
}

/** The step between two neighbouring runs of the path; null where a straight trend is as good an account. */
function handover(
  alike: Float64Array,
  path: readonly number[],
  times: readonly number[],
  starts: readonly number[],
  s: number,
  count: number,
): Handover | null {
  const [from, to] = [s === 0 ? 0 : starts[s - 1]!, starts[s + 1] ?? path.length];
  const [before, after] = [path[starts[s]! - 1]!, path[starts[s]!]!];
  const lean = Float64Array.from({ length: to - from }, (_, k) => {
    const row = (from + k) * count;
    return alike[row + after]! - alike[row + before]!;
  });
  const own = times.slice(from, to);
  const logs = changePoints(lean);
  const best = logs.indexOf(Math.max(...logs));
  const overTrend = (logs[best]! - trendLikelihood(lean, own)) / Math.LN10;
  if (overTrend < STEP_OVER_TREND) return null;
  const inside = credible(logs);
  return {
    at: (own[best - 1]! + own[best]!) / 2,
    from: own[inside[0]! - 1]!,
    to: own[inside[inside.length - 1]!]!,
    before,
    after,
    stepOverTrend: overTrend,
  };
}

/** Log likelihood of a step before each article, the means and the variance fitted; -Infinity at the ends. */
function changePoints(values: Float64Array): number[] {
  const n = values.length;
  const out = new Array<number>(n).fill(-Infinity);
  for (let at = 2; at <= n - 2; at++) {
    const rest = squares(values.subarray(0, at)) + squares(values.subarray(at));
    out[at] = (-n / 2) * Math.log(Math.max(1e-9, rest / n));
  }
  return out;
}

function squares(values: Float64Array): number {
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  return values.reduce((s, v) => s + (v - mean) ** 2, 0);
}

/** Log likelihood of a straight trend, against the order of articles or against time, whichever fits better. */
function trendLikelihood(values: Float64Array, times: readonly number[]): number {
  const n = values.length;
  const along = (x: readonly number[]): number => {
    const mx = x.reduce((s, v) => s + v, 0) / n;
    const my = values.reduce((s, v) => s + v, 0) / n;
    let [xx, xy] = [0, 0];
    x.forEach((v, i) => {
      xx += (v - mx) ** 2;
      xy += (v - mx) * (values[i]! - my);
    });
    const rest = squares(values) - (xx > 0 ? xy ** 2 / xx : 0);
    return (-n / 2) * Math.log(Math.max(1e-9, rest / n));
  };
  return Math.max(along(times), along(times.map((_, i) => i)));
}

/** Indices of the likeliest change points that hold most of the mass together, ascending. */
function credible(logs: readonly number[]): number[] {
  const most = Math.max(...logs);
  const mass = logs.map((l) => Math.exp(l - most));
  const all = mass.reduce((s, v) => s + v, 0);
  const chosen: number[] = [];
  let held = 0;
  for (const i of [...logs.keys()].sort((a, b) => mass[b]! - mass[a]! || a - b)) {
    if (held >= INTERVAL * all) break;
    chosen.push(i);
    held += mass[i]!;
  }
  return chosen.sort((a, b) => a - b);
}

/** Share of shuffles with as few runs of one hand as these labels have. */
function runsChance(labels: readonly number[]): number {
  const runs = (of: readonly number[]): number => of.filter((h, t) => t === 0 || h !== of[t - 1]).length;
  const seen = runs(labels);
  return chanceAmongShuffles(labels, (shuffle) => runs(shuffle) <= seen);
}

/** Share of shuffles in which hands depend on the day of the week as much (likelihood ratio G; days in UTC). */
function weekdayChance(labels: readonly number[], order: readonly number[], dates: readonly number[]): number {
  const days = order.map((i) => Math.floor((((dates[i]! % WEEK_MS) + WEEK_MS) % WEEK_MS) / 86_400_000));
  if (new Set(days).size < 2) return 1;
  const dependence = (of: readonly number[]): number => {
    const cells = new Map<number, number>();
    of.forEach((h, t) => cells.set(h * 7 + days[t]!, (cells.get(h * 7 + days[t]!) ?? 0) + 1));
    // Margins are the same in every shuffle: only the cells count.
    return [...cells.values()].reduce((s, c) => s + c * Math.log(c), 0);
  };
  const seen = dependence(labels) - 1e-9;
  return chanceAmongShuffles(labels, (shuffle) => dependence(shuffle) >= seen);
}

function chanceAmongShuffles(labels: readonly number[], asMuch: (shuffle: readonly number[]) => boolean): number {
  const random = seededRandom(12);
  let found = 0;
  for (let s = 0; s < SHUFFLES; s++) if (asMuch(shuffled(labels, random))) found++;
  return (found + 1) / (SHUFFLES + 1);
}
