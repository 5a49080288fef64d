import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A cache of this test file's own. */
const caches = mkdtempSync(join(tmpdir(), 'manyhands-cache-'));

/** Runs the built command as a user would. */
export function manyhands(
  args: readonly string[],
  options: { input?: string; env?: Record<string, string>; cwd?: string } = {},
): { code: number; out: string; err: string } {
  const result = spawnSync(process.execPath, [resolve('bin/manyhands.js'), ...args], {
    cwd: options.cwd ?? process.cwd(),
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, XDG_CACHE_HOME: caches, ...options.env },
    maxBuffer: 256_000_000,
  });
  return { code: result.status ?? -1, out: result.stdout, err: result.stderr };
}

/** A new folder with these files in it, by path. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'manyhands-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
