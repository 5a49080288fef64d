import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';
import { placeOf, writeFileAtomic } from '../io/io.js';
import { pseudonymised } from '../report/pseudonyms.js';
import { visible } from '../text/visible.js';
import type { Report } from '../types/types.js';
import type { RenderOptions } from './render.js';

/** A key file: the secret that pseudonyms are made with, and what every pseudonym stands for. */
interface Key {
  readonly schema: 'manyhands.key/1';
  /** 32 bytes in hexadecimal. */
  readonly secret: string;
  /** Pseudonym → name, id or path. */
  readonly names: Readonly<Record<string, string>>;
}

/** Consonants and figures: no word can come of them. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';

/** @throws UserError where the report would be written over its own key */
export async function checkNotKey({ pseudonymise, output }: RenderOptions): Promise<void> {
  if (pseudonymise === undefined || output === undefined || output === '-') return;
  const [key, report] = await Promise.all([pseudonymise, output].map((path) => placeOf(path).catch(() => null)));
  if (key === report && key !== null)
    throw new UserError(
      `${visible(output)}: is the key file; the report would be written over it`,
      'Give another --output.',
    );
}

/**
 * The report under pseudonyms. The key file is made where there is none, readable by its owner alone, and learns every
 * new name; with the same key file a name is called the same in every report.
 *
 * @throws UserError when the file is there and no key
 */
export async function pseudonymisedWith(path: string, report: Report): Promise<Report> {
  const key = await readKey(path);
  const names = new Map(Object.entries(key.names));
  const called = new Map([...names].map(([pseudonym, name]) => [name, pseudonym]));
  const call = (kind: 'Byline' | 'Article' | 'File') => (name: string) => {
    const full = `${kind}\n${name}`;
    const known = called.get(full);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', Buffer.from(key.secret, 'hex')).update(full).digest();
    // Six letters are enough for most; where two names fall together the later one gets more.
    for (let length = 6; ; length++) {
      const pseudonym = `${kind} ${Array.from(digest.subarray(0, length), (b) => LETTERS[b % LETTERS.length]).join('')}`;
      if (names.has(pseudonym) && length < digest.length) continue;
      names.set(pseudonym, full);
      called.set(full, pseudonym);
      return pseudonym;
    }
  };
  const out = pseudonymised(report, { byline: call('Byline'), article: call('Article'), file: call('File') });
  if (names.size > Object.keys(key.names).length) {
    const sorted = Object.fromEntries([...names].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
    await writeFileAtomic(path, `${JSON.stringify({ ...key, names: sorted }, null, 2)}\n`, 0o600);
  }
  return out;
}

async function readKey(path: string): Promise<Key> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { schema: 'manyhands.key/1', secret: randomBytes(32).toString('hex'), names: {} };
    throw new UserError(`${visible(path)}: the key file cannot be read (${visible(String(code))})`);
  }
  const refused = new UserError(
    `${visible(path)}: not a key file of manyhands`,
    'Name a file that is not there yet to make a new key; nothing was overwritten.',
  );
  try {
    const key = JSON.parse(text) as Key;
    const valid =
      key.schema === 'manyhands.key/1' &&
      /^[0-9a-f]{64}$/.test(key.secret) &&
      Object.values(key.names).every((v) => typeof v === 'string');
    if (!valid) throw refused;
    return key;
  } catch {
    throw refused;
  }
}
