/**
 * Work that can be done elsewhere. A stage that has much to do for every article is written as steps: a generator that
 * hands out batches and is given their results, in order. Who drives it decides where the work is done: in this thread
 * (`inline`, `inlineAsync`) or in worker threads (src/pool). The results are the same to the last bit, because batches
 * never depend on how many threads there are.
 */

/** What is done to one batch. Input and output must survive a structured clone. */
export interface Task<I, O> {
  /** Unique; workers find the task by it. */
  readonly name: string;
  run(input: I): O | Promise<O>;
  /** For a batch that killed its worker twice: its parts, tried one by one; absent for what cannot be parted. */
  parts?(input: I): readonly I[];
  /**
   * For results worth keeping on disk: everything they depend on besides the code, and how they are written and read
   * back (shared memory cannot be written). Absent for what is worked out anew each time.
   */
  readonly kept?: {
    parts(input: I): Iterable<string | Uint8Array>;
    write(output: O): unknown;
    read(value: unknown): O;
  };
  /** Results of parts made one; null stands for a part that killed its worker as well. */
  joined?(input: I, outputs: readonly (O | null)[]): O;
}

/** Inputs of a request: an array, or something that makes each input when its turn comes, and is asked once for each. */
export interface Inputs<I> {
  readonly length: number;
  at(i: number): I | undefined;
}

/** One request: every input is to be run through the task. */
export interface Request {
  readonly task: Task<unknown, unknown>;
  readonly inputs: Inputs<unknown>;
}

/** Computations that do not need each other, to be driven at once where there are threads; else one after the other. */
interface Together {
  readonly together: readonly Steps<unknown>[];
}

/** A moment in which whoever drives this can serve other computations driven at once; nothing is answered. */
interface Pause {
  readonly pause: true;
}

export type Asked = Request | Together | Pause;

/** A computation that asks for work and goes on with the results. */
export type Steps<R> = Generator<Asked, R, readonly unknown[]>;

/** Asks for a task on every input; the outputs come in the order of the inputs. */
export function* each<I, O>(task: Task<I, O>, inputs: Inputs<I>): Generator<Asked, readonly O[], readonly unknown[]> {
  const outputs = yield { task, inputs };
  return outputs as readonly O[];
}

/** Asks for computations at once; what comes of them, in their order. */
export function* all<R>(together: readonly Steps<R>[]): Generator<Asked, readonly R[], readonly unknown[]> {
  return (yield { together }) as readonly R[];
}

/** Asks for two computations at once. What one of them lets go of while the other runs is free the sooner. */
export function* both<A, B>(a: Steps<A>, b: Steps<B>): Generator<Asked, readonly [A, B], readonly unknown[]> {
  return (yield { together: [a, b] }) as readonly [A, B];
}

/** Asked for now and then in a long computation in the driver's own thread: else workers wait for their next batch meanwhile. */
export function* pause(): Steps<void> {
  yield { pause: true };
}

/** Articles in one batch. A constant, so that sums over batches never depend on the threads. */
const BATCH = 128;

/** Items in batches of `BATCH`. */
export function batches<T>(items: readonly T[], size = BATCH): T[][] {
  const out: T[][] = [];
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size));
  return out;
}

/**
 * Does all the work here and now.
 *
 * @throws Error for a task that gives a promise
 */
export function inline<R>(steps: Steps<R>): R {
  let next = steps.next();
  while (next.done !== true) next = steps.next(answered(next.value));
  return next.value;
}

function answered(asked: Asked): unknown[] {
  if ('pause' in asked) return [];
  if ('together' in asked) return asked.together.map(inline);
  const { task, inputs } = asked;
  const outputs: unknown[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const output = task.run(inputs.at(i));
    if (output instanceof Promise) throw new Error(`the task ${task.name} cannot be done at once`);
    outputs.push(output);
  }
  return outputs;
}

/** Where steps are driven: in this thread or in a pool of workers. */
export type Drive = <R>(steps: Steps<R>) => Promise<R>;

/** Does all the work in this thread, batch after batch. */
export const inlineAsync: Drive = async (steps) => {
  let next = steps.next();
  while (next.done !== true) {
    const outputs: unknown[] = [];
    if ('together' in next.value) for (const part of next.value.together) outputs.push(await inlineAsync(part));
    else if ('task' in next.value) {
      const { task, inputs } = next.value;
      for (let i = 0; i < inputs.length; i++) {
        outputs.push(await task.run(inputs.at(i)));
        await moment();
      }
    } else await moment();
    next = steps.next(outputs);
  }
  return next.value;
};

/** Until events that have come in are served: timers, signals, whatever else the program does. */
export async function moment(): Promise<void> {
  await new Promise((next) => setImmediate(next));
}

/** What a program can give up. */
export interface Abortable {
  /** Once it is aborted the work ends before its next batch or file, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The same drive, given up once the signal is aborted. */
export function abortable(drive: Drive, signal: AbortSignal | undefined): Drive {
  return signal === undefined ? drive : (steps) => drive(watched(steps, signal));
}

function* watched<R>(steps: Steps<R>, signal: AbortSignal): Steps<R> {
  let next = steps.next();
  while (next.done !== true) {
    signal.throwIfAborted();
    next = steps.next(yield watchedWork(next.value, signal));
  }
  return next.value;
}

function watchedWork(asked: Asked, signal: AbortSignal): Asked {
  if ('pause' in asked) return asked;
  if ('together' in asked) return { together: asked.together.map((part) => watched(part, signal)) };
  const { task, inputs } = asked;
  const at = (i: number): unknown => {
    signal.throwIfAborted();
    return inputs.at(i);
  };
  return { task, inputs: { length: inputs.length, at } };
}

/** The same files, given up once the signal is aborted. */
export async function* untilAborted<T>(files: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  signal?.throwIfAborted();
  for await (const file of files) {
    signal?.throwIfAborted();
    yield file;
  }
}

/** What a thread keeps from batch to batch goes by a key, because what it is sent is a copy every time. */
let lastKey = 0;

/** A key never given before in this process. */
export function nextKey(): number {
  return ++lastKey;
}

/** The latest value by key; older ones are forgotten: a thread goes through the views one after the other. */
export class Kept<T> {
  private latest: { readonly key: number; readonly value: T } | null = null;

  get(key: number, make: () => T): T {
    if (this.latest?.key !== key) this.latest = { key, value: make() };
    return this.latest.value;
  }
}
