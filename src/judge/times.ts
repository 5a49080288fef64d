import { lowerBound, upperBound } from '../math/search.js';
import { ascending, quantile } from '../math/statistics.js';
import type { Cleaned } from '../types/types.js';
import { pairsOf } from './sampled.js';

const YEAR = 365.25 * 86_400_000;
/** A dump of fewer years is of one time: what changes in them is subjects more than language. */
const FEWEST_YEARS = 30;
/** Share of the dump's years in which both bylines wrote, at most, for them to be of one time in it. */
const ONE_TIME = 0.2;

/** Share of the dump's bylines that wrote in those years, from which its strangers are of that time themselves. */
const MOST_OF_DUMP = 0.5;

/** In which years two bylines wrote that are of one time in a dump of many. */
export interface OneTime {
  readonly from: number;
  readonly to: number;
  /** Years that nine in ten of the dump's dated articles span. */
  readonly ofYears: number;
}

/** When a dump's articles were printed, in ms. */
export interface Times {
  /** Between which nine in ten of its dated articles lie. */
  readonly span: number;
  /** Of each byline's first and last article; NaN where any of its dates is not known. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** The same in ascending order, of bylines whose dates are known. */
  readonly firsts: Float64Array;
  readonly lasts: Float64Array;
}

export function timesOf({ bylines, documents }: Pick<Cleaned, 'bylines' | 'documents'>): Times {
  const first = new Float64Array(bylines.length).fill(Infinity);
  const last = new Float64Array(bylines.length).fill(-Infinity);
  const dates: number[] = [];
  for (const { byline, publishedAt } of documents) {
    // Nothing is less or more than NaN, which stays.
    first[byline] = Math.min(first[byline]!, publishedAt ?? NaN);
    last[byline] = Math.max(last[byline]!, publishedAt ?? NaN);
    if (publishedAt !== null) dates.push(publishedAt);
  }
  const order = ascending(dates);
  const span = dates.length === 0 ? 0 : quantile(order, 0.95) - quantile(order, 0.05);
  return { span, first, last, firsts: known(first), lasts: known(last) };
}

function known(dates: Float64Array): Float64Array {
  return dates.filter((date) => Number.isFinite(date)).sort();
}

/**
 * Null where the dump spans too few years, the two bylines more than a fifth of them, half the dump's bylines or more wrote
 * in the same years, or dates are not known.
 */
export function oneTime(times: Times, a: number, b: number): OneTime | null {
  const { span, first, last } = times;
  const [from, to] = [Math.min(first[a]!, first[b]!), Math.max(last[a]!, last[b]!)];
  if (span < FEWEST_YEARS * YEAR || !(to - from <= ONE_TIME * span)) return null;
  if (writingBetween(times, from, to) >= MOST_OF_DUMP * times.firsts.length) return null;
  return { from: yearOf(from), to: yearOf(to), ofYears: Math.round(span / YEAR) };
}

/** Pairs of one time in the whole dump; above 300 bylines estimated. */
export function pairsOfOneTime(times: Times): number {
  return pairsOf(times.first.length, (drawn) => (i, j) => oneTime(times, drawn[i]!, drawn[j]!) !== null);
}

/** Bylines whose first and last article leave it open that they wrote then: all but those that ended before or began after. */
function writingBetween({ firsts, lasts }: Times, from: number, to: number): number {
  return upperBound(firsts, to) - lowerBound(lasts, from);
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}
