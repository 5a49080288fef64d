import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, enroll, scan } from '../src/index.js';
import { folderWith } from './helpers.js';

const demo = 'fixtures/demo/federalist.jsonl';

describe('the library', () => {
  it('reads no file that a .manyhandsignore names, as the command does', async () => {
    const line = (author: string, text: string): string => JSON.stringify({ author, text: text.repeat(40) });
    const files = {
      'a.jsonl': line('Ann Writer', 'The river rose in the night, and nobody was told. '),
      'secret.jsonl': line('Cy Source', 'A letter lay upon this desk; someone had opened it. '),
    };
    const bylines = async (folder: string): Promise<string[]> => (await scan([folder])).bylines.map((b) => b.byline);
    expect(await bylines(folderWith(files))).toEqual(['Ann Writer', 'Cy Source']);
    expect(await bylines(folderWith({ ...files, '.manyhandsignore': 'secret.jsonl\n' }))).toEqual(['Ann Writer']);
  });
});

describe('the library, given up', () => {
  it.each([
    ['scan', (signal: AbortSignal) => scan([demo], { signal })],
    ['enroll', (signal: AbortSignal) => enroll([demo], { output: join(folderWith(), 'reference'), signal })],
  ])('%s ends with the reason of the signal, before it begins and meanwhile', async (_, work) => {
    await expect(work(AbortSignal.abort(new Error('not wanted')))).rejects.toThrow('not wanted');
    // Its timer can only run where the work lets it.
    await expect(work(AbortSignal.timeout(1))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('leaves a reference as it was, and nothing where there was none', async () => {
    const output = join(folderWith(), 'reference');
    await expect(enroll([demo], { output, signal: AbortSignal.timeout(1) })).rejects.toThrow();
    expect(existsSync(output)).toBe(false);
    const few = readFileSync(demo, 'utf8').split('\n').slice(0, 12).join('\n');
    await enroll([join(folderWith({ 'few.jsonl': few }), 'few.jsonl')], { output });
    const before = readdirSync(output);
    await expect(enroll([demo], { output, add: true, signal: AbortSignal.timeout(1) })).rejects.toThrow();
    expect(readdirSync(output)).toEqual(before);
    await expect(check([demo], { against: output, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const given = new AbortController();
    const compared: number[] = [];
    const onCompared = (done: number, of: number): void => {
      compared.push(done, of);
      if (done === 2) given.abort();
    };
    await expect(check([demo], { against: output, signal: given.signal, onCompared })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(compared).toEqual([1, 85, 2, 85]);
  });
});
