import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChalkInstance } from 'chalk';
import { detChart, reliabilityPlot, tippettPlot } from '../charts/charts.js';
import { UserError } from '../errors.js';
import { writeFileAtomic } from '../io/io.js';
import { loadModel } from '../model/model.js';
import { counted } from '../text/figures.js';
import { WIDTH, wrap } from '../text/folded.js';
import { jsonText } from '../text/json.js';
import { markdownText as text } from '../text/markdown.js';
import { visible } from '../text/visible.js';
import { HAND_AMOUNTS } from '../train/evaluate-hands.js';
import { evaluationParts, type TextTable } from '../train/evaluate-tables.js';
import { evaluate, readEvaluation, type ArticleEvaluation, type Evaluation } from '../train/evaluate.js';
import { version } from '../version.js';
import { formatOf, painter } from './common.js';
import { deliver, deliverText } from './deliver.js';
import { statusLine } from './progress.js';

/** Options as commander gives them. */
export interface EvaluateFlags {
  readonly truth?: string;
  readonly where?: string;
  readonly amounts?: string;
  readonly seeds?: string;
  readonly leaveOut?: readonly string[];
  readonly hands?: boolean;
  readonly outputDir?: string;
  readonly format?: string;
  readonly output?: string;
  readonly color?: boolean;
}

const AMOUNTS = [1, 2, 5, 10, 25];
const MOST_SEEDS = 100;

/** `manyhands evaluate PATH...`: how well the tool tells hands apart on corpora whose hands are known. */
export async function evaluateOn(paths: readonly string[], flags: EvaluateFlags): Promise<void> {
  const format = formatOf(flags, ['terminal', 'json', 'markdown']);
  const where = whereOf(flags.where);
  const amounts = flags.amounts === undefined ? null : wholeNumbers('--amounts', flags.amounts, 10_000, 20);
  const options = {
    seeds: flags.seeds === undefined ? 5 : wholeNumbers('--seeds', flags.seeds, MOST_SEEDS, 1)[0]!,
    amounts: amounts ?? AMOUNTS,
    ...(flags.hands === true ? { handAmounts: amounts ?? HAND_AMOUNTS } : {}),
    leaveOut: flags.leaveOut ?? [],
    say: saying(),
  };
  const corpora = await readEvaluation(paths, {
    ...(flags.truth === undefined ? {} : { truth: flags.truth }),
    ...(where === null ? {} : { where }),
  });
  const found = evaluate(corpora, loadModel(), version, options);
  options.say('');
  if (flags.outputDir !== undefined) await save(found, flags.outputDir);
  if (format === 'json') return deliver(evaluationJson(found), flags);
  return deliverText(format === 'markdown' ? markdown(found) : terminal(found, painter(flags)), flags);
}

function whereOf(text: string | undefined): { field: string; value: string } | null {
  if (text === undefined) return null;
  const at = text.indexOf('=');
  if (at < 1) throw new UserError(`--where: "${visible(text)}" is not FIELD=VALUE`, 'For example: --where kind=normal');
  return { field: text.slice(0, at), value: text.slice(at + 1) };
}

/** Different whole numbers of a list, ascending. @throws UserError for anything else */
function wholeNumbers(flag: string, text: string, most: number, longest: number): number[] {
  const numbers = text.split(',').map((part) => (/^\d{1,6}$/.test(part.trim()) ? Number(part) : NaN));
  if (numbers.length > longest || numbers.some((n) => !(n >= 1 && n <= most)))
    throw new UserError(
      `${flag}: "${visible(text, 60)}" is not ${longest === 1 ? 'a whole number' : 'a list of whole numbers'} from 1 to ${most}`,
      longest === 1 ? `For example: ${flag} 5` : `For example: ${flag} 2,5,10`,
    );
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** A line on standard error that says what is being done; nothing where that is no terminal. */
function saying(): (what: string) => void {
  const say = statusLine();
  return (what) => say(what === '' ? '' : `${visible(what)} …`);
}

/** What was not measured is null. */
function evaluationJson(found: Evaluation): string {
  return `${jsonText(found, 2, null)}\n`;
}

async function save(found: Evaluation, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `${visible(folder)}: cannot be made (${error.code ?? 'unknown'})`,
      'Give a folder that can be written.',
    );
  });
  await writeFileAtomic(join(folder, 'evaluation.json'), evaluationJson(found));
  await writeFileAtomic(join(folder, 'evaluation.md'), markdown(found));
  const used = new Set<string>();
  for (const corpus of found.corpora) {
    if (corpus.kind !== 'articles' || corpus.amounts.length === 0) continue;
    const safe = corpus.corpus.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_');
    let name = safe;
    for (let i = 2; used.has(name); i++) name = `${safe}-${i}`;
    used.add(name);
    for (const [kind, svg] of Object.entries(charts(corpus)))
      await writeFileAtomic(join(folder, `${name}-${kind}.svg`), svg);
  }
}

/** The three charts of one corpus, a curve an amount. */
function charts({ corpus, amounts }: ArticleEvaluation): Readonly<Record<'det' | 'tippett' | 'reliability', string>> {
  const name = (articles: number | null): string =>
    articles === null ? 'mixed amounts' : `${counted(articles, 'article')} a byline`;
  return {
    det: detChart(
      `${corpus}: detection-error trade-off`,
      amounts.map((r) => ({ name: name(r.articles), points: r.curves.det })),
    ),
    tippett: tippettPlot(
      `${corpus}: Tippett plot`,
      amounts.map((r) => ({ name: name(r.articles), points: r.curves.tippett })),
    ),
    reliability: reliabilityPlot(
      `${corpus}: reliability`,
      amounts.map((r) => ({ name: name(r.articles), points: r.curves.reliability })),
    ),
  };
}

function terminal(found: Evaluation, paint: ChalkInstance): string {
  const out: string[] = [wrap(madeBy(found))];
  for (const part of evaluationParts(found)) {
    out.push('', paint.bold(wrap(part.title)));
    for (const w of part.warnings) out.push(paint.bold.yellow(wrap(`Warning: ${w}`)));
    for (const table of part.tables)
      out.push('', paint.bold(table.title), ...aligned(table), ...table.notes.map((n) => paint.dim(wrap(n, '  '))));
  }
  return `${out.join('\n')}\n`;
}

function madeBy({ tool, seeds }: Evaluation): string {
  return `manyhands ${tool.version}, model ${tool.model}, ${counted(seeds, 'seed')}`;
}

/**
 * Columns as wide as their widest cell, all but the first to the right. A table that is wider than a terminal goes on below,
 * under its key columns again.
 */
export function aligned({ columns, rows, keys = 1 }: TextTable): string[] {
  const all = [columns, ...rows];
  const widths = columns.map((_, c) => Math.max(...all.map((row) => row[c]!.length)));
  const room = (shown: readonly number[]): number => shown.reduce((sum, c) => sum + widths[c]! + 2, -2);
  const first = columns.map((_, c) => c).slice(0, keys);
  const parts: number[][] = [];
  for (let c = keys; c < columns.length; c++) {
    const last = parts.at(-1);
    if (last !== undefined && room([...last, c]) <= WIDTH) last.push(c);
    else parts.push([...first, c]);
  }
  return parts.flatMap((part, i) => [
    ...(i === 0 ? [] : ['']),
    ...all.map((row) =>
      part
        .map((c) => (c === 0 ? row[c]!.padEnd(widths[c]!) : row[c]!.padStart(widths[c]!)))
        .join('  ')
        .trimEnd(),
    ),
  ]);
}

function markdown(found: Evaluation): string {
  const out = ['# Evaluation', '', madeBy(found)];
  for (const part of evaluationParts(found)) {
    out.push('', `## ${text(part.title)}`, ...part.warnings.flatMap((w) => ['', `**Warning:** ${text(w)}`]));
    for (const { title, columns, rows, notes } of part.tables) {
      out.push('', `### ${text(title)}`, '', `| ${columns.join(' | ')} |`);
      out.push(`|${columns.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`);
      out.push(
        ...rows.map((row) => `| ${row.map((cell) => text(cell)).join(' | ')} |`),
        '',
        ...notes.map((n) => `- ${text(n)}`),
      );
    }
  }
  return `${out.join('\n')}\n`;
}
