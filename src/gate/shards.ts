import { damaged, readShard, Table, type Shard } from '../store/store.js';
import type { Saved } from './saved.js';

/** Hashes of contents, searched without making a text of each. */
export class Hashes {
  constructor(private readonly parts: readonly Uint8Array[]) {}

  indexOf(sha256: string): number {
    const wanted = Buffer.from(sha256, 'hex');
    let before = 0;
    for (const part of this.parts) {
      const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
        if (at % 32 === 0) return before + at / 32;
      before += part.length / 32;
    }
    return -1;
  }

  all(): string[] {
    return this.parts.flatMap((part) =>
      Array.from({ length: part.length / 32 }, (_, i) =>
        Buffer.from(part.subarray(i * 32, (i + 1) * 32)).toString('hex'),
      ),
    );
  }
}

export function only({ manifest, folder }: Saved, table: string): Shard {
  const found = manifest.shards.find((s) => s.table === table);
  if (found === undefined) throw damaged(folder, `${table}.parquet`);
  return found;
}

export async function eachTable<T>(saved: Saved, table: string, read: (t: Table) => Promise<T>): Promise<T[]> {
  const out: T[] = [];
  for (const shard of saved.manifest.shards)
    if (shard.table === table && shard.rows > 0) out.push(await read(new Table(await readShard(saved.folder, shard))));
  return out;
}

export async function textsOf(saved: Saved, column: string): Promise<string[]> {
  return (await eachTable(saved, 'articles', (t) => t.texts(column))).flat();
}

export async function intsOf(saved: Saved, table: string, column: string): Promise<Int32Array> {
  return concatenated(await eachTable(saved, table, (t) => t.ints(column)), Int32Array);
}

export function concatenated<T extends Int32Array | Float64Array | Float32Array | Int8Array>(
  parts: readonly T[],
  Kind: new (length: number) => T,
): T {
  if (parts.length === 1) return parts[0]!;
  const out = new Kind(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
