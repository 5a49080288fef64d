import { Piscina } from 'piscina';
import type { Task } from '../work/work.js';
import type { Keeping } from './done.js';
import type { Answer, Order } from './worker.js';

/**
 * Batches that wait in each worker, with the one it does: it goes on while this thread is busy with something else, and need
 * not wait for an answer between two.
 */
export const AHEAD = 4;

/**
 * Bound on what is new in the heap of each worker, in megabytes: a sixth of what V8 takes by itself, which is no slower
 * here and saves some 20 MB a worker more than a third does (C50, two threads).
 */
const YOUNG = 8;

/** One worker thread, and how much was sent to it that it has not answered. */
interface Hand {
  readonly thread: Piscina;
  load: number;
}

/** The worker threads of a pool. */
export class Workers {
  private readonly hands: readonly Hand[];
  /** Those that wait for a free hand, in the order in which they asked. */
  private readonly queue: { readonly weight: number; readonly told: (hand: Hand) => void }[] = [];
  private apart: Piscina | null = null;

  /** @param heapBytes bound on the heap of each worker, where there is one */
  constructor(
    private readonly filename: string,
    threads: number,
    private readonly heapBytes: number | undefined,
  ) {
    this.hands = Array.from({ length: threads }, () => ({ thread: this.started(AHEAD), load: 0 }));
  }

  /**
   * Does one batch in a worker.
   *
   * @param weight how much of what may wait in a worker it is: behind as much as that, nothing else is sent
   * @throws what the task throws; Error when the worker died each time and the task cannot do without the result
   */
  async tried(weight: number, task: Task<unknown, unknown>, input: unknown, cache?: Keeping): Promise<unknown> {
    const order: Order = { task: task.name, input, ...(cache === undefined ? {} : { cache }) };
    const usual = await answerTo(this.run(order, weight));
    if (!('died' in usual)) return outputOf(usual);
    const again = await answerTo(this.runApart(order));
    if (!('died' in again)) return outputOf(again);
    if (task.parts === undefined || task.joined === undefined)
      throw new Error(`a worker ended in the middle of "${task.name}"`, { cause: again.died });
    const outputs: unknown[] = [];
    for (const part of task.parts(input)) {
      // Parts are not kept: what is left out of them must not come back from the cache.
      const answer = await answerTo(this.runApart({ task: task.name, input: part }));
      outputs.push('died' in answer ? null : outputOf(answer));
    }
    return task.joined(input, outputs);
  }

  private async run(order: Order, weight: number): Promise<unknown> {
    const hand = await new Promise<Hand>((told) => {
      this.queue.push({ weight, told });
      this.serve();
    });
    try {
      return await hand.thread.run(order);
    } finally {
      hand.load -= weight;
      this.serve();
    }
  }

  /** In a worker that has nothing else to do: where it dies, it is known of what. */
  private runApart(order: Order): Promise<unknown> {
    this.apart ??= this.started(1);
    return this.apart.run(order);
  }

  async close(): Promise<void> {
    await Promise.all([...this.hands.map(({ thread }) => thread.destroy()), this.apart?.destroy()]);
  }

  private serve(): void {
    for (let hand = this.free(); hand !== null && this.queue.length > 0; hand = this.free()) {
      const { weight, told } = this.queue.shift()!;
      hand.load += weight;
      told(hand);
    }
  }

  private free(): Hand | null {
    const least = this.hands.reduce((x, y) => (y.load < x.load ? y : x));
    return least.load < AHEAD ? least : null;
  }

  private started(concurrentTasksPerWorker: number): Piscina {
    const { heapBytes } = this;
    const bound = heapBytes === undefined ? {} : { maxOldGenerationSizeMb: Math.max(64, heapBytes >> 20) };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG, ...bound };
    // A worker that waits by atomics answers only when all that was sent to it is done.
    const asEvents = { atomics: 'disabled', concurrentTasksPerWorker } as const;
    return new Piscina({ filename: this.filename, minThreads: 1, maxThreads: 1, resourceLimits, ...asEvents });
  }
}

async function answerTo(asked: Promise<unknown>): Promise<Answer | { readonly died: unknown }> {
  try {
    return (await asked) as Answer;
  } catch (died) {
    return { died };
  }
}

function outputOf(answer: Answer): unknown {
  if ('thrown' in answer) throw answer.thrown;
  return answer.output;
}
