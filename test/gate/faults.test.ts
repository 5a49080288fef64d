import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe('what goes wrong while a reference is written', () => {
  // A sample: scripts/faults.mjs runs 50 kills and 500 changed files when it is not told otherwise, as the bench does.
  it('leaves a whole reference behind, and damage is seen (4 kills, a full disk, two writers, 25 changed files)', () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['scripts/faults.mjs', '--kills', '4', '--mutations', '25', '--seed', '7'],
      { encoding: 'utf8' },
    );
    const lines = stdout.trim().split('\n');
    expect(lines.filter((l) => !l.startsWith('ok | '))).toEqual([]);
    expect(lines).toHaveLength(4);
    expect(status).toBe(0);
  }, 600_000);
});
