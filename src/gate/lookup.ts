import { lowerBound } from '../math/search.js';
import { readShard, Table } from '../store/store.js';
import type { Occurrence } from './passages.js';
import type { Saved } from './saved.js';

/** What and where an article of the reference is. */
export interface Place {
  readonly id: string;
  readonly byline: string;
  readonly path: string;
  readonly line: number | null;
}

/** Occurrences kept of one run of words: a template shared by thousands tells nothing. */
const MOST_OCCURRENCES = 40;

/** Where runs of words stand in the archive, by their hash. */
export async function lookUp(saved: Saved, hashes: Int32Array): Promise<Map<number, Occurrence[]>> {
  const wanted = Int32Array.from(new Set(hashes)).sort();
  const out = new Map<number, Occurrence[]>();
  for (const shard of saved.manifest.shards) {
    if (shard.table !== 'passages' || shard.rows === 0) continue;
    const table = new Table(await readShard(saved.folder, shard));
    for (const { from, rows, least, most } of table.ranges('hash')) {
      const inside = wanted.filter((h) => h >= least && h <= most);
      if (inside.length === 0) continue;
      const hash = await table.ints('hash', from, from + rows);
      if (!inside.some((h) => hash[lowerBound(hash, h)] === h)) continue;
      const article = await table.ints('article', from, from + rows);
      const word = await table.ints('word', from, from + rows);
      for (const h of inside)
        for (let i = lowerBound(hash, h); i < hash.length && hash[i] === h; i++) {
          const list = out.get(h);
          if (list === undefined) out.set(h, [{ article: article[i]!, word: word[i]! }]);
          else if (list.length < MOST_OCCURRENCES) list.push({ article: article[i]!, word: word[i]! });
        }
    }
  }
  return out;
}

/** What and where the given articles are. */
export async function placesOf(saved: Saved, articles: readonly number[]): Promise<Map<number, Place>> {
  const out = new Map<number, Place>();
  let first = 0;
  for (const shard of saved.manifest.shards) {
    if (shard.table !== 'articles') continue;
    const inside = articles.filter((a) => a >= first && a < first + shard.rows);
    if (inside.length > 0) {
      const table = new Table(await readShard(saved.folder, shard));
      const [id, byline, path] = [await table.texts('id'), await table.texts('byline'), await table.texts('path')];
      const line = await table.ints('line');
      for (const a of inside) {
        const i = a - first;
        out.set(a, { id: id[i]!, byline: byline[i]!, path: path[i]!, line: line[i]! > 0 ? line[i]! : null });
      }
    }
    first += shard.rows;
  }
  return out;
}
