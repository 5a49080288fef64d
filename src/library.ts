import { readSources } from './io/io.js';
import { loadModel, type Model } from './model/model.js';
import { run, type ScanOptions } from './pipeline.js';
import { report, rounded } from './report/report.js';
import type { Report } from './types.js';
import { version } from './version.js';
import { abortable, inlineAsync, untilAborted, type Abortable } from './work/work.js';

/**
 * Searches files, folders and quoted globs as `manyhands scan` does: the library's door. For each stage's result, see `run`.
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
