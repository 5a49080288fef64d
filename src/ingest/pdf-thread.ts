import { Worker } from 'node:worker_threads';
import { pdfText, type PdfText } from './pdf-pages.js';

type Answer = PdfText | { readonly problem: string };

/** Seconds that a page, and a PDF, may take: a hundred times what the longest honest ones do. Memory of its thread, and of its data, in MB. */
const BOUNDS = { page: 60, whole: 600, heap: 2000, data: 3000 };

/** Threads that have nothing to do. */
const idle: Worker[] = [];

/**
 * Reads a PDF in a thread of its own, which is ended where it takes too long: a small file can be told to draw for a year, and its
 * reader asks nobody whether to go on. From TypeScript sources, where there is no compiled thread, it is read in this one.
 */
export async function readApart(bytes: Uint8Array, bounds = BOUNDS): Promise<Answer> {
  if (import.meta.url.endsWith('.ts')) return pdfText(Uint8Array.from(bytes));
  const worker = idle.pop() ?? started(bounds.heap);
  worker.ref();
  const answer = await answered(worker, bytes, bounds);
  if (answer !== null) {
    // It keeps no program from ending.
    worker.unref();
    idle.push(worker);
    return answer;
  }
  await worker.terminate();
  return {
    problem: `takes more than ${bounds.page} seconds a page, ${bounds.whole} in all, or ${bounds.data} MB. Save it as text`,
  };
}

function started(heap: number): Worker {
  return new Worker(new URL('./pdf-worker.js', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: heap } });
}

/** @returns null where it is over the bounds */
function answered(worker: Worker, bytes: Uint8Array, { page, whole, data }: typeof BOUNDS): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const before = process.memoryUsage.rss();
    let [ofPage, ofWhole] = [0, 0];
    // Seconds are counted and not measured: what stands still, a laptop that sleeps, does not lose them.
    const clock = setInterval(() => {
      const more = (process.memoryUsage.rss() - before) / 1e6;
      if (++ofPage > page || ++ofWhole > whole || more > data) end(() => resolve(null));
    }, 1000);
    const onMessage = (said: Answer | 'page'): void => {
      if (said === 'page') ofPage = 0;
      else end(() => resolve(said));
    };
    const onError = (error: NodeJS.ErrnoException): void =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(null) : reject(error)));
    const end = (tell: () => void): void => {
      clearInterval(clock);
      worker.off('message', onMessage).off('error', onError);
      tell();
    };
    worker.on('message', onMessage).on('error', onError);
    worker.postMessage(bytes);
  });
}
