import { likenesses, type ViewSpace } from './space.js';

/** Smallest spread a cohort may show, in spreads of a view; below it scores of near-identical strangers would explode. */
export const LEAST_SPREAD = 0.1;
/** Weight of the adaptive form beside the plain one: its spread is smaller, so its scores are larger. */
export const SHARP_SHARE = 0.5;
/** Strangers of the adaptive cohort. */
export const NEAREST = 5;

/** What is usual for one byline: mean likeness in each view, and the spread of the sum, against two cohorts. */
interface Cohort {
  readonly means: Float64Array;
  readonly spread: number;
}

/** Every byline's cohorts: all strangers, and the nearest ones. */
export interface Norms {
  readonly wide: readonly Cohort[];
  readonly near: readonly Cohort[];
}

/**
 * Cohorts for symmetric score normalisation (S-norm, Kenny 2010) and its adaptive form, which keeps only each side's
 * nearest strangers (AS-norm, Matějka et al. 2017). The views are added first and normalised once: the spread of the sum
 * is measured better than each view's own. A side's cohort is every other byline; its nearest one is left out of the near
 * cohort, for it may be the very match that is sought.
 *
 * @param own bylines that are asked about; those above are background and serve as cohort only
 */
export function norms(spaces: readonly ViewSpace[], own: number): Norms {
  const total = spaces[0]!.constants.length;
  const rows = spaces.map(() => new Float32Array(total));
  const wide: Cohort[] = [];
  const near: Cohort[] = [];
  for (let i = 0; i < own; i++) {
    spaces.forEach((space, v) => likenesses(space, i, rows[v]!));
    const others = Array.from({ length: total }, (_, j) => j).filter((j) => j !== i);
    const sum = Float64Array.from({ length: total }, (_, j) => rows.reduce((s, row) => s + row[j]!, 0));
    wide.push(cohort(rows, sum, others));
    near.push(cohort(rows, sum, nearestTo(i, sum)));
  }
  return { wide, near };
}

function cohort(rows: readonly Float32Array[], sum: Float64Array, members: readonly number[]): Cohort {
  const n = Math.max(1, members.length);
  const means = Float64Array.from(rows, (row) => members.reduce((s, j) => s + row[j]!, 0) / n);
  const mean = means.reduce((s, m) => s + m, 0);
  const squares = members.reduce((s, j) => s + (sum[j]! - mean) ** 2, 0);
  return { means, spread: Math.max(LEAST_SPREAD, Math.sqrt(squares / n)) };
}

/** Members of the near cohort of byline `i`, the nearest first, its best one left out; ties by index. */
export function nearestTo(i: number, sum: ArrayLike<number>): number[] {
  const best: number[] = [];
  for (let j = 0; j < sum.length; j++) {
    if (j === i || (best.length > NEAREST && sum[j]! <= sum[best[NEAREST]!]!)) continue;
    let at = best.length;
    while (at > 0 && sum[best[at - 1]!]! < sum[j]!) at--;
    best.splice(at, 0, j);
    if (best.length > NEAREST + 1) best.pop();
  }
  return best.slice(1);
}

/** What view `v` adds to the normalised score of bylines a and b, whose likeness in it is `likeness`. */
export function normalised({ wide, near }: Norms, v: number, a: number, b: number, likeness: number): number {
  const z = (side: Cohort): number => (likeness - side.means[v]!) / side.spread;
  return (z(wide[a]!) + z(wide[b]!) + SHARP_SHARE * (z(near[a]!) + z(near[b]!))) / 2;
}
