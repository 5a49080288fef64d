import { appendFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckReport } from '../types/types.js';
import { CHECK_FORMATS, type CheckFormat } from '../config/config.js';
import { UserError } from '../errors.js';
import { checkWritable, placeOf, refuseOverwriting, writeFileAtomic } from '../io/io.js';
import { githubSummary } from '../report/check/github.js';
import { gateSentence } from '../report/check/words.js';
import { visible } from '../text/visible.js';
import { formatNamed } from './common.js';
import { deliver } from './deliver.js';

/** One thing to be written: a format, and the file it goes to; null for standard output. */
export interface Output {
  readonly format: CheckFormat;
  readonly file: string | null;
}

/**
 * What --format and --output ask for: FORMAT for standard output, FORMAT=FILE for a file, as often as given.
 *
 * @throws UserError for an unknown format, two formats on standard output, or two in one file
 */
export function outputsOf(formats: readonly string[] = ['terminal'], output?: string): readonly Output[] {
  const out = formats.map((text): Output => {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    const format = formatNamed(name, CHECK_FORMATS);
    const file = at < 0 ? (output ?? '-') : text.slice(at + 1);
    if (file === '') throw new UserError(`--format: no file after "${visible(text)}"`, `Write ${name}=FILE.`);
    return { format, file: file === '-' ? null : file };
  });
  const places = out.map((o) => o.file);
  refuseTwice(places, places);
  return out;
}

/** @throws UserError where two places are one, under the name of the second */
function refuseTwice(places: readonly (string | null)[], names: readonly (string | null)[]): void {
  const twice = places.findIndex((place, i) => places.indexOf(place) !== i);
  if (twice < 0) return;
  const name = names[twice]!;
  throw new UserError(
    `--format: two formats would go to ${name === null ? 'standard output' : visible(name)}`,
    'Give a file of its own to each: --format terminal --format sarif=out.sarif',
  );
}

/** What a check reads beside the submissions. */
export interface Beside {
  readonly against?: string;
  readonly baseline?: string;
  readonly fileList?: string;
}

/**
 * Looks, before anything is measured, where the results will go, by whatever names.
 *
 * @throws UserError where two go to one file, or one into the reference or over the baseline or the list of files
 */
export async function checkPlaces(outputs: readonly Output[], { against, baseline, fileList }: Beside): Promise<void> {
  const real = (path: string | undefined): Promise<string | null> =>
    path === undefined || path === '-' ? Promise.resolve(null) : placeOf(path).catch(() => null);
  const reference = await real(against);
  const read = [await real(baseline), await real(fileList)];
  const names: string[] = [];
  const places: string[] = [];
  for (const { file } of outputs) {
    const place = file === null ? null : await checkWritable(file);
    if (place === null) continue;
    names.push(file!);
    places.push(place);
    if (read.includes(place)) refuseOverwriting(file!);
    if (dirname(place) === reference)
      throw new UserError(`${visible(file!)}: would stand in the reference`, 'Give a file outside of it.');
  }
  refuseTwice(places, names);
}

/**
 * Writes the report in every format that was asked for, files first. Where GitHub asks for a job summary and the format
 * github is among them, adds it.
 *
 * @param render a report in one format
 */
export async function deliverAll(
  report: CheckReport,
  outputs: readonly Output[],
  render: (report: CheckReport, format: CheckFormat, toFile: boolean) => string,
): Promise<void> {
  for (const { format, file } of outputs) if (file !== null) await writeFileAtomic(file, render(report, format, true));
  const summary = process.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary !== '' && outputs.some((o) => o.format === 'github')) await summarise(report, summary);
  // A log that says nothing at all leaves the reader guessing.
  if (outputs.every((o) => o.file !== null)) process.stderr.write(`manyhands: ${gateSentence(report)}\n`);
  for (const { format, file } of outputs) if (file === null) await deliver(render(report, format, false), {});
}

/** GitHub counts what earlier commands of the step wrote. */
async function summarise(report: CheckReport, path: string): Promise<void> {
  const before = await stat(path).then(
    (info) => info.size,
    () => 0,
  );
  const text = githubSummary(report, 1024 * 1024 - before);
  try {
    await appendFile(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    throw new UserError(
      `${visible(path)}: the job summary cannot be written (${code})`,
      'It is named by GITHUB_STEP_SUMMARY.',
    );
  }
}
