import { Chalk, type ChalkInstance } from 'chalk';
import { UserError } from '../errors.js';
import { FIELD_NAMES, type FieldMap, type FieldName } from '../ingest/ingest.js';
import type { ScanOptions } from '../pipeline/pipeline.js';
import { hintFor, nearest } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import type { CacheOptions } from './cached.js';

/** Options as commander gives them, for all commands that read a dump. */
export interface InputOptions extends CacheOptions {
  readonly map?: string;
  readonly exactBylines?: boolean;
  readonly keepQuotations?: boolean;
  readonly allPairs?: boolean;
  readonly withTexts?: boolean;
  readonly format?: string;
  readonly output?: string;
  readonly color?: boolean;
  readonly threads?: string;
  readonly inlineSkip?: boolean;
  readonly maxMemory?: string;
  /** Bylines the command is about. */
  readonly about?: readonly string[];
}

/** @throws UserError for an unknown field name, naming the nearest */
function parseMap(text: string | undefined): FieldMap {
  const out: Partial<Record<FieldName, string>> = {};
  for (const part of text === undefined ? [] : text.split(',')) {
    const [name, column] = part.split('=').map((s) => s.trim());
    if (name === undefined || column === undefined || column === '')
      throw new UserError(
        `--map: "${visible(part)}" is not FIELD=COLUMN`,
        'For example: --map author=writer,text=content',
      );
    if (!FIELD_NAMES.includes(name as FieldName)) {
      const near = nearest(name, FIELD_NAMES);
      throw new UserError(
        `--map: there is no field "${visible(name)}"`,
        `${near === null ? '' : `Did you mean ${near}? `}Fields: ${FIELD_NAMES.join(', ')}.`,
      );
    }
    if (out[name as FieldName] !== undefined)
      throw new UserError(`--map: "${name}" is named twice`, 'Name one column for each field.');
    out[name as FieldName] = column;
  }
  return out;
}

/** Options that a report names: those that change its figures, and the texts in it where they were asked for. */
export function namedOptions(options: InputOptions): Readonly<Record<string, unknown>> {
  return { ...scanOptions(options), ...(options.withTexts === true ? { withTexts: true } : {}) };
}

export function scanOptions(options: Omit<InputOptions, 'format'>): ScanOptions {
  return {
    map: parseMap(options.map),
    exactBylines: options.exactBylines === true,
    keepQuotations: options.keepQuotations === true,
    ...(options.inlineSkip === false ? { inlineSkip: false } : {}),
    allPairs: options.allPairs === true,
  };
}

/** @throws UserError for what is not a number of threads */
export function threadsOf(text: string): number {
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 256) return threads;
  throw new UserError(`--threads: "${visible(text)}" is not a number of threads`, 'Give a number from 1 to 256.');
}

/** The format that --format names, of those a command can print; the terminal's where it is left out. */
export function formatOf<F extends string>(
  { format = 'terminal' }: Pick<InputOptions, 'format'>,
  known: readonly F[],
): F {
  return formatNamed(format, known);
}

/** @throws UserError for a format that is not among those a command can print */
export function formatNamed<F extends string>(name: string, known: readonly F[]): F {
  const format = known.find((f) => f === name);
  if (format !== undefined) return format;
  throw new UserError(
    `--format: there is no format "${visible(name)}"`,
    hintFor(name, known, `Formats: ${known.join(', ')}.`),
  );
}

/** Colours by flag, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads; chalk's own guess ignores NO_COLOR. */
export function painter(options: InputOptions): ChalkInstance {
  const { env } = process;
  const off = options.color === false || (env['NO_COLOR'] ?? '') !== '' || options.output !== undefined;
  const on = (env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0';
  return new Chalk({ level: off ? 0 : on || (process.stdout.isTTY && env['TERM'] !== 'dumb') ? 1 : 0 });
}
