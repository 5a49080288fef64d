import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Asked, Drive, Inputs, Task } from '../work/work.js';
import type { Answer, Order } from './worker.js';

/** Requests of fewer batches than this are done in this thread until there are workers: starting them takes a second. */
const WORTH_WORKERS = 6;
/** A batch that was lost with its worker is tried so often in all. */
const ATTEMPTS = 2;

export interface PoolOptions {
  /** Worker threads; 1 does everything in this thread. All cores when left out. */
  readonly threads?: number;
  /** Bound on the heap of each worker, in bytes; a worker that outgrows it dies, and its batch is tried again. */
  readonly workerBytes?: number;
  /** Told after every batch of a request. */
  readonly onBatch?: (task: string, done: number, of: number) => void;
  /** The workers' file; the shipped one when left out. */
  readonly worker?: URL;
  /** Batches in a request from which workers are started. */
  readonly worthWorkers?: number;
}

export interface Pool {
  readonly drive: Drive;
  readonly close: () => Promise<void>;
}

/**
 * Drives steps over worker threads (piscina). Results do not depend on their number. A worker that dies is replaced and
 * its batch is tried once more, then item by item; what still fails is left out as the task decides.
 *
 * Run from TypeScript sources, where there is no compiled worker, everything is done in this thread.
 */
export function openPool(options: PoolOptions = {}): Pool {
  const { threads = availableParallelism(), worker, workerBytes, onBatch, worthWorkers = WORTH_WORKERS } = options;
  const file = fileURLToPath(worker ?? new URL('./worker.js', import.meta.url));
  const say = onBatch ?? ((): void => undefined);
  if (threads < 2 || !existsSync(file)) return { drive: counted(say), close: async () => undefined };
  let pool: Piscina | null = null;
  const started = (): Piscina =>
    (pool ??= new Piscina({
      filename: file,
      minThreads: threads,
      maxThreads: threads,
      ...(workerBytes === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: Math.max(64, Math.round(workerBytes / 2 ** 20)) } }),
    }));
  const drive: Drive = async (steps) => {
    let next = steps.next();
    while (next.done !== true) {
      const asked = next.value;
      const few = asked.inputs.length < (pool === null ? worthWorkers : 2);
      const outputs = few
        ? await here(asked, say)
        : await shared(asked.inputs, 2 * threads, (input) => tried(started(), asked.task, input), say, asked.task.name);
      next = steps.next(outputs);
    }
    return next.value;
  };
  return { drive, close: async () => pool?.destroy() };
}

type Say = (task: string, done: number, of: number) => void;

function counted(say: Say): Drive {
  return async (steps) => {
    let next = steps.next();
    while (next.done !== true) next = steps.next(await here(next.value, say));
    return next.value;
  };
}

async function here({ task, inputs }: Asked, say: Say): Promise<unknown[]> {
  const outputs: unknown[] = [];
  for (let i = 0; i < inputs.length; i++) {
    outputs.push(await task.run(inputs.at(i)));
    say(task.name, outputs.length, inputs.length);
    // Lets signals and the progress line through between batches.
    await new Promise((done) => setImmediate(done));
  }
  return outputs;
}

/** Runs every input with so many under way at once; outputs in the order of the inputs. */
async function shared(
  inputs: Inputs<unknown>,
  underWay: number,
  each: (input: unknown) => Promise<unknown>,
  say: Say,
  name: string,
): Promise<unknown[]> {
  const outputs = new Array<unknown>(inputs.length);
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    while (next < inputs.length) {
      const own = next++;
      outputs[own] = await each(inputs.at(own));
      say(name, ++done, inputs.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(underWay, inputs.length) }, lane));
  return outputs;
}

/** @throws what the task throws; Error when the worker died each time and the task cannot do without the result */
async function tried(pool: Piscina, task: Task<unknown, unknown>, input: unknown): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, task, input);
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
      if (attempt < ATTEMPTS) continue;
      if (task.parts === undefined || task.joined === undefined) throw error;
      const outputs: unknown[] = [];
      for (const part of task.parts(input)) outputs.push(await onceOrNull(pool, task, part));
      return task.joined(input, outputs);
    }
  }
}

async function onceOrNull(pool: Piscina, task: Task<unknown, unknown>, input: unknown): Promise<unknown> {
  try {
    return await once(pool, task, input);
  } catch (error) {
    if (error instanceof WorkerDied) return null;
    throw error;
  }
}

class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

async function once(pool: Piscina, task: Task<unknown, unknown>, input: unknown): Promise<unknown> {
  const order: Order = { task: task.name, input };
  let answer: Answer;
  try {
    answer = (await pool.run(order)) as Answer;
  } catch (error) {
    throw new WorkerDied(`a worker ended in the middle of "${task.name}"`, { cause: error });
  }
  if ('thrown' in answer) throw answer.thrown;
  return answer.output;
}
