import { readFileSync } from 'node:fs';
import { ingest, type IngestOptions } from '../../src/ingest/ingest.js';
import type { Corpus, ReadSource, SourceFile } from '../../src/types/types.js';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

/** A file in memory, as the edge would hand it over. */
export function file(path: string, content: string | Uint8Array, folder: string | null = null): SourceFile {
  return { path, folder, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

export function fixture(path: string, folder: string | null = null): SourceFile {
  return file(path, readFileSync(new URL(path, FIXTURES)), folder);
}

export async function read(files: readonly SourceFile[], options: IngestOptions = {}): Promise<Corpus> {
  async function* inputs(): AsyncGenerator<ReadSource> {
    for (const one of files) yield await Promise.resolve({ file: one });
  }
  return ingest(inputs(), options);
}

/** Notices as "code | message", without those that only inform. */
export function troubles(corpus: Corpus): string[] {
  return corpus.notices.filter((n) => n.level !== 'info').map((n) => `${n.code} | ${n.message}`);
}

export const lines = (...records: readonly unknown[]): string => records.map((r) => JSON.stringify(r)).join('\n');
