import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import type { CheckReport } from '../../src/types/types.js';
import { check } from '../../src/gate/gate.js';

/** The demo as an archive, and three articles of every byline to be submitted. */
export interface Line {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly date?: string;
}

export const work = mkdtempSync(join(tmpdir(), 'manyhands-gate-'));
export const reference = join(work, 'reference');
export const archivePath = join(work, 'archive.jsonl');
const lines = ['digitalgov', 'federalist'].flatMap((name) =>
  readFileSync(`fixtures/demo/${name}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line),
);
/** Three articles of every byline are kept back, to be submitted. */
const byAuthor = new Map<string, Line[]>();
for (const line of lines) byAuthor.set(line.author, [...(byAuthor.get(line.author) ?? []), line]);
export const archive = [...byAuthor.values()].flatMap((own) => own.slice(0, -3));
export const kept = [...byAuthor.values()].flatMap((own) => own.slice(-3));

export const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync('schema/check-1.json', 'utf8')) as Record<string, unknown>,
);
export const written = (name: string, content: readonly Line[] | string): string => {
  const path = join(work, name);
  writeFileSync(path, typeof content === 'string' ? content : content.map((l) => `${JSON.stringify(l)}\n`).join(''));
  return path;
};
export async function checked(
  name: string,
  content: readonly Line[] | string,
  against = reference,
): Promise<CheckReport> {
  const report = await check([written(name, content)], { against });
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  return report;
}
export const by = (author: string, n = 0): Line => kept.filter((l) => l.author === author)[n]!;
