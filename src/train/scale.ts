import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { clean } from '../clean/clean.js';
import { compareSteps } from '../compare/blocked.js';
import type { Recall } from '../compare/candidates.js';
import { fingerprintSteps } from '../fingerprint/fingerprint.js';
import { ingest } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import { REPORT_FROM } from '../judge/judge.js';
import { FEWEST_WORDS } from '../judge/amounts.js';
import { loadModel } from '../model/model.js';
import { openPool } from '../pool/pool.js';
import { makeDump, PER_BYLINE } from './dump.js';

/**
 * One process with all its children, or one stage of a scan as its clock tells it: wall and processor seconds, and the highest
 * sum of their resident memory.
 */
interface Spent {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** The first floor: decoding the same bytes and splitting them into words, in one loop. */
const SPLIT = `const fs=require('fs'),b=fs.readFileSync(process.argv[1]);let n=0,from=0;const d=new TextDecoder();
for(let i=b.indexOf(10);i>=0;from=i+1,i=b.indexOf(10,from))n+=(d.decode(b.subarray(from,i)).match(/[\\p{L}\\p{N}]+/gu)||[]).length;console.log(n)`;

const CORPORA = ['c50-half', 'digitalgov', 'blog18f', 'brennan-greenstadt-45'];

/** Prints one row of a table. */
type Print = (cells: readonly string[]) => void;

/** What was measured at one size. */
interface AtSize {
  readonly articles: number;
  readonly words: number;
  /** The two floors: splitting into words, and `cat`. */
  readonly split: Spent;
  readonly cat: Spent;
  /** Two threads and nothing cached, the same again, and one thread and nothing cached; null above 100,000 articles. */
  readonly cold: Spent;
  readonly again: Spent;
  readonly single: Spent | null;
  readonly stages: Readonly<Record<string, Spent>>;
}

/**
 * Time and memory by the size of the dump: scans made dumps of each size cold (nothing cached) and again (cached), beside
 * two floors measured in the same run. Stages come from the scan's own count of processor time. Last, what share of the
 * exact pairs of 5,000 bylines the index of candidates finds.
 */
export async function benchScale(folder: string, sizes: readonly number[], print: Print): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'manyhands-scale-'));
  const corpora = CORPORA.map((c) => join(folder, `${c}.jsonl`));
  try {
    const measured: AtSize[] = [];
    print(SPEED);
    for (const articles of sizes) {
      const at = await measuredAt(corpora, articles, work);
      print(speedRow(at, measured.at(-1) ?? null));
      measured.push(at);
    }
    print(RATIOS);
    for (const at of measured) print(ratioRow(at));
    print(['articles, by stage: share of wall time and peak memory', ...STAGES]);
    for (const { articles, stages } of measured) print([String(articles), ...stageShares(stages)]);
    const { exact, found } = await indexRecall(corpora, work, RECALL_BYLINES);
    print(['candidates of the index, bylines', 'exact pairs of bylines drawn', 'found', 'recall']);
    print([String(RECALL_BYLINES), String(exact), String(found), (found / exact).toFixed(4)]);
    print([`two threads on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measuredAt(corpora: readonly string[], articles: number, work: string): Promise<AtSize> {
  const [dump, cache, cacheOfOne] = [join(work, 'dump.jsonl'), join(work, 'cache'), join(work, 'cache-of-one')];
  const clock = join(work, 'stages.json');
  const words = await makeDump(corpora, articles, dump);
  const split = await spent(process.execPath, ['-e', SPLIT, dump]);
  const cat = await spent('cat', [dump]);
  const scan = (more: readonly string[]): Promise<Spent> =>
    spent(process.execPath, ['bin/manyhands.js', 'scan', dump, '--format', 'json', ...more], {
      MANYHANDS_STAGES: clock,
    });
  const cold = await scan(['--threads', '2', '--cache-dir', cache]);
  const stages = JSON.parse(readFileSync(clock, 'utf8')) as AtSize['stages'];
  const again = await scan(['--threads', '2', '--cache-dir', cache]);
  // As cold as the first: a scan that keeps nothing does less.
  const single = articles <= 100_000 ? await scan(['--threads', '1', '--cache-dir', cacheOfOne]) : null;
  for (const path of [dump, cache, cacheOfOne]) rmSync(path, { recursive: true, force: true });
  return { articles, words, split, cat, cold, again, single, stages };
}

const SPEED = [
  'articles',
  'bylines',
  'seconds',
  'articles/s',
  'words/s',
  'peak MB',
  'exponent',
  'second scan',
  'one thread / two',
  'processor seconds, two threads / one',
];

function speedRow({ articles, words, cold, again, single }: AtSize, before: AtSize | null): string[] {
  return [
    String(articles),
    String(Math.ceil(articles / PER_BYLINE)),
    cold.seconds.toFixed(1),
    (articles / cold.seconds).toFixed(0),
    (words / cold.seconds).toFixed(0),
    String(cold.megabytes),
    before === null
      ? ''
      : (Math.log(cold.seconds / before.cold.seconds) / Math.log(articles / before.articles)).toFixed(2),
    `${((100 * again.seconds) / cold.seconds).toFixed(0)} %`,
    single === null ? '' : (single.seconds / cold.seconds).toFixed(2),
    single === null ? '' : (cold.cpu / single.cpu).toFixed(2),
  ];
}

const RATIOS = [
  'articles, ratios',
  'scan, times splitting (CPU)',
  'scan, times cat (wall)',
  'scan, words/s a core',
  'read to fingerprint, times splitting (CPU)',
  'read to fingerprint, words/s a core',
  'fingerprint alone, times splitting (CPU)',
  'fingerprint alone, words/s a core',
];

function ratioRow({ articles, words, split, cat, cold, stages }: AtSize): string[] {
  const cpu = (...names: readonly string[]): number => names.reduce((n, name) => n + (stages[name]?.cpu ?? 0), 0);
  const upTo = cpu('read', 'clean', 'fingerprint');
  const alone = cpu('fingerprint');
  return [
    String(articles),
    (cold.cpu / split.cpu).toFixed(1),
    (cold.seconds / cat.seconds).toFixed(0),
    (words / cold.cpu).toFixed(0),
    (upTo / split.cpu).toFixed(1),
    (words / upTo).toFixed(0),
    (alone / split.cpu).toFixed(1),
    (words / alone).toFixed(0),
  ];
}

function stageShares(stages: AtSize['stages']): string[] {
  const all = Object.values(stages).reduce((n, { seconds }) => n + seconds, 0);
  return STAGES.map((stage) => {
    const { seconds, megabytes } = stages[stage] ?? { seconds: 0, megabytes: 0 };
    return `${((100 * seconds) / all).toFixed(0)} %, ${megabytes} MB`;
  });
}

const STAGES = ['read', 'clean', 'fingerprint', 'compare', 'cluster', 'diarise', 'judge', 'report'];

/** Bylines whose candidates are compared with the exact answer, and articles of each. */
const [RECALL_BYLINES, RECALL_ARTICLES] = [5000, 4];

/** Pairs of bylines drawn by lot that a report would name, and how many of them share a cell of the index. */
async function indexRecall(corpora: readonly string[], work: string, bylines: number): Promise<Recall> {
  const dump = join(work, 'recall.jsonl');
  await makeDump(corpora, bylines * RECALL_ARTICLES, dump, RECALL_ARTICLES);
  const pool = openPool({ threads: 2 });
  try {
    const cleaned = await clean(await ingest(readSources([dump])), {}, pool.drive);
    const prints = await pool.drive(fingerprintSteps(cleaned, null));
    const options = { floor: REPORT_FROM, leastWords: FEWEST_WORDS, about: [], exactUpTo: 0 };
    const { recall } = await pool.drive(compareSteps(prints, loadModel().pairs, options));
    return recall!;
  } finally {
    await pool.close();
  }
}

/** Runs a command to its end. Memory is looked at every 50 ms and only on Linux; elsewhere it is 0. */
function spent(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Spent> {
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
    let peak = 0;
    let cpu = 0;
    const look = setInterval(() => {
      const now = treeOf(child.pid ?? 0);
      peak = Math.max(peak, now.megabytes);
      cpu = Math.max(cpu, now.cpu);
    }, 50);
    child.on('error', fail);
    child.on('exit', (code) => {
      clearInterval(look);
      if (code !== 0) fail(new Error(`${command} ${args.join(' ')} ended with ${code}`));
      else
        done({ seconds: (performance.now() - started) / 1000, cpu: Math.max(cpu, 0.01), megabytes: Math.round(peak) });
    });
  });
}

/** Processor seconds so far and resident memory of a process and all below it. */
function treeOf(pid: number): { readonly cpu: number; readonly megabytes: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    let [cpu, megabytes] = [(Number(stat[11]) + Number(stat[12])) / 100, rss / 1024];
    for (const thread of existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`) : [])
      for (const below of readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean)) {
        const child = treeOf(Number(below));
        cpu += child.cpu;
        megabytes += child.megabytes;
      }
    return { cpu, megabytes };
  } catch {
    return { cpu: 0, megabytes: 0 };
  }
}
