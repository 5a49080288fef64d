import { groupBy } from '../math/grouped.js';
import { cluster as link, cutAt } from '../math/linkage.js';
import type { Group, Pairs, ScoredPair } from '../types/types.js';

/**
 * Groups bylines into suspected single hands. First average linkage on the calibrated score, cut at `threshold`: a group's
 * mean score must reach the threshold, so one false link cannot merge two groups, as connected components would. Then
 * bylines may stand in more than one group, as a persona run by a team would: a byline of one group that links with every
 * member of another stands in both, and a byline without a group that links with a member of one stands beside it in a
 * group of two; both only where the others on the two sides speak for different hands (mean log10LR below 0). Any other
 * link between groups joins nothing; it stays a link.
 *
 * @param threshold score (uncapped log10LR) from which a link counts
 * @param answered which pairs have text enough to be asked about; a byline short of text is in no group
 * @returns groups of two or more, the most cohesive first
 */
export function cluster(pairs: Pairs, threshold: number, answered: (pair: number) => boolean = () => true): Group[] {
  const links: [number, number][] = [];
  for (let p = 0; p < pairs.a.length; p++)
    if (pairs.score[p]! >= threshold && answered(p)) links.push([pairs.a[p]!, pairs.b[p]!]);
  const parts = connected(links).map((members) => tableOf(members));
  fill(parts, pairs);
  return parts
    .flatMap((part) => grouped(part, links, threshold))
    .sort((a, b) => b.cohesion - a.cohesion || a.bylines[0]! - b.bylines[0]! || a.bylines[1]! - b.bylines[1]!);
}

/**
 * Members that links connect, each set ascending: no group reaches beyond one, for a mean that reaches the threshold needs
 * a pair that does, and a shared byline links with both its groups. So no more than a set at a time is set pair by pair.
 */
function connected(links: readonly (readonly [number, number])[]): number[][] {
  const root = new Map(links.flat().map((b) => [b, b]));
  const find = (x: number): number => {
    let r = x;
    while (root.get(r) !== r) r = root.get(r)!;
    root.set(x, r);
    return r;
  };
  for (const [a, b] of links) root.set(find(b), find(a));
  const members = [...root.keys()].sort((x, y) => x - y);
  return [...groupBy(members, find).values()];
}

/** A connected set, and what its members score with each other, n × n. */
interface Table {
  readonly members: readonly number[];
  /** Negated scores. */
  readonly distances: Float64Array;
  /** log10LR. */
  readonly scores: Float64Array;
  readonly position: ReadonlyMap<number, number>;
}

function tableOf(members: readonly number[]): Table {
  const squares = members.length ** 2;
  return {
    members,
    distances: new Float64Array(squares),
    scores: new Float64Array(squares),
    position: new Map(members.map((b, i) => [b, i])),
  };
}

function fill(parts: readonly Table[], pairs: Pairs): void {
  const place = ({ members, distances, scores, position }: Table, a: number, b: number, pair: Scored): void => {
    const [n, i, j] = [members.length, position.get(a)!, position.get(b)!];
    distances[i * n + j] = distances[j * n + i] = -pair.score;
    scores[i * n + j] = scores[j * n + i] = pair.log10LR;
  };
  const { others } = pairs;
  if (others !== undefined) {
    for (const part of parts)
      part.members.forEach((a, i) => part.members.slice(i + 1).forEach((b) => place(part, a, b, others.scored(a, b))));
    return;
  }
  const partOf = new Map(parts.flatMap((part) => part.members.map((b) => [b, part] as const)));
  for (let p = 0; p < pairs.a.length; p++) {
    const part = partOf.get(pairs.a[p]!);
    if (part === undefined || part !== partOf.get(pairs.b[p]!)) continue;
    place(part, pairs.a[p]!, pairs.b[p]!, { score: pairs.score[p]!, log10LR: pairs.log10LR[p]! });
  }
}

type Scored = Pick<ScoredPair, 'score' | 'log10LR'>;

function grouped(
  { members, distances, scores, position }: Table,
  links: readonly (readonly [number, number])[],
  threshold: number,
): Group[] {
  const n = members.length;
  const labels = cutAt(link(distances, n, 'average'), n, -threshold);
  const cores = groupBy(labels.keys(), (i) => labels[i]!);
  const linked = new Uint8Array(n * n);
  for (const [a, b] of links) {
    const [i, j] = [position.get(a), position.get(b)];
    if (i !== undefined && j !== undefined) linked[i * n + j] = linked[j * n + i] = 1;
  }
  const groups = overlapping(
    [...cores.values()].filter((g) => g.length > 1),
    { n, linked, scores },
  );
  const times = new Int32Array(n);
  for (const i of groups.flat()) times[i]!++;
  return groups.map((g) => ({
    bylines: g.map((i) => members[i]!),
    cohesion: weakest(g, scores, n),
    shared: g.filter((i) => times[i]! > 1).map((i) => members[i]!),
  }));
}

interface Linked {
  readonly n: number;
  /** n × n: 1 where two link. */
  readonly linked: Uint8Array;
  /** n × n: log10LR. */
  readonly scores: Float64Array;
}

/** The cores, each with the members of other cores that stand in it too, and groups of two around shared bylines. */
function overlapping(cores: readonly (readonly number[])[], { n, linked, scores }: Linked): number[][] {
  const coreOf = new Map(cores.flatMap((core) => core.map((i) => [i, core] as const)));
  /** True where those a byline would share with one side speak for different hands from the other side. */
  const apart = (shared: number, ones: readonly number[], others: readonly number[]): boolean => {
    let [sum, count] = [0, 0];
    for (const i of ones)
      for (const j of others)
        if (i !== shared && j !== shared) {
          sum += scores[i * n + j]!;
          count++;
        }
    return count > 0 && sum < 0;
  };
  const out = cores.map((core) => {
    const joins = [...coreOf]
      .filter(([i, own]) => own !== core && core.every((j) => linked[i * n + j] === 1) && apart(i, own, core))
      .map(([i]) => i);
    return [...core, ...joins].sort((a, b) => a - b);
  });
  for (let i = 0; i < n; i++)
    if (!coreOf.has(i))
      for (const [j, core] of coreOf)
        if (linked[i * n + j] === 1 && apart(j, [i], core)) out.push(i < j ? [i, j] : [j, i]);
  return out;
}

function weakest(group: readonly number[], scores: Float64Array, n: number): number {
  let least = Infinity;
  for (const i of group) for (const j of group) if (i < j) least = Math.min(least, scores[i * n + j]!);
  return least;
}
