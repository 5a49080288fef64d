import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../src/model/model.js';
import { run } from '../src/pipeline.js';
import type { SourceFile } from '../src/types.js';

const model = loadModel();
const records = readFileSync('fixtures/demo/digitalgov.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { id: string; author: string; text: string });

async function* dump(
  outletOf: (author: string, i: number) => string | undefined,
): AsyncGenerator<{ file: SourceFile }> {
  const authors = [...new Set(records.map((r) => r.author))].sort();
  const lines = records.map((r) => JSON.stringify({ ...r, outlet: outletOf(r.author, authors.indexOf(r.author)) }));
  yield { file: { path: 'dump.jsonl', folder: null, bytes: Buffer.from(lines.join('\n')) } };
}

describe('a dump with outlets', () => {
  it('has every pair scored again without their style, and a link that holds is still reported', async () => {
    const found = await run(
      dump((_, i) => (i % 2 === 0 ? 'The Herald' : 'The Post')),
      model,
    );
    expect(found.pairs.acrossOutlets).toHaveLength(found.pairs.score.length);
    expect([...found.pairs.acrossOutlets!]).not.toEqual([...found.pairs.score]);
    expect(found.judged.findings.map((f) => f.bylines)).toEqual([['Dana Whitfield', 'Peter Okafor']]);
  });

  it('of one outlet is scored as if it had none', async () => {
    const [none, one] = [
      await run(
        dump(() => undefined),
        model,
      ),
      await run(
        dump(() => 'The Herald'),
        model,
      ),
    ];
    expect(one.pairs.acrossOutlets).toBeUndefined();
    expect([...one.pairs.score]).toEqual([...none.pairs.score]);
  });
});

describe('a dump of posts', () => {
  it('calls no byline the work of several hands, and says why it cannot tell', async () => {
    const posts = async function* (): AsyncGenerator<{ file: SourceFile }> {
      const lines = records.flatMap(({ id, author, text }) =>
        (text.match(/[^.!?\n]{60,260}[.!?]/g) ?? [])
          .slice(0, 4)
          .map((post, i) => JSON.stringify({ id: `${id} ${i}`, author, text: post.trim() })),
      );
      yield { file: { path: 'posts.jsonl', folder: null, bytes: Buffer.from(lines.join('\n')) } };
    };
    const { judged } = await run(posts(), model);
    expect(judged.findings.filter((f) => f.kind === 'group-run')).toEqual([]);
    const asked = judged.bylines.filter((b) => b.articles >= 6);
    expect(asked.length).toBeGreaterThan(5);
    for (const { hands } of asked) {
      expect(hands.why).toMatch(/^articles too short to be set against each other: about \d\d words each/);
      expect(hands.log10LR).toBe(0);
    }
  });
});
