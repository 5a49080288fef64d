import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs the command in bash with its streams bent as said. @returns its exit code and what came on the other stream */
function bent(args: string, streams: string): { code: string; said: string } {
  const script = `node bin/manyhands.js ${args} ${streams}; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  return { code: stdout.trim(), said: stderr };
}

const PRINTING = ['--help', 'help scan', '--version', 'completion bash', 'check --print-config'];

describe('standard output', () => {
  it('may be closed early by its reader: that is no error', () => {
    for (const args of PRINTING) expect([args, bent(args, '| true')]).toEqual([args, { code: '0', said: '' }]);
  });

  it('that takes nothing is told in words, and never with 1: that would be read as findings', () => {
    for (const args of PRINTING)
      expect([args, bent(args, '> /dev/full')]).toEqual([
        args,
        { code: '2', said: 'manyhands: standard output: cannot be written (ENOSPC)\n  Check that there is room.\n' },
      ]);
  });
});

describe('standard error', () => {
  it('that takes nothing changes no exit code', () => {
    for (const args of ['scan no-such-file', 'frobnicate', 'scan --frobnicate'])
      for (const streams of ['2> /dev/full', '2>&1 | true', '2>&-']) expect(bent(args, streams).code).toBe('2');
  });
});
