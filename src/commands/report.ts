import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { SCAN_FORMATS } from '../config/config.js';
import { UserError } from '../errors.js';
import { checkNotOver, drained } from '../io/io.js';
import { visible } from '../text/visible.js';
import type { Report } from '../types/types.js';
import { formatOf } from './common.js';
import { checkNotKey, pseudonymisedWith } from './key.js';
import { deliverReport, tableOf, type RenderOptions } from './render.js';

/** Most bytes of a saved report: one of 2,000 bylines with every pair has about 500 MB; strings end there in Node. */
const MAX_BYTES = 500_000_000;

/** `manyhands report RUN.json`: a saved JSON report in another format, nothing computed again. */
export async function reportAgain(path: string, options: RenderOptions): Promise<void> {
  const format = formatOf(options, SCAN_FORMATS);
  tableOf(options);
  await checkNotKey(options);
  if (options.output !== undefined && options.output !== '-') await checkNotOver(options.output, path);
  const { report } = await readReport(path);
  const shown = options.pseudonymise === undefined ? report : await pseudonymisedWith(options.pseudonymise, report);
  return deliverReport(shown, format, options);
}

/**
 * Reads a saved report and checks it against the shipped schema.
 *
 * @returns the report and the bytes it was read from
 * @throws UserError when it cannot be read, is no JSON, or is no report of this schema
 */
export async function readReport(path: string): Promise<{ readonly report: Report; readonly bytes: Uint8Array }> {
  const bytes = path === '-' ? await readStdin() : await readCapped(path);
  return { report: await parseReport(bytes, path === '-' ? 'standard input' : visible(path)), bytes };
}

/** @param name what the bytes are called in messages */
export async function parseReport(bytes: Uint8Array, name: string): Promise<Report> {
  const again = 'Give a report made with: manyhands scan PATH --format json';
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UserError(`${name}: not JSON`, again);
  }
  const { Ajv } = await import('ajv');
  const schema = JSON.parse(readFileSync(new URL('../../schema/report-1.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  if (validate(data)) return data as Report;
  const { instancePath, message } = validate.errors![0]!;
  throw new UserError(
    `${name}: not a report of schema manyhands.report/1 (${visible(instancePath) || 'the whole'} ${visible(message ?? 'is wrong')})`,
    again,
  );
}

async function readCapped(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new UserError(`${visible(path)}: ${size} bytes; at most ${MAX_BYTES} are read`);
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof UserError) throw error;
    throw new UserError(
      `${visible(path)}: cannot be read (${code})`,
      'Check the name, and that it is a file you may read.',
    );
  }
}

async function readStdin(): Promise<Uint8Array> {
  const bytes = await drained(process.stdin, MAX_BYTES);
  if (bytes === null) throw new UserError(`standard input: more than ${MAX_BYTES} bytes`);
  return bytes;
}
