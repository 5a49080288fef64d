import { CLEAN_TASKS } from '../clean/clean.js';
import { COMPARE_TASKS } from '../compare/blocked.js';
import { DIARISE_TASKS } from '../diarise/diarise.js';
import { FINGERPRINT_TASKS } from '../fingerprint/fingerprint.js';
import { linesTask } from '../ingest/json.js';
import { JUDGE_TASKS } from '../judge/subjects.js';
import { collectOutside } from './collect.js';
import { done, type Keeping } from './done.js';
import { foldTask } from '../gate/calibrate.js';
import { formatTask } from '../gate/counted.js';

/** What a worker is sent. */
export interface Order {
  readonly task: string;
  readonly input: unknown;
  readonly cache?: Keeping;
}

/** What it sends back. A mistake of ours comes back as a value: what is thrown means that the worker died. */
export type Answer = { readonly output: unknown } | { readonly thrown: unknown };

const TASKS = new Map(
  [
    linesTask,
    ...CLEAN_TASKS,
    ...FINGERPRINT_TASKS,
    ...COMPARE_TASKS,
    ...DIARISE_TASKS,
    ...JUDGE_TASKS,
    foldTask,
    formatTask,
  ].map((task) => [task.name, task]),
);

/** Runs one task in a worker thread. */
export default async function work({ task, input, cache }: Order): Promise<Answer> {
  try {
    const output = await done(TASKS.get(task)!, input, cache);
    collectOutside();
    return { output };
  } catch (thrown) {
    return { thrown };
  }
}
