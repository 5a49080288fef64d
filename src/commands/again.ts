import { createHash } from 'node:crypto';
import { basename, isAbsolute } from 'node:path';
import type { Found } from '../io/io.js';
import type { InputFile } from '../types.js';
import type { InputOptions } from './common.js';

/** Passes files through and notes their hashes as they go by; `inputs` is whole when the last has passed. */
export function noting(files: AsyncIterable<Found>): {
  readonly files: AsyncIterable<Found>;
  readonly inputs: InputFile[];
} {
  const inputs: InputFile[] = [];
  const pass = async function* (): AsyncGenerator<Found> {
    for await (const found of files) {
      if ('file' in found) {
        const { path, bytes } = found.file;
        inputs.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      }
      yield found;
    }
  };
  return { files: pass(), inputs };
}

/** The command that makes a report again: absolute paths cut to their last part, flags that change the result kept. */
export function commandOf(paths: readonly string[], options: InputOptions): string[] {
  return [
    'manyhands',
    'scan',
    ...paths.map((p) => (isAbsolute(p) ? basename(p) : p)),
    ...(options.map === undefined ? [] : ['--map', options.map]),
    ...(options.exactBylines === true ? ['--exact-bylines'] : []),
    ...(options.keepQuotations === true ? ['--keep-quotations'] : []),
    ...(options.allPairs === true ? ['--all-pairs'] : []),
    '--format',
    'json',
  ];
}
