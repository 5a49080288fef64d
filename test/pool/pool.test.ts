import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { statsOf } from '../../src/cache/cache.js';
import { loadModel } from '../../src/model/model.js';
import { run } from '../../src/pipeline.js';
import { openPool } from '../../src/pool/pool.js';
import { readSources } from '../../src/io/io.js';
import { report, reportJson } from '../../src/report/report.js';
import { each, type Steps, type Task } from '../../src/work/work.js';

type Batch = readonly string[];

const task: Task<Batch, readonly (string | null)[]> = {
  name: 'shout',
  run: (batch) => batch.map((item) => item.toUpperCase()),
  parts: (batch) => batch.map((item) => [item]),
  joined: (_, outputs) => outputs.map((output) => output?.[0] ?? null),
};

function* shouted(inputs: readonly Batch[]): Steps<readonly (readonly (string | null)[])[]> {
  return yield* each(task, inputs);
}

const filler = Array.from({ length: 40 }, (_, i): Batch => [`filler${i}`]);

describe('a pool', () => {
  const pool = openPool({ threads: 2, worker: new URL('./dying.mjs', import.meta.url) });
  afterAll(() => pool.close());

  it('gives results in the order of the inputs', async () => {
    const found = await pool.drive(shouted(filler));
    expect(found.flat()).toEqual(filler.flat().map((item) => item.toUpperCase()));
  });

  it('tries a batch again whose worker died once', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'manyhands-')), 'once');
    const found = await pool.drive(shouted([...filler, ['a', path, 'b']]));
    expect(found[40]).toEqual(['A', path.toUpperCase(), 'B']);
  });

  it('leaves out the one item that ends every worker, and keeps its neighbours and all that waited behind it', async () => {
    const found = await pool.drive(shouted([['a', 'kill', 'b'], ...filler]));
    expect(found[0]).toEqual(['A', null, 'B']);
    expect(found.slice(1).flat()).toEqual(filler.flat().map((item) => item.toUpperCase()));
  });

  it('passes our own mistakes on', async () => {
    await expect(pool.drive(shouted([...filler, ['throw']]))).rejects.toThrow(RangeError);
  });
});

describe('the shipped worker', () => {
  it('gives the same report from one thread and from three, which keep what they have done and find it again', async () => {
    const model = loadModel();
    const worker = new URL('../../dist/pool/worker.js', import.meta.url);
    const text = async (threads: number, folder: string | null): Promise<string> => {
      const cache = folder === null ? {} : { cache: { folder, code: '' } };
      const pool = openPool({ threads, worker, worthWorkers: 1, ...cache });
      const found = await run(readSources(['fixtures/demo']), model, {}, () => undefined, pool.drive);
      await pool.close();
      return reportJson(report(found, { version: '0', options: {} }));
    };
    const alone = await text(1, null);
    const folder = mkdtempSync(join(tmpdir(), 'manyhands-'));
    expect(await text(3, folder)).toBe(alone);
    const { entries, bytes } = statsOf(folder);
    expect(entries).toBeGreaterThan(0);
    expect(await text(3, folder)).toBe(alone);
    expect(statsOf(folder)).toEqual({ entries, bytes });
  });
});
