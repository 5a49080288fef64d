import { checkFiles, type CheckFilesOptions } from '../gate/gate.js';
import type { CheckFormat } from '../config/config.js';
import { UserError } from '../errors.js';
import { CHECK_REPORTERS } from '../report/check/formats.js';
import { checkTerminal } from '../report/check/terminal.js';
import { STRENGTHS } from '../types/strength.js';
import { jsonText } from '../text/json.js';
import { hintFor } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { version } from '../version.js';
import type { CheckReport, Strength } from '../types/types.js';
import { checkBaselineOptions, withAccepted, type BaselineOptions } from './accepted.js';
import { painter, scanOptions, type InputOptions } from './common.js';
import { forLog } from './deliver.js';
import { checkPlaces, deliverAll, outputsOf } from './outputs.js';
import { fromTop } from './places.js';
import { progress } from './progress.js';
import { sourcesOf, type SourceOptions } from './sources.js';

export interface CheckCommandOptions extends Omit<InputOptions, 'format'>, SourceOptions, BaselineOptions {
  readonly against?: string;
  /** FORMAT, or FORMAT=FILE. */
  readonly format?: readonly string[];
  readonly failOn?: string;
  readonly maxFindings?: string;
  /** false with --no-fail. */
  readonly fail?: boolean;
}

/**
 * `manyhands check NEW... --against REF`.
 *
 * @returns the exit code: 1 with findings at or over the threshold that nobody accepted; else 2 where input could not be
 *   read, and the report is of the rest; else 0
 */
export async function checkPaths(paths: readonly string[], options: CheckCommandOptions): Promise<0 | 1 | 2> {
  const outputs = outputsOf(options.format, options.output);
  checkBaselineOptions(options);
  await checkPlaces(outputs, options);
  const line = progress();
  const measured = await checkFiles(
    sourcesOf(paths, { ...options, outputs: outputs.map((o) => o.file ?? '-') }),
    version,
    { ...checkOptions(options), onCompared: (done, of) => line.batch('check', done, of) },
  ).finally(line.end);
  const report = await withAccepted(rounded(measured), options);
  const render = (of: CheckReport, format: CheckFormat, toFile: boolean): string => {
    if (format === 'json') return `${jsonText(of, 2)}\n`;
    if (format === 'terminal') {
      const text = checkTerminal(of, painter(toFile ? { color: false } : colour(options)));
      return toFile ? text : forLog(text);
    }
    return CHECK_REPORTERS[format](fromTop(of, format, process.env));
  };
  await deliverAll(report, outputs, render);
  return exitCode(report, options);
}

function colour({ color }: CheckCommandOptions): InputOptions {
  return color === undefined ? {} : { color };
}

/** 1 when the gate is closed by findings, unless --no-fail; 2 when it could only be closed to a part of what came. */
function exitCode({ gate, notices }: CheckReport, { fail }: CheckCommandOptions): 0 | 1 | 2 {
  if (gate.reached > gate.maxFindings && fail !== false) return 1;
  if (gate.unread === 0) return 0;
  const first = notices.find((x) => x.level === 'error')!;
  process.stderr.write(`manyhands: not everything could be read, so not everything was checked. ${first.message}\n`);
  return 2;
}

/** @throws UserError without a reference, and for a strength or number that is none */
function checkOptions(options: CheckCommandOptions): CheckFilesOptions {
  const { map, exactBylines, inlineSkip } = scanOptions(options);
  if (options.against === undefined)
    throw new UserError('against which reference?', 'Name it: --against REF, or "against" in the configuration.');
  return {
    against: options.against,
    failOn: strengthNamed(options.failOn ?? 'strong'),
    maxFindings: wholeNumber(options.maxFindings ?? '0'),
    anyFiles: options.fileList !== undefined,
    ...(map === undefined ? {} : { map }),
    ...(exactBylines === undefined ? {} : { exactBylines }),
    ...(inlineSkip === undefined ? {} : { inlineSkip }),
  };
}

function strengthNamed(text: string): Strength {
  const found = STRENGTHS.find((s) => s === text);
  if (found !== undefined) return found;
  throw new UserError(
    `--fail-on: there is no strength "${visible(text)}"`,
    hintFor(text, STRENGTHS, `Strengths: ${STRENGTHS.join(', ')}.`),
  );
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`--max-findings: "${visible(text)}" is not a whole number`);
}

function rounded(report: CheckReport): CheckReport {
  return JSON.parse(jsonText(report)) as CheckReport;
}
