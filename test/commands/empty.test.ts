import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderWith, manyhands } from '../helpers.js';

describe('a flag that is given nothing', () => {
  it.each([
    ['--cache-dir', ['scan', 'a.jsonl']],
    ['--output', ['scan', 'a.jsonl']],
    ['--against', ['check', 'a.jsonl']],
    ['--baseline', ['check', 'a.jsonl', '--against', 'x']],
    ['--format', ['check', 'a.jsonl', '--against', 'x']],
    ['--in', ['compare', 'A', 'B']],
    ['--cache-dir', ['cache', 'clear']],
  ])('%s is told, for a variable of a script may not be set', (flag, args) => {
    const cwd = folderWith({ 'a.jsonl': '{"author": "A", "text": "A few words."}\n' });
    expect(manyhands([...args, flag, ''], { cwd })).toEqual({
      code: 2,
      out: '',
      err: `manyhands: ${flag}: is empty\n  Give a value, or leave the flag out.\n`,
    });
    expect(readdirSync(cwd)).toEqual(['a.jsonl']);
  });

  it('a field that is mapped twice is told as well', () => {
    const { code, err } = manyhands(['scan', 'a.jsonl', '--map', 'author=a,author=b']);
    expect([code, err]).toEqual([2, expect.stringMatching(/--map: "author" is named twice/)]);
  });
});
