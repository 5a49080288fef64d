import { enrollFiles, type EnrollResult, type EnrollStage } from '../gate/gate.js';
import { UserError } from '../errors.js';
import { loadModel } from '../model/model.js';
import { openPool } from '../pool/pool.js';
import { counted, number } from '../text/figures.js';
import { visible } from '../text/visible.js';
import { version } from '../version.js';
import { scanOptions, threadsOf, type InputOptions } from './common.js';
import { deliverText } from './deliver.js';
import { progress, statusLine } from './progress.js';
import { sourcesOf } from './sources.js';

export interface EnrollCommandOptions extends InputOptions {
  readonly output: string;
  readonly add?: boolean;
  readonly replace?: boolean;
}

/** Warnings that are printed. */
const MOST_WARNINGS = 12;

const SAYING: Readonly<Record<Exclude<EnrollStage, 'write'>, string>> = {
  read: 'reading',
  clean: 'cleaning',
  measure: 'measuring and calibrating',
};

/** `manyhands enroll PATH... --output REF`: freezes a reference for `check`. */
export async function enrollPaths(paths: readonly string[], options: EnrollCommandOptions): Promise<void> {
  if (paths.length === 0 && options.add !== true)
    throw new UserError('no input given', 'Give files or folders of articles, or "-" for standard input.');
  if (options.add === true && options.replace === true)
    throw new UserError('--add and --replace: a reference is added to, or replaced', 'Give one of them.');
  const { map, exactBylines, keepQuotations, inlineSkip } = scanOptions(options);
  const files = paths.length === 0 ? null : sourcesOf(paths);
  const enrolling = {
    output: options.output,
    add: options.add === true,
    replace: options.replace === true,
    ...(map === undefined ? {} : { map }),
    ...(exactBylines === undefined ? {} : { exactBylines }),
    ...(keepQuotations === undefined ? {} : { keepQuotations }),
    ...(inlineSkip === undefined ? {} : { inlineSkip }),
  };
  const line = progress();
  const pool = openPool({
    onBatch: line.batch,
    ...(options.threads === undefined ? {} : { threads: threadsOf(options.threads) }),
  });
  const done = await enrollFiles(files, loadModel(), version, enrolling, stages(), pool.drive).finally(async () => {
    line.end();
    await pool.close();
  });
  const lines = [
    `${visible(options.output)}: reference ${done.reference}, ${counted(done.articles, 'article')}, ${counted(done.bylines, 'byline')}, ${counted(done.words, 'word')}`,
  ];
  if (options.add === true) lines.push(`${done.added} added, ${done.already} already enrolled`);
  if (done.copies > 0)
    lines.push(
      `${number(done.copies, 0)} of them near copies of others: passages are looked for in them, style is counted once`,
    );
  if (done.replaced !== null) lines.push(replacedLine(done.replaced));
  const warnings = done.notices.filter((x) => x.level !== 'info').map((x) => x.message);
  lines.push(...warnings.slice(0, MOST_WARNINGS));
  if (warnings.length > MOST_WARNINGS) lines.push(`… and ${warnings.length - MOST_WARNINGS} more like these`);
  return deliverText(`${lines.join('\n')}\n`, {});
}

function replacedLine({ reference, articles }: NonNullable<EnrollResult['replaced']>): string {
  return articles === null
    ? 'in place of a reference that could not be read'
    : `in place of reference ${reference}, ${counted(articles, 'article')}`;
}

function stages(): (stage: EnrollStage, items: number) => void {
  const say = statusLine();
  return (stage, items) => say(stage === 'write' ? '' : `${SAYING[stage]}${items > 0 ? ` ${items} articles` : ''} …`);
}
