import { describe, expect, it } from 'vitest';
import { ingest, type IngestOptions } from '../../src/ingest/ingest.js';
import type { Corpus } from '../../src/types/types.js';

const text = (front: string): string =>
  `---\nauthor: Ann Writer\n${front}\n---\n\nA few words of her own, enough to be read.\n`;
async function read(files: Readonly<Record<string, string>>, options: IngestOptions = {}): Promise<Corpus> {
  const inputs = async function* (): AsyncGenerator<{ file: { path: string; folder: null; bytes: Uint8Array } }> {
    for (const [path, content] of Object.entries(files))
      yield { file: { path, folder: null, bytes: new TextEncoder().encode(content) } };
    await Promise.resolve();
  };
  return ingest(inputs(), options);
}
const codes = ({ notices }: Corpus): string[] => notices.map((n) => n.code).filter((c) => c.startsWith('skip'));

describe('manyhands-skip in front matter', () => {
  const two = { 'a.md': text('manyhands-skip: agency copy, not ours'), 'b.md': text('title: Ours') };

  it('passes a text over, and says why', async () => {
    const corpus = await read(two);
    expect(corpus.articles.map((a) => a.id)).toEqual(['b.md']);
    expect(corpus.skipped).toEqual([{ path: 'a.md', reason: 'agency copy, not ours' }]);
    expect(corpus.notices.find((n) => n.code === 'skipped')?.message).toMatch(/a\.md, line 1: .*agency copy, not ours/);
  });

  it('works in TOML front matter and in plain text', async () => {
    const toml = '+++\nauthor = "Ann Writer"\nmanyhands-skip = "wire"\n+++\n\nWords of hers.\n';
    expect((await read({ ...two, 'c.md': toml, 'd.txt': text('manyhands-skip: "form"') })).skipped).toEqual([
      { path: 'a.md', reason: 'agency copy, not ours' },
      { path: 'c.md', reason: 'wire' },
      { path: 'd.txt', reason: 'form' },
    ]);
  });

  it.each(['', 'true', 'yes', '""', '1', '[a, b]', '"  "'])(
    'needs a reason: %s is none, and the text is read',
    async (value) => {
      const corpus = await read({ 'a.md': text(`manyhands-skip: ${value}`) });
      expect([corpus.articles.length, codes(corpus)]).toEqual([1, ['skip-without-reason']]);
    },
  );

  it('false asks for nothing', async () => {
    const corpus = await read({ 'a.md': text('manyhands-skip: false') });
    expect([corpus.articles.length, codes(corpus)]).toEqual([1, []]);
  });

  it('is not obeyed where it may not ask, and that is said', async () => {
    const corpus = await read(two, { inlineSkip: false });
    expect([corpus.articles.length, codes(corpus), corpus.skipped]).toEqual([2, ['skip-refused'], []]);
  });

  it('means nothing in the body, or in the data of a dump', async () => {
    const body = 'Ann Writer writes this.\n\n---\nmanyhands-skip: me\n---\n\nAnd more words of hers.\n';
    const record = JSON.stringify({ author: 'Ann Writer', text: 'Words enough.', 'manyhands-skip': 'x' });
    expect((await read({ 'a.md': body, 'b.jsonl': record })).articles.length).toBe(2);
  });

  it('shows a reason without its control characters', async () => {
    const corpus = await read({ ...two, 'a.md': text('manyhands-skip: "a\\u001b[31m\\u202eb"') });
    expect(corpus.skipped?.[0]?.reason).toBe('a\\x1b[31m\\u{202e}b');
  });

  it('leaves nothing: an error for a scan, an empty corpus where that is a result', async () => {
    const all = { 'a.md': two['a.md'] };
    await expect(read(all)).rejects.toThrow(/nothing to read.*agency copy/);
    expect((await read(all, { eachByItself: true })).articles).toEqual([]);
    expect((await read({}, { eachByItself: true })).articles).toEqual([]);
    await expect(read({ 'x.jsonl': '{broken' }, { eachByItself: true })).rejects.toThrow(/nothing could be read/);
  });
});
