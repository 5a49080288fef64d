import { VIEW_NAMES } from '../fingerprint/views.js';
import type { Whitening } from '../fingerprint/whiten.js';
import {
  asBytes,
  asFloats,
  checkSizes,
  commit,
  damaged,
  openManifest,
  readShard,
  Table,
  writeShard,
  type Column,
  type Manifest,
  type Opened,
  type Part,
  type Shard,
} from '../store/store.js';
import { UserError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { ViewName } from '../types.js';
import type { PackedRows } from './packed.js';
import type { Occurrence } from './passages.js';
import type {
  Enrolled,
  FindPassages,
  Reference,
  ReferenceArticles,
  ReferenceByline,
  ReferenceFacts,
  ReferenceHabits,
  ReferenceRepeats,
} from './reference.js';
import { sumsOfStrangers, type Measured } from './scores.js';
import type { Space } from './space.js';

export const SCHEMA = 'manyhands.reference/1';

interface ReferenceManifest extends Manifest {
  readonly counts: { readonly articles: number; readonly bylines: number; readonly words: number };
  readonly views: readonly { readonly name: ViewName; readonly dims: number }[];
  readonly habits: readonly { readonly name: string; readonly unit: string }[];
  /** Words left unmasked, by language; '' for one that could not be told. */
  readonly common: Readonly<Record<string, readonly string[]>>;
  readonly facts: ReferenceFacts;
}

/** A reference as it lies on disk. */
export interface Saved {
  readonly folder: string;
  readonly id: string;
  readonly manifest: ReferenceManifest;
}

/** Rows in a group of the passages' files: as many are read to look one run up. */
const PASSAGE_GROUP = 4096;
/** Rows in one file of a table that grows. */
const SHARD_ROWS = { rows: 20_000, passages: 262_144 };

/** @throws UserError when there is no reference, or it is damaged, or newer than this version */
export async function openSaved(folder: string): Promise<Saved> {
  const opened = await openIfThere(folder);
  if (opened === null)
    throw new UserError(
      `${visible(folder)}: there is no reference here`,
      `Make one: manyhands enroll PATH... --output ${visible(folder)}`,
    );
  return opened;
}

export async function openIfThere(folder: string): Promise<Saved | null> {
  const opened: Opened<ReferenceManifest> | null = await openManifest<ReferenceManifest>(folder, SCHEMA);
  if (opened === null) return null;
  await checkSizes(folder, opened.manifest.shards);
  const names = opened.manifest.views.map((v) => v.name);
  if (names.join() !== VIEW_NAMES.join())
    throw new UserError(
      `${visible(folder)}: the reference was measured in other views than this manyhands measures`,
      'Use the version it was made with, or enroll again.',
    );
  return { folder, ...opened };
}

/**
 * Writes what is new as files of their own and then the manifest. Until that moment the old reference is whole, from then
 * on the new one is.
 *
 * @param before what lies there; its files of unchanged tables are kept
 * @param firstArticle articles from here on are new
 */
export async function save(
  folder: string,
  enrolled: Enrolled,
  before: Saved | null,
  firstArticle: number,
): Promise<void> {
  const { reference } = enrolled;
  const kept = new Set(firstArticle === 0 ? [] : ['rows', 'plain', 'articles', 'passages', 'strangers']);
  const isKept = ({ table }: Shard): boolean => kept.has(table) || (firstArticle > 0 && /^(?:space|axes)-/.test(table));
  const shards: Shard[] = (before?.manifest.shards ?? []).filter(isKept);
  const written = firstArticle === 0 ? [...reference.spaces.flatMap(spaceParts), ...strangersPart(enrolled)] : [];
  const parts = [
    ...written,
    ...bylineParts(reference),
    ...articleParts(enrolled, firstArticle),
    repeatsPart(reference),
  ];
  for (const part of parts) shards.push(await writeShard(folder, part));
  const manifest: ReferenceManifest = {
    schema: SCHEMA,
    counts: {
      articles: reference.articles.id.length,
      bylines: reference.bylines.length,
      words: reference.bylines.reduce((sum, b) => sum + b.words, 0),
    },
    views: reference.spaces.map(({ name, whitening }) => ({ name, dims: whitening.dims })),
    habits: reference.habits.names.map((name, i) => ({ name, unit: reference.habits.units[i]! })),
    common: Object.fromEntries([...reference.common].map(([lang, words]) => [lang ?? '', [...words].sort()])),
    facts: reference.facts,
    shards,
  };
  await commit(folder, manifest, before?.manifest ?? null);
}

function spaceParts({ name, whitening, turn }: Space): Part[] {
  const { buckets, idf, dims, axes, shift, scale, variances } = whitening;
  const row = (values: Float32Array) => (_: unknown, r: number) => asBytes(values, r * dims, (r + 1) * dims);
  return [
    {
      table: `space-${name}`,
      columns: [
        { name: 'bucket', type: 'int', data: Int32Array.from(buckets) },
        { name: 'idf', type: 'number', data: idf },
        { name: 'axes', type: 'bytes', data: Array.from(buckets, row(axes)) },
      ],
    },
    {
      table: `axes-${name}`,
      columns: [
        { name: 'shift', type: 'number', data: Float64Array.from(shift) },
        { name: 'scale', type: 'number', data: scale },
        { name: 'variance', type: 'number', data: variances },
        { name: 'turn', type: 'bytes', data: Array.from(scale, row(turn)) },
      ],
    },
  ];
}

function strangersPart({ strangers }: Enrolled): Part[] {
  if (strangers.length === 0) return [];
  return [
    {
      table: 'strangers',
      columns: VIEW_NAMES.flatMap((name, v) => [
        ...packedColumns(`plain-${name}`, strangers[v]!.plain, 0),
        ...packedColumns(`turned-${name}`, strangers[v]!.turned, 0),
      ]),
    },
  ];
}

function packedColumns(name: string, rows: PackedRows, first: number, last = rows.scale.length): Column[] {
  const { dims, values, scale } = rows;
  const data = Array.from({ length: last - first }, (_, i) =>
    asBytes(values, (first + i) * dims, (first + i + 1) * dims),
  );
  return [
    { name: `row-${name}`, type: 'bytes', data },
    { name: `scale-${name}`, type: 'number', data: Float64Array.from(scale.subarray(first, last)) },
  ];
}

function bylineParts({ bylines, views, habits }: Reference): Part[] {
  const H = habits.names.length;
  const sums = VIEW_NAMES.flatMap((name, v): Column[] => {
    const { sums: of, cohortMean, cohortSpread, articles } = views[v]!;
    const { dims } = articles;
    return [
      { name: `sum-${name}`, type: 'bytes', data: bylines.map((_, b) => asBytes(of, b * dims, (b + 1) * dims)) },
      { name: `cohort-mean-${name}`, type: 'number', data: cohortMean },
      { name: `cohort-spread-${name}`, type: 'number', data: cohortSpread },
    ];
  });
  const perByline = (of: Float32Array): Uint8Array[] => bylines.map((_, b) => asBytes(of, b * H, (b + 1) * H));
  const columns: Column[] = [
    { name: 'name', type: 'text', data: bylines.map((b) => b.name) },
    { name: 'kind', type: 'text', data: bylines.map((b) => b.kind) },
    { name: 'articles', type: 'int', data: Int32Array.from(bylines, (b) => b.articles) },
    { name: 'words', type: 'number', data: Float64Array.from(bylines, (b) => b.words) },
    { name: 'hands', type: 'int', data: Int32Array.from(bylines, (b) => b.hands) },
    { name: 'languages', type: 'text', data: bylines.map((b) => b.languages.join(',')) },
    ...sums,
    { name: 'habit-mean', type: 'bytes', data: perByline(habits.mean) },
    { name: 'habit-spread', type: 'bytes', data: perByline(habits.spread) },
  ];
  return bylines.length === 0 ? [] : [{ table: 'bylines', columns }];
}

function articleParts({ reference, plain, passages }: Enrolled, first: number): Part[] {
  const { articles: a, views } = reference;
  const out: Part[] = [];
  for (let from = first; from < a.id.length; from += SHARD_ROWS.rows) {
    const to = Math.min(a.id.length, from + SHARD_ROWS.rows);
    out.push({
      table: 'rows',
      columns: [
        { name: 'byline', type: 'int', data: a.bylineOf.subarray(from, to) },
        { name: 'hand', type: 'int', data: a.hand.subarray(from, to) },
        {
          name: 'sha256',
          type: 'bytes',
          data: a.sha256.slice(from, to).map((h) => new Uint8Array(Buffer.from(h, 'hex'))),
        },
        ...VIEW_NAMES.flatMap((name, v) => packedColumns(name, views[v]!.articles, from, to)),
      ],
    });
    out.push({ table: 'plain', columns: VIEW_NAMES.flatMap((name, v) => packedColumns(name, plain[v]!, from, to)) });
    out.push({
      table: 'articles',
      columns: [
        { name: 'id', type: 'text', data: a.id.slice(from, to) },
        { name: 'byline', type: 'text', data: a.printed.slice(from, to) },
        { name: 'path', type: 'text', data: a.path.slice(from, to) },
        { name: 'line', type: 'int', data: a.line.subarray(from, to) },
        { name: 'words', type: 'int', data: a.words.subarray(from, to) },
        { name: 'published', type: 'number', data: a.publishedAt.subarray(from, to) },
      ],
    });
  }
  for (let from = 0; from < passages.hash.length; from += SHARD_ROWS.passages) {
    const to = from + SHARD_ROWS.passages;
    out.push({
      table: 'passages',
      rowGroup: PASSAGE_GROUP,
      columns: [
        { name: 'hash', type: 'int', data: passages.hash.subarray(from, to) },
        { name: 'article', type: 'int', data: passages.article.subarray(from, to) },
        { name: 'word', type: 'int', data: passages.word.subarray(from, to) },
      ],
    });
  }
  return out;
}

function repeatsPart({ repeats }: Reference): Part {
  return {
    table: 'repeats',
    columns: [
      { name: 'byline', type: 'int', data: repeats.byline },
      { name: 'key', type: 'number', data: repeats.key },
    ],
  };
}

/** What a check reads: everything but what stands where, which is looked up when a passage is found. */
export interface CheckReference extends Pick<
  Reference,
  'facts' | 'bylines' | 'spaces' | 'views' | 'common' | 'habits' | 'repeats'
> {
  readonly id: string;
  readonly counts: ReferenceManifest['counts'];
  readonly bylineOf: Int32Array;
  readonly handOf: Int32Array;
  /** Number of the article with this content, or -1. */
  readonly numberOf: (sha256: string) => number;
  readonly findPassages: FindPassages;
  /** What and where the given articles are. */
  readonly places: (articles: readonly number[]) => Promise<ReadonlyMap<number, Place>>;
}

export interface Place {
  readonly id: string;
  readonly byline: string;
  readonly path: string;
  readonly line: number | null;
}

/** Loads what a check reads. @throws UserError when a file is not as it was written */
export async function loadForCheck(saved: Saved): Promise<CheckReference> {
  return guarded(saved, async () => {
    const core = await loadCore(saved);
    const { rows } = core;
    return {
      ...core.reference,
      id: saved.id,
      counts: saved.manifest.counts,
      bylineOf: rows.bylineOf,
      handOf: rows.hand,
      numberOf: (sha256) => rows.sha256.indexOf(sha256),
      findPassages: (hashes) => guarded(saved, () => lookUp(saved, hashes)),
      places: (articles) => guarded(saved, () => placesOf(saved, articles)),
    };
  });
}

/** Loads all that enrolment of more articles needs. */
export async function loadWhole(saved: Saved): Promise<Enrolled> {
  return guarded(saved, async () => {
    const { reference, rows, strangers } = await loadCore(saved);
    const plain = await Promise.all(reference.spaces.map((s) => packedOf(saved, 'plain', s.name, s.whitening.dims)));
    const articles: ReferenceArticles = {
      id: await textsOf(saved, 'id'),
      printed: await textsOf(saved, 'byline'),
      path: await textsOf(saved, 'path'),
      line: await intsOf(saved, 'articles', 'line'),
      words: await intsOf(saved, 'articles', 'words'),
      publishedAt: concatenated(await eachTable(saved, 'articles', (t) => t.numbers('published')), Float64Array),
      bylineOf: rows.bylineOf,
      hand: rows.hand,
      sha256: rows.sha256.all(),
    };
    const nothing = { hash: new Int32Array(0), article: new Int32Array(0), word: new Int32Array(0) };
    return { reference: { ...reference, articles }, plain, strangers, passages: nothing };
  });
}

/** What is sealed was written by this tool, or by someone who means it ill: whatever goes wrong in reading it is damage. */
async function guarded<T>({ folder }: Saved, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof UserError ? error : damaged(folder, 'manifest.json');
  }
}

interface LoadedRows {
  readonly bylineOf: Int32Array;
  readonly hand: Int32Array;
  readonly sha256: Hashes;
}

async function loadCore(saved: Saved): Promise<{
  reference: Omit<Reference, 'articles'>;
  rows: LoadedRows;
  strangers: Enrolled['strangers'];
}> {
  const { manifest } = saved;
  const spaces: Space[] = [];
  for (const { name, dims } of manifest.views) spaces.push(await loadSpace(saved, name, dims));
  const { rows, packed } = await loadRows(saved, spaces);
  const strangers = await loadStrangers(saved, spaces);
  const table = new Table(await readShard(saved.folder, only(saved, 'bylines')));
  const views: Measured[] = [];
  for (const [v, { name, whitening }] of spaces.entries())
    views.push({
      articles: packed[v]!,
      sums: asFloats(await table.joined(`sum-${name}`, whitening.dims * 4)),
      strangers: strangers[v] === undefined ? new Float32Array(0) : sumsOfStrangers(strangers[v].turned),
      cohortMean: await table.numbers(`cohort-mean-${name}`),
      cohortSpread: await table.numbers(`cohort-spread-${name}`),
    });
  const repeats = new Table(await readShard(saved.folder, only(saved, 'repeats')));
  const reference = {
    facts: manifest.facts,
    bylines: await loadBylines(table),
    spaces,
    views,
    common: new Map(
      Object.entries(manifest.common).map(([lang, words]) => [lang === '' ? null : lang, new Set(words)]),
    ),
    habits: await loadHabits(table, manifest),
    repeats: await loadRepeats(repeats),
  };
  return { reference, rows, strangers };
}

async function loadSpace(saved: Saved, name: ViewName, dims: number): Promise<Space> {
  const space = new Table(await readShard(saved.folder, only(saved, `space-${name}`)));
  const axes = new Table(await readShard(saved.folder, only(saved, `axes-${name}`)));
  const whitening: Whitening = {
    buckets: Uint32Array.from(await space.ints('bucket')),
    idf: await space.numbers('idf'),
    dims,
    axes: asFloats(await space.joined('axes', dims * 4)),
    shift: Float32Array.from(await axes.numbers('shift')),
    scale: await axes.numbers('scale'),
    variances: await axes.numbers('variance'),
  };
  return { name, whitening, turn: asFloats(await axes.joined('turn', dims * 4)) };
}

async function loadRows(saved: Saved, spaces: readonly Space[]): Promise<{ rows: LoadedRows; packed: PackedRows[] }> {
  const parts = await eachTable(saved, 'rows', async (table) => ({
    byline: await table.ints('byline'),
    hand: await table.ints('hand'),
    sha256: await table.joined('sha256', 32),
    packed: await Promise.all(spaces.map((s) => packedFrom(table, s.name, s.whitening.dims))),
  }));
  return {
    rows: {
      bylineOf: concatenated(
        parts.map((p) => p.byline),
        Int32Array,
      ),
      hand: concatenated(
        parts.map((p) => p.hand),
        Int32Array,
      ),
      sha256: new Hashes(parts.map((p) => p.sha256)),
    },
    packed: spaces.map((s, v) =>
      joinedRows(
        parts.map((p) => p.packed[v]!),
        s.whitening.dims,
      ),
    ),
  };
}

async function packedFrom(table: Table, name: string, dims: number): Promise<PackedRows> {
  const bytes = await table.joined(`row-${name}`, dims);
  return {
    dims,
    values: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    scale: Float32Array.from(await table.numbers(`scale-${name}`)),
  };
}

async function packedOf(saved: Saved, table: string, name: string, dims: number): Promise<PackedRows> {
  return joinedRows(await eachTable(saved, table, (t) => packedFrom(t, name, dims)), dims);
}

function joinedRows(parts: readonly PackedRows[], dims: number): PackedRows {
  return {
    dims,
    values: concatenated(
      parts.map((p) => p.values),
      Int8Array,
    ),
    scale: concatenated(
      parts.map((p) => p.scale),
      Float32Array,
    ),
  };
}

async function loadStrangers(saved: Saved, spaces: readonly Space[]): Promise<Enrolled['strangers']> {
  if (!saved.manifest.shards.some((s) => s.table === 'strangers')) return [];
  const table = new Table(await readShard(saved.folder, only(saved, 'strangers')));
  const of = async (kind: string, { name, whitening }: Space): Promise<PackedRows> =>
    packedFrom(table, `${kind}-${name}`, whitening.dims);
  return Promise.all(spaces.map(async (s) => ({ plain: await of('plain', s), turned: await of('turned', s) })));
}

async function loadBylines(table: Table): Promise<ReferenceByline[]> {
  const names = await table.texts('name');
  const kinds = await table.texts('kind');
  const articles = await table.ints('articles');
  const words = await table.numbers('words');
  const hands = await table.ints('hands');
  const languages = await table.texts('languages');
  return names.map((name, b) => ({
    name,
    kind: kinds[b] === 'desk' ? 'desk' : 'person',
    articles: articles[b]!,
    words: words[b]!,
    hands: hands[b]!,
    languages: languages[b]!.split(','),
  }));
}

async function loadHabits(table: Table, { habits }: ReferenceManifest): Promise<ReferenceHabits> {
  const size = habits.length * 4;
  return {
    names: habits.map((h) => h.name),
    units: habits.map((h) => h.unit),
    mean: asFloats(await table.joined('habit-mean', size)),
    spread: asFloats(await table.joined('habit-spread', size)),
  };
}

async function loadRepeats(table: Table): Promise<ReferenceRepeats> {
  return table.rows === 0
    ? { byline: new Int32Array(0), key: new Float64Array(0) }
    : { byline: await table.ints('byline'), key: await table.numbers('key') };
}

/** Hashes of contents, searched without making a text of each. */
class Hashes {
  constructor(private readonly parts: readonly Uint8Array[]) {}

  indexOf(sha256: string): number {
    const wanted = Buffer.from(sha256, 'hex');
    let before = 0;
    for (const part of this.parts) {
      const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
        if (at % 32 === 0) return before + at / 32;
      before += part.length / 32;
    }
    return -1;
  }

  all(): string[] {
    return this.parts.flatMap((part) =>
      Array.from({ length: part.length / 32 }, (_, i) =>
        Buffer.from(part.subarray(i * 32, (i + 1) * 32)).toString('hex'),
      ),
    );
  }
}

function only({ manifest, folder }: Saved, table: string): Shard {
  const found = manifest.shards.find((s) => s.table === table);
  if (found === undefined) throw damaged(folder, `${table}.parquet`);
  return found;
}

async function eachTable<T>(saved: Saved, table: string, read: (t: Table) => Promise<T>): Promise<T[]> {
  const out: T[] = [];
  for (const shard of saved.manifest.shards)
    if (shard.table === table && shard.rows > 0) out.push(await read(new Table(await readShard(saved.folder, shard))));
  return out;
}

async function textsOf(saved: Saved, column: string): Promise<string[]> {
  return (await eachTable(saved, 'articles', (t) => t.texts(column))).flat();
}

async function intsOf(saved: Saved, table: string, column: string): Promise<Int32Array> {
  return concatenated(await eachTable(saved, table, (t) => t.ints(column)), Int32Array);
}

function concatenated<T extends Int32Array | Float64Array | Float32Array | Int8Array>(
  parts: readonly T[],
  Kind: new (length: number) => T,
): T {
  if (parts.length === 1) return parts[0]!;
  const out = new Kind(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Occurrences kept of one run of words: a template shared by thousands tells nothing. */
const MOST_OCCURRENCES = 40;

async function lookUp(saved: Saved, hashes: Int32Array): Promise<Map<number, Occurrence[]>> {
  const wanted = Int32Array.from(new Set(hashes)).sort();
  const out = new Map<number, Occurrence[]>();
  for (const shard of saved.manifest.shards) {
    if (shard.table !== 'passages' || shard.rows === 0) continue;
    const table = new Table(await readShard(saved.folder, shard));
    for (const { from, rows, least, most } of table.ranges('hash')) {
      const inside = wanted.filter((h) => h >= least && h <= most);
      if (inside.length === 0) continue;
      const hash = await table.ints('hash', from, from + rows);
      if (!inside.some((h) => hash[firstAt(hash, h)] === h)) continue;
      const article = await table.ints('article', from, from + rows);
      const word = await table.ints('word', from, from + rows);
      for (const h of inside)
        for (let i = firstAt(hash, h); i < hash.length && hash[i] === h; i++) {
          const list = out.get(h);
          if (list === undefined) out.set(h, [{ article: article[i]!, word: word[i]! }]);
          else if (list.length < MOST_OCCURRENCES) list.push({ article: article[i]!, word: word[i]! });
        }
    }
  }
  return out;
}

/** First place of an ascending column at which the value, or a larger one, stands. */
function firstAt(column: Int32Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function placesOf(saved: Saved, articles: readonly number[]): Promise<Map<number, Place>> {
  const out = new Map<number, Place>();
  let first = 0;
  for (const shard of saved.manifest.shards) {
    if (shard.table !== 'articles') continue;
    const inside = articles.filter((a) => a >= first && a < first + shard.rows);
    if (inside.length > 0) {
      const table = new Table(await readShard(saved.folder, shard));
      const [id, byline, path] = [await table.texts('id'), await table.texts('byline'), await table.texts('path')];
      const line = await table.ints('line');
      for (const a of inside) {
        const i = a - first;
        out.set(a, { id: id[i]!, byline: byline[i]!, path: path[i]!, line: line[i]! > 0 ? line[i]! : null });
      }
    }
    first += shard.rows;
  }
  return out;
}
