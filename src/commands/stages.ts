import { readFileSync, writeFileSync } from 'node:fs';

/** What a stage of a scan took, all threads together. */
interface StageSpent {
  /** Wall and processor seconds. */
  readonly seconds: number;
  readonly cpu: number;
  /** Most resident memory while it lasted; where the system cannot tell by stage, most up to its end. */
  readonly megabytes: number;
}

/** Writes what each stage took to a file when the process ends, for the scale bench; does nothing without a file. */
export function stageClock(path: string | undefined): (stage: string) => void {
  if (path === undefined) return () => undefined;
  const spent: Record<string, StageSpent> = {};
  let [current, began, before] = ['start', performance.now(), cpuSeconds()];
  const turn = (stage: string): void => {
    const [now, cpu, megabytes] = [performance.now(), cpuSeconds(), peakMegabytes()];
    const sofar = spent[current] ?? { seconds: 0, cpu: 0, megabytes: 0 };
    spent[current] = {
      seconds: sofar.seconds + (now - began) / 1000,
      cpu: sofar.cpu + cpu - before,
      megabytes: Math.max(sofar.megabytes, megabytes),
    };
    [current, began, before] = [stage, now, cpu];
  };
  process.once('exit', () => {
    turn('end');
    writeFileSync(path, JSON.stringify(spent));
  });
  return turn;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Most resident memory since this was last asked; Linux alone lets a process set its high-water mark back. */
function peakMegabytes(): number {
  try {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
    writeFileSync('/proc/self/clear_refs', '5');
    return Math.round(peak);
  } catch {
    return Math.round(process.resourceUsage().maxRSS / 1024);
  }
}
