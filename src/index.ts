/** The library's door: the pipeline, the gate, the report and their types. */
import { readSources } from './io/io.js';
import { loadModel, type Model } from './model/model.js';
import { run, type ScanOptions } from './pipeline/pipeline.js';
import { report, rounded } from './report/report.js';
import type { Report } from './types/types.js';
import { version } from './version.js';
import { abortable, inlineAsync, untilAborted, type Abortable } from './work/work.js';

export { UserError } from './errors.js';
export {
  check,
  checkFiles,
  enroll,
  enrollFiles,
  type CheckFilesOptions,
  type EnrollOptions,
  type EnrollResult,
} from './gate/gate.js';
export { readSources } from './io/io.js';
export { loadModel, type Model } from './model/model.js';
export { run, type Run, type ScanOptions, type Stage } from './pipeline/pipeline.js';
export { report, reportJson } from './report/report.js';
export type { Abortable } from './work/work.js';
export type * from './types/types.js';

/**
 * Searches files, folders and quoted globs as `manyhands scan` does. For each stage's result, see `run`.
 *
 * @throws UserError as `run` does; the reason of `signal` once it is aborted
 */
export async function scan(
  paths: readonly string[],
  { model, signal, ...options }: ScanOptions & Abortable & { readonly model?: Model } = {},
): Promise<Report> {
  const files = untilAborted(readSources(paths), signal);
  const found = await run(files, model ?? loadModel(), options, undefined, abortable(inlineAsync, signal));
  return rounded(report(found, { version, options: { ...options } }));
}
