import { ascending, quantile, studentQuantile } from '../math/statistics.js';
import type { HalvesRange, Pairs, ViewName } from '../types/types.js';
import { VIEW_NAMES } from '../types/views.js';
import type { Comparable } from './compare.js';
import { unitArticles, unitRow } from './space.js';

/** Fewest articles on both sides: how alike a byline's own articles are is read off their pairs. */
const FEWEST_ARTICLES = 4;
/** Bylines split in two that are enough to say how alike halves of one byline are. */
const ENOUGH_SPLIT = 8;
/** Share of halves, and of pairs of one hand, that lie below what is said of them, and of halves above. */
const TAIL = 0.05;

/**
 * Likeness of two bylines in shares of their likeness to themselves: the mean S-normed cosine of an article of one and one of the
 * other, by the mean of two articles of the same byline, both in all views together and over both sides. Near 1 for halves of one byline.
 * Two bylines of a kind of text that nobody else in the dump writes are more alike than strangers are, whom a score is measured
 * by, but not as alike as each is to itself: what a forensic likelihood ratio sets against similarity is typicality
 * (Morrison & Enzinger 2018), and there are no typical texts of their kind.
 *
 * @param a, b bylines of each pair
 * @returns NaN where a side has fewer than four articles, or articles no more alike than strangers'
 */
export function ofOwn(prints: Comparable, { a, b }: Pick<Pairs, 'a' | 'b'>): Float64Array {
  const sides = sidesIn(prints, [...a, ...b]);
  const [first, second] = [a, b].map((side) => Int32Array.from(side, (byline) => sides.place.get(byline) ?? -1));
  const across = new Float64Array(a.length);
  const within = new Float64Array(sides.sizes.length);
  for (const name of VIEW_NAMES) {
    const { sums, own, constants } = sumsIn(prints, name, sides);
    own.forEach((likeness, i) => (within[i]! += likeness));
    across.forEach((_, p) => {
      const [i, j] = [first![p]!, second![p]!];
      if (i < 0 || j < 0) return;
      across[p]! += dot(sums[i]!, sums[j]!) / (sides.sizes[i]! * sides.sizes[j]!) - constants[i]! - constants[j]!;
    });
  }
  return across.map((likeness, p) => {
    const [i, j] = [first![p]!, second![p]!];
    const own = i < 0 || j < 0 ? NaN : (within[i]! + within[j]!) / 2;
    return own > 0 ? likeness / own : NaN;
  });
}

/**
 * Where nine in ten halves of this dump's bylines lie, and what one pair of one hand in twenty is below if pairs are as halves
 * are: the lower end of a normal prediction interval (Student's t, Hahn & Meeker 1991), which is wide where halves are few or
 * unlike each other.
 *
 * @returns null where too few can be split
 */
export function rangeOfHalves(halves: readonly number[]): HalvesRange | null {
  const known = ascending(halves.filter((share) => !Number.isNaN(share)));
  const n = known.length;
  if (n < ENOUGH_SPLIT) return null;
  const mean = known.reduce((sum, share) => sum + share, 0) / n;
  const deviation = Math.sqrt(known.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (n - 1));
  const least = mean - studentQuantile(1 - TAIL, n - 1) * deviation * Math.sqrt(1 + 1 / n);
  return { low: quantile(known, TAIL), high: quantile(known, 1 - TAIL), least };
}

/** Bylines with articles enough. */
interface Sides {
  /** Place by byline. */
  readonly place: ReadonlyMap<number, number>;
  /** Articles of each. */
  readonly sizes: readonly number[];
}

function sidesIn({ bylineOf }: Comparable, bylines: readonly number[]): Sides {
  const counts = new Map(bylines.map((byline) => [byline, 0]));
  for (const byline of bylineOf) if (counts.has(byline)) counts.set(byline, counts.get(byline)! + 1);
  const able = [...counts].filter(([, n]) => n >= FEWEST_ARTICLES);
  return { place: new Map(able.map(([byline], i) => [byline, i])), sizes: able.map(([, n]) => n) };
}

/** One view of bylines: the sum of each one's articles, how alike these are on average, and what a likeness is lowered by. */
function sumsIn(
  { views, bylineOf }: Comparable,
  name: ViewName,
  { place, sizes }: Sides,
): { readonly sums: readonly Float64Array[]; readonly own: Float64Array; readonly constants: Float64Array } {
  const view = views[name];
  const { scales, levels, spreads } = unitArticles(view, bylineOf.length);
  const u = new Float32Array(view.dims);
  const sums = sizes.map(() => new Float64Array(view.dims));
  const [squares, constants] = [new Float64Array(sizes.length), new Float64Array(sizes.length)];
  for (let r = 0; r < bylineOf.length; r++) {
    const i = place.get(bylineOf[r]!);
    if (i === undefined) continue;
    unitRow(view, r, scales[r]! / Math.sqrt(spreads[r]!), u);
    for (let k = 0; k < view.dims; k++) sums[i]![k]! += u[k]!;
    squares[i]! += dot(u, u);
    constants[i]! += levels[r]! / spreads[r]! / 2 / sizes[i]!;
  }
  const own = constants.map((constant, i) => {
    const n = sizes[i]!;
    return (dot(sums[i]!, sums[i]!) - squares[i]!) / (n * (n - 1)) - 2 * constant;
  });
  return { sums, own, constants };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
