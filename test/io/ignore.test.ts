import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ignoring } from '../../src/io/ignore.js';
import { namesIn } from '../../src/io/io.js';
import type { ReadSource } from '../../src/types/types.js';
import { folderWith } from '../helpers.js';
import { pathsOf, read } from './reading.js';

const notices = (found: readonly ReadSource[]): string[] =>
  found.flatMap((f) => ('notice' in f ? [f.notice.code] : []));

describe('.manyhandsignore', () => {
  it('speaks gitignore’s grammar', () => {
    const folder = folderWith({
      '.manyhandsignore':
        '# a comment\n*.draft.md\n/top.md\nwire/\n!wire.md\ndeep/**/agency.md\n\\#real.md\nx?.md\n[ab].md\n**/old/*\n',
    });
    const ignored = ignoring(folder);
    const named = ['a.draft.md', 'in/b.draft.md', 'top.md', 'wire/x.md', 'in/wire/y.md', 'deep/1/2/agency.md'];
    for (const path of [...named, '#real.md', 'x1.md', 'a.md', 'z/old/q.md']) expect(ignored(path), path).toBe(true);
    for (const path of ['in/top.md', 'wire.md', 'agency.md', 'x.md', 'x12.md', 'c.md', 'draft.md', '# a comment'])
      expect(ignored(path), path).toBe(false);
  });

  it('counts for its folder and below; the nearest has the last word', () => {
    const folder = folderWith({
      '.manyhandsignore': '*.txt\n',
      'a/.manyhandsignore': '!keep.txt\n/own.md\n',
      'a/b/.manyhandsignore': 'keep.txt\n',
    });
    const ignored = ignoring(folder);
    expect(['x.txt', 'a/x.txt', 'a/own.md', 'a/b/keep.txt'].map(ignored)).toEqual([true, true, true, true]);
    expect(['a/keep.txt', 'own.md', 'a/b/own.md', 'x.md'].map(ignored)).toEqual([false, false, false, false]);
  });

  it('is not waited for where it is a pipe', () => {
    const folder = folderWith({ '.manyhandsignore': '*.txt\n', 'a/x.txt': '' });
    execFileSync('mkfifo', [join(folder, 'a/.manyhandsignore')]);
    expect(ignoring(folder)('a/x.txt')).toBe(true);
  });

  it('is looked for up to the top of the repository, and not above', () => {
    const folder = folderWith({
      '.manyhandsignore': '*\n',
      'repo/.manyhandsignore': 'sub/x.md\n',
      'repo/sub/y.md': '',
    });
    mkdirSync(join(folder, 'repo/.git'));
    const ignored = ignoring(join(folder, 'repo/sub'));
    expect(['x.md', 'y.md', '../z.md', '../../w.md'].map(ignored)).toEqual([true, false, false, false]);
    expect(ignored(join(folder, 'repo/sub/x.md'))).toBe(true);
  });

  it('counts in a folder that is read from elsewhere, and not above it', () => {
    const folder = folderWith({ '.manyhandsignore': 'kept.md\n', 'dump/.manyhandsignore': 'x.md\n', 'work/a': '' });
    for (const read of ['../dump', join(folder, 'dump'), '../dump/**/*.md']) {
      const ignored = ignoring(join(folder, 'work'), [read]);
      expect(['../dump/x.md', '../dump/in/x.md', join(folder, 'dump/x.md')].map((x) => ignored(x))).toEqual([
        true,
        true,
        true,
      ]);
      expect(['../dump/kept.md', '../x.md', '../other/x.md'].map((x) => ignored(x))).toEqual([false, false, false]);
    }
  });

  it('keeps files from being read, found or given, and says how many', async () => {
    const folder = folderWith({ '.manyhandsignore': 'b.md\n', 'a.md': 'A', 'b.md': 'B' });
    const ignored = ignoring(folder);
    const found = await read([folder], { ignored });
    expect(pathsOf(found).map((f) => f.split('/').at(-1))).toEqual(['a.md']);
    expect(notices(found)).toEqual(['ignored']);
    expect(await read([join(folder, 'b.md')], { ignored })).toMatchObject([
      { notice: { level: 'info', message: expect.stringMatching(/^1 file named by \.manyhandsignore/) as unknown } },
    ]);
  });
});

describe('a list of files', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('is read in lines, in lines of Windows, and with NUL between the names', () => {
    expect(namesIn(bytes('a.md\nb c.md\n\n'))).toEqual(['a.md', 'b c.md']);
    expect(namesIn(bytes('a.md\r\nb.md\r\n'))).toEqual(['a.md', 'b.md']);
    expect(namesIn(bytes('a\nb.md\0"c".md\0'))).toEqual(['a\nb.md', '"c".md']);
    expect(namesIn(bytes(''))).toEqual([]);
  });

  it('undoes git’s quoting', () => {
    expect(namesIn(bytes('"caf\\303\\251.md"\n"a\\"b\\\\c\\td.md"\n"open.md\n'))).toEqual([
      'café.md',
      'a"b\\c\td.md',
      '"open.md',
    ]);
  });

  it('takes names as they stand, and passes over what is gone, what is a folder and what holds no articles', async () => {
    const folder = folderWith({ 'a.md': 'A', '*.md': 'star', 'picture.png': 'x', 'sub/x.md': 'X' });
    const listed = ['*.md', 'gone.md', 'picture.png', 'sub', 'a.md', 'a.md'].map((n) => join(folder, n));
    const found = await read([], { listed });
    expect(pathsOf(found).sort()).toEqual(['*.md', 'a.md']);
    expect(notices(found)).toEqual(['listed-gone', 'other-files']);
  });

  it('may be empty', async () => {
    expect(await read([], { listed: [] })).toEqual([]);
    await expect(read([], {})).rejects.toThrow(/no input given/);
  });
});

describe('standard input', () => {
  const stdin = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('text');
    await Promise.resolve();
  };

  it('goes by the name that it is given, for ignoring too', async () => {
    expect(pathsOf(await read(['-'], { stdin: stdin(), stdinName: 'in/new.md' }))).toEqual(['in/new.md']);
    const found = await read(['-'], { stdin: stdin(), stdinName: 'in/new.md', ignored: (p) => p === 'in/new.md' });
    expect([pathsOf(found), notices(found)]).toEqual([[], ['ignored']]);
  });
});
