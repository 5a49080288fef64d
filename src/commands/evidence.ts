import { createHash } from 'node:crypto';
import type { ScanFormat } from '../config/config.js';
import { readMe } from '../report/sentences.js';
import type { Report } from '../types/types.js';
import { rendered } from './render.js';

/** manifest.json of an evidence file. */
export interface Manifest {
  readonly schema: 'manyhands.bundle/1';
  readonly tool: { readonly name: 'manyhands'; readonly version: string; readonly model: string };
  readonly command: readonly string[];
  /** What the report read; `name` is its place in this file where the dump is packed with it. */
  readonly inputs: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly name?: string;
    readonly folder?: string | null;
  }[];
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

export const MANIFEST = 'manifest.json';
export const REPORT = 'report.json';
/** Most bytes of an evidence file, packed or not. */
export const MAX_BYTES = 1_000_000_000;

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Everything that is made from a report, by file name. The same report gives the same bytes. */
export function madeFrom(report: Report): Record<string, Uint8Array> {
  const as = (format: ScanFormat, table?: string): Uint8Array =>
    Buffer.from(rendered(report, format, { color: false, ...(table === undefined ? {} : { table }) }));
  return {
    'READ-ME.txt': Buffer.from(readMe(report)),
    'report.html': as('html'),
    'report.md': as('markdown'),
    'report.txt': as('terminal'),
    'pairs.csv': as('csv', 'pairs'),
    'bylines.csv': as('csv', 'bylines'),
    'hands.csv': as('csv', 'hands'),
    'bylines.graphml': as('graphml'),
    'bylines.gexf': as('gexf'),
  };
}
