import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import {
  baselineText,
  EMPTY,
  isDay,
  parseBaseline,
  prunedBaseline,
  updatedBaseline,
  withBaseline,
  type Baseline,
} from '../baseline/baseline.js';
import type { CheckReport } from '../types/types.js';
import { UserError } from '../errors.js';
import { writeFileAtomic } from '../io/io.js';
import { visible } from '../text/visible.js';

export interface BaselineOptions {
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly pruneBaseline?: boolean;
  /** Why the findings are accepted. */
  readonly reason?: string;
  /** Last day on which they are, YYYY-MM-DD. */
  readonly until?: string;
}

const MAX_BYTES = 100_000_000;

/** Checks the flags before anything is measured. @throws UserError for flags that do not go together */
export function checkBaselineOptions(options: BaselineOptions): void {
  const { baseline, updateBaseline, pruneBaseline, reason, until } = options;
  if (baseline === undefined && (updateBaseline === true || pruneBaseline === true))
    throw new UserError('which baseline?', 'Name its file: --baseline FILE.');
  if (updateBaseline !== true && (reason !== undefined || until !== undefined))
    throw new UserError('--reason and --until say why findings are accepted', 'Give them with --update-baseline.');
  if (reason !== undefined && reason.trim() === '') throw new UserError('--reason: the reason is empty');
  if (until === undefined) return;
  if (!isDay(until)) throw new UserError(`--until: "${visible(until)}" is not a day`, 'Write it as YYYY-MM-DD.');
  if (until < today()) throw new UserError(`--until: ${until} has passed`);
}

/**
 * The report with accepted findings marked; the baseline file is updated and pruned first where that was asked.
 *
 * @throws UserError when the file cannot be read or written, or findings would be accepted without a reason
 */
export async function withAccepted(report: CheckReport, options: BaselineOptions): Promise<CheckReport> {
  const { baseline: path, updateBaseline, pruneBaseline, reason, until } = options;
  if (path === undefined) return report;
  const before = await readBaseline(path, updateBaseline === true);
  let after = before;
  const said: string[] = [];
  if (updateBaseline === true) {
    const update = updatedBaseline(after, withBaseline(report, after, today()), {
      reason: reason ?? '',
      until: until ?? null,
    });
    if (update.added > 0 && reason === undefined)
      throw new UserError(
        `${update.added} ${update.added === 1 ? 'finding' : 'findings'} would be accepted without a reason`,
        'Say why: --reason "…". Nothing was written.',
      );
    after = update.baseline;
    said.push(`${update.added} accepted`);
  }
  if (pruneBaseline === true) {
    const pruned = prunedBaseline(after, report, (file) => !existsSync(file));
    after = pruned.baseline;
    said.push(`${pruned.removed} taken out`);
  }
  if (said.length > 0) {
    await writeFileAtomic(path, baselineText(after));
    process.stderr.write(`manyhands: ${visible(path)}: ${said.join(', ')}, ${after.accepted.length} in all\n`);
  }
  return withBaseline(report, after, today());
}

async function readBaseline(path: string, mayBeNew: boolean): Promise<Baseline> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new UserError(`${visible(path)}: ${size} bytes; no baseline is so large`);
    return parseBaseline(await readFile(path, 'utf8'), visible(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || typeof code !== 'string') throw error;
    if (code === 'ENOENT' && mayBeNew) return EMPTY;
    throw new UserError(
      `${visible(path)}: the baseline cannot be read (${code})`,
      code === 'ENOENT' ? 'Make it with --update-baseline --reason "…".' : 'Check that it is a file you may read.',
    );
  }
}

/** Today in UTC; SOURCE_DATE_EPOCH, the convention of reproducible builds, sets the clock. */
function today(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '';
  const now = /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  return now.toISOString().slice(0, 10);
}
