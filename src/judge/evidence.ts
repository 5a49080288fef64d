import { lowerBound, upperBound } from '../math/search.js';
import type { Evidence, Fingerprints } from '../types/types.js';
import type { HabitTable } from './habit-table.js';
import { words } from './words.js';

const MOST = 6;
/** A habit is named when it makes one hand likelier by half, or two hands by half. */
const LEAST_LOG10LR = 0.18;
/** Others that may lie as far out for a habit to be called rare. */
const MOST_AS_FAR = 0.25;
/** Occurrences that the median rate must let expect before a low rate is worth a word. */
const LEAST_EXPECTED = 3;

/**
 * Habits two bylines share and few others have, those that weigh most first. Rarity and amount of text are both in the
 * weight: a rate near 0 in little text weighs nothing.
 */
export function sharedHabits(tables: readonly HabitTable[], a: number, b: number): Evidence[] {
  return tables
    .filter((t) => sameSide(t, a, b))
    .map((t) => ({ t, log10LR: t.log10LR(a, b) }))
    .filter(({ log10LR }) => log10LR >= LEAST_LOG10LR)
    .map(({ t, log10LR }) => ({ t, log10LR, ...asFarOut(t, a, b) }))
    .filter(({ asFar, others }) => asFar <= MOST_AS_FAR * others)
    .sort((x, y) => y.log10LR - x.log10LR || (x.t.name < y.t.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ t, log10LR, asFar, others }) => ({ t, log10LR, asFar, others, median: medianOfOthers(t, a, b) }))
    .map(({ t, log10LR, asFar, others, median }) => ({
      kind: 'habit',
      habit: t.name,
      text: words.sharedHabit(t.name, t.unit, t.rates[a]!, t.rates[b]!, median, asFar, others),
      values: {
        a: t.rates[a]!,
        b: t.rates[b]!,
        median,
        shareAsExtreme: asFar / Math.max(1, others),
        asExtreme: asFar,
        others,
        log10LR,
      },
      unit: t.unit,
    }));
}

/** True where both lie on one side of the median, and a low side has text enough for its lowness to mean something. */
function sameSide(t: HabitTable, a: number, b: number): boolean {
  const [x, y] = [t.rates[a]! - t.median, t.rates[b]! - t.median];
  if (!(x * y > 0)) return false;
  return x > 0 || !t.counted || expectedOn(t, a, b) >= LEAST_EXPECTED;
}

/** Occurrences that the median rate lets expect on the shorter side. */
function expectedOn(t: HabitTable, a: number, b: number): number {
  return (t.median * Math.min(t.words[a]!, t.words[b]!)) / 1000;
}

/** How many of the other usual bylines lie at least as far out on that side as the nearer of the two. */
function asFarOut(t: HabitTable, a: number, b: number): { asFar: number; others: number } {
  const high = t.rates[a]! > t.median;
  const edge = high ? Math.min(t.rates[a]!, t.rates[b]!) : Math.max(t.rates[a]!, t.rates[b]!);
  const asFar = high ? t.known.length - lowerBound(t.known, edge) : upperBound(t.known, edge);
  // These two are among the usual ones where they have text enough.
  const own = [a, b].filter((x) => t.known[lowerBound(t.known, t.rates[x]!)] === t.rates[x]!).length;
  return { asFar: Math.max(0, asFar - own), others: Math.max(0, t.known.length - own) };
}

/** Median rate of the usual bylines but these two; of all where there are no others. */
function medianOfOthers({ known, rates, median }: HabitTable, a: number, b: number): number {
  const low = Math.min(rates[a]!, rates[b]!);
  const high = Math.max(rates[a]!, rates[b]!);
  const first = lowerBound(known, low);
  const second = lowerBound(known, high) + Number(high === low);
  const gone = [...(known[first] === low ? [first] : []), ...(known[second] === high ? [second] : [])];
  const others = known.length - gone.length;
  if (others === 0) return median;
  const at = (place: number): number => known[gone.reduce((i, left) => i + Number(i >= left), place)]!;
  const middle = (others - 1) / 2;
  return (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
}

/** Habits in which two bylines differ, those that weigh most against one hand first. */
export function partedHabits(tables: readonly HabitTable[], a: number, b: number): Evidence[] {
  return tables
    .map((t) => ({ t, log10LR: t.log10LR(a, b) }))
    .filter(({ log10LR }) => log10LR <= -LEAST_LOG10LR)
    .sort((x, y) => x.log10LR - y.log10LR || (x.t.name < y.t.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ t, log10LR }) => ({ t, log10LR, median: medianOfOthers(t, a, b) }))
    .map(({ t, log10LR, median }) => ({
      kind: 'habit',
      habit: t.name,
      text: words.partedHabit(t.name, t.unit, t.rates[a]!, t.rates[b]!, median),
      values: { a: t.rates[a]!, b: t.rates[b]!, median, log10LR },
      unit: t.unit,
    }));
}

/** Habits that part the articles of one hand from the others' inside a byline (difference of means over spread). */
export function handHabits(
  prints: Fingerprints,
  articles: readonly number[],
  hands: readonly number[],
  most = MOST,
): Evidence[] {
  const count = new Set(hands).size;
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
      text: words.handHabit(name, unit, ma, mb, count),
      values: { first: ma, others: mb },
      unit,
    }));
}

function average(values: readonly number[]): number {
  return values.reduce((s, v) => s + v, 0) / values.length;
}
