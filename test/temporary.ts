import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// Before each test file: a folder of its own for all that is temporary, what its child processes make included; gone when
// its tests are done, however they ended.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'manyhands-test-')));
process.env['TMPDIR'] = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
