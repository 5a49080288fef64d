/** One merge of a dendrogram: clusters `left` and `right` (items 0 … n-1, merges from n up) meet at `distance`. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly distance: number;
}

type Linkage = 'average' | 'ward';

/**
 * Hierarchical clustering by nearest-neighbour chains (Murtagh 1983; Müllner 2011): O(n²) time and memory.
 * Merges come out by rising distance. Ward expects squared Euclidean distances.
 *
 * @param distances n × n, symmetric, row-major; not changed
 */
export function cluster(distances: Float64Array, n: number, linkage: Linkage): Merge[] {
  const d = distances.slice();
  const size = new Int32Array(n).fill(1);
  const alive = new Uint8Array(n).fill(1);
  const raw: { a: number; b: number; distance: number }[] = [];
  const chain: number[] = [];
  while (raw.length < n - 1) {
    if (chain.length === 0) chain.push(alive.indexOf(1));
    const tip = chain[chain.length - 1]!;
    const before = chain[chain.length - 2] ?? -1;
    let best = before;
    let bestD = before >= 0 ? d[tip * n + before]! : Infinity;
    for (let k = 0; k < n; k++) {
      if (alive[k] === 1 && k !== tip && d[tip * n + k]! < bestD) {
        bestD = d[tip * n + k]!;
        best = k;
      }
    }
    if (best !== before) {
      chain.push(best);
      continue;
    }
    chain.length -= 2;
    const a = Math.min(tip, best);
    const b = Math.max(tip, best);
    raw.push({ a, b, distance: bestD });
    for (let k = 0; k < n; k++) {
      if (alive[k] !== 1 || k === a || k === b) continue;
      const joined = lanceWilliams(linkage, d[a * n + k]!, d[b * n + k]!, bestD, size[a]!, size[b]!, size[k]!);
      d[a * n + k] = joined;
      d[k * n + a] = joined;
    }
    size[a]! += size[b]!;
    alive[b] = 0;
  }
  return relabelled(raw, n);
}

function lanceWilliams(how: Linkage, ak: number, bk: number, ab: number, na: number, nb: number, nk: number): number {
  if (how === 'average') return (na * ak + nb * bk) / (na + nb);
  return ((na + nk) * ak + (nb + nk) * bk - nk * ab) / (na + nb + nk);
}

function relabelled(raw: { a: number; b: number; distance: number }[], n: number): Merge[] {
  const ordered = raw.map((m, i) => ({ ...m, i })).sort((x, y) => x.distance - y.distance || x.i - y.i);
  const label = Int32Array.from({ length: n }, (_, i) => i);
  const root = Int32Array.from({ length: n }, (_, i) => i);
  const find = (x: number): number => {
    let r = x;
    while (root[r] !== r) r = root[r]!;
    return r;
  };
  return ordered.map(({ a, b, distance }, i) => {
    const [ra, rb] = [find(a), find(b)];
    const merge = { left: Math.min(label[ra]!, label[rb]!), right: Math.max(label[ra]!, label[rb]!), distance };
    root[rb] = ra;
    label[ra] = n + i;
    return merge;
  });
}

/** Cuts a dendrogram into `k` clusters: a label 0 … k-1 for each item, in order of first appearance. */
export function cutInto(merges: readonly Merge[], n: number, k: number): number[] {
  return labelsAfter(merges.slice(0, Math.max(0, n - k)), n);
}

/** Clusters left when only merges up to `distance` are made. */
export function cutAt(merges: readonly Merge[], n: number, distance: number): number[] {
  return labelsAfter(
    merges.filter((m) => m.distance <= distance),
    n,
  );
}

function labelsAfter(merges: readonly Merge[], n: number): number[] {
  const members: number[][] = Array.from({ length: n }, (_, i) => [i]);
  merges.forEach(({ left, right }, i) => {
    members[n + i] = [...members[left]!, ...members[right]!];
    members[left] = [];
    members[right] = [];
  });
  const labels = new Array<number>(n).fill(0);
  members
    .filter((m) => m !== undefined && m.length > 0)
    .map((m) => m.slice().sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!)
    .forEach((m, label) => m.forEach((i) => (labels[i] = label)));
  return labels;
}
