import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import { readSources } from '../../src/io/io.js';
import { seededRandom } from '../../src/math/random.js';
import type { ReadSource } from '../../src/types/types.js';
import { broken } from '../ingest/mutate.js';
import { inNewFolders, noticesOf, read } from './reading.js';
import { tarOf } from './tars.js';
import { zipOf } from './zips.js';

const WGET = resolve('fixtures/ingest/warc/wget.warc.gz');
inNewFolders();

const filesOf = (found: readonly ReadSource[]): [string, string][] =>
  found.flatMap((f) => ('file' in f ? [[f.file.path, Buffer.from(f.file.bytes).toString()] as [string, string]] : []));

interface Kept {
  readonly url?: string;
  readonly type?: string;
  readonly headers?: readonly string[];
  readonly status?: string;
  readonly body?: string | Uint8Array;
  /** What the record says instead. */
  readonly length?: number | string;
  /** Of the record itself. */
  readonly said?: readonly string[];
}

/** A record of a web archive, honest or not. */
function record({ url = 'https://example.org/a', type = 'response', headers = ['Content-Type: text/html'], status = '200 OK', body = PAGE, length, said = [] }: Kept): Buffer {
  const http = type === 'response' ? Buffer.from(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n`) : Buffer.alloc(0);
  const content = Buffer.concat([http, Buffer.from(body as string)]);
  const head = ['WARC/1.1', `WARC-Type: ${type}`, `WARC-Target-URI: ${url}`, ...said, `Content-Length: ${length ?? content.length}`];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content, Buffer.from('\r\n\r\n')]);
} // prettier-ignore
const PAGE = '<html><p>The river rose.</p></html>';
const good = record({ url: 'https://example.org/z' });

describe('web archives', () => {
  it('as wget writes them: pages with their address, byline and date; what is no page is counted', async () => {
    writeFileSync('site.warc.gz', readFileSync(WGET));
    const { articles, notices } = await ingest(readSources(['site.warc.gz']));
    expect(articles.map((a) => [a.id, a.url, a.bylines, a.title, a.publishedAt, a.text.slice(-8)])).toEqual(
      [['bridge', 'Ben Author', 2], ['river', 'Ann Writer', 1]].map(([name, author, day]) => [`site.warc.gz/http://localhost:8765/2019/${name}.html`, `http://localhost:8765/2019/${name}.html`, [author], `The ${name}`, Date.UTC(2019, 5, Number(day)), '“Ça va.”']),
    ); // prettier-ignore
    expect(notices.map((n) => n.message)).toEqual([
      'bylines of single-article files taken from: page 2',
      'site.warc.gz: 3 files in it are of other kinds, the first http://localhost:8765/robots.txt; passed over',
      'site.warc.gz/http://localhost:8765/: no article was found in the page; passed over',
    ]);
  });

  it('the same unpacked, on standard input, under another name, in other archives, and as WACZ', async () => {
    const bytes = Buffer.concat([good, record({ url: 'http://example.org/feed.xml?a=1' })]);
    const packed = Buffer.concat([gzipSync(good), gzipSync(record({ url: 'http://example.org/feed.xml?a=1' }))]);
    const pages = ['https://example.org/z', 'http://example.org/feed.xml?a=1'];
    const list = { name: 'pages/pages.jsonl', data: '{"url": "https://example.org/z", "text": "The river rose."}\n' };
    const files: Record<string, [Uint8Array, string]> = {
      'a.warc': [bytes, 'a.warc'],
      'b.warc.gz': [packed, 'b.warc.gz'],
      download: [packed, 'download'],
      'd.zip': [zipOf([{ name: 'x/d.warc', data: bytes }]), 'd.zip/x/d.warc'],
      'e.tgz': [gzipSync(tarOf([{ name: 'e.warc.gz', data: packed }])), 'e.tgz/e.warc.gz'],
      'f.wacz': [zipOf([{ name: 'archive/f.warc.gz', data: packed, method: 0 }, { name: 'datapackage.json', data: '{}' }, list, { name: 'indexes/index.cdx', data: 'x' }]), 'f.wacz/archive/f.warc.gz'],
    }; // prettier-ignore
    for (const [name, [content, shown]] of Object.entries(files)) {
      writeFileSync(name, content);
      const found = await read([name]);
      expect(filesOf(found)).toEqual(pages.map((page) => [`${shown}/${page}`, PAGE]));
      expect(noticesOf(found)).toEqual([]);
    }
    const stdin = (async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < packed.length; at += 50) yield await Promise.resolve(packed.subarray(at, at + 50));
    })();
    expect(filesOf(await read(['-'], { stdin })).map(([path]) => path)).toEqual(pages.map((page) => `-/${page}`));
  });

  it('folders of addresses are no bylines, and notices of its pages are those of one file', async () => {
    const long = `<html><body><article>${'<p>The river rose in the night, and nobody spoke of it for a long time.</p>'.repeat(9)}</article></body></html>`; // prettier-ignore
    const records = ['ann/1', 'ben/2'].map((path) => record({ url: `https://example.org/${path}`, body: long }));
    const empty = Array.from({ length: 40 }, (_, i) => record({ url: `https://example.org/tag/${i}` }));
    writeFileSync('a.warc', Buffer.concat([...records, ...empty]));
    const { articles, notices } = await ingest(readSources(['a.warc']));
    expect(articles.map((a) => a.bylines)).toEqual([[], []]);
    const none = notices.filter((n) => n.code === 'no-article');
    expect(none).toHaveLength(10);
    expect(none.at(-1)!.message).toContain('(and 30 more like it in this file)');
  });

  const html = (headers: readonly string[], body: string | Uint8Array): Kept => ({
    headers: ['content-type: Text/HTML', ...headers],
    body,
  });
  const chunked = (...pieces: string[]): string => pieces.map((p) => `${p.length.toString(16)};x=1\r\n${p}\r\n`).join('') + '0\r\n\r\n'; // prettier-ignore
  it.each<[string, Kept]>([
    ['in gzip', html(['Content-Encoding: gzip'], gzipSync(PAGE))],
    ['in brotli', html(['Content-Encoding: br'], brotliCompressSync(PAGE))],
    ['deflated', html(['Content-Encoding: deflate'], deflateSync(PAGE))],
    ['deflated as some servers do', html(['Content-Encoding: deflate'], deflateRawSync(PAGE))],
    ['in pieces', html(['Transfer-Encoding: chunked'], chunked(PAGE.slice(0, 9), PAGE.slice(9)))],
    ['in pieces that were joined', html(['Transfer-Encoding: chunked'], PAGE)],
    ['unpacked before it was kept', html(['Content-Encoding: br'], PAGE)],
    ['unpacked before it was kept, of gzip', html(['Content-Encoding: gzip'], PAGE)],
    ['kept without its answer', { type: 'resource', said: ['Content-Type: text/html; charset=utf-8'] }],
    ['with an address in brackets', { url: '<https://example.org/a>' }],
    ['with a header over two lines', html(['X: a', ' b'], PAGE)],
  ])('a page %s', async (_, kept) => {
    writeFileSync('a.warc', record(kept));
    const found = await read(['a.warc']);
    expect(filesOf(found)).toEqual([['a.warc/https://example.org/a', PAGE]]);
  });

  it('what the server says a page is in counts more than what the page says', async () => {
    const body = Buffer.from('<meta charset="utf-8"><p>\xc7a va.</p>', 'latin1');
    writeFileSync('a.warc', record({ headers: ['Content-Type: text/html; charset=ISO-8859-1'], body }));
    expect(filesOf(await read(['a.warc']))[0]![1]).toContain('Ça va.');
    writeFileSync('a.warc', record({ headers: ['Content-Type: text/html; charset=nonsense'], body: PAGE }));
    expect(filesOf(await read(['a.warc']))[0]![1]).toBe(PAGE);
  });
});

describe('hostile and broken web archives', () => {
  const rest = 'what stands before is read. Fetch it anew, or unpack what can be had of it and give the folder';
  const zeros = Buffer.alloc(70_000_000);
  it.each<[string, Uint8Array[], string[]]>([
    ['what is no page', [record({ headers: ['Content-Type: image/png'] }), record({ status: '404 Not Found' }), record({ headers: [] }), record({ body: '', headers: ['x'.repeat(70_000)] }), record({ type: 'resource' })], ['other-files | a.warc: 5 files in it are of other kinds, the first https://example.org/a; passed over']],
    ['requests, remarks, what was unchanged, and what is from no site', [record({ type: 'request' }), record({ type: 'warcinfo' }), record({ type: 'revisit' }), record({ url: 'urn:text:https://example.org/a' }), record({ url: 'file:///etc/passwd' })], []],
    ['one page twice', [good, good], []],
    ['damaged and bombs', [record({ headers: ['Content-Type: text/html', 'Content-Encoding: gzip'], body: gzipSync(PAGE).subarray(0, 20) }), record({ headers: ['Content-Type: text/html', 'Content-Encoding: gzip'], body: gzipSync(zeros) })], ['unreadable | a.warc: 1 file in it is damaged, the first https://example.org/a; passed over. Fetch the archive anew', 'too-large | a.warc: 1 file in it is packed too tightly, the first https://example.org/a; passed over: more than 100 times its size, as no text is. Unpack it, and give the folder, if you trust it']],
    ['a page of more than is read', [record({ body: zeros })], ['too-large | a.warc: 1 file in it is too large, the first https://example.org/a; passed over. Split it; JSON Lines (.jsonl) may be of any length']],
    ['an address that steers a terminal', [record({ url: 'https://example.org/\u001b[31m', status: '500 No' })], ['other-files | a.warc: 1 file in it is of another kind, the first https://example.org/\\x1b[31m; passed over']],
  ])('%s: told, and the rest is read', async (_, records, notices) => {
    writeFileSync('a.warc', Buffer.concat([...records, good]));
    const found = await read(['a.warc']);
    expect(filesOf(found)).toEqual([['a.warc/https://example.org/z', PAGE]]);
    expect(noticesOf(found)).toEqual(notices);
  }); // prettier-ignore

  it.each<[string, Uint8Array, string]>([
    ['cut in a record', record({}).subarray(0, 150), 'is cut short or damaged'],
    ['cut in a header', record({}).subarray(0, 50), 'is cut short or damaged'],
    ['with a length that is none', record({ length: '-1' }), 'is cut short or damaged'],
    ['with a length beyond its end', record({ length: 10 ** 14 }), 'is cut short or damaged'],
    ['with something between', Buffer.from('Not found.\r\n\r\n'), 'is cut short or damaged'],
    ['with headers without end', record({ said: ['x: y\r\n'.repeat(30_000) + 'x: y'] }), 'is cut short or damaged'],
  ])('an archive %s: what stands before is read', async (_, bytes, why) => {
    for (const packed of [false, true]) {
      const whole = Buffer.concat([good, bytes]);
      writeFileSync('a.warc', packed ? gzipSync(whole) : whole);
      const found = await read(['a.warc']);
      expect(filesOf(found)).toEqual([['a.warc/https://example.org/z', PAGE]]);
      expect(noticesOf(found)).toEqual([`unreadable | a.warc: the archive ${why}; ${rest}`]);
    }
    writeFileSync('a.zip', zipOf([{ name: 'a.warc', data: Buffer.concat([good, bytes]) }]));
    const found = await read(['a.zip']);
    expect(filesOf(found)).toEqual([['a.zip/a.warc/https://example.org/z', PAGE]]);
    expect(noticesOf(found)).toEqual(['unreadable | a.zip: 1 file in it is cut short, damaged, or a bomb, the first a.warc; what stands before is read. Fetch the archive anew']); // prettier-ignore
  });

  it('without pages, or without anything: told', async () => {
    writeFileSync('a.warc', record({ type: 'warcinfo' }));
    expect(noticesOf(await read(['a.warc']))).toEqual(['other-files | a.warc: holds no pages']);
  });

  it('a bomb is unpacked to a hundred times its size, and no further', async () => {
    const bomb = record({ type: 'metadata', body: Buffer.alloc(400_000_000) });
    writeFileSync('a.warc.gz', Buffer.concat([gzipSync(good), gzipSync(bomb)]));
    const found = await read(['a.warc.gz']);
    expect(filesOf(found)).toHaveLength(1);
    expect(noticesOf(found)).toEqual([`unreadable | a.warc.gz: the archive unpacks to more than 100 times its size, as no text does; ${rest}`]); // prettier-ignore
  });

  it('whatever is broken in one, the run goes on', async () => {
    const random = seededRandom(6);
    const packed = readFileSync(WGET);
    const plain = Buffer.concat([record({}), record(html2(gzipSync(PAGE))), good]);
    for (let i = 0; i < 1000; i++) {
      const bytes = broken(Uint8Array.from(i % 2 === 0 ? packed : plain), random, 1 + (i % 6));
      writeFileSync('m.warc', i % 4 === 3 ? gzipSync(bytes) : bytes);
      expect((await read(['m.warc'])).length).toBeGreaterThan(0);
    }
  });
});

function html2(body: Uint8Array): Kept {
  return { url: 'https://example.org/g', headers: ['Content-Type: text/html', 'Content-Encoding: gzip'], body };
}
