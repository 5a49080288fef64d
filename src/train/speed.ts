import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The floor: reading the same bytes and splitting them into words, in one loop. */
const FLOOR = `const fs=require('fs');let n=0;for(const line of fs.readFileSync(process.argv[1],'utf8').split('\\n'))if(line)n+=(JSON.parse(line).text.match(/[\\p{L}\\p{N}]+/gu)||[]).length;console.log(n)`;

/** Whole processes: wall seconds (median of 3) and peak memory of a scan, and the ratio to the floor. */
export async function measureSpeed(path: string, print: (cells: readonly string[]) => void): Promise<void> {
  if (!existsSync(path)) return;
  print(['speed, whole process', 'seconds', 'peak MB', 'ratio to the floor']);
  const floor = await median(['-e', FLOOR, path]);
  const scan = await median(['bin/manyhands.js', 'scan', path, '--format', 'json', '--no-cache']);
  print(['reading and splitting into words', floor.seconds.toFixed(2), String(floor.megabytes), '1']);
  print([
    'scan, 2,500 C50 articles, no cache',
    scan.seconds.toFixed(2),
    String(scan.megabytes),
    (scan.seconds / floor.seconds).toFixed(1),
  ]);
}

async function median(args: readonly string[]): Promise<Timed> {
  return timed(args, 3);
}

/** A whole process: wall seconds, seconds of processor time, peak memory. */
export interface Timed {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** The run of middle wall time of several. */
export async function timed(args: readonly string[], times: number): Promise<Timed> {
  const runs: Timed[] = [];
  for (let i = 0; i < times; i++) runs.push(await once(args));
  return runs.sort((a, b) => a.seconds - b.seconds)[times >> 1]!;
}

function once(args: readonly string[]): Promise<Timed> {
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    let peak = 0;
    let ticks = 0;
    const look = setInterval(() => {
      // The kernel's own high-water mark; only Linux has it, elsewhere the column is 0.
      const status = read(`/proc/${child.pid}/status`);
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      const [user, system] = read(`/proc/${child.pid}/stat`)
        .replace(/^.*\) /su, '')
        .split(' ')
        .slice(11, 13);
      ticks = Math.max(ticks, Number(user ?? 0) + Number(system ?? 0));
    }, 10);
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      clearInterval(look);
      if (signal !== null || (code ?? 0) > 1) fail(new Error(`${args.join(' ')} ended with ${signal ?? code}`));
      done({ seconds: (performance.now() - started) / 1000, cpu: ticks / 100, megabytes: Math.round(peak / 1024) });
    });
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
