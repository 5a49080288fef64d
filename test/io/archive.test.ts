import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import { readSources } from '../../src/io/io.js';
import { noting } from '../../src/io/noting.js';
import { seededRandom } from '../../src/math/random.js';
import type { ReadSource } from '../../src/types/types.js';
import { folderWith } from '../helpers.js';
import { inNewFolders, noticesOf, read } from './reading.js';
import { LOCKED, SYMLINK, UTF8, zipOf, type Zipped } from './zips.js';

inNewFolders();

const filesOf = (found: readonly ReadSource[]): [string, string | null][] =>
  found.flatMap((f) => ('file' in f ? [[f.file.path, f.file.folder] as [string, string | null]] : []));
const text = (name: string): Zipped => ({ name, data: `The river rose at ${name}.` });
const put = (path: string, files: readonly Zipped[]): void => writeFileSync(path, zipOf(files));

describe('an archive is a folder', () => {
  const files: Record<string, string> = {
    'ann/a.txt': 'The river\n\nThe river rose.\n',
    'ann/a/b.txt': 'The bridge\n\nNobody spoke.\n',
    'ben/2019/c.md': '---\ntitle: The mill\n---\n\nIt stood.\n',
    'ben/draft.md': 'Not yet.\n',
    'all.jsonl': '{"author": "Carl Writer", "text": "It rained."}\n{"author": ',
    '.manyhandsignore': 'draft.md\n',
  };
  const zipped = Object.entries(files).map(([name, data]) => ({ name, data }));
  const asRead = async (path: string): Promise<unknown> => {
    const { files: passed, inputs } = noting(readSources([path]));
    const { articles, notices } = await ingest(passed);
    const made = { articles: articles.map(({ text: own, ...rest }) => ({ ...rest, own })), notices, inputs };
    return JSON.parse(JSON.stringify(made).replaceAll(path, 'dump')) as unknown;
  };

  it.each([
    ['the files', zipped],
    ['the folder', zipped.map((f) => ({ ...f, name: `dump/${f.name}` }))],
    ['the folder, as told by find', zipped.map((f) => ({ ...f, name: `./dump/${f.name}` }))],
    ['the folder, on Windows', zipped.map((f) => ({ ...f, name: `dump\\${f.name.replaceAll('/', '\\')}` }))],
    ['the files, the last first, unpacked', zipped.toReversed().map((f) => ({ ...f, method: 0 }))],
    [
      'the files, on a Mac',
      [
        ...zipped,
        { name: 'ann/', data: '', mode: 0o040755 },
        ...['.DS_Store', '__MACOSX/._all.jsonl', '__MACOSX/ann/._a.txt', 'node_modules/x/x.md', 'ann/.b.txt'].map(text),
      ],
    ],
  ])('holding %s: read as the folder is', async (_, packed) => {
    const own = process.cwd();
    const folder = folderWith(files);
    process.chdir(join(folder, '..'));
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const wanted = await asRead(name);
    process.chdir(own);
    put('dump.zip', packed);
    const inZip = JSON.stringify(await asRead('dump.zip')).replaceAll('dump/dump/', 'dump/');
    expect(JSON.parse(inZip)).toEqual(wanted);
    expect(inZip).toContain('"bylines":["ben"]');
    expect(inZip).toContain('1 file named by .manyhandsignore passed over, the first dump/ben/draft.md');
  });

  it('a byline may be the name of an archive in a folder, or of one beside another', async () => {
    for (const name of ['ann.zip', 'dump.zip']) put(name, [text('posts/1.txt'), text('posts/2.txt')]);
    const named = [
      ['ann.zip/posts/1.txt', 'ann'],
      ['ann.zip/posts/2.txt', 'ann'],
      ['dump.zip/posts/1.txt', null],
      ['dump.zip/posts/2.txt', null],
    ];
    expect(filesOf(await read(['.']))).toEqual(named);
    expect(filesOf(await read(['*.zip']))).toEqual(named);
    put('ben.zip', [text('1.txt')]);
    put('ann.zip', [text('1.txt')]);
    const { articles } = await ingest(readSources(['ann.zip', 'ben.zip']));
    expect(articles.map((a) => a.bylines)).toEqual([['ann'], ['ben']]);
  });

  it('lists around an archive count in it, and its own have the last word', async () => {
    put('d.zip', [text('a.txt'), text('b.txt'), text('in/c.txt'), { name: 'in/.manyhandsignore', data: '!c.txt\n' }]);
    writeFileSync('.manyhandsignore', 'd.zip/a.txt\nc.txt\n');
    const found = await read(['d.zip']);
    expect(filesOf(found).map(([path]) => path)).toEqual(['d.zip/b.txt', 'd.zip/in/c.txt']);
    expect(filesOf(await read(['d.zip'], { ignored: () => false }))).toHaveLength(3);
  });

  it('is told by what it is: on standard input, in gzip, and under another name', async () => {
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield zipOf([text('a.txt')]);
    }
    writeFileSync('download', zipOf([text('a.txt')]));
    writeFileSync('b.zip.gz', gzipSync(zipOf([text('a.txt')])));
    expect(filesOf(await read(['-', 'download', 'b.zip.gz'], { stdin: stdin() })).map(([path]) => path)).toEqual([
      '-/a.txt',
      'download/a.txt',
      'b.zip.gz/a.txt',
    ]);
  });

  it('honest twin: a document, and what is only called .zip, are one file', async () => {
    put('a.docx', [{ name: 'word/document.xml', data: '<x/>' }]);
    put('b.odt', [{ name: 'content.xml', data: '<x/>' }]);
    put('book.zip', [{ name: 'mimetype', data: 'application/epub+zip' }, text('a.html')]);
    put('sheet.zip', [{ name: '[Content_Types].xml', data: '<x/>' }]);
    writeFileSync('page.zip', '<html><p>Not found.</p></html>');
    writeFileSync('old.txt.zip.txt', 'PK is how old archives begin.');
    expect(filesOf(await read(['.'])).map(([path]) => path)).toEqual(['a.docx', 'b.odt', 'book.zip', 'old.txt.zip.txt', 'page.zip', 'sheet.zip']); // prettier-ignore
  });

  it('evidence that manyhands made is not read again', async () => {
    put('run.zip', ['READ-ME.txt', 'manifest.json', 'pairs.csv', 'report.json', 'input/00001-a.txt'].map(text));
    put('pairs.zip', ['manifest.json', 'report.json'].map(text));
    const found = await read(['.']);
    expect(filesOf(found)).toHaveLength(2);
    expect(noticesOf(found)).toEqual([expect.stringMatching(/^other-files \| run\.zip: an evidence file/)]);
  });
});

describe('names', () => {
  it.each([
    ['in UTF-8, said', 'é/a.txt', UTF8, 'é/a.txt'],
    ['in UTF-8, not said', 'é/a.txt', 0, 'é/a.txt'],
    ['in the letters of DOS', Buffer.from('\x82/a.txt', 'latin1'), 0, 'é/a.txt'],
    ['in neither, though it says so', Buffer.from('\x82/a.txt', 'latin1'), UTF8, '\ufffd/a.txt'],
  ])('%s', async (_, name, flags, shown) => {
    put('d.zip', [{ name, data: 'Text.', flags }]);
    expect(filesOf(await read(['d.zip'])).map(([path]) => path)).toEqual([`d.zip/${shown}`]);
  });
});

describe('hostile and broken archives', () => {
  const good = text('z.txt');
  it.each<[string, Zipped[], string]>([
    ['locked', [{ ...text('a.txt'), flags: LOCKED }, { ...text('b.txt'), flags: LOCKED }], 'unreadable | d.zip: 2 files in it are locked with a password, the first a.txt; passed over. Unpack it with the password, and give the folder'],
    ['packed in an unusual way', [{ ...text('a.txt'), method: 9 }], 'unreadable | d.zip: 1 file in it is packed in an unusual way, the first a.txt; passed over. Unpack it, and give the folder'],
    ['a link', [{ name: 'a.txt', data: '/etc/passwd', mode: SYMLINK }], 'archive-link | d.zip: 1 file in it is a link to another, the first a.txt; passed over'],
    ['a way out', [text('../a.txt'), text('/etc/a.txt'), text('C:\\a.txt'), text('b/../../a.txt')], 'archive-name | d.zip: 4 files in it are named as if outside of it, the first /etc/a.txt; passed over. Unpack it, and give the folder, if you trust it'],
    ['archives', [text('a.zip'), text('b.tar.gz')], 'archive-nested | d.zip: 2 files in it are archives themselves, the first a.zip; passed over. Unpack it, and give the folder'],
    ['other kinds', [text('a.png')], 'other-files | d.zip: 1 file in it is of another kind, the first a.png; passed over'],
    ['a wrong sum', [{ ...text('a.txt'), crc: 1 }], 'unreadable | d.zip: 1 file in it is damaged, the first a.txt; passed over. Fetch the archive anew'],
    ['a wrong size', [{ ...text('a.txt'), size: 5 }, { ...text('b.txt'), size: 500 }], 'unreadable | d.zip: 2 files in it are damaged, the first a.txt; passed over. Fetch the archive anew'],
    ['a size beyond reason', [{ ...text('a.csv'), size: 1_900_000_000 }], 'too-large | d.zip: 1 file in it is packed too tightly, the first a.csv; passed over: more than 100 times its size, as no text is. Unpack it, and give the folder, if you trust it'],
    ['damaged gzip', [{ name: 'a.txt.gz', data: gzipSync('hello '.repeat(100)).subarray(0, 20) }], 'unreadable | d.zip: 1 file in it is damaged, the first a.txt.gz; passed over. Fetch the archive anew'],
    ['a name that steers a terminal', [{ ...text('a\u001b[31m.txt'), flags: LOCKED }], 'unreadable | d.zip: 1 file in it is locked with a password, the first a\\x1b[31m.txt; passed over. Unpack it with the password, and give the folder'],
  ])('%s: told, and the rest is read', async (_, files, expected) => {
    put('d.zip', [...files, good]);
    const found = await read(['d.zip']);
    expect(filesOf(found).map(([path]) => path)).toEqual(['d.zip/z.txt']);
    expect(noticesOf(found)).toEqual([expected]);
  }); // prettier-ignore

  it('files of one name are all read, in an order that the archive’s is no matter to', async () => {
    const same = [1, 2].map((n) => ({ name: 'a.txt', data: `River ${n}.` }));
    const bytesOf = async (files: readonly Zipped[]): Promise<unknown> => {
      put('d.zip', files);
      const found = await read(['d.zip']);
      expect(noticesOf(found)).toEqual([
        'archive-twice | d.zip: 1 file in it is there twice, the first a.txt; all are read',
      ]);
      return found.flatMap((f) => ('file' in f ? [Buffer.from(f.file.bytes).toString()] : []));
    };
    expect(await bytesOf(same.toReversed())).toEqual(await bytesOf(same));
  });

  it('bombs: one file, and many that are small ones', async () => {
    const zeros = Buffer.alloc(60_000_000);
    put('one.zip', [{ name: 'a.jsonl', data: Buffer.alloc(70_000_000) }, good]);
    put(
      'many.zip',
      ['a.txt', 'b.txt', 'c.txt'].map((name) => ({ name, data: zeros })),
    );
    const found = await read(['one.zip', 'many.zip']);
    expect(filesOf(found).map(([path]) => path)).toEqual(['one.zip/z.txt', 'many.zip/a.txt']);
    expect(noticesOf(found).map((n) => n.slice(0, 60))).toEqual(
      [
        'too-large | one.zip: 1 file in it is packed too tightly, the ',
        'too-large | many.zip: 2 files in it are packed too tightly, t',
      ].map((n) => n.slice(0, 60)),
    );
  });

  it('a long file of lines comes in parts that are read as the whole is; any other is told', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => JSON.stringify({ id: `${i}`, author: 'A. Writer', text: `It was said ${i} times. `.repeat(9) })).join('\n'); // prettier-ignore
    put('d.zip', [{ name: 'a.jsonl', data: lines }, { name: 'b.csv', data: lines }, { name: 'c.jsonl', data: 'x'.repeat(3000) }]); // prettier-ignore
    const found = await read(['d.zip'], { maxFileBytes: 1000 });
    expect(filesOf(found).length).toBeGreaterThan(5);
    expect(noticesOf(found)).toEqual(['too-large | d.zip: 2 files in it are too large, the first b.csv; passed over. Split it; JSON Lines (.jsonl) may be of any length']); // prettier-ignore
    const articles = async (maxFileBytes: number): Promise<unknown> =>
      (await ingest(readSources(['d.zip'], { maxFileBytes }))).articles.filter((a) => a.source.path === 'd.zip/a.jsonl').map(({ id, text: own, source }) => ({ id, own, source })); // prettier-ignore
    expect(await articles(1000)).toEqual(await articles(1e9));
  });

  const [whole, cut] = [zipOf([good, text('y.txt')]), 'the archive is cut short or damaged; passed over. Fetch it anew, or unpack what can be had of it and give the folder']; // prettier-ignore
  it.each([
    ['cut short', whole.subarray(0, whole.length - 30), cut],
    ['with more behind it', Buffer.concat([whole, Buffer.alloc(9)]), cut],
    ['whose list says too much', zipOf([good], { count: 3 }), cut],
    ['that is a part', zipOf([good], { disk: 2 }), cut.replace('cut short or damaged', 'one of several parts of an archive')],
    ['locked as a whole', zipOf([{ ...good, flags: 0x41 }]), cut.replace('cut short or damaged', 'locked with a password')],
  ])('an archive %s: told, and the run goes on', async (_, bytes, expected) => {
    writeFileSync('a.zip', bytes);
    put('b.zip', [good]);
    const found = await read(['a.zip', 'b.zip']);
    expect(filesOf(found).map(([path]) => path)).toEqual(['b.zip/z.txt']);
    expect(noticesOf(found)).toEqual([`unreadable | a.zip: ${expected}`]);
  }); // prettier-ignore

  it('with nothing in it, or nothing to read: told', async () => {
    put('a.zip', []);
    put('b.zip', [text('x.png')]);
    expect(noticesOf(await read(['.']))).toEqual([
      'other-files | a.zip: holds no article files',
      'other-files | b.zip: holds no article files',
      'other-files | b.zip: 1 file in it is of another kind, the first x.png; passed over',
    ]);
    await expect(ingest(readSources(['a.zip']))).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining('a.zip: holds no article files') as string }); // prettier-ignore
  });

  it('whatever is broken in one, there are files and notices, and no error', async () => {
    const random = seededRandom(7);
    const whole = zipOf([
      good,
      text('a/b.txt'),
      { ...text('c.md'), method: 0 },
      { name: 'd.jsonl', data: '{}\n'.repeat(99) },
    ]);
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(whole);
      for (let n = 0; n <= i % 4; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      writeFileSync('m.zip', i % 7 === 0 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes);
      expect((await read(['m.zip'])).length).toBeGreaterThan(0);
    }
  });
});
