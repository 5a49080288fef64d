import { ascending, quantile } from '../math/statistics.js';
import type { Cleaned } from '../types.js';

const YEAR = 365.25 * 86_400_000;
/** A dump of fewer years is of one time: what changes in them is subjects more than language. */
const FEWEST_YEARS = 30;
/** Share of the dump's years in which both bylines wrote, at most, for them to be of one time in it. */
const ONE_TIME = 0.2;

/** In which years two bylines wrote that are of one time in a dump of many. */
export interface OneTime {
  readonly from: number;
  readonly to: number;
  /** Years that nine in ten of the dump's dated articles span. */
  readonly ofYears: number;
}

/** Null where the dump spans too few years, either byline more than a fifth of them, or dates are not known. */
export function oneTime({ documents }: Cleaned, a: number, b: number): OneTime | null {
  const dates: number[] = [];
  let [first, last] = [Infinity, -Infinity];
  for (const { byline, publishedAt } of documents) {
    if (publishedAt === null) {
      if (byline === a || byline === b) return null;
      continue;
    }
    dates.push(publishedAt);
    if (byline !== a && byline !== b) continue;
    first = Math.min(first, publishedAt);
    last = Math.max(last, publishedAt);
  }
  const order = ascending(dates);
  const span = dates.length === 0 ? 0 : quantile(order, 0.95) - quantile(order, 0.05);
  if (span < FEWEST_YEARS * YEAR || last - first > ONE_TIME * span) return null;
  return { from: yearOf(first), to: yearOf(last), ofYears: Math.round(span / YEAR) };
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}
