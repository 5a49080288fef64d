import { ascending, quantile } from '../math/statistics.js';
import type { Evidence, Fingerprints } from '../types.js';
import { words } from './words.js';

/** One habit of every byline: its mean rate, weighted by words, and what is usual among them. */
export interface HabitTable {
  readonly name: string;
  readonly unit: string;
  /** Per byline. */
  readonly rates: Float64Array;
  /** Rates of the bylines with text enough to say what is usual, ascending. */
  readonly known: Float64Array;
  readonly median: number;
  /** Half the distance between the 16th and 84th percentile: a spread that outliers do not move. */
  readonly spread: number;
}

/** Words from which a byline's rates count among the usual ones. */
const ENOUGH_WORDS = 400;

/** Mean habits of every byline. */
export function habitTables(prints: Fingerprints): HabitTable[] {
  return prints.habits.map(({ name, unit, values }) => {
    const sums = new Float64Array(prints.bylines);
    const weights = new Float64Array(prints.bylines);
    for (let d = 0; d < prints.documents; d++) {
      if (Number.isNaN(values[d]!)) continue;
      sums[prints.bylineOf[d]!]! += values[d]! * prints.words[d]!;
      weights[prints.bylineOf[d]!]! += prints.words[d]!;
    }
    const rates = sums.map((s, b) => s / weights[b]!);
    // Rates of a few hundred words are mostly 0 or wild: they do not say what is usual.
    const usual = Array.from(rates).filter((r, b) => Number.isFinite(r) && weights[b]! >= ENOUGH_WORDS);
    const known = ascending(usual.length >= 5 ? usual : Array.from(rates).filter((r) => Number.isFinite(r)));
    const median = known.length === 0 ? NaN : quantile(known, 0.5);
    const spread = known.length === 0 ? NaN : Math.max(1e-6, (quantile(known, 0.84) - quantile(known, 0.16)) / 2);
    return { name, unit, rates, known, median, spread };
  });
}

const MOST = 6;

/** Habits two bylines share and few others have, the rarest first. */
export function sharedHabits(tables: readonly HabitTable[], a: number, b: number): Evidence[] {
  return tables
    .map((t) => ({ t, za: (t.rates[a]! - t.median) / t.spread, zb: (t.rates[b]! - t.median) / t.spread }))
    .filter(
      ({ za, zb }) =>
        za * zb > 0 &&
        Math.min(Math.abs(za), Math.abs(zb)) > 0.8 &&
        Math.abs(za - zb) < Math.max(0.8, Math.min(Math.abs(za), Math.abs(zb))),
    )
    .map(({ t, za, zb }) => ({ t, out: Math.min(Math.abs(za), Math.abs(zb)), share: rarer(t, a, b, za > 0) }))
    .sort((x, y) => x.share - y.share || y.out - x.out || (x.t.name < y.t.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ t, share }) => ({
      kind: 'habit',
      habit: t.name,
      text: words.sharedHabit(t.name, t.unit, t.rates[a]!, t.rates[b]!, t.median, share),
      values: { a: t.rates[a]!, b: t.rates[b]!, median: t.median, shareAsExtreme: share },
    }));
}

/** Share of the usual rates at least as far out on that side as the nearer of the two, these two left out. */
function rarer(t: HabitTable, a: number, b: number, high: boolean): number {
  const edge = high ? Math.min(t.rates[a]!, t.rates[b]!) : Math.max(t.rates[a]!, t.rates[b]!);
  const asFar = high ? t.known.length - below(t.known, edge, false) : below(t.known, edge, true);
  return Math.max(0, asFar - 2) / Math.max(1, t.known.length - 2);
}

/** How many of ascending values are below an edge, or at it. */
function below(ascending: Float64Array, edge: number, orAt: boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = ascending[middle]!;
    if (value < edge || (orAt && value === edge)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Habits in which two bylines differ most. */
export function partedHabits(tables: readonly HabitTable[], a: number, b: number): Evidence[] {
  return tables
    .map((t) => ({ t, gap: Math.abs(t.rates[a]! - t.rates[b]!) / t.spread }))
    .filter(({ t, gap }) => gap > 1.5 && Number.isFinite(gap) && t.median > 0)
    .sort((x, y) => y.gap - x.gap || (x.t.name < y.t.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ t }) => ({
      kind: 'habit',
      habit: t.name,
      text: words.partedHabit(t.name, t.unit, t.rates[a]!, t.rates[b]!),
      values: { a: t.rates[a]!, b: t.rates[b]!, median: t.median },
    }));
}

/** Habits that part the articles of one hand from the others' inside a byline (difference of means over spread). */
export function handHabits(
  prints: Fingerprints,
  articles: readonly number[],
  hands: readonly number[],
  most = MOST,
): Evidence[] {
  const scored = prints.habits.map(({ name, unit, values }) => {
    const first = articles
      .filter((_, i) => hands[i] === 0)
      .map((d) => values[d]!)
      .filter((v) => Number.isFinite(v));
    const others = articles
      .filter((_, i) => hands[i] !== 0)
      .map((d) => values[d]!)
      .filter((v) => Number.isFinite(v));
    const [ma, mb] = [average(first), average(others)];
    const variance = average([...first.map((v) => (v - ma) ** 2), ...others.map((v) => (v - mb) ** 2)]);
    return { name, unit, ma, mb, effect: Math.abs(ma - mb) / Math.sqrt(variance + 1e-9) };
  });
  return scored
    .filter((s) => s.effect > 0.5 && Number.isFinite(s.effect))
    .sort((x, y) => y.effect - x.effect || (x.name < y.name ? -1 : 1))
    .slice(0, most)
    .map(({ name, unit, ma, mb }) => ({
      kind: 'hands',
      habit: name,
      text: words.handHabit(name, unit, ma, mb),
      values: { first: ma, others: mb },
    }));
}

function average(values: readonly number[]): number {
  return values.reduce((s, v) => s + v, 0) / values.length;
}
