import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import { gunzipped } from '../../src/io/gunzip.js';
import { readSources } from '../../src/io/io.js';
import { seededRandom } from '../../src/math/random.js';
import type { ReadSource } from '../../src/types/types.js';
import { broken } from '../ingest/mutate.js';
import { inNewFolders, noticesOf, pathsOf, read } from './reading.js';
import { pax, tarOf, type Tarred } from './tars.js';
import { zipOf } from './zips.js';

const FIXTURES = resolve('fixtures/ingest/tar');
inNewFolders();

const filesOf = (found: readonly ReadSource[]): [string, string | null, string][] =>
  found.flatMap((f) => ('file' in f ? [[f.file.path, f.file.folder, Buffer.from(f.file.bytes).toString()] as [string, string | null, string]] : [])); // prettier-ignore
const text = (name: string): Tarred => ({ name, data: `The river rose at ${name}.` });
const cut = 'cut short or damaged; passed over. Fetch it anew, or unpack what can be had of it and give the folder';
const rest = 'cut short or damaged; what stands before is read. Fetch it anew, or unpack what can be had of it and give the folder'; // prettier-ignore

describe('a tar archive is a folder', () => {
  const long = 'ann/a long folder name that goes on and on and on, so that/no old header has room for the whole path of it/the river.txt'; // prettier-ignore
  const wanted = [
    [long, 'no old header has room for the whole path of it', 'The river\n\nThe river rose.\n'],
    ['ann/brücke.txt', 'ann', 'The bridge\n\nNobody spoke.\n'],
    ['ben/c.md', 'ben', '---\ntitle: The mill\n---\n\nIt stood.\n'],
  ];
  it.each(['gnu.tgz', 'pax.tgz', 'ustar.tgz', 'v7.tgz', 'python.tar.gz'])('as %s', async (name) => {
    const bytes = readFileSync(join(FIXTURES, name));
    writeFileSync(name, bytes);
    writeFileSync('plain.tar', Buffer.concat(await all(gunzipped(pieces(bytes, 100)))));
    const v7 = name === 'v7.tgz';
    for (const archive of [name, 'plain.tar']) {
      const found = await read([archive]);
      const byName = filesOf(found).sort(([a], [b]) => (a < b ? -1 : 1));
      expect(byName).toEqual(wanted.slice(v7 ? 1 : 0).map(([path, ...others]) => [`${archive}/dump/${path}`, ...others])); // prettier-ignore
      expect(noticesOf(found)).toEqual([
        `archive-link | ${archive}: 2 files in it are links to others, the first dump/ben/d.txt; passed over`,
        ...(v7 ? [] : [`archive-link | ${archive}: 1 file in it is a device or a pipe, the first dump/ben/f.txt; passed over`]), // prettier-ignore
      ]);
    }
  });

  it('read as the zip archive of the same files, whatever their order; bylines from its name and folders', async () => {
    const files = ['posts/z.txt', 'ben/a.txt', 'posts/.manyhandsignore', 'posts/no.txt', 'c.jsonl'].map(text);
    files[2] = { name: 'posts/.manyhandsignore', data: 'no.txt\n' };
    writeFileSync('ann.zip', zipOf(files.map(({ name, data }) => ({ name, data: data! }))));
    const asZip = await read(['ann.zip']);
    const inOrder = (found: readonly ReadSource[], name: string): unknown =>
      JSON.parse(JSON.stringify([filesOf(found).sort(), noticesOf(found)]).replaceAll(name, 'ann.zip'));
    for (const [name, bytes] of [
      ['ann.tar', tarOf(files)],
      ['ann.tgz', gzipSync(tarOf(files))],
      ['ann.tar.gz', gzipSync(tarOf(files.toReversed(), 0))],
    ] as const) {
      // prettier-ignore
      writeFileSync(name, bytes);
      const found = await read([name]);
      expect(inOrder(found, name)).toEqual(inOrder(asZip, 'ann.zip'));
      rmSync(name);
    }
    writeFileSync('ann.tgz', gzipSync(tarOf([text('1.txt')])));
    writeFileSync('ben.tar', tarOf([text('1.txt')]));
    expect(filesOf(await read(['.'])).map(([path, folder]) => [path, folder])).toEqual([
      ['ann.tgz/1.txt', 'ann'],
      ['ann.zip/ben/a.txt', 'ben'],
      ['ann.zip/c.jsonl', 'ann'],
      ['ann.zip/posts/z.txt', 'ann'],
      ['ben.tar/1.txt', 'ben'],
    ]);
    const { articles } = await ingest(readSources(['ann.tgz', 'ben.tar']));
    expect(articles.map((a) => a.bylines)).toEqual([['ann'], ['ben']]);
  });

  it('is told by what it is: on standard input, and under another name', async () => {
    const bytes = tarOf([text('a.txt')]);
    writeFileSync('download', bytes);
    writeFileSync('download.gz', gzipSync(bytes));
    for (const stdin of [bytes, gzipSync(bytes)])
      expect(pathsOf(await read(['-', 'download', 'download.gz'], { stdin: pieces(stdin, 600) }))).toEqual([
        '-/a.txt',
        'download/a.txt',
        'download.gz/a.txt',
      ]);
    writeFileSync('page.tar', '<html><p>Not found.</p></html>');
    writeFileSync('page.tgz', gzipSync('<html><p>Not found.</p></html>'));
    expect(pathsOf(await read(['page.tar', 'page.tgz']))).toEqual(['page.tar', 'page.tgz']);
  });

  it('a long file of lines comes in parts, from a packed archive as well', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => JSON.stringify({ id: `${i}`, author: 'A. Writer', text: `It was said ${i} times. `.repeat(9) })).join('\n'); // prettier-ignore
    const bytes = tarOf([text('a.txt'), { name: 'd.jsonl', data: lines }, { name: 'b.csv', data: lines }, text('z.txt')]); // prettier-ignore
    for (const [name, packed] of [
      ['d.tar', bytes],
      ['d.tgz', gzipSync(bytes)],
    ] as const) {
      // prettier-ignore
      writeFileSync(name, packed);
      const found = await read([name], { maxFileBytes: 1000 });
      expect(filesOf(found).filter(([path]) => path.endsWith('.jsonl')).map(([, , own]) => own).join('')).toBe(lines); // prettier-ignore
      expect(pathsOf(found).length).toBeGreaterThan(8);
      expect(noticesOf(found)).toEqual([`too-large | ${name}: 1 file in it is too large, the first b.csv; passed over. Split it; JSON Lines (.jsonl) may be of any length`]); // prettier-ignore
    }
  });
});

describe('hostile and broken tar archives', () => {
  const good = text('z.txt');
  const huge = Buffer.concat([Buffer.from([128]), Buffer.alloc(11, 255)]);
  it.each<[string, Tarred[], string[], string[]]>([
    ['ways out', [text('../a.txt'), text('/etc/a.txt'), { name: 'x', type: 'x', data: pax('path', 'a/../../b.txt') }, text('b')], ['z.txt'], ['archive-name | d.tar: 3 files in it are named as if outside of it, the first /etc/a.txt; passed over. Unpack it, and give the folder, if you trust it']],
    ['links and devices', [...'123467'].map((type) => ({ ...text(`${type}.txt`), type, data: '' })), ['7.txt', 'z.txt'], ['archive-link | d.tar: 2 files in it are links to others, the first 1.txt; passed over', 'archive-link | d.tar: 3 files in it are devices or pipes, the first 3.txt; passed over']],
    ['a link that says it has content', [{ name: 'a.txt', type: '2', size: '00000000777\0' }], ['z.txt'], ['archive-link | d.tar: 1 file in it is a link to another, the first a.txt; passed over']],
    ['parts of files, and what no program knows', [{ ...text('a.txt'), type: 'S' }, { ...text('b.txt'), type: 'M' }, { name: 'x', type: 'x', data: pax('GNU.sparse.major', '1') }, text('c.txt'), { ...text('d.txt'), type: '\x7f' }], ['z.txt'], ['unreadable | d.tar: 4 files in it are packed in unusual ways, the first a.txt; passed over. Unpack it, and give the folder']],
    ['archives', [text('a.zip'), text('b.tar.gz')], ['z.txt'], ['archive-nested | d.tar: 2 files in it are archives themselves, the first a.zip; passed over. Unpack it, and give the folder']],
    ['long names, in both ways, and a size said twice', [{ name: 'x', type: 'L', data: `${'b'.repeat(150)}.txt\0` }, text('b'), { name: 'x', type: 'x', data: pax('path', `${'ü'.repeat(150)}.txt`) + pax('size', '3') }, { name: 'u', data: 'abc', size: '00000000000\0' }], [`${'b'.repeat(150)}.txt`, 'z.txt', `${'ü'.repeat(150)}.txt`], []],
    ['a name without end', [{ name: 'x', type: 'x', data: pax('path', `${'b/'.repeat(4000)}b.txt`) }, text('b')], ['z.txt'], [expect.stringMatching(/^unreadable \| d\.tar: 1 file in it is packed in an unusual way/) as unknown as string]],
    ['remarks for all files', [{ name: 'pax_global_header', type: 'g', data: pax('comment', 'abc') }, { name: 'a', type: 'V' }], ['z.txt'], []],
    ['what says that it is longer than it is', [{ name: 'x', type: 'x', data: '99999999 path=a\n' }, { name: 'x', type: 'x', data: 'path' }], ['z.txt'], []],
    ['two files of one name', [good], ['z.txt', 'z.txt'], ['archive-twice | d.tar: 1 file in it is there twice, the first z.txt; all are read']],
    ['sums of old programs', [{ ...text('ü.txt'), sum: '' }], ['z.txt', 'ü.txt'], []],
  ])('%s: told, and the rest is read', async (what, files, paths, notices) => {
    const bytes = tarOf([...files, good]);
    if (what === 'sums of old programs') {
      // They took bytes above 127 for negative numbers.
      bytes.fill(32, 148, 156);
      const sum = bytes.subarray(0, 512).reduce((total, byte) => total + (byte > 127 ? byte - 256 : byte), 0);
      bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    }
    writeFileSync('d.tar', bytes);
    const found = await read(['d.tar']);
    expect(pathsOf(found)).toEqual(paths.map((path) => `d.tar/${path}`));
    expect(noticesOf(found)).toEqual(notices);
  }); // prettier-ignore

  const whole = tarOf([text('a.txt'), good]);
  it.each<[string, Uint8Array, string[], string[]]>([
    ['without an end', whole.subarray(0, 2048), ['a.txt', 'z.txt'], []],
    ['without its last bytes', whole.subarray(0, 1536 + 10), ['a.txt'], [rest]],
    ['cut in a header', whole.subarray(0, 1024 + 10), ['a.txt'], [rest]],
    ['cut in its first file', whole.subarray(0, 520), [], [cut]],
    ['with a damaged header', Buffer.concat([whole.subarray(0, 1024), Buffer.alloc(512, 'x'), whole.subarray(1024)]), ['a.txt'], [rest]],
    ['with a size that is none', tarOf([text('a.txt'), { ...good, size: huge }]), ['a.txt'], [rest]],
    ['with a size beyond its end', tarOf([text('a.txt'), { ...good, size: '77777777777\0' }]), ['a.txt'], [rest]],
    ['with a name in its first header that goes on for ever', tarOf([{ name: 'x', type: 'L', size: '77777777777\0' }]), [], [cut]],
  ])('an archive %s, in gzip and not: what stands before is read', async (_, bytes, paths, notices) => {
    for (const [name, packed] of [['d.tar', bytes], ['d.tgz', gzipSync(bytes)]] as const) {
      writeFileSync(name, packed);
      const found = await read([name]);
      expect(pathsOf(found)).toEqual(paths.map((path) => `${name}/${path}`));
      expect(noticesOf(found)).toEqual(notices.map((what) => `unreadable | ${name}: the archive is ${what}`));
    }
  }); // prettier-ignore

  it('gzip that is cut short: what stands before is read; honest twin: zeros behind it', async () => {
    const random = seededRandom(2);
    const noise = Array.from({ length: 300 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
    const packed = gzipSync(tarOf([text('a.txt'), ...Array.from({ length: 90 }, (_, i) => ({ name: `b${i + 10}.txt`, data: `${i} ${noise}`.repeat(80 + i) }))])); // prettier-ignore
    writeFileSync('d.tgz', packed.subarray(0, packed.length >> 1));
    writeFileSync('e.tgz', Buffer.concat([packed, Buffer.alloc(9)]));
    const [cutShort, longer] = [await read(['d.tgz']), await read(['e.tgz'])];
    expect(pathsOf(cutShort).length).toBeGreaterThan(5);
    expect(pathsOf(cutShort).length).toBeLessThan(91);
    expect(noticesOf(cutShort)).toEqual([`unreadable | d.tgz: the archive is ${rest}`]);
    expect(pathsOf(await read(['d.tgz']))).toEqual(pathsOf(cutShort));
    expect([pathsOf(longer).length, noticesOf(longer)]).toEqual([91, []]);
  });

  it('a bomb is unpacked to a hundred times its size, and no further', async () => {
    const zeros = Buffer.alloc(40_000_000);
    const bytes = tarOf([text('a.txt'), { name: 'b.csv', data: zeros }, { name: 'c.csv', data: zeros }]);
    writeFileSync('d.tgz', gzipSync(bytes));
    const found = await read(['d.tgz']);
    expect(pathsOf(found)).toEqual(['d.tgz/a.txt', 'd.tgz/b.csv']);
    expect(noticesOf(found)).toEqual([`unreadable | d.tgz: the archive unpacks to more than 100 times its size, as no text does; ${rest.split('; ')[1]}`]); // prettier-ignore
  });

  it('whatever is broken in one, there are files and notices, and no error', async () => {
    const random = seededRandom(4);
    const whole = ['gnu.tgz', 'pax.tgz', 'ustar.tgz', 'v7.tgz'].map((name) => readFileSync(join(FIXTURES, name)));
    const plain = await Promise.all(whole.map(async (bytes) => Buffer.concat(await all(gunzipped(pieces(bytes, 1e6)))).subarray(0, 9000))); // prettier-ignore
    for (let i = 0; i < 1200; i++) {
      const packed = i % 3 === 0;
      const bytes = broken(Uint8Array.from((packed ? whole : plain)[i % 4]!), random, 1 + (i % 6));
      writeFileSync('m.tgz', i % 3 === 2 ? gzipSync(bytes) : bytes);
      expect((await read(['m.tgz'])).length).toBeGreaterThan(0);
    }
  });
});

describe('gunzipped', () => {
  it('gives the same whatever the pieces that come in, members one behind the other too', async () => {
    const members = Buffer.concat(['The river rose. ', 'Nobody spoke. ', ''].map((own) => gzipSync(own.repeat(9999))));
    for (const size of [7, 1000, 1e6])
      expect(Buffer.concat(await all(gunzipped(pieces(members, size)))).toString()).toBe(
        'The river rose. '.repeat(9999) + 'Nobody spoke. '.repeat(9999),
      );
  });

  it('gives all that stands before the damage, and then says so', async () => {
    const packed = gzipSync('The river rose. '.repeat(99_999));
    const got: Uint8Array[] = [];
    const reading = async (): Promise<void> => {
      for await (const piece of gunzipped(pieces(packed.subarray(0, packed.length - 500), 700))) got.push(piece);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
    expect(Buffer.concat(got).length).toBeGreaterThan(1_000_000);
  });
});

async function all<T>(them: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const one of them) out.push(one);
  return out;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
