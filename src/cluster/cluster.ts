import { cluster as link, cutAt } from '../math/linkage.js';
import type { Group, Pairs, ScoredPair } from '../types.js';

/**
 * Groups bylines into suspected single hands: average linkage on the calibrated score, cut at `threshold`. A group's
 * mean score must reach the threshold, so one false link cannot merge two groups, as connected components would.
 *
 * @param threshold score (uncapped log10LR) from which a link counts
 * @param answered which pairs have text enough to be asked about; a byline short of text is in no group
 * @returns groups of two or more, the most cohesive first
 */
export function cluster(pairs: Pairs, threshold: number, answered: (pair: number) => boolean = () => true): Group[] {
  const linked = new Set<number>();
  for (let p = 0; p < pairs.a.length; p++)
    if (pairs.score[p]! >= threshold && answered(p)) {
      linked.add(pairs.a[p]!);
      linked.add(pairs.b[p]!);
    }
  const found: Group[] = [];
  for (const members of connected(pairs, linked, threshold)) found.push(...grouped(pairs, members, threshold));
  return found.sort((a, b) => b.cohesion - a.cohesion || a.bylines[0]! - b.bylines[0]!);
}

/**
 * Members that pairs at or above the threshold connect, each set ascending: groups of average linkage never reach beyond
 * one, for a mean that reaches the threshold needs a pair that does.
 */
function connected(pairs: Pairs, linked: ReadonlySet<number>, threshold: number): number[][] {
  const root = new Map([...linked].map((b) => [b, b]));
  const find = (x: number): number => {
    let r = x;
    while (root.get(r) !== r) r = root.get(r)!;
    root.set(x, r);
    return r;
  };
  for (let p = 0; p < pairs.a.length; p++)
    if (pairs.score[p]! >= threshold && linked.has(pairs.a[p]!) && linked.has(pairs.b[p]!))
      root.set(find(pairs.b[p]!), find(pairs.a[p]!));
  const sets = new Map<number, number[]>();
  for (const b of [...linked].sort((x, y) => x - y)) {
    const own = sets.get(find(b));
    if (own === undefined) sets.set(find(b), [b]);
    else own.push(b);
  }
  return [...sets.values()].filter((members) => members.length > 1);
}

function grouped(pairs: Pairs, members: readonly number[], threshold: number): Group[] {
  const n = members.length;
  const position = new Map(members.map((b, i) => [b, i]));
  const distances = new Float64Array(n * n);
  const scores = new Float64Array(n * n);
  const place = (a: number, b: number, { score, log10LR }: Pick<ScoredPair, 'score' | 'log10LR'>): void => {
    const [i, j] = [position.get(a), position.get(b)];
    if (i === undefined || j === undefined) return;
    distances[i * n + j] = distances[j * n + i] = -score;
    scores[i * n + j] = scores[j * n + i] = log10LR;
  };
  const { others } = pairs;
  if (others === undefined)
    for (let p = 0; p < pairs.a.length; p++)
      place(pairs.a[p]!, pairs.b[p]!, { score: pairs.score[p]!, log10LR: pairs.log10LR[p]! });
  else members.forEach((a, i) => members.slice(i + 1).forEach((b) => place(a, b, others.scored(a, b))));
  const labels = cutAt(link(distances, n, 'average'), n, -threshold);
  const groups = new Map<number, number[]>();
  labels.forEach((label, i) => groups.set(label, [...(groups.get(label) ?? []), i]));
  return [...groups.values()]
    .filter((g) => g.length > 1)
    .map((g) => ({ bylines: g.map((i) => members[i]!), cohesion: weakest(g, scores, n) }));
}

function weakest(group: readonly number[], scores: Float64Array, n: number): number {
  let least = Infinity;
  for (const i of group) for (const j of group) if (i < j) least = Math.min(least, scores[i * n + j]!);
  return least;
}
