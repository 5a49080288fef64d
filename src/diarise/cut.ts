import { seededRandom } from '../math/random.js';

/** A parting of articles, and what it gains. */
export interface Cut {
  /** Sum over all pairs across groups of (threshold - likeness). Higher: the groups are less alike than the threshold. */
  readonly gain: number;
  /** Group of each article, 0 up. */
  readonly groups: readonly number[];
}

/**
 * The parting in two that gains most: correlation clustering (Bansal, Blum & Chawla 2004) with two groups. Were likenesses
 * of one hand and of two normal with one variance, the gain would be the log likelihood ratio of the parting, but for a
 * constant. Spectral starts (Donath & Hoffman 1973) and starts at the articles least like the rest, then moves of one
 * article at a time.
 *
 * @param likeness n × n, symmetric; the diagonal is not read
 * @param least articles in the smaller group, at least
 * @returns null when n is below twice `least`
 */
export function bestCut(likeness: Float64Array, n: number, threshold: number, least = 1): Cut | null {
  if (n < 2 * least || n < 2) return null;
  const benefit = likeness.map((v, i) => (i % (n + 1) === 0 ? 0 : threshold - v));
  let best: Cut | null = null;
  for (const start of starts(benefit, n)) {
    const cut = improved(benefit, n, start, 2, least);
    if (cut !== null && (best === null || cut.gain > best.gain)) best = cut;
  }
  return best;
}

/** One group more: the group whose own best cut gains most is parted, then articles move until none gains. */
export function oneMore(
  likeness: Float64Array,
  n: number,
  threshold: number,
  least: number,
  groups: readonly number[],
): Cut | null {
  const count = Math.max(...groups) + 1;
  const benefit = likeness.map((v, i) => (i % (n + 1) === 0 ? 0 : threshold - v));
  let best: Cut | null = null;
  for (let g = 0; g < count; g++) {
    const members = groups.flatMap((own, i) => (own === g ? [i] : []));
    const inside = Float64Array.from(
      members.flatMap((i) => members.map((j) => likeness[i * n + j]!)),
      (v) => v,
    );
    const parted = bestCut(inside, members.length, threshold, least);
    if (parted === null) continue;
    const start = groups.slice();
    members.forEach((i, m) => (start[i] = parted.groups[m] === 1 ? count : g));
    const cut = improved(benefit, n, start, count + 1, least);
    if (cut !== null && (best === null || cut.gain > best.gain)) best = cut;
  }
  return best;
}

/** Moves the article that gains most, again and again, and never below `least` in a group. */
function improved(
  benefit: Float64Array,
  n: number,
  start: readonly number[],
  count: number,
  least: number,
): Cut | null {
  const groups = start.slice();
  const sizes = new Int32Array(count);
  for (const g of groups) sizes[g]!++;
  if (sizes.some((size) => size < least)) return null;
  // Benefit lost by standing in each group: the articles there are no longer across.
  const lost = new Float64Array(n * count);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) lost[i * count + groups[j]!]! += benefit[i * n + j]!;
  for (let move = 0; move < 6 * n; move++) {
    let [from, to, most] = [-1, -1, 1e-9];
    for (let i = 0; i < n; i++) {
      const own = groups[i]!;
      if (sizes[own]! <= least) continue;
      for (let g = 0; g < count; g++) {
        const gain = lost[i * count + own]! - lost[i * count + g]!;
        if (g !== own && gain > most) [from, to, most] = [i, g, gain];
      }
    }
    if (from < 0) break;
    const left = groups[from]!;
    for (let j = 0; j < n; j++) {
      lost[j * count + left]! -= benefit[j * n + from]!;
      lost[j * count + to]! += benefit[j * n + from]!;
    }
    sizes[left]!--;
    sizes[to]!++;
    groups[from] = to;
  }
  let gain = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (groups[i] !== groups[j]) gain += benefit[i * n + j]!;
  return { gain, groups };
}

function starts(benefit: Float64Array, n: number): number[][] {
  const out: number[][] = [];
  const first = eigenvector(benefit, n, null);
  for (const vector of [first, eigenvector(benefit, n, first)]) {
    const middle = vector.slice().sort()[n >> 1]!;
    out.push(
      Array.from(vector, (v) => Number(v > middle)),
      Array.from(vector, (v) => Number(v > 0)),
    );
  }
  const apart = Array.from({ length: n }, (_, i) => i);
  const sums = apart.map((i) => benefit.subarray(i * n, (i + 1) * n).reduce((s, v) => s + v, 0));
  apart.sort((a, b) => sums[b]! - sums[a]! || a - b);
  for (const size of new Set([1, 2, Math.max(2, Math.floor(n / 5))])) {
    const groups = new Array<number>(n).fill(0);
    for (const i of apart.slice(0, size)) groups[i] = 1;
    out.push(groups);
  }
  return out;
}

/** The eigenvector of the smallest eigenvalue, by power iteration on the shifted matrix; orthogonal to `besides`. */
function eigenvector(benefit: Float64Array, n: number, besides: Float64Array | null): Float64Array {
  let shift = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += Math.abs(benefit[i * n + j]!);
    shift = Math.max(shift, row);
  }
  // Half the bound on the spectrum converges faster; the smallest eigenvalue still leads where it is the larger in size.
  shift /= 2;
  const random = seededRandom(7);
  let v = Float64Array.from({ length: n }, () => random() - 0.5);
  for (let pass = 0; pass < 50; pass++) {
    if (besides !== null) {
      const dot = v.reduce((s, x, i) => s + x * besides[i]!, 0);
      v = v.map((x, i) => x - dot * besides[i]!);
    }
    const next = shiftedTimes(benefit, n, shift, v);
    const norm = Math.sqrt(next.reduce((s, x) => s + x * x, 0));
    if (norm < 1e-12) return v;
    v = next.map((x) => x / norm);
  }
  return v;
}

/** (shift - benefit) · v. Four rows side by side, so that no sum waits for another. */
function shiftedTimes(benefit: Float64Array, n: number, shift: number, v: Float64Array): Float64Array {
  const out = v.map((x) => shift * x);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    let [w, x, y, z] = [out[i]!, out[i + 1]!, out[i + 2]!, out[i + 3]!];
    for (let j = 0, at = i * n; j < n; j++, at++) {
      const by = v[j]!;
      w -= benefit[at]! * by;
      x -= benefit[at + n]! * by;
      y -= benefit[at + 2 * n]! * by;
      z -= benefit[at + 3 * n]! * by;
    }
    out[i] = w;
    out[i + 1] = x;
    out[i + 2] = y;
    out[i + 3] = z;
  }
  for (; i < n; i++) for (let j = 0; j < n; j++) out[i]! -= benefit[i * n + j]! * v[j]!;
  return out;
}
