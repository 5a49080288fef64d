import { checkFiles, type CheckFilesOptions } from '../gate/gate.js';
import type { CheckReport } from '../check-types.js';
import { UserError } from '../errors.js';
import { readSources } from '../io/io.js';
import { jsonText } from '../report/report.js';
import { checkTerminal } from '../report/check-terminal.js';
import { nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { version } from '../version.js';
import type { Strength } from '../types.js';
import { deliver, formatOf, painter, scanOptions, type InputOptions } from './common.js';

export interface CheckCommandOptions extends InputOptions {
  readonly against: string;
  readonly failOn?: string;
  readonly maxFindings?: string;
  /** false with --no-fail. */
  readonly fail?: boolean;
}

const STRENGTHS: readonly Strength[] = ['limited', 'moderate', 'strong', 'very-strong'];
const CHECK_FORMATS = ['terminal', 'json'] as const;

/** `manyhands check NEW... --against REF`. @returns the exit code: 1 with findings at or over the threshold, else 0 */
export async function checkPaths(paths: readonly string[], options: CheckCommandOptions): Promise<0 | 1> {
  const format = formatOf(options, CHECK_FORMATS);
  const report = await checkFiles(readSources(paths), version, checkOptions(options));
  await deliver(format === 'json' ? jsonText(report) : checkTerminal(rounded(report), painter(options)), options);
  return exitCode(report, options);
}

/** 1 when the gate is closed, unless --no-fail. */
export function exitCode({ gate }: CheckReport, { fail }: CheckCommandOptions): 0 | 1 {
  return gate.passed || fail === false ? 0 : 1;
}

/** @throws UserError for a strength or number that is none */
export function checkOptions(options: CheckCommandOptions): CheckFilesOptions {
  const { map, exactBylines } = scanOptions(options);
  return {
    against: options.against,
    failOn: strengthNamed(options.failOn ?? 'strong'),
    maxFindings: wholeNumber(options.maxFindings ?? '0'),
    ...(map === undefined ? {} : { map }),
    ...(exactBylines === undefined ? {} : { exactBylines }),
  };
}

function strengthNamed(text: string): Strength {
  const found = STRENGTHS.find((s) => s === text);
  if (found !== undefined) return found;
  const near = nearest(text, STRENGTHS);
  throw new UserError(
    `--fail-on: there is no strength "${visible(text)}"`,
    near === null ? `Strengths: ${STRENGTHS.join(', ')}.` : `Did you mean ${near}?`,
  );
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`--max-findings: "${visible(text)}" is not a whole number`);
}

function rounded(report: CheckReport): CheckReport {
  return JSON.parse(jsonText(report)) as CheckReport;
}
