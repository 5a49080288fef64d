import { availableParallelism } from 'node:os';
import { UserError } from '../errors.js';
import { noting } from '../io/noting.js';
import { loadModel } from '../model/model.js';
import { run, WORKER_BYTES, type Run, type Stage } from '../pipeline/pipeline.js';
import { openPool } from '../pool/pool.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import type { InputFile, ReadSource } from '../types/types.js';
import type { Drive } from '../work/work.js';
import { cacheOf } from './cached.js';
import { scanOptions, threadsOf, type InputOptions } from './common.js';
import { progress } from './progress.js';
import { sourcesOf } from './sources.js';
import { stageClock } from './stages.js';

/** A run, and the files that were read for it. */
export interface Ran {
  readonly found: Run;
  readonly inputs: readonly InputFile[];
}

/** Runs the line on what the user named, and says which files were read. */
export async function runOn(paths: readonly string[], options: InputOptions): Promise<Ran> {
  return runAnd(paths, options, (ran) => ran);
}

/**
 * `runOn`, and what is made of the run while there are threads for it.
 *
 * @param made told of the run, and what drives more steps in those threads
 */
export async function runAnd<T>(
  paths: readonly string[],
  options: InputOptions,
  made: (ran: Ran, drive: Drive) => T | Promise<T>,
): Promise<T> {
  const { files, inputs } = noting(sourcesOf(paths, { outputs: [options.output] }));
  const { about } = options;
  const line = progress();
  const clock = stageClock(process.env['MANYHANDS_STAGES']);
  const cache = cacheOf(options);
  const { threads, maxMemory } = roomOf(options);
  const pool = openPool({
    threads,
    onBatch: line.batch,
    ...(cache === null ? {} : { cache: { folder: cache.store.folder, code: cache.code } }),
    ...(maxMemory === null ? {} : { workerBytes: maxMemory / 4 / threads }),
  });
  try {
    const scanned = {
      ...scanOptions(options),
      ...(about === undefined ? {} : { about }),
      ...(maxMemory === null ? {} : { maxMemory, workers: threads < 2 ? 0 : threads }),
    };
    const onStage = (stage: Stage, items: number): void => {
      line.stage(stage, items);
      clock(stage);
    };
    const found = await run(announced(files, pool.start), loadModel(), scanned, onStage, pool.drive, cache);
    clock('report');
    return await made({ found, inputs }, pool.drive);
  } finally {
    line.end();
    await pool.close();
  }
}

/** Bytes of one file from which there is work for all threads: they get ready while it is read. */
const MUCH = 16e6;

async function* announced(files: AsyncIterable<ReadSource>, start: () => void): AsyncGenerator<ReadSource> {
  for await (const found of files) {
    if ('file' in found && found.file.bytes.length > MUCH) start();
    yield found;
  }
}

/** What was asked for, and no more threads than have room; one works in the main thread and needs none. */
function roomOf({ threads: asked, maxMemory: most }: InputOptions): {
  readonly threads: number;
  readonly maxMemory: number | null;
} {
  const maxMemory = most === undefined ? null : bytesOf(most);
  const threads = asked === undefined ? availableParallelism() : threadsOf(asked);
  if (maxMemory === null) return { threads, maxMemory };
  const room = Math.floor(maxMemory / 2 / WORKER_BYTES);
  return { threads: room < 2 ? 1 : Math.min(threads, room), maxMemory };
}

/** @throws UserError for what is not a size */
function bytesOf(text: string): number {
  const found = /^(\d+(?:\.\d+)?)\s*([kmgt])i?b?$/i.exec(text);
  const bytes = found === null ? NaN : Number(found[1]) * 1000 ** ('kmgt'.indexOf(found[2]!.toLowerCase()) + 1);
  if (bytes >= 1e8) return bytes;
  throw new UserError(`--max-memory: "${visible(text)}" is not a size of 100MB or more`, 'Give it as 2GB or 800MB.');
}

/** Index of the byline a user named. @throws UserError naming the nearest */
export function findByline(found: Run, name: string): number {
  const names = found.cleaned.bylines.map((b) => b.name);
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const folded = names.filter((x) => x.toLowerCase() === name.toLowerCase());
  if (folded.length === 1) return names.indexOf(folded[0]!);
  const near = nearest(name, names);
  throw new UserError(
    `there is no byline "${visible(name)}" in the dump`,
    near === null
      ? `It holds ${names.length}: ${names
          .slice(0, 8)
          .map((x) => visible(x, 40))
          .join(', ')}${names.length > 8 ? ', …; manyhands scan --format csv --table bylines lists all' : ''}`
      : `Did you mean "${visible(near)}"?`,
  );
}
