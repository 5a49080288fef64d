import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../src/model/model.js';
import { run } from '../../src/pipeline/pipeline.js';
import type { SourceFile } from '../../src/types/types.js';

interface Printed {
  readonly id: string;
  readonly author: string;
  readonly text: string;
}

const recordsIn = (name: string): Printed[] =>
  readFileSync(`fixtures/demo/${name}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Printed);

/** Papers that nobody doubts to be Madison's; Jay's, and those of disputed or joint authorship. */
const MADISON = new Set([10, 14, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48]);
const OTHERS = new Set([2, 3, 4, 5, 64, 18, 19, 20, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 62, 63]);

/** Pairs named in a dump of government posts and papers of 1788, under the names that their numbers are given. */
async function named(bylineOf: (paper: number) => string | null): Promise<readonly (readonly string[])[]> {
  const papers = recordsIn('federalist.jsonl').flatMap((record) => {
    const author = bylineOf(Number(/\d+/.exec(record.id)![0]));
    return author === null ? [] : [{ ...record, author }];
  });
  // The demo's own sockpuppet is left out.
  const posts = recordsIn('digitalgov.jsonl').filter(({ author }) => author !== 'Peter Okafor');
  const bytes = Buffer.from([...posts, ...papers].map((record) => JSON.stringify(record)).join('\n'));
  const files = async function* (): AsyncGenerator<{ file: SourceFile }> {
    yield { file: { path: 'dump.jsonl', folder: null, bytes } };
  };
  const { judged } = await run(files(), loadModel());
  return judged.findings.filter((f) => f.kind === 'sockpuppets').map((f) => f.bylines);
}

describe('two bylines alone in their kind of text', () => {
  it('are not called one hand where two writers wrote them, however unlike all others', async () => {
    const hamiltonOrMadison = (paper: number): string | null =>
      MADISON.has(paper) ? 'James Madison' : OTHERS.has(paper) ? null : 'Alexander Hamilton';
    expect(await named(hamiltonOrMadison)).toEqual([]);
  });

  it('are still named where one writer wrote both', async () => {
    const inTwo = (paper: number): string | null =>
      MADISON.has(paper) || OTHERS.has(paper) ? null : paper < 50 ? 'Alexander Hamilton' : 'Caesar';
    expect(await named(inTwo)).toEqual([['Alexander Hamilton', 'Caesar']]);
    const madison = (paper: number): string | null =>
      MADISON.has(paper) ? (paper < 42 ? 'James Madison' : 'Helvidius') : null;
    expect(await named(madison)).toEqual([['Helvidius', 'James Madison']]);
  });
});
