import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { replaced } from '../io/io.js';
import { isRecord } from '../text/json.js';
import { visible } from '../text/visible.js';
import { inPlainWords } from './lock.js';
import { tableBytes, type Column } from './tables.js';

export { locked } from './lock.js';
export { asBytes, asFloats, Table, type Column } from './tables.js';

/** Whole, as far as can be told, and only for another version to read. */
export class OtherVersion extends UserError {
  constructor(message: string) {
    super(message, 'Use the version it was made with, or enroll again, with --replace.');
  }
}

/** One immutable file of a store. */
export interface Shard {
  readonly file: string;
  /** Which table it is a part of. */
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What every manifest holds, whatever else it does. */
export interface Manifest {
  readonly schema: string;
  readonly shards: readonly Shard[];
}

const MANIFEST = 'manifest.json';
const SHARD = /^[a-z0-9-]{1,100}\.parquet$/;
/** Names that a store may leave behind in its folder. */
const OURS = /^(?:manifest\.json|lock|links\.txt|[a-z0-9-]+\.parquet|\.?[\w.-]+\.tmp)$/;

/** A part of a table to be written. */
export interface Part {
  readonly table: string;
  readonly columns: readonly Column[];
  /** Rows in a row group; all in one when left out. */
  readonly rowGroup?: number;
}

/**
 * Makes the folder ready to hold a store.
 *
 * @throws UserError when it holds something else, stands in another store, or cannot be made
 */
export async function prepareFolder(folder: string): Promise<void> {
  await refuseInside(folder);
  try {
    await mkdir(folder, { recursive: true });
    const strange = (await readdir(folder)).filter((name) => !OURS.test(name)).sort();
    if (strange.length > 0)
      throw new UserError(
        `${visible(folder)}: the folder holds something else (${visible(strange[0]!)})`,
        'Give a folder of its own to the reference.',
      );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new UserError(
        `${visible(folder)}: is a file, or stands in one`,
        'Give a folder of its own to the reference.',
      );
    throw inPlainWords(error, folder);
  }
}

/** A store in a store would be something else in the outer one, which could then not be written any more. */
async function refuseInside(folder: string): Promise<void> {
  let at = await realpath(folder).catch(() => resolve(folder));
  while (at !== dirname(at)) {
    at = dirname(at);
    const info = await stat(join(at, MANIFEST)).catch(() => null);
    if (info?.isFile() !== true) continue;
    const found = parsed(await readFile(join(at, MANIFEST), 'utf8').catch(() => ''));
    if (typeof found?.['seal'] === 'string' && Array.isArray(found['shards']))
      throw new UserError(
        `${visible(folder)}: would stand in another reference, ${visible(relative(process.cwd(), at) || '.')}`,
        'Give a folder outside of it.',
      );
  }
}

/**
 * Writes a part as a file of its own, flushed to disk. Nothing refers to it before a manifest does.
 *
 * @throws UserError when it cannot be written; the file is gone then
 */
export async function writeShard(folder: string, { table, columns, rowGroup }: Part): Promise<Shard> {
  const rows = columns[0]!.data.length;
  const content = await tableBytes(columns, rowGroup ?? Math.max(1, rows));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = `${table}-${sha256.slice(0, 16)}.parquet`;
  await flushed(folder, file, content);
  return { file, table, rows, bytes: content.length, sha256 };
}

/**
 * Puts a new manifest in the place of the old one: the moment at which the store changes. What neither of them names is
 * then deleted; what the old one named stays until the next change, for those who are reading it.
 */
export async function commit<M extends Manifest>(folder: string, manifest: M, before: Manifest | null): Promise<void> {
  await flushed(folder, MANIFEST, Buffer.from(serialised(manifest)));
  const named = new Set([...manifest.shards, ...(before?.shards ?? [])].map((s) => s.file));
  for (const name of await readdir(folder))
    if (/\.(?:parquet|tmp)$/.test(name) && !named.has(name)) await rm(join(folder, name), { force: true });
}

async function flushed(folder: string, name: string, content: Uint8Array): Promise<void> {
  try {
    await replaced(join(folder, name), content);
    await syncFolder(folder);
  } catch (error) {
    throw inPlainWords(error, folder);
  }
}

/** A renamed file is only safe when its folder is: not all systems can flush a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Canonical text, sealed by its own hash: no byte of it can change unnoticed. */
function serialised(manifest: Manifest): string {
  const text = JSON.stringify(manifest, null, 1);
  const seal = createHash('sha256').update(text).digest('hex');
  return `${JSON.stringify({ ...manifest, seal }, null, 1)}\n`;
}

/** A manifest, and the first digits of its hash. */
export interface Opened<M extends Manifest> {
  readonly manifest: M;
  readonly id: string;
}

/**
 * Reads and checks a manifest. Its other fields are what the writer put there: the seal says so.
 *
 * @returns null when there is none
 * @throws UserError when it is damaged, or of a schema this version does not read
 */
export async function openManifest<M extends Manifest>(folder: string, schema: string): Promise<Opened<M> | null> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new UserError(`${visible(folder)}: the manifest cannot be read (${code ?? 'error'})`);
  }
  const found = parsed(text);
  const own = typeof found?.['schema'] === 'string' ? found['schema'] : null;
  if (own !== null && own !== schema && own.split('/')[0] === schema.split('/')[0])
    throw new OtherVersion(
      `${visible(folder)}: the reference has schema ${visible(own, 60)}; this manyhands reads ${schema}`,
    );
  if (found === null || own !== schema) throw damaged(folder, MANIFEST);
  const { seal, ...manifest } = found;
  if (typeof seal !== 'string' || serialised(manifest as unknown as M) !== text) throw damaged(folder, MANIFEST);
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { manifest: manifest as unknown as M, id };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Checks that every file is there in its size; what is in them is checked when they are read. */
export async function checkSizes(folder: string, shards: readonly Shard[]): Promise<void> {
  for (const { file, bytes } of shards) {
    if (!SHARD.test(file)) throw damaged(folder, file);
    const info = await stat(join(folder, file)).catch(() => null);
    if (info?.size !== bytes) throw damaged(folder, file);
  }
}

/**
 * The bytes of a shard, whole and checked against their hash.
 *
 * @throws UserError when they are not what was written
 */
export async function readShard(folder: string, { file, bytes, sha256 }: Shard): Promise<Uint8Array> {
  const content = await readFile(join(folder, file)).catch(() => null);
  if (content?.length !== bytes || createHash('sha256').update(content).digest('hex') !== sha256)
    throw damaged(folder, file);
  return content;
}

export function damaged(folder: string, file: string): UserError {
  return new UserError(
    `${visible(folder)}: the reference is damaged: ${visible(file, 120)} is missing or not as it was written`,
    'Restore it from a copy, or enroll again.',
  );
}
