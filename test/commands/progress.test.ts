import { afterEach, describe, expect, it, vi } from 'vitest';
import { isScreen, progress } from '../../src/commands/progress.js';

const { isTTY } = process.stderr;
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

describe('the line of progress', () => {
  it.each([
    [true, 'xterm', true],
    [true, 'dumb', false],
    [false, 'xterm', false],
  ])('terminal %s, TERM=%s: %s', (tty, term, shown) => {
    process.stderr.isTTY = tty;
    vi.stubEnv('TERM', term);
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const line = progress();
    line.stage('read', 0);
    line.end();
    expect([isScreen(), written.mock.calls.length > 0]).toEqual([shown, shown]);
  });

  it('tells how far a check is, how fast and how long it will take, and is gone at its end', () => {
    process.stderr.isTTY = true;
    vi.stubEnv('TERM', 'xterm');
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
    const line = progress();
    line.batch('check', 1, 41);
    now.mockReturnValue(3000);
    line.batch('check', 21, 41);
    line.end();
    expect(written.mock.calls.map(([text]) => text)).toEqual([
      '\r\u001b[Kcomparing submissions 2 % …',
      '\r\u001b[Kcomparing submissions 51 %, 10.0 articles a second, about 2 s left …',
      '\r\u001b[K',
    ]);
  });
});
