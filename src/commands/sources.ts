import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';
import { checkWritable, drained, namesIn, readSources } from '../io/io.js';
import { visible } from '../text/visible.js';
import type { ReadSource } from '../types/types.js';

/** Where the input comes from, beside paths. */
export interface SourceOptions {
  readonly fileList?: string;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  /** Files the result goes to: looked at before anything is read, and never read. */
  readonly outputs?: readonly (string | undefined)[];
}

/** Most bytes of a list of files. */
const MAX_LIST = 100_000_000;

/**
 * The files that the user named by paths, a list or standard input, without those that a .manyhandsignore names.
 *
 * @throws UserError when standard input is asked to be two things, or the list cannot be read
 */
export async function* sourcesOf(paths: readonly string[], options: SourceOptions = {}): AsyncGenerator<ReadSource> {
  const { fileList, stdinFilename } = options;
  const stdin = options.stdin === true || stdinFilename !== undefined || paths.includes('-');
  if (stdin && fileList === '-')
    throw new UserError('standard input cannot be both the text and the list of files', 'Give one of them as a file.');
  const written: string[] = [];
  for (const path of options.outputs ?? [])
    if (path !== undefined && path !== '-') written.push(...[await checkWritable(path)].filter((p) => p !== null));
  yield* readSources(stdin ? [...paths.filter((p) => p !== '-'), '-'] : paths, {
    ...(fileList === undefined ? {} : { listed: await listedIn(fileList) }),
    written,
    ...(stdinFilename === undefined ? {} : { stdinName: nameOnly(stdinFilename) }),
  });
}

/** As it is named in reports: never an absolute path. */
function nameOnly(name: string): string {
  const clean = name
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .replace(/^(?:[A-Za-z]:)?\/+/, '');
  if (clean === '') throw new UserError('--stdin-filename: the name is empty');
  return clean;
}

async function listedIn(path: string): Promise<readonly string[]> {
  const shown = path === '-' ? 'standard input' : visible(path);
  const names = namesIn(path === '-' ? await fromStdin() : await fromFile(path));
  if (names === null)
    throw new UserError(`${shown}: more than a million names`, 'Give folders or a quoted glob instead.');
  return names;
}

async function fromFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${visible(path)}: the list of files cannot be read (${code})`);
  }
}

async function fromStdin(): Promise<Uint8Array> {
  const bytes = await drained(process.stdin, MAX_LIST);
  if (bytes === null) throw new UserError(`standard input: a list of more than ${MAX_LIST} bytes`);
  return bytes;
}
