import { spawnSync } from 'node:child_process';
import type { Document, SourceFile } from '../src/types.js';

/** Runs the built command as a user would. */
export function manyhands(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}): { code: number; out: string; err: string } {
  const result = spawnSync(process.execPath, ['bin/manyhands.js', ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
    maxBuffer: 256_000_000,
  });
  return { code: result.status ?? -1, out: result.stdout, err: result.stderr };
}

/** Files in memory, as the io stage would give them. */
export async function* filesOf(files: Readonly<Record<string, string | Uint8Array>>): AsyncGenerator<{ file: SourceFile }> {
  for (const [path, content] of Object.entries(files))
    yield { file: { path, folder: null, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content } };
}

export function documentOf(text: string, byline: number, id: string): Document {
  return {
    id,
    byline,
    title: null,
    outlet: null,
    publishedAt: null,
    text,
    words: text.split(/\s+/).length,
    lang: 'en',
    removed: [],
    unusual: { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 },
    origin: Int32Array.from([0, 0]),
  };
}
