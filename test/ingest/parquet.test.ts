import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { Damaged, checkPages } from '../../src/ingest/parquet-pages.js';
import { seededRandom } from '../../src/math/random.js';
import type { Corpus } from '../../src/types/types.js';
import { file, fixture, lines, read, troubles } from './reading.js';

type Options = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;
const parquet = (columns: Readonly<Record<string, ColumnSource['data']>>, options: Options = {}): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({ ...options, columnData: Object.entries(columns).map(([name, data]) => ({ name, data })) }),
  );
const told = ({ articles }: Corpus): unknown =>
  articles.map(({ id, title, bylines, text, outlet, url, publishedAt }) => [id, title, bylines, text, outlet, url, publishedAt]); // prettier-ignore

describe('Parquet', () => {
  it('as Python writes it: groups of rows, packed by zstd, lists of authors, moments, embeddings and pictures', async () => {
    const corpus = await read([fixture('ingest/parquet/pyarrow.parquet')]);
    expect(troubles(corpus)).toEqual([]);
    expect(told(corpus)).toEqual(
      [['Ann Writer'], ['Ben Author', 'Carl Writer'], ['Ann Writer'], []].map((names, i) => [
        `ingest/parquet/pyarrow.parquet#${i + 1}`,
        `The river ${i}`,
        names,
        `The river rose in the night, and nobody spoke of it. It was the year ${2010 + i}.`,
        'The River Times',
        null,
        Date.UTC(2019, 5, 9 + i, 6),
      ]),
    );
    expect(corpus.articles[3]!.source).toEqual({ path: 'ingest/parquet/pyarrow.parquet', line: 4 });
  });

  it('is read as the same records in JSON Lines are: known names, mapped ones, objects, what is missing', async () => {
    const records = Array.from({ length: 40 }, (_, i) => ({
      id: i + 1000,
      doc: { writer: `Writer ${i % 3}` },
      content: i === 7 ? null : `It rained on day ${i}.`,
      published: i % 2 === 0 ? '2019-06-09' : null,
      link: `https://example.org/${i}`,
    }));
    const columns = Object.fromEntries(
      Object.keys(records[0]!).map((key) => [key, records.map((r) => r[key as 'id'])]),
    ) as Record<string, ColumnSource['data']>;
    const map = { author: 'doc.writer' };
    const asJson = await read([file('d.parquet', lines(...records))], { map });
    const asParquet = await read([file('d.parquet', parquet(columns, { rowGroupSize: 9 }))], { map });
    expect(told(asParquet)).toEqual(told(asJson));
    expect(asParquet.articles).toHaveLength(39);
    expect(troubles(asParquet)).toEqual([
      'no-text | d.parquet, element 8: its text is empty or no string; passed over',
    ]);
    await expect(read([file('d.parquet', parquet(columns))], { map: { author: 'doc.writr' } })).rejects.toMatchObject({
      message: expect.stringContaining('there are "content", "doc.writer", "id", "link", "published"') as string,
      hint: 'Did you mean --map author=doc.writer?',
    });
  });

  it('a table of many rows comes whole and in order', async () => {
    const of = (what: (i: number) => string): string[] => Array.from({ length: 120_000 }, (_, i) => what(i));
    const columns = { id: of(String), author: of((i) => `w${i % 9}`), text: of((i) => `It is ${i}.`) };
    const { articles } = await read([file('d.parquet', parquet(columns, { rowGroupSize: 70_000 }))]);
    expect(articles).toHaveLength(120_000);
    expect(articles.every((a) => a.text === `It is ${a.id}.` && a.source.line === Number(a.id) + 1)).toBe(true);
  });

  it('is told by its first bytes, not its name, and may be in gzip or on standard input', async () => {
    const bytes = parquet({ author: ['Ann Writer'], text: ['The river rose.'] });
    expect((await read([file('-', bytes), file('data', bytes)])).articles.map((a) => a.id)).toEqual(['-#1', 'data#1']);
  });
});

describe('hostile and broken Parquet', () => {
  const whole = parquet(
    {
      author: ['Ann Writer', 'Ben Author'],
      text: ['The river rose.', 'Nobody spoke.'],
      n: [1n, 2n],
      tags: [['a'], []],
    },
    { rowGroupSize: 1 },
  );
  const other = file('z.txt', 'By Ann Writer\n\nThe river rose.\n');
  const big = 'The river rose. '.repeat(50_000);
  it.each<[string, Uint8Array, RegExp]>([
    ['cut short', whole.subarray(0, whole.length - 9), /^broken-parquet \| d: the Parquet file is cut short or damaged\. Fetch it anew; passed over$/],
    ['no more than its mark', whole.subarray(0, 4), /^broken-parquet \| d: .* damaged/],
    ['encrypted', Buffer.from('PARE....PARE'), /^broken-parquet \| d: the Parquet file is encrypted\. Write it anew in the open; passed over$/],
    ['packed in an unknown way', parquet({ author: ['A'], text: ['The river.'] }, { codec: 'LZO', compressors: { LZO: (x) => x } }), /^broken-parquet \| d: the Parquet file is written in a way that is not read \(parquet unsupported compression codec: LZO\)\. Write it as JSON Lines or CSV; passed over$/],
    ['of more rows than bytes', parquet({ author: Array<null>(2e6).fill(null), text: Array<null>(2e6).fill(null) }, { codec: 'UNCOMPRESSED' }), /^broken-parquet \| d: .* damaged/],
    ['without rows', parquet({ author: [], text: [] }), /^empty-file \| d: the file has no rows$/],
  ])('a file %s is told, and the others are read', async (_, bytes, expected) => {
    const corpus = await read([file('d', bytes), other]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['z.txt']);
    expect(troubles(corpus)).toEqual([expect.stringMatching(expected)]);
  }); // prettier-ignore

  it('one text in a hundred thousand rows is a bomb', async () => {
    const rows = 100_000;
    const bytes = parquet({ author: Array<string>(rows).fill('Ann Writer'), text: Array<string>(rows).fill(big) });
    expect(bytes.length).toBeLessThan(1_000_000);
    const corpus = await read([file('d.parquet', bytes)]);
    expect(corpus.articles.length).toBeLessThan(200);
    expect(troubles(corpus)).toContainEqual(expect.stringMatching(/^too-large \| d\.parquet: unpacks to more than 100 times its size/)); // prettier-ignore
  });

  it('what stands before the damage is read', async () => {
    const bytes = Buffer.from(parquet({ author: ['Ann Writer', 'Ben Author'], text: ['The river rose.', 'Nobody spoke.'] }, { rowGroupSize: 1, codec: 'UNCOMPRESSED' })); // prettier-ignore
    // The header of the second page of texts.
    bytes.fill(0xff, bytes.indexOf('Nobody') - 12, bytes.indexOf('Nobody') - 6);
    const corpus = await read([file('d.parquet', bytes)]);
    expect(corpus.articles.map((a) => a.text)).toEqual(['The river rose.']);
    expect(troubles(corpus)).toEqual(['broken-parquet | d.parquet: the Parquet file is cut short or damaged. Fetch it anew; the rows before element 2 are read, the rest is passed over']); // prettier-ignore
  });

  const page = { compressed_page_size: 10, uncompressed_page_size: 10, data_page_header: { num_values: 2, encoding: 'PLAIN' } }; // prettier-ignore
  it.each([
    ['values', { ...page, data_page_header: { num_values: 2_000_000_000, encoding: 'PLAIN' } }],
    ['fewer values than rows', { ...page, data_page_header: { num_values: 1, encoding: 'PLAIN' } }],
    ['bytes of a page', { ...page, uncompressed_page_size: 2_000_000_000 }],
    ['bytes that are not there', { ...page, compressed_page_size: 11 }],
    ['bytes before it', { ...page, compressed_page_size: -10 }],
    ['less than it must', { ...page, data_page_header: undefined, data_page_header_v2: { num_values: 2, encoding: 'PLAIN' } }],
    ['what texts share', { ...page, uncompressed_page_size: 200_000_000, data_page_header: { num_values: 5_000_000, encoding: 'DELTA_BYTE_ARRAY' } }],
  ])('a page that claims too much is not read: %s', (_, claimed) => {
    const meta = { path_in_schema: ['text'], data_page_offset: 4n, total_compressed_size: 10n };
    const group = { num_rows: 2n, columns: [{ meta_data: meta }] } as unknown as Parameters<typeof checkPages>[1];
    const check = (header: unknown): number => checkPages(new Uint8Array(20), group, ['text'], () => header as never);
    expect(() => check(page)).not.toThrow();
    expect(() => check(claimed)).toThrow(Damaged);
  }); // prettier-ignore

  it('whatever is broken in one, the run goes on', async () => {
    const random = seededRandom(11);
    const from = [whole, fixture('ingest/parquet/pyarrow.parquet').bytes];
    for (let i = 0; i < 400; i++) {
      const bytes = Uint8Array.from(from[i % 2]!);
      for (let n = 0; n <= i % 5; n++)
        bytes[4 + Math.floor(random() * (bytes.length - 4))] = Math.floor(random() * 256);
      const corpus = await read([file('d.parquet', bytes), other]);
      expect(corpus.articles.at(-1)!.id).toBe('z.txt');
    }
  });
});
