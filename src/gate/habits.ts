import { measureHabits } from '../fingerprint/habits.js';
import type { Sample } from '../fingerprint/views.js';
import { COUNTED_UNIT } from '../text/figures.js';
import type { Document, Evidence, Habit } from '../types/types.js';
import type { Reference, ReferenceHabits } from './reference.js';
import { words } from './words.js';

const MOST = 4;
/** Spreads of its articles beyond which a habit lies outside of what is usual for a byline. */
const FAR = 2;
/** A spread is never taken for less than this share of the mean; nor, for a rate, than counting alone gives. */
const LEAST_SHARE = 0.2;

/** One habit of a submission, beside a byline's. */
export interface Reading {
  readonly name: string;
  readonly unit: string;
  readonly here: number;
  readonly mean: number;
  readonly spread: number;
  /** Spreads away from the byline's mean. */
  readonly off: number;
}

/** A submission's readable habits beside those of a byline. @param amount its words */
export function readings(
  submission: Sample,
  amount: number,
  { habits, common }: Pick<Reference, 'habits' | 'common'>,
  byline: number,
): Reading[] {
  const size = habits.names.length;
  const placeOf = new Map(habits.names.map((name, h) => [name, h]));
  return measureHabits([submission], common).flatMap(({ name, unit, values }): Reading[] => {
    const h = placeOf.get(name);
    if (h === undefined) return [];
    const [here, mean, own] = [values[0]!, habits.mean[byline * size + h]!, habits.spread[byline * size + h]!];
    if (!Number.isFinite(here) || !Number.isFinite(mean)) return [];
    const counted = unit === COUNTED_UNIT ? Math.sqrt(((mean + 1) * 1000) / Math.max(50, amount)) : 0;
    const spread = Math.max(own, LEAST_SHARE * mean, counted);
    return [{ name, unit, here, mean, spread, off: (here - mean) / spread }];
  });
}

/** Habits that lie farthest from what is usual for a byline, the printed one or another. */
export function farHabits(all: readonly Reading[], printed: boolean): Evidence[] {
  return all
    .filter((r) => Math.abs(r.off) > FAR)
    .sort((a, b) => Math.abs(b.off) - Math.abs(a.off) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name, unit, here, mean, spread }) => ({
      kind: 'habit',
      habit: name,
      text: words.habitFar(name, unit, here, mean, spread, printed),
      values: { here, mean, spread },
    }));
}

/** Habits in which the submission is nearer to another byline than to its own, the clearest first. */
export function nearerHabits(other: readonly Reading[], own: readonly Reading[] | null): Evidence[] {
  const ownOf = new Map((own ?? []).map((r) => [r.name, r]));
  return other
    .map((r) => ({ r, gain: Math.abs(ownOf.get(r.name)?.off ?? 0) - Math.abs(r.off) }))
    .filter(({ r, gain }) => Math.abs(r.off) < 1 && (own === null ? r.here > 0 : gain > 1))
    .sort((a, b) => b.gain - a.gain || b.r.here - a.r.here || (a.r.name < b.r.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ r }) => ({
      kind: 'habit',
      habit: r.name,
      text: words.habitNear(r.name, r.unit, r.here, r.mean, ownOf.get(r.name)?.mean ?? null),
      values: { here: r.here, other: r.mean },
    }));
}

/** How many of a byline's habits hold in the submission. */
export function usualHabits(all: readonly Reading[]): Evidence[] {
  const inside = all.filter((r) => Math.abs(r.off) <= 1).length;
  return all.length === 0
    ? []
    : [{ kind: 'habit', text: words.usualHabits(inside, all.length), values: { inside, all: all.length } }];
}

/** Mean and spread of every habit over each byline's articles; what was known before counts with its articles. */
export function bylineHabits(
  measured: readonly Habit[],
  documents: readonly Document[],
  bylines: number,
  before: Reference | null,
): ReferenceHabits {
  const names = before?.habits.names ?? measured.map((h) => h.name);
  const units = before?.habits.units ?? measured.map((h) => h.unit);
  const H = names.length;
  const [sum, squares, count] = [0, 1, 2].map(() => new Float64Array(bylines * H)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  before?.bylines.forEach(({ articles }, b) => {
    for (let h = b * H; h < (b + 1) * H; h++) {
      const [mean, spread] = [before.habits.mean[h]!, before.habits.spread[h]!];
      if (Number.isNaN(mean)) continue;
      sum[h] = mean * articles;
      squares[h] = (spread ** 2 + mean ** 2) * articles;
      count[h] = articles;
    }
  });
  const valuesOf = new Map(measured.map(({ name, values }) => [name, values]));
  names.forEach((name, h) =>
    documents.forEach(({ byline }, d) => {
      const value = valuesOf.get(name)?.[d] ?? NaN;
      if (Number.isNaN(value)) return;
      sum[byline * H + h]! += value;
      squares[byline * H + h]! += value * value;
      count[byline * H + h]!++;
    }),
  );
  const mean = Float32Array.from(sum, (s, i) => (count[i]! > 0 ? s / count[i]! : NaN));
  const spread = Float32Array.from(squares, (s, i) =>
    count[i]! > 0 ? Math.sqrt(Math.max(0, s / count[i]! - (sum[i]! / count[i]!) ** 2)) : NaN,
  );
  return { names, units, mean, spread };
}
