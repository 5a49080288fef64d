import { afterEach, beforeEach } from 'vitest';
import { readSources, type ReadOptions } from '../../src/io/io.js';
import type { ReadSource } from '../../src/types/types.js';
import { folderWith } from '../helpers.js';

/** Every test of the file runs in a new, empty folder. */
export function inNewFolders(): void {
  const home = process.cwd();
  beforeEach(() => process.chdir(folderWith()));
  afterEach(() => process.chdir(home));
}

/** Everything that reading yields. */
export async function read(paths: readonly string[], options: ReadOptions = {}): Promise<ReadSource[]> {
  const out: ReadSource[] = [];
  for await (const found of readSources(paths, options)) out.push(found);
  return out;
}

export function pathsOf(found: readonly ReadSource[]): string[] {
  return found.flatMap((f) => ('file' in f ? [f.file.path] : []));
}

/** "code | message". */
export function noticesOf(found: readonly ReadSource[]): string[] {
  return found.flatMap((f) => ('notice' in f ? [`${f.notice.code} | ${f.notice.message}`] : []));
}
