import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clearStore, keyOf, openStore, statsOf, sweepStore } from '../../src/cache/cache.js';
import { manyhands } from '../helpers.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'manyhands-store-'));
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.mh1'))
    .map((f) => join(path, f));

describe('a cache by content', () => {
  const value = { words: 'unmistakable-passage', counts: Float64Array.of(1, 2, 3) };

  it('gives back what was kept, to who has the content it is kept under', () => {
    const path = folder();
    openStore(path).put(keyOf(['a', 'text']), value);
    expect(openStore(path).get(keyOf(['a', 'text']))).toEqual(value);
    expect(openStore(path).get(keyOf(['a', 'other text']))).toBeUndefined();
    expect(openStore(path).get(keyOf(['at', 'ext']))).toBeUndefined();
  });

  it('is swept of what writers left behind that were ended, and of nothing else', () => {
    const path = folder();
    const store = openStore(path);
    store.put(keyOf(['text']), value);
    const [kept] = filesIn(path);
    expect(readdirSync(join(path, 'tmp'))).toEqual([]);
    const [left, fresh] = ['1-0', '2-0'].map((writer) => join(path, 'tmp', `${'a'.repeat(62)}.mh1.${writer}`));
    for (const file of [left!, fresh!]) writeFileSync(file, 'half a file');
    for (const file of [left!, kept!]) utimesSync(file, 0, 0);
    sweepStore(path);
    expect([left!, fresh!, kept!].map((file) => existsSync(file))).toEqual([false, true, true]);
    expect(statsOf(path).entries).toBe(2);
    expect(clearStore(path).entries).toBe(2);
    expect(existsSync(fresh!)).toBe(false);
    sweepStore(join(path, 'nowhere'));
  });

  it('tells nothing to who has the file alone', () => {
    const path = folder();
    openStore(path).put(keyOf(['text']), value);
    const [file] = filesIn(path);
    expect(readFileSync(file!).includes('unmistakable')).toBe(false);
  });

  it('takes a file damaged at any byte, cut or forged for none, and forgets it', () => {
    const path = folder();
    const store = openStore(path);
    const key = keyOf(['text']);
    store.put(key, value);
    const [file] = filesIn(path);
    const sound = readFileSync(file!);
    const spoiled = [0, 12, 28, sound.length - 1].map((at) => {
      const copy = Buffer.from(sound);
      copy[at]! ^= 1;
      return copy;
    });
    for (const bytes of [...spoiled, sound.subarray(0, 40), Buffer.alloc(0), Buffer.from('{"a":1}')]) {
      writeFileSync(file!, bytes);
      expect(store.get(key)).toBeUndefined();
      expect(filesIn(path)).toEqual([]);
      store.put(key, value);
    }
    expect(store.get(key)).toEqual(value);
  });

  it('goes on without a word where nothing can be written', () => {
    const path = join(folder(), 'file');
    writeFileSync(path, '');
    const store = openStore(join(path, 'below'));
    store.put(keyOf(['x']), value);
    expect(store.get(keyOf(['x']))).toBeUndefined();
  });

  it('counts and clears its own files and leaves others', () => {
    const path = folder();
    const store = openStore(path);
    for (const text of ['a', 'b', 'c']) store.put(keyOf([text]), value);
    writeFileSync(join(path, 'letter.txt'), 'mine');
    expect(statsOf(path).entries).toBe(3);
    expect(clearStore(path).entries).toBe(3);
    expect(statsOf(path)).toEqual({ entries: 0, bytes: 0 });
    expect(readFileSync(join(path, 'letter.txt'), 'utf8')).toBe('mine');
    chmodSync(path, 0o700);
  });
});

describe('a second scan', () => {
  const scan = (cache: string, more: readonly string[] = []): string => {
    const { code, out } = manyhands(['scan', 'fixtures/demo', '--format', 'json', '--cache-dir', cache, ...more]);
    expect(code).toBe(0);
    return out;
  };

  it('gives the same bytes from the cache, from damaged caches, and without one', () => {
    const cache = folder();
    const first = scan(cache);
    const entries = filesIn(cache);
    expect(entries.length).toBeGreaterThan(1);
    expect(scan(cache)).toBe(first);
    expect(scan(cache, ['--resume'])).toBe(first);
    for (const file of entries) writeFileSync(file, readFileSync(file).subarray(0, 50));
    expect(scan(cache)).toBe(first);
    expect(manyhands(['scan', 'fixtures/demo', '--format', 'json', '--no-cache']).out).toBe(first);
    expect(manyhands(['cache', 'stats', '--cache-dir', cache]).out).toContain(`${entries.length} entries`);
    expect(manyhands(['cache', 'clear', '--cache-dir', cache]).code).toBe(0);
    expect(filesIn(cache)).toEqual([]);
  });

  it('is enough for compare and explain: they say the same as without it, and keep nothing more', () => {
    const cache = folder();
    scan(cache);
    const entries = filesIn(cache).length;
    for (const asked of [
      ['compare', 'Dana Whitfield', 'Peter Okafor'],
      ['explain', 'Publius'],
    ]) {
      const args = [...asked, '--in', 'fixtures/demo', '--format', 'json'];
      const { code, out } = manyhands([...args, '--cache-dir', cache]);
      expect(code).toBe(0);
      expect(out).toBe(manyhands([...args, '--no-cache']).out);
    }
    expect(filesIn(cache)).toHaveLength(entries);
  });

  it('holds no word of the texts', () => {
    const cache = folder();
    scan(cache);
    const all = Buffer.concat(filesIn(cache).map((f) => readFileSync(f)));
    for (const word of ['Publius', 'constitution', 'government']) expect(all.includes(word)).toBe(false);
  });

  it('keeps nothing with --no-cache, and cannot resume then', () => {
    const cache = folder();
    scan(cache, ['--no-cache']);
    expect(filesIn(cache)).toEqual([]);
    const { code, err } = manyhands(['scan', 'fixtures/demo', '--no-cache', '--resume']);
    expect(code).toBe(2);
    expect(err).toMatch(/--resume/);
  });
});

describe('flags of long work', () => {
  it('refuse what is not a number of threads or not a size, and say what is', () => {
    for (const args of [
      ['--threads', '0'],
      ['--threads', 'many'],
      ['--max-memory', '12'],
      ['--max-memory', 'lots'],
    ]) {
      const { code, err } = manyhands(['scan', 'fixtures/demo', ...args]);
      expect(code).toBe(2);
      expect(err).toContain(args[0]);
    }
    expect(manyhands(['cache', 'clera']).err).toContain('Did you mean clear?');
  });

  it('say what a dump needs when that is more than is allowed', () => {
    const { code, err } = manyhands(['scan', 'fixtures/demo', '--no-cache', '--max-memory', '150MB']);
    expect(code).toBe(2);
    expect(err).toMatch(/need about 0\.3 GB/);
  });
});
