const YEAR_MS = 365.25 * 86_400_000;
/** Years from all other dates from which on a date is far, where they span less than that. */
const FAR_YEARS = 20;
/** Fewest dates that say what is usual, and the share of all dates, at either end, that do not. */
const FEWEST = 10;
const SHARE = 0.01;

/** Dates that lie far from all others, and what the others span. */
export interface FarDates {
  /** Indices into the dates given. */
  readonly far: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * The few dates that lie further from the others than these span, and 20 years: 1970-01-01 where none was known, 2099 for
 * 2009. No clock is asked what lies in the future: the same articles give the same report on any day.
 *
 * @param dates ms since 1970 UTC; null where there is none
 * @returns null where no date is far
 */
export function farDates(dates: readonly (number | null)[]): FarDates | null {
  const known = dates.filter((ms) => ms !== null).sort((a, b) => a - b);
  const ends = Math.max(1, Math.floor(SHARE * known.length));
  const usual = known.slice(ends, -ends);
  if (usual.length < FEWEST) return null;
  const [from, to] = [usual[0]!, usual.at(-1)!];
  const reach = Math.max(FAR_YEARS * YEAR_MS, to - from);
  const isFar = (ms: number): boolean => ms < from - reach || ms > to + reach;
  const near = known.filter((ms) => !isFar(ms));
  if (near.length === known.length) return null;
  const far = dates.flatMap((ms, i) => (ms !== null && isFar(ms) ? [i] : []));
  return { far, from: near[0]!, to: near.at(-1)! };
}
