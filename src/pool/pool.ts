import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { moment, type Asked, type Drive, type Request, type Steps, type Task } from '../work/work.js';
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

/**
 * Batches from which a request goes to the workers that are there; of computations driven at once, each does: this thread serves
 * them, and alone it has time.
 */
const [FEWEST, FEWEST_TOGETHER] = [2, 1];

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
  const driver = new Driver(options);
  return {
    drive: (steps) => driver.driven(steps, FEWEST),
    start: () => driver.start(),
    close: () => driver.close(),
  };
}

class Driver {
  private readonly threads: number;
  private readonly file: string;
  /** Whether everything is done in this thread. */
  private readonly alone: boolean;
  private workers: Workers | null = null;
  /** Whether a request was so large that garbage was collected behind it. */
  private large = false;

  constructor(private readonly options: PoolOptions) {
    this.threads = options.threads ?? availableParallelism();
    this.file = fileURLToPath(options.worker ?? new URL('./worker.js', import.meta.url));
    this.alone = this.threads < 2 || !existsSync(this.file);
  }

  /** @param fewest batches from which a request goes to the workers that are there */
  async driven<R>(steps: Steps<R>, fewest: number): Promise<R> {
    let next = steps.next();
    while (next.done !== true) next = steps.next(await this.answered(next.value, fewest));
    return next.value;
  }

  start(): void {
    if (!this.alone) this.started();
  }

  async close(): Promise<void> {
    await this.workers?.close();
    // What is made of the results needs room, and nobody looks for what the last steps left behind.
    if (this.large) collectGarbage();
  }

  private async answered(asked: Asked, fewest: number): Promise<readonly unknown[]> {
    if ('pause' in asked) {
      await moment();
      return [];
    }
    if ('together' in asked) {
      const { together } = asked;
      return this.alone
        ? this.inTurn(together)
        : Promise.all(together.map((part) => this.driven(part, FEWEST_TOGETHER)));
    }
    const outputs = await this.worked(asked, fewest);
    if (asked.inputs.length >= MANY) void this.collected();
    return outputs;
  }

  private async worked(request: Request, fewest: number): Promise<unknown[]> {
    const { threads, options } = this;
    const { length } = request.inputs;
    const { worthWorkers = WORTH_WORKERS, cache } = options;
    if (this.alone || length < (this.workers === null ? worthWorkers : fewest))
      return workedOff(request, 1, (task, input) => here(task, input, cache), options);
    const weight = length < WORTH_SENDING * threads ? AHEAD : 1;
    const workers = this.started();
    return workedOff(
      request,
      (threads * AHEAD) / weight,
      (task, input) => workers.tried(weight, task, input, cache),
      options,
    );
  }

  private async inTurn(together: readonly Steps<unknown>[]): Promise<unknown[]> {
    const out: unknown[] = [];
    for (const part of together) out.push(await this.driven(part, FEWEST));
    return out;
  }

  private started(): Workers {
    return (this.workers ??= new Workers(this.file, this.threads, this.options.workerBytes));
  }

  /** When the computation has let go of what it was given, and workers are busy with what it asked for next. */
  private async collected(): Promise<void> {
    this.large = true;
    await moment();
    collectGarbage();
  }
}

async function here(task: Task<unknown, unknown>, input: unknown, cache?: Keeping): Promise<unknown> {
  // Lets signals and the progress line through between batches.
  await moment();
  return done(task, input, cache);
}

/** Works off a request with so many batches under way at once; outputs in the order of the inputs. */
async function workedOff(
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
      finished++;
      onBatch?.(task.name, finished, inputs.length);
      if (finished % NEXT_COLLECTED === 0) collectGarbage();
    }
  };
  await Promise.all(Array.from({ length: Math.min(underWay, inputs.length) }, lane));
  return outputs;
}
