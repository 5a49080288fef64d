import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { globRoot, isGlob } from './glob.js';

/** Files that name what is passed over, in gitignore's grammar; each speaks for its folder and all below. */
export const IGNORE_FILE = '.manyhandsignore';

/** No list that a person wrote is longer. */
const MAX_BYTES = 1_000_000;

/**
 * Answers whether a path is named by a .manyhandsignore. Those of its own folder and of every folder above count, up to
 * the top of the repository (the folder with .git), or to `folder` where there is none; the nearest has the last word.
 * Outside of it those of a folder that is read count, and of those in it.
 *
 * @param folder the working folder
 * @param read folders, files and patterns that are read
 */
export function ignoring(folder: string, read: readonly string[] = []): (path: string) => boolean {
  const own = topOf(folder);
  const others = read
    .map((path) => resolve(folder, isGlob(path) ? globRoot(path) : path))
    .filter((x) => isOutside(own, x));
  const rules = new Map<string, Ignore | null>();
  const rulesOf = (of: string): Ignore | null => {
    if (!rules.has(of)) rules.set(of, readRules(join(of, IGNORE_FILE)));
    return rules.get(of)!;
  };
  return (path) => {
    const full = resolve(folder, path);
    const top = [own, ...others].find((x) => !isOutside(x, full));
    if (top === undefined) return false;
    let ignored = false;
    for (const of of foldersBetween(top, dirname(full))) {
      const result = rulesOf(of)?.test(relative(of, full).split(sep).join('/'));
      if (result?.ignored === true) ignored = true;
      else if (result?.unignored === true) ignored = false;
    }
    return ignored;
  };
}

/**
 * What the .manyhandsignore files of an archive say of the files in it: passed over, read, or nothing (null).
 *
 * @param lists by the folder they stand in: "" for the top, "a/b/"
 */
export function ignoringInside(lists: ReadonlyMap<string, string>): (name: string) => boolean | null {
  const rules = [...lists]
    .sort(([a], [b]) => a.length - b.length)
    .map(([folder, list]) => ({ folder, own: ignore().add(list) }));
  return (name) => {
    let said: boolean | null = null;
    for (const { folder, own } of rules) {
      if (!name.startsWith(folder)) continue;
      const result = own.test(name.slice(folder.length));
      if (result.ignored) said = true;
      else if (result.unignored) said = false;
    }
    return said;
  };
}

function isOutside(top: string, full: string): boolean {
  const path = relative(top, full);
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

/** From the top down. */
function foldersBetween(top: string, bottom: string): readonly string[] {
  const out = [bottom];
  while (out[0] !== top) out.unshift(dirname(out[0]!));
  return out;
}

function topOf(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

function readRules(path: string): Ignore | null {
  try {
    // A pipe would be waited for, and a device never end.
    if (!statSync(path).isFile()) return null;
    return ignore().add(readFileSync(path, 'utf8').slice(0, MAX_BYTES));
  } catch {
    return null;
  }
}
