import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enroll, loadForCheck, openSaved } from '../gate/gate.js';
import { claimOutcomes, type Outcome } from './claims.js';
import { groupBy } from '../math/grouped.js';
import { areaUnderRoc, cllr, type Scored } from '../math/metrics.js';
import { hashString, seededRandom } from '../math/random.js';
import { loadModel, modelWithout } from '../model/model.js';
import { readSources } from '../io/io.js';
import { atLeast, strengthOf } from '../types/strength.js';
import type { Strength } from '../types/types.js';
import { timed } from './speed.js';

type Print = (cells: readonly string[]) => void;

interface Line {
  readonly id: string;
  readonly author: string | readonly string[];
  readonly text: string;
  readonly date?: string;
}

/** Accuracy and speed of the gate, each through the commands' own code and real files. */
export async function benchCheck(
  folder: string,
  print: Print,
  parts: { accuracy: boolean; speed: boolean; faults: boolean },
): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'manyhands-bench-'));
  try {
    if (parts.accuracy) await accuracyRows(folder, work, print);
    if (parts.speed) await speedRows(folder, work, print);
    if (parts.faults) faultRows(print);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function accuracyRows(folder: string, work: string, print: Print): Promise<void> {
  print([
    'a submission and its byline',
    'submissions',
    'answered',
    'AUC',
    'Cllr',
    'first of all',
    'impostor flagged',
    'impostor flagged, claims as common as honest ones',
    'impostor unknown to the archive',
    'honest flagged',
    'at "moderate": impostor, so weighed; honest',
  ]);
  for (const name of ['c50-half', 'digitalgov'])
    if (existsSync(join(folder, `${name}.jsonl`))) await accuracyRow(folder, name, work, print);
}

/** Kills, a full disk, two writers, changed bytes: see scripts/faults.mjs. */
function faultRows(print: Print): void {
  const { stdout, status } = spawnSync(process.execPath, ['scripts/faults.mjs'], { encoding: 'utf8' });
  print(['faults', 'what happened', 'kept its promise']);
  for (const line of stdout.trim().split('\n')) {
    const [ok, what, outcome] = line.split(' | ');
    print([what ?? '', (outcome ?? '').split(': ')[0]!, ok ?? '']);
  }
  if (status !== 0) print(['all of them', '', 'NO']);
}

function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** Earlier half of every author, and later half; authors of one article stand in the earlier half. */
function halves(lines: readonly Line[]): { earlier: Line[]; later: Line[] } {
  const byAuthor = groupBy(lines, ({ author }) => (typeof author === 'string' ? author : null));
  const out = { earlier: [] as Line[], later: [] as Line[] };
  for (const own of byAuthor.values()) {
    own.sort((a, b) =>
      (a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : a.id < b.id ? -1 : 1,
    );
    const half = Math.ceil(own.length / 2);
    out.earlier.push(...own.slice(0, half));
    out.later.push(...own.slice(half));
  }
  return out;
}

async function accuracyRow(folder: string, name: string, work: string, print: Print): Promise<void> {
  const { earlier, later } = halves(linesOf(join(folder, `${name}.jsonl`)));
  const [old, fresh, reference] = [join(work, 'earlier.jsonl'), join(work, 'later.jsonl'), join(work, name)];
  const write = (path: string, lines: readonly Line[]): void =>
    writeFileSync(path, lines.map((l) => `${JSON.stringify(l)}\n`).join(''));
  write(old, earlier);
  write(fresh, later);
  const model = modelWithout(loadModel(), name);
  if (model === null) throw new Error(`the model has no calibration without ${name}`);
  await enroll([old], { output: reference, model });
  const outcomes = await claimOutcomes(readSources([fresh]), await loadForCheck(await openSaved(reference)));
  print([name, ...summary(outcomes)]);
}

/** Shares over all submissions and claims; what is abstained on counts as not flagged. */
function summary(outcomes: readonly Outcome[]): string[] {
  const honest = outcomes.filter((o) => o.honest && !o.authorLeftOut);
  const impostors = outcomes.filter((o) => !o.honest && !o.authorLeftOut);
  const unknown = outcomes.filter((o) => !o.honest && o.authorLeftOut);
  const claims = new Map<string, number>();
  for (const { claimed } of honest) claims.set(claimed, (claims.get(claimed) ?? 0) + 1);
  const weight = (o: Outcome): number => claims.get(o.claimed) ?? 0;
  const doubted = (o: Outcome, from: Strength): boolean => atLeast(strengthOf(o.doubt), from);
  const flagged = (of: readonly Outcome[], from: Strength = 'strong'): number =>
    of.filter((o) => doubted(o, from)).length / of.length;
  const balanced = (from: Strength): number =>
    impostors.reduce((s, o) => s + (doubted(o, from) ? weight(o) : 0), 0) /
    impostors.reduce((s, o) => s + weight(o), 0);
  const scored = (of: readonly Outcome[]): Scored[] => of.map((o) => ({ score: o.score, truth: o.honest }));
  const answered = [...honest, ...impostors].filter((o) => o.answered);
  const percent = (v: number): string => `${(100 * v).toFixed(1)} %`;
  return [
    String(honest.length),
    percent(honest.filter((o) => o.answered).length / honest.length),
    areaUnderRoc(scored([...honest, ...impostors])).toFixed(3),
    cllr(answered.map((o) => ({ score: o.log10LR, truth: o.honest }))).toFixed(3),
    percent(honest.filter((o) => o.rank === 1).length / honest.length),
    percent(flagged(impostors)),
    percent(balanced('strong')),
    percent(flagged(unknown)),
    percent(flagged(honest)),
    `${percent(balanced('moderate'))}; ${percent(flagged(honest, 'moderate'))}`,
  ];
}

/** Articles of a large reference, and bylines they are spread over. */
const LARGE = { articles: 100_000, bylines: 5000 };

async function speedRows(folder: string, work: string, print: Print): Promise<void> {
  const c50 = join(folder, 'c50-half.jsonl');
  if (!existsSync(c50)) return;
  print(['speed of the gate, whole process', 'seconds', 'CPU seconds', 'peak MB']);
  const small = join(work, 'small');
  const row = (what: string, t: Awaited<ReturnType<typeof timed>>): void =>
    print([what, t.seconds.toFixed(2), t.cpu.toFixed(2), String(t.megabytes)]);
  row('enroll, 2,500 C50 articles', await timed(['bin/manyhands.js', 'enroll', c50, '--output', small], 1));
  const one = join(work, 'one.jsonl');
  writeFileSync(one, `${JSON.stringify(submission(linesOf(c50)))}\n`);
  const check = (reference: string): string[] => [
    'bin/manyhands.js',
    'check',
    one,
    '--against',
    reference,
    '--no-fail',
  ];
  row('check one article of 500 words', await timed(check(small), 5));
  const large = join(work, 'large');
  const dump = join(work, 'large.jsonl');
  writeLarge(folder, dump);
  row(
    'enroll, 100,000 articles of 5,000 bylines',
    await timed(['--max-old-space-size=8000', 'bin/manyhands.js', 'enroll', dump, '--output', large], 1),
  );
  row('check against 100,000 articles', await timed(check(large), 5));
}

/** A new text of five hundred words: sentences of one author's articles in a shuffled order. */
function submission(lines: readonly Line[]): Line {
  const own = lines.filter((l) => l.author === lines[0]!.author).slice(0, 30);
  const random = seededRandom(3);
  const sentences = own.map((l) => l.text.split(/(?<=\.)\s+/)).map((s) => s[Math.floor(random() * s.length)] ?? '');
  const text = sentences.join(' ').split(/\s+/).slice(0, 500).join(' ');
  return { id: 'submission', author: lines[0]!.author, text };
}

/** Shared corpora again and again under invented bylines, words dropped by seed so that no two articles are copies. */
function writeLarge(folder: string, path: string): void {
  const texts = ['c50-half', 'digitalgov', 'blog18f', 'brennan-greenstadt-45']
    .map((name) => join(folder, `${name}.jsonl`))
    .filter((p) => existsSync(p))
    .flatMap(linesOf);
  const chunks: string[] = [];
  writeFileSync(path, '');
  for (let i = 0; i < LARGE.articles; i++) {
    const source = texts[i % texts.length]!;
    const random = seededRandom(hashString(`large ${i}`));
    const text = source.text
      .split(' ')
      .filter(() => random() > 0.45)
      .join(' ');
    chunks.push(JSON.stringify({ id: `large/${i}`, author: `Writer ${i % LARGE.bylines}`, text }));
    if (chunks.length < 1000 && i + 1 < LARGE.articles) continue;
    writeFileSync(path, `${chunks.join('\n')}\n`, { flag: 'a' });
    chunks.length = 0;
  }
}
