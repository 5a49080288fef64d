import { createHash, type Hash } from 'node:crypto';
import type { InputFile, ReadSource } from '../types/types.js';

/** Passes files through and notes their hashes as they go by; `inputs` is whole when the last has passed. */
export function noting(files: AsyncIterable<ReadSource>): {
  readonly files: AsyncIterable<ReadSource>;
  readonly inputs: InputFile[];
} {
  const inputs: InputFile[] = [];
  let under: { readonly path: string; readonly hash: Hash; bytes: number } | null = null;
  const end = (): void => {
    if (under !== null) inputs.push({ path: under.path, bytes: under.bytes, sha256: under.hash.digest('hex') });
    under = null;
  };
  const pass = async function* (): AsyncGenerator<ReadSource> {
    for await (const found of files) {
      if ('file' in found) {
        const { path, bytes, firstLine = 1 } = found.file;
        // A later part of the file that went by before.
        if (firstLine === 1) end();
        under ??= { path, hash: createHash('sha256'), bytes: 0 };
        under.hash.update(bytes);
        under.bytes += bytes.length;
      }
      yield found;
    }
    end();
  };
  return { files: pass(), inputs };
}
