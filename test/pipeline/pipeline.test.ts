import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../src/model/model.js';
import { run } from '../../src/pipeline/pipeline.js';
import type { SourceFile } from '../../src/types/types.js';

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
    expect(one.pairs.acrossOutlets).toBeNull();
    expect([...one.pairs.score]).toEqual([...none.pairs.score]);
  });
});

describe('a dump whose articles passed through two systems', () => {
  const typed = (text: string): string =>
    text
      .replace(/[“”]/g, '"')
      .replace(/[‘’]/g, "'")
      .replace(/ ?— ?/g, ' - ')
      .replace(/…/g, '...')
      .replace(/(\d) (?=\p{L})/gu, '$1\u00a0');
  const joined = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
  const scanned = (
    of: typeof records,
    other: (r: (typeof records)[number], i: number) => string,
  ): ReturnType<typeof run> =>
    run(
      (async function* (): AsyncGenerator<{ file: SourceFile }> {
        const lines = of.map((r, i) => JSON.stringify({ ...r, text: other(r, i) }));
        yield { file: { path: 'dump.jsonl', folder: null, bytes: Buffer.from(lines.join('\n')) } };
      })(),
      model,
    );
  const honest = records.filter((r) => r.author !== 'Peter Okafor');
  const authors = [...new Set(records.map((r) => r.author))].sort();

  it.each([
    ['types its marks otherwise', typed],
    ['loses the breaks between paragraphs', joined],
  ])('of which one %s: a byline in each is still found to be one hand', async (_, system) => {
    const through = (author: string): boolean =>
      author === 'Dana Whitfield' || (author !== 'Peter Okafor' && authors.indexOf(author) % 2 === 1);
    const { judged } = await scanned(records, ({ author, text }) => (through(author) ? system(text) : text));
    expect(judged.findings.map((f) => f.bylines)).toEqual([['Dana Whitfield', 'Peter Okafor']]);
  });

  it('does not make several hands of a byline that stands in both', async () => {
    const several = async (other: Parameters<typeof scanned>[1]): Promise<[string, number][]> => {
      const { judged } = await scanned(honest, other);
      expect(judged.findings).toEqual([]);
      return judged.bylines.map(({ byline, hands }) => [byline, hands.log10LR ?? 0]);
    };
    const one = await several(({ text }) => text);
    const two = await several(({ text }, i) => (i % 2 === 0 ? typed(text) : text));
    two.forEach(([byline, log10LR], i) => {
      expect(byline).toBe(one[i]![0]);
      expect(Math.abs(log10LR - one[i]![1])).toBeLessThan(0.05);
    });
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
