import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { moment, type Drive, type Request, type Steps, type Task } from '../work/work.js';
import { collectGarbage } from './collect.js';
import { done, type Keeping } from './done.js';
import { AHEAD, Workers } from './workers.js';

/** Requests of fewer batches than this are done in this thread until there are workers: starting them takes a second. */
const WORTH_WORKERS = 6;
/** Batches in a request after which garbage is collected: there is some, and a twentieth of a second does not matter. */
const MANY = 128;
/** Batches of one request between which garbage is collected: in a million articles texts are let go of while they are worked off. */
const NEXT_COLLECTED = 1024;
/** Batches for each worker in a request from which they are sent ahead; those of fewer take long, and nothing waits behind one. */
const WORTH_SENDING = 8;

export interface PoolOptions {
  /** Worker threads; 1 does everything in this thread. All cores when left out. */
  readonly threads?: number;
  /** Bound on the heap of each worker, in bytes; a worker that outgrows it dies, and its batch is tried again. */
  readonly workerBytes?: number;
  /** Told after every batch of a request. */
  readonly onBatch?: (task: string, done: number, of: number) => void;
  /** The workers' file; the shipped one when left out. */
  readonly worker?: URL;
  /** Where results worth keeping are looked up and kept, by the thread that makes them. */
  readonly cache?: Keeping;
  /** Batches in a request from which workers are started. */
  readonly worthWorkers?: number;
}

export interface Pool {
  readonly drive: Drive;
  /** Starts the workers before there is work, where it is known that there will be. */
  readonly start: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Drives steps over worker threads (piscina). Results do not depend on their number. A worker that dies is replaced, and
 * what was sent to it is tried once more in a worker that does nothing else, then item by item; what still fails is left out as
 * the task decides.
 *
 * Run from TypeScript sources, where there is no compiled worker, everything is done in this thread.
 */
export function openPool(options: PoolOptions = {}): Pool {
  const { threads = availableParallelism(), worker, worthWorkers = WORTH_WORKERS, cache } = options;
  const file = fileURLToPath(worker ?? new URL('./worker.js', import.meta.url));
  const here = async (task: Task<unknown, unknown>, input: unknown): Promise<unknown> => {
    // Lets signals and the progress line through between batches.
    await moment();
    return done(task, input, cache);
  };
  const alone = threads < 2 || !existsSync(file);
  let workers: Workers | null = null;
  let large = false;
  const started = (): Workers => (workers ??= new Workers(file, threads, options.workerBytes));
  const there =
    (weight: number) =>
    (task: Task<unknown, unknown>, input: unknown): Promise<unknown> =>
      started().tried(weight, task, input, cache);
  /** @param fewest batches from which a request goes to the workers that are there: this thread serves them, and alone it has time */
  const driven = async <R>(steps: Steps<R>, fewest: number): Promise<R> => {
    let next = steps.next();
    while (next.done !== true) {
      if ('pause' in next.value) {
        await moment();
        next = steps.next([]);
        continue;
      }
      if ('together' in next.value) {
        const { together } = next.value;
        next = steps.next(alone ? await inTurn(together) : await Promise.all(together.map((part) => driven(part, 1))));
        continue;
      }
      const { length } = next.value.inputs;
      const few = alone || length < (workers === null ? worthWorkers : fewest);
      const weight = length < WORTH_SENDING * threads ? AHEAD : 1;
      const underWay = few ? 1 : (threads * AHEAD) / weight;
      next = steps.next(await worked(next.value, underWay, few ? here : there(weight), options));
      if (length >= MANY) void collected();
    }
    return next.value;
  };
  const inTurn = async (together: readonly Steps<unknown>[]): Promise<unknown[]> => {
    const out: unknown[] = [];
    for (const part of together) out.push(await driven(part, 2));
    return out;
  };
  /** When the computation has let go of what it was given, and workers are busy with what it asked for next. */
  const collected = async (): Promise<void> => {
    large = true;
    await moment();
    collectGarbage();
  };
  const close = async (): Promise<void> => {
    await workers?.close();
    // What is made of the results needs room, and nobody looks for what the last steps left behind.
    if (large) collectGarbage();
  };
  const start = (): void => {
    if (!alone) started();
  };
  return { drive: (steps) => driven(steps, 2), start, close };
}

/** Works off a request with so many batches under way at once; outputs in the order of the inputs. */
async function worked(
  { task, inputs }: Request,
  underWay: number,
  work: (task: Task<unknown, unknown>, input: unknown) => Promise<unknown>,
  { onBatch }: PoolOptions,
): Promise<unknown[]> {
  const outputs = new Array<unknown>(inputs.length);
  let [next, finished] = [0, 0];
  const lane = async (): Promise<void> => {
    while (next < inputs.length) {
      const own = next++;
      outputs[own] = await work(task, inputs.at(own));
      onBatch?.(task.name, ++finished, inputs.length);
      if (finished % NEXT_COLLECTED === 0) collectGarbage();
    }
  };
  await Promise.all(Array.from({ length: Math.min(underWay, inputs.length) }, lane));
  return outputs;
}
