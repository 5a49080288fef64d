import { FEWEST_WORDS } from '../judge/amounts.js';
import { cluster, type Merge } from '../math/linkage.js';
import type { Run } from '../pipeline/pipeline.js';
import type { Clustering, ScoredPair } from '../types/types.js';

/** Most bylines in the matrix; above that a cell is smaller than a reader can see or a printer print. */
const MOST = 300;
/** log10LR further out are cut before clustering, so that one extreme pair does not rule the tree. */
const FURTHEST = 12;

/**
 * Orders bylines by average linkage of their scores, the most linked first where there are too many: those that
 * stand in the strongest pair of their own, then those with most words.
 */
export function clusteringOf({ pairs, cleaned, judged }: Run): Clustering {
  const all = cleaned.bylines.length;
  const best = pairs.others?.best ?? new Float64Array(all).fill(-Infinity);
  for (let p = 0; pairs.others === undefined && p < pairs.a.length; p++)
    if (pairs.words[p]! >= FEWEST_WORDS)
      for (const side of [pairs.a[p]!, pairs.b[p]!]) best[side] = Math.max(best[side]!, pairs.score[p]!);
  const chosen = Array.from({ length: all }, (_, b) => b)
    .sort((x, y) => best[y]! - best[x]! || judged.bylines[y]!.words - judged.bylines[x]!.words || x - y)
    .slice(0, MOST)
    .sort((x, y) => x - y);
  const n = chosen.length;
  const position = new Map(chosen.map((b, i) => [b, i]));
  const distances = new Float64Array(n * n);
  const shown = new Array<string>(n * n).fill('x');
  const unanswered = new Set(judged.pairs.filter((p) => p.verdict === 'abstain').map((p) => `${p.a}\n${p.b}`));
  const place = (a: number, b: number, pair: Pick<ScoredPair, 'words' | 'score' | 'log10LR'>): void => {
    const [i, j] = [position.get(a), position.get(b)];
    if (i === undefined || j === undefined) return;
    const score = Math.max(-FURTHEST, Math.min(FURTHEST, pair.score));
    distances[i * n + j] = distances[j * n + i] = -score;
    const names = [cleaned.bylines[a]!.name, cleaned.bylines[b]!.name];
    const answered = pair.words >= FEWEST_WORDS && !unanswered.has(names.join('\n'));
    if (answered) shown[i * n + j] = shown[j * n + i] = String(Math.round(pair.log10LR * 10) / 10 || 0);
  };
  const { others } = pairs;
  if (others === undefined)
    for (let p = 0; p < pairs.a.length; p++)
      place(pairs.a[p]!, pairs.b[p]!, { words: pairs.words[p]!, score: pairs.score[p]!, log10LR: pairs.log10LR[p]! });
  else chosen.forEach((a, i) => chosen.slice(i + 1).forEach((b) => place(a, b, others.scored(a, b))));
  const merges = n < 2 ? [] : cluster(distances, n, 'average');
  return inOrder(leaves(merges, n), merges, chosen, shown, cleaned.bylines);
}

/** Items from left to right under the tree. */
function leaves(merges: readonly Merge[], n: number): number[] {
  const members: number[][] = Array.from({ length: n }, (_, i) => [i]);
  for (const { left, right } of merges) members.push([...members[left]!, ...members[right]!]);
  return n === 0 ? [] : members[members.length - 1]!;
}

function inOrder(
  order: readonly number[],
  merges: readonly Merge[],
  chosen: readonly number[],
  shown: readonly string[],
  bylines: Run['cleaned']['bylines'],
): Clustering {
  const n = order.length;
  const place = new Map(order.map((item, at) => [item, at]));
  return {
    bylines: order.map((i) => bylines[chosen[i]!]!.name),
    merges: merges.map(({ left, right, distance }) => ({
      left: place.get(left) ?? left,
      right: place.get(right) ?? right,
      score: -distance,
    })),
    log10LR: order.map((i, row) =>
      order
        .slice(0, row)
        .map((j) => shown[i * n + j]!)
        .join(' '),
    ),
  };
}
