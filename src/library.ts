import { readSources } from './io/io.js';
import { loadModel, type Model } from './model/model.js';
import { run, type ScanOptions } from './pipeline.js';
import { report, rounded } from './report/report.js';
import type { Report } from './types.js';
import { version } from './version.js';

/**
 * Searches files, folders and quoted globs as `manyhands scan` does: the library's door. For each stage's result, see `run`.
 *
 * @throws UserError as `run` does
 */
export async function scan(
  paths: readonly string[],
  { model, ...options }: ScanOptions & { readonly model?: Model } = {},
): Promise<Report> {
  const found = await run(readSources(paths), model ?? loadModel(), options);
  return rounded(report(found, { version, options: { ...options } }));
}
