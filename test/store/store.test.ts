import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import {
  checkSizes,
  commit,
  locked,
  openManifest,
  prepareFolder,
  readShard,
  Table,
  writeShard,
  type Manifest,
} from '../../src/store/store.js';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'manyhands-store-'));
const SCHEMA = 'test/1';
const part = (n: number) => ({
  table: 'numbers',
  rowGroup: 10,
  columns: [
    { name: 'n', type: 'int' as const, data: Int32Array.from({ length: 35 }, (_, i) => i * n - 20) },
    { name: 'text', type: 'text' as const, data: Array.from({ length: 35 }, (_, i) => `t${i}`) },
    { name: 'bytes', type: 'bytes' as const, data: Array.from({ length: 35 }, (_, i) => Uint8Array.from([i, n])) },
  ],
});

async function made(folder: string, n: number, before: Manifest | null = null): Promise<Manifest> {
  const manifest = { schema: SCHEMA, n, shards: [await writeShard(folder, part(n))] };
  await commit(folder, manifest, before);
  return manifest;
}

describe('tables', () => {
  it('come back as they were written, whole and by row groups', async () => {
    const folder = temporary();
    const shard = await writeShard(folder, part(3));
    const table = new Table(await readShard(folder, shard));
    expect([...(await table.ints('n'))]).toEqual([...part(3).columns[0]!.data]);
    expect([...(await table.ints('n', 10, 20))]).toEqual([...part(3).columns[0]!.data].slice(10, 20));
    expect((await table.texts('text'))[34]).toBe('t34');
    expect([...(await table.joined('bytes', 2)).subarray(66, 70)]).toEqual([33, 3, 34, 3]);
    expect(table.ranges('n').map((r) => [r.from, r.rows, r.least, r.most])[1]).toEqual([10, 10, 10, 37]);
  });
});

describe('the manifest', () => {
  it('is refused when any byte of it is changed', async () => {
    const folder = temporary();
    await made(folder, 1);
    const path = join(folder, 'manifest.json');
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      writeFileSync(path, changed);
      await expect(openManifest(folder, SCHEMA)).rejects.toMatchObject({ name: 'UserError' });
    }
  });

  it('of a newer schema is refused with both versions named', async () => {
    const folder = temporary();
    await made(folder, 1);
    await expect(openManifest(folder, 'test/2')).rejects.toThrow(/schema test\/1; this manyhands reads test\/2/);
  });

  it('is null where there is none', async () => {
    expect(await openManifest(temporary(), SCHEMA)).toBeNull();
  });
});

describe('a change of the store', () => {
  it('keeps the files of the last manifest for those who are reading, and deletes older ones', async () => {
    const folder = temporary();
    const first = await made(folder, 1);
    const second = await made(folder, 2, first);
    expect(readdirSync(folder)).toContain(first.shards[0]!.file);
    await made(folder, 3, second);
    expect(readdirSync(folder)).not.toContain(first.shards[0]!.file);
    expect(readdirSync(folder)).toContain(second.shards[0]!.file);
  });

  it('sees a shard that was cut short, changed or lost', async () => {
    const folder = temporary();
    const { shards } = await made(folder, 1);
    const path = join(folder, shards[0]!.file);
    const bytes = readFileSync(path);
    bytes[40]! ^= 4;
    writeFileSync(path, bytes);
    await checkSizes(folder, shards);
    await expect(readShard(folder, shards[0]!)).rejects.toThrow(/damaged/);
    writeFileSync(path, bytes.subarray(1));
    await expect(checkSizes(folder, shards)).rejects.toThrow(/damaged/);
  });

  it('never opens a file outside its folder', async () => {
    const folder = temporary();
    const outside = { file: '../x.parquet', table: 't', rows: 1, bytes: 1, sha256: '' };
    await expect(checkSizes(folder, [outside])).rejects.toThrow(/damaged/);
  });

  it('does not take a folder that holds something else', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'thesis.docx'), 'x');
    await expect(prepareFolder(folder)).rejects.toThrow(/something else \(thesis\.docx\)/);
    for (const path of ['thesis.docx', 'thesis.docx/in'])
      await expect(prepareFolder(join(folder, path))).rejects.toThrow(/is a file, or stands in one/);
  });

  it('makes no folder in another store, however deep, and knows a foreign manifest from its own', async () => {
    const folder = temporary();
    await made(folder, 1);
    for (const inside of ['sub', 'a/b'])
      await expect(prepareFolder(join(folder, inside))).rejects.toThrow(/would stand in another reference/);
    expect(readdirSync(folder).some((name) => name === 'sub' || name === 'a')).toBe(false);
    await prepareFolder(folder);
    const site = temporary();
    writeFileSync(join(site, 'manifest.json'), '{"name": "a site", "icons": []}');
    await prepareFolder(join(site, 'reference'));
  });
});

describe('the lock', () => {
  it('is held by one at a time and given back', async () => {
    const folder = temporary();
    const release = await locked(folder);
    await expect(locked(folder, 200)).rejects.toThrow(/another process/);
    await release();
    await (
      await locked(folder, 200)
    )();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('of a dead process is taken over; of another machine it is not', async () => {
    const folder = temporary();
    const path = join(folder, 'lock');
    writeFileSync(path, JSON.stringify({ host: hostname(), pid: 2 ** 22 + 7, born: '1' }));
    await (
      await locked(folder, 200)
    )();
    // The same number, given to another process since.
    writeFileSync(path, JSON.stringify({ host: hostname(), pid: process.pid, born: '1' }));
    if (existsSync('/proc/self/stat')) await (await locked(folder, 200))();
    writeFileSync(path, JSON.stringify({ host: `${hostname()}-not`, pid: 2 ** 22 + 7, born: '1' }));
    await expect(locked(folder, 200)).rejects.toThrow(/another process/);
  });

  it('that can neither be made nor read is told at once, and not waited for', async () => {
    const folder = temporary();
    await expect(locked(join(folder, 'gone'))).rejects.toThrow(UserError);
    mkdirSync(join(folder, 'lock'));
    await expect(locked(folder)).rejects.toThrow(/cannot be written \(EISDIR\)/);
  });

  it('lets waiting writers in one after another', async () => {
    const folder = temporary();
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        const release = await locked(folder);
        most = Math.max(most, ++inside);
        await new Promise((done) => setTimeout(done, 20));
        inside--;
        await release();
      }),
    );
    expect(most).toBe(1);
  });
});
