import { describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli.js';

vi.mock('../../src/commands/cache.js', () => ({
  cacheCommand: () => {
    throw new TypeError('nobody thought of this');
  },
}));

describe('a mistake of our own', () => {
  it('keeps its stack and ends with 2: 1 would be read as findings', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const code = await main(['node', 'manyhands', 'cache', 'stats']);
    const text = said.mock.calls.map(([x]) => String(x)).join('');
    said.mockRestore();
    expect(code).toBe(2);
    expect(text).toMatch(/please report it\nTypeError: nobody thought of this\n +at /);
  });
});
