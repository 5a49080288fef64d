import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import { checkWritable, readSources, writeFileAtomic } from '../../src/io/io.js';
import { noting } from '../../src/io/noting.js';
import { noticesOf, pathsOf, read } from './reading.js';

// Root may read everything, so refusals of the file system are put in by hand.
const refused = new Set<string>();
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const denied = (path: unknown): void => {
    if (refused.has(String(path))) throw Object.assign(new Error('refused'), { code: 'EACCES' });
  };
  return {
    ...real,
    readFile: (path: string) => (denied(path), real.readFile(path)),
    readdir: (path: string) => (denied(path), real.readdir(path)),
    rename: async (from: string, to: string) => (denied(to), real.rename(from, to)),
  };
});

let root = '';
const home = process.cwd();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'manyhands-io-'));
  process.chdir(root);
});
afterEach(() => {
  process.chdir(home);
  refused.clear();
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array = path): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe('what is read', () => {
  it('a folder is read to its depths in code-unit order, without dot-files and node_modules', async () => {
    for (const p of ['d/b.txt', 'd/B.txt', 'd/a/z.jsonl', 'd/.git/x.txt', 'd/node_modules/x.txt', 'd/é.md']) put(p);
    expect(pathsOf(await read(['d']))).toEqual(['d/B.txt', 'd/a/z.jsonl', 'd/b.txt', 'd/é.md']);
  });

  it('files below the folder given know the folder they stand in; numbers, and what is in it, are no names', async () => {
    for (const p of ['d/top.txt', 'd/ann/1.txt', 'd/ann/2019/06/2.txt', 'd/ben/posts/html_2/3.txt', 'd/posts/4.txt'])
      put(p);
    const found = await read(['d']);
    expect(found.map((f) => 'file' in f && [f.file.path, f.file.folder])).toEqual([
      ['d/ann/1.txt', 'ann'],
      ['d/ann/2019/06/2.txt', 'ann'],
      ['d/ben/posts/html_2/3.txt', 'ben'],
      ['d/posts/4.txt', null],
      ['d/top.txt', null],
    ]);
  });

  it.each<[string, string[]]>([
    ['d/*.txt', ['d/a.txt', 'd/b.txt']],
    ['d/**/*.txt', ['d/a.txt', 'd/b.txt', 'd/e/c.txt']],
    ['./d/**', ['d/a.txt', 'd/b.txt', 'd/e/c.txt', 'd/e/d.json']],
    ['d/?.{txt,md}', ['d/a.txt', 'd/b.txt']],
    ['d/{a,b}.txt', ['d/a.txt', 'd/b.txt']],
    ['**/d.json', ['d/e/d.json']],
    ['d/*.log', ['d/x.log']],
  ])('the pattern %s', async (pattern, expected) => {
    for (const p of ['d/a.txt', 'd/b.txt', 'd/e/c.txt', 'd/e/d.json', 'd/x.log']) put(p);
    expect(pathsOf(await read([pattern]))).toEqual(expected);
  });

  it('a file reached twice is read once, by folder, pattern, name or link', async () => {
    put('d/a.txt');
    symlinkSync(join(root, 'd/a.txt'), join(root, 'd/link.txt'));
    expect(pathsOf(await read(['d', 'd/*.txt', './d/a.txt', 'd/link.txt', join(root, 'd/a.txt')]))).toEqual([
      'd/a.txt',
    ]);
  });

  it('no path comes out absolute', async () => {
    put('d/ann/a.txt');
    expect(pathsOf(await read([join(root, 'd')]))).toEqual(['d/ann/a.txt']);
    process.chdir(home);
    expect(pathsOf(await read([join(root, 'd')]))).toEqual(['d/ann/a.txt']);
    expect(pathsOf(await read([join(root, 'd/*/a.txt')]))[0]).not.toContain(root);
    expect(pathsOf(await read([join(root, 'd/ann/a.txt')]))).toEqual(['a.txt']);
  });

  it('gzip is unpacked, from files and standard input', async () => {
    put('a.jsonl.gz', gzipSync('{"a":1}'));
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield gzipSync('from stdin');
    }
    const found = await read(['a.jsonl.gz', '-'], { stdin: stdin() });
    expect(found.map((f) => 'file' in f && Buffer.from(f.file.bytes).toString())).toEqual(['{"a":1}', 'from stdin']);
  });

  it('files of other kinds are counted, not read; named ones are read', async () => {
    for (const p of ['d/a.txt', 'd/b.png', 'd/c.xyz']) put(p);
    const found = await read(['d']);
    expect(pathsOf(found)).toEqual(['d/a.txt']);
    expect(noticesOf(found)).toEqual([
      'other-files | d: 2 files of other kinds were passed over (.png 1, .xyz 1), the first b.png',
    ]);
    expect(pathsOf(await read(['d/c.xyz']))).toEqual(['d/c.xyz']);
  });
});

describe('what cannot be read', () => {
  it('a missing path names its nearest sibling', async () => {
    put('articles.jsonl');
    await expect(read(['artcles.jsonl'])).rejects.toMatchObject({
      name: 'UserError',
      message: 'artcles.jsonl: no such file or folder',
      hint: 'Did you mean articles.jsonl?',
    });
    await expect(read(['no\u001b[31m'])).rejects.toMatchObject({ message: 'no\\x1b[31m: no such file or folder' });
  });

  it('an empty folder, and one without articles', async () => {
    mkdirSync(join(root, 'empty'));
    put('d/b.png');
    await expect(read(['empty'])).rejects.toMatchObject({
      name: 'UserError',
      message: 'empty: the folder holds no article files',
    });
    await expect(read(['d'])).rejects.toMatchObject({
      message: 'd: the folder holds no article files (1 of other kinds: .png 1)',
    });
    await expect(read(['d/*.txt'])).rejects.toMatchObject({ name: 'UserError', message: 'd/*.txt: no file matches' });
    await expect(read([])).rejects.toMatchObject({ name: 'UserError' });
  });

  it('a loop of symbolic links is reported and not followed twice', async () => {
    put('d/a.txt');
    symlinkSync(join(root, 'd'), join(root, 'd/again'));
    symlinkSync('self', join(root, 'd/self'));
    symlinkSync('nowhere', join(root, 'd/dangling.txt'));
    const found = await read(['d']);
    expect(pathsOf(found)).toEqual(['d/a.txt']);
    expect(noticesOf(found)).toEqual([
      'symlink-loop | d/again: a symbolic link leads back to a folder above it; not followed again',
      'unreadable | d/dangling.txt: a link to something that is not there; passed over',
      'symlink-loop | d/self: symbolic links that go round in circles; not followed',
    ]);
  });

  it('no permission is a notice, and the rest is read', async () => {
    for (const p of ['d/a.txt', 'd/b.txt', 'd/locked/c.txt']) put(p);
    refused.add('d/a.txt').add('d/locked');
    const found = await read(['d']);
    expect(pathsOf(found)).toEqual(['d/b.txt']);
    expect(noticesOf(found)).toEqual([
      'unreadable | d/a.txt: no permission to read it; passed over',
      'unreadable | d/locked: no permission to read it; passed over',
    ]);
  });

  it('a file too large, a gzip bomb and damaged gzip are notices', async () => {
    put('a.json', 'x'.repeat(2000));
    put('bomb.jsonl.gz', gzipSync(Buffer.alloc(1_000_000)));
    put('cut.txt.gz', gzipSync('hello '.repeat(100)).subarray(0, 20));
    const found = await read(['a.json', 'bomb.jsonl.gz', 'cut.txt.gz'], { maxFileBytes: 1500 });
    expect(pathsOf(found)).toEqual([]);
    expect(noticesOf(found).map((n) => n.slice(0, 60))).toEqual([
      'too-large | a.json: 2000 bytes; at most 1500 are read of suc',
      'unreadable | bomb.jsonl.gz: unpacks to more than 1500 bytes,',
      'unreadable | cut.txt.gz: damaged gzip data; passed over',
    ]);
  });
});

describe('a file of lines longer than may be held at once', () => {
  const text = 'It was said again, and then it was said once more. '.repeat(4);
  const lines = Array.from({ length: 40 }, (_, i) =>
    i === 30 ? '{"author": ' : JSON.stringify({ id: `a${i}`, author: 'A. Writer', text: `${i} ${text}` }),
  );

  it('comes in parts, which together are read and named as the whole is', async () => {
    put('long.jsonl', lines.join('\n'));
    const parts = await read(['long.jsonl'], { maxFileBytes: 1000 });
    expect(parts.length).toBeGreaterThan(5);
    const asRead = async (maxFileBytes: number): Promise<unknown> => {
      const { files, inputs } = noting(readSources(['long.jsonl'], { maxFileBytes }));
      const { articles, notices } = await ingest(files);
      return { articles: articles.map(({ id, text: whole, source }) => ({ id, whole, source })), notices, inputs };
    };
    const whole = await asRead(1e9);
    expect(whole).toMatchObject({
      articles: { length: 39 },
      notices: [{ line: 31 }],
      inputs: [{ path: 'long.jsonl' }],
    });
    expect(await asRead(1000)).toEqual(whole);
  });

  it('is passed over where its first line is no shorter', async () => {
    put('line.jsonl', 'x'.repeat(3000));
    expect(noticesOf(await read(['line.jsonl'], { maxFileBytes: 1000 }))).toEqual([
      'too-large | line.jsonl: 3000 bytes, and its first line alone more than 1000; passed over',
    ]);
  });
});

describe('a gzip bomb', () => {
  it('is told by what it unpacks to for its size, however much a file may hold', async () => {
    // 70 MB of one letter pack into 70 KB; text of the same size would be read.
    put('bomb.jsonl.gz', gzipSync(Buffer.alloc(70_000_000, 97), { level: 1 }));
    expect(noticesOf(await read(['bomb.jsonl.gz']))).toEqual([
      'unreadable | bomb.jsonl.gz: unpacks to more than 2000000000 bytes, or to 100 times its size; passed over',
    ]);
  });
});

describe('writing is all or nothing', () => {
  it('writes text and bytes, and leaves no temporary file', async () => {
    await writeFileAtomic('out.json', 'one');
    await writeFileAtomic('out.json', new Uint8Array([116, 119, 111]));
    expect(readFileSync('out.json', 'utf8')).toBe('two');
    expect(readdirSync(root)).toEqual(['out.json']);
  });

  it('a failure leaves the old file and nothing else', async () => {
    put('out.json', 'old');
    refused.add('out.json');
    await expect(writeFileAtomic('out.json', 'new')).rejects.toMatchObject({
      name: 'UserError',
      message: 'out.json: cannot be written (EACCES)',
    });
    expect(readFileSync('out.json', 'utf8')).toBe('old');
    expect(readdirSync(root)).toEqual(['out.json']);
    await expect(writeFileAtomic('no/such/folder.json', 'new')).rejects.toMatchObject({ name: 'UserError' });
    expect(existsSync('no')).toBe(false);
  });

  it('a link goes on leading where it led, and permissions stay', async () => {
    put('kept/out.json', 'old');
    chmodSync('kept/out.json', 0o640);
    symlinkSync('kept/out.json', 'link.json');
    await writeFileAtomic('link.json', 'new');
    expect(lstatSync('link.json').isSymbolicLink()).toBe(true);
    expect(readFileSync('kept/out.json', 'utf8')).toBe('new');
    expect(statSync('kept/out.json').mode & 0o777).toBe(0o640);
    await writeFileAtomic('secret.json', 'x', 0o600);
    expect(statSync('secret.json').mode & 0o777).toBe(0o600);
  });

  it('a pipe or a device is written to, and no file put in its place', async () => {
    execFileSync('mkfifo', ['pipe']);
    const reader = openSync('pipe', constants.O_RDONLY | constants.O_NONBLOCK);
    expect(await checkWritable('pipe')).toBe(null);
    await writeFileAtomic('pipe', 'through');
    const got = Buffer.alloc(20);
    expect(got.toString('utf8', 0, readSync(reader, got))).toBe('through');
    closeSync(reader);
    expect(statSync('pipe').isFIFO()).toBe(true);
    expect(readdirSync(root)).toEqual(['pipe']);
    // A device under a name of ours: were it replaced, /dev/null would be whole all the same.
    symlinkSync('/dev/null', 'null');
    await writeFileAtomic('null', 'gone');
    expect(statSync('null').isCharacterDevice()).toBe(true);
    expect(lstatSync('null').isSymbolicLink()).toBe(true);
  });

  it('a signal takes the temporary file along', async () => {
    const script = `import { writeFileAtomic } from ${JSON.stringify(join(home, 'dist/io/io.js'))};
      const much = new Uint8Array(50_000_000);
      for (;;) await writeFileAtomic('out.bin', much);`;
    put('out.bin', 'old');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
      const ended = once(child, 'exit');
      while (!readdirSync(root).some((name) => name.endsWith('.tmp'))) await new Promise((done) => setImmediate(done));
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(readdirSync(root)).toEqual(['out.bin']);
    }
  });
});
