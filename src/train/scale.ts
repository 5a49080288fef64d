import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StageSpent } from '../commands/stages.js';
import { makeDump } from './dump.js';

/** One process, with all its children: wall and processor seconds, and the highest sum of their resident memory. */
interface Spent {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** The first floor: decoding the same bytes and splitting them into words, in one loop. */
const SPLIT = `const fs=require('fs'),b=fs.readFileSync(process.argv[1]);let n=0,from=0;const d=new TextDecoder();
for(let i=b.indexOf(10);i>=0;from=i+1,i=b.indexOf(10,from))n+=(d.decode(b.subarray(from,i)).match(/[\\p{L}\\p{N}]+/gu)||[]).length;console.log(n)`;

const CORPORA = ['c50-half', 'digitalgov', 'blog18f', 'brennan-greenstadt-45'];

/**
 * Time and memory by the size of the dump: scans made dumps of each size cold (nothing cached) and again (cached), beside
 * two floors measured in the same run. Stages come from the scan's own count of processor time.
 */
export async function benchScale(
  folder: string,
  sizes: readonly number[],
  print: (cells: readonly string[]) => void,
): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'manyhands-scale-'));
  try {
    print([
      'articles',
      'bylines',
      'seconds',
      'articles/s',
      'words/s',
      'words/s a core',
      'peak MB',
      'exponent',
      'second scan',
      'one thread / two',
      'times splitting (CPU)',
      'times cat (wall)',
    ]);
    let before: { readonly articles: number; readonly seconds: number } | null = null;
    const shares: string[][] = [];
    for (const articles of sizes) {
      const dump = join(work, `${articles}.jsonl`);
      const words = await makeDump(
        CORPORA.map((c) => join(folder, `${c}.jsonl`)),
        articles,
        dump,
      );
      const floor = await spent(process.execPath, ['-e', SPLIT, dump]);
      const cat = await spent('cat', [dump]);
      const [cache, stages] = [join(work, `cache-${articles}`), join(work, `stages-${articles}.json`)];
      const scan = (more: readonly string[]): Promise<Spent> =>
        spent(process.execPath, ['bin/manyhands.js', 'scan', dump, '--format', 'json', ...more], {
          MANYHANDS_STAGES: stages,
        });
      const cold = await scan(['--threads', '2', '--cache-dir', cache]);
      shares.push([String(articles), ...stageShares(stages)]);
      const again = await scan(['--threads', '2', '--cache-dir', cache]);
      const single = articles <= 10_000 ? await scan(['--threads', '1', '--no-cache']) : null;
      print([
        String(articles),
        String(Math.ceil(articles / 20)),
        cold.seconds.toFixed(1),
        (articles / cold.seconds).toFixed(0),
        (words / cold.seconds).toFixed(0),
        (words / cold.cpu).toFixed(0),
        String(cold.megabytes),
        before === null
          ? ''
          : (Math.log(cold.seconds / before.seconds) / Math.log(articles / before.articles)).toFixed(2),
        `${((100 * again.seconds) / cold.seconds).toFixed(0)} %`,
        single === null ? '' : (single.seconds / cold.seconds).toFixed(2),
        (cold.cpu / floor.cpu).toFixed(1),
        (cold.seconds / cat.seconds).toFixed(0),
      ]);
      before = { articles, seconds: cold.seconds };
      for (const path of [dump, cache]) rmSync(path, { recursive: true, force: true });
    }
    print(['articles, by stage: share of wall time and peak memory', ...STAGES]);
    for (const row of shares) print(row);
    print([`two threads on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function stageShares(path: string): string[] {
  const stages = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, StageSpent>>;
  const all = Object.values(stages).reduce((n, { seconds }) => n + seconds, 0);
  return STAGES.map((stage) => {
    const { seconds, megabytes } = stages[stage] ?? { seconds: 0, megabytes: 0 };
    return `${((100 * seconds) / all).toFixed(0)} %, ${megabytes} MB`;
  });
}

const STAGES = ['read', 'clean', 'fingerprint', 'compare', 'cluster', 'diarise', 'judge', 'report'];

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
