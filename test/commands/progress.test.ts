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
});
