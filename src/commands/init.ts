import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { findConfig } from '../config/config.js';
import { UserError } from '../errors.js';
import { IGNORE_FILE, writeFileAtomic } from '../io/io.js';
import { deliver } from './deliver.js';

const FILE = 'manyhands.config.json';
const SCHEMA = './node_modules/manyhands/schema/config-1.json';

const IGNORED = `# Files that manyhands passes over, in the grammar of .gitignore: each speaks for its folder and all below.
# README.md
# drafts/
# !drafts/ready/
`;

/**
 * `manyhands init`: begins a configuration file in the working folder, and an empty .manyhandsignore.
 *
 * @throws UserError when the folder has a configuration already; nothing is written then
 */
export async function init(): Promise<void> {
  const found = await findConfig(process.cwd());
  if (found !== null && dirname(found.path) === '.')
    throw new UserError(`${found.path}: there is a configuration already`, 'Change it by hand, or remove it first.');
  const config = {
    ...(existsSync(SCHEMA) ? { $schema: SCHEMA } : {}),
    check: { against: 'reference', failOn: 'strong', maxFindings: 0, format: ['terminal'] },
  };
  await writeFileAtomic(FILE, `${JSON.stringify(config, null, 2)}\n`);
  const written = [FILE];
  if (!existsSync(IGNORE_FILE)) {
    await writeFileAtomic(IGNORE_FILE, IGNORED);
    written.push(IGNORE_FILE);
  }
  await deliver(
    `${written.map((name) => `wrote ${name}\n`).join('')}Next: manyhands enroll ARCHIVE --output reference, then manyhands check NEW\n`,
    {},
  );
}
