import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { statsOf } from '../../src/cache/cache.js';
import { loadModel } from '../../src/model/model.js';
import { run } from '../../src/pipeline/pipeline.js';
import { openPool } from '../../src/pool/pool.js';
import { ingest } from '../../src/ingest/ingest.js';
import { readSources } from '../../src/io/io.js';
import { report, reportJson } from '../../src/report/report.js';
import type { Corpus } from '../../src/types/types.js';
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

  it('does not collect garbage after every batch, whether or not anybody is told of batches', async () => {
    let forced = 0;
    const observer = new PerformanceObserver((list) => {
      // The types do not know what a collection tells beside its duration.
      for (const { detail } of list.getEntries() as unknown as { detail: { flags: number } }[])
        if ((detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0) forced++;
    });
    observer.observe({ entryTypes: ['gc'] });
    await pool.drive(shouted(filler));
    // Told of in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    expect(forced).toBe(0);
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

  it('reads a long file of lines as one thread does: places, notices and the field for which --map was given', async () => {
    const text = 'So it was said, and “half” of it is here. '.repeat(300);
    const lines = Array.from({ length: 900 }, (_, i) =>
      i === 850
        ? '{"writer": "A. Writer", '
        : JSON.stringify({ id: `a${i}`, writer: 'A. Writer', text: `${i} ${text}` }),
    );
    lines[870] = JSON.stringify({ id: 'half', writer: 'A. Writer', text: `\ud83d ${text}` });
    // Two articles of one id in a line: the second is told with its place.
    const twice = { id: 'twice', writer: 'A. Writer', text };
    lines[880] = JSON.stringify([twice, { ...twice, text: `Again. ${text}` }]);
    const bytes = Buffer.from(lines.join('\n'));
    expect(bytes.length).toBeGreaterThan(10e6);
    const read = async (threads: number): Promise<Corpus> => {
      const worker = new URL('../../dist/pool/worker.js', import.meta.url);
      const pool = openPool({ threads, worker, worthWorkers: 1 });
      const files = (async function* () {
        await Promise.resolve();
        yield { file: { path: 'long.jsonl', folder: null, bytes } };
      })();
      const found = await ingest(files, { map: { author: 'writer' } }, pool.drive).finally(pool.close);
      return { ...found, articles: found.articles.map((a) => ({ ...a })) };
    };
    const alone = await read(1);
    expect(alone.articles).toHaveLength(900);
    expect(alone.articles.find((a) => a.id === 'a899')).toMatchObject({
      source: { line: 900 },
      bylines: ['A. Writer'],
    });
    expect(alone.articles.find((a) => a.id === 'half')?.text.startsWith('\ud83d So')).toBe(true);
    expect(alone.notices.map((n) => [n.code, n.line])).toEqual([
      ['broken-json', 851],
      ['same-id', 881],
    ]);
    expect(await read(2)).toEqual(alone);
  });
});
