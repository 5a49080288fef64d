import { cluster as link, cutAt } from '../math/linkage.js';
import type { Group, Pairs } from '../types.js';

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
  const members = [...linked].sort((a, b) => a - b);
  const n = members.length;
  if (n < 2) return [];
  const position = new Map(members.map((b, i) => [b, i]));
  const distances = new Float64Array(n * n);
  const scores = new Float64Array(n * n);
  for (let p = 0; p < pairs.a.length; p++) {
    const i = position.get(pairs.a[p]!);
    const j = position.get(pairs.b[p]!);
    if (i === undefined || j === undefined) continue;
    distances[i * n + j] = distances[j * n + i] = -pairs.score[p]!;
    scores[i * n + j] = scores[j * n + i] = pairs.log10LR[p]!;
  }
  const labels = cutAt(link(distances, n, 'average'), n, -threshold);
  const groups = new Map<number, number[]>();
  labels.forEach((label, i) => groups.set(label, [...(groups.get(label) ?? []), i]));
  return [...groups.values()]
    .filter((g) => g.length > 1)
    .map((g) => ({ bylines: g.map((i) => members[i]!), cohesion: weakest(g, scores, n) }))
    .sort((a, b) => b.cohesion - a.cohesion || a.bylines[0]! - b.bylines[0]!);
}

function weakest(group: readonly number[], scores: Float64Array, n: number): number {
  let least = Infinity;
  for (const i of group) for (const j of group) if (i < j) least = Math.min(least, scores[i * n + j]!);
  return least;
}
