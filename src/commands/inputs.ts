import { createHash } from 'node:crypto';
import type { Found } from '../io/io.js';
import type { InputFile } from '../types.js';

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
