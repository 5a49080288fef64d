import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cache of this test file's own. */
const caches = mkdtempSync(join(tmpdir(), 'manyhands-cache-'));

/** Runs the built command as a user would. */
export function manyhands(
  args: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): { code: number; out: string; err: string } {
  const result = spawnSync(process.execPath, ['bin/manyhands.js', ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, XDG_CACHE_HOME: caches, ...options.env },
    maxBuffer: 256_000_000,
  });
  return { code: result.status ?? -1, out: result.stdout, err: result.stderr };
}
