import { UserError } from '../errors.js';
import type { Whitening } from '../fingerprint/project.js';
import { asFloats, damaged, readShard, Table } from '../store/store.js';
import { lookUp, placesOf, type Place } from './lookup.js';
import type { QuantisedRows } from './quantised.js';
import type {
  Enrolled,
  FindPassages,
  Reference,
  ReferenceArticles,
  ReferenceByline,
  ReferenceHabits,
  ReferenceRepeats,
} from './reference.js';
import type { ReferenceManifest, Saved } from './saved.js';
import { centresOf, sumsOfStrangers, withLengths, type Measured } from './scores.js';
import { concatenated, eachTable, Hashes, intsOf, only, textsOf } from './shards.js';
import type { Space } from './space.js';
import { TEXT_VIEWS, type GateView } from './views.js';

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

/** What and which articles a reference holds. @throws UserError when a file is not as it was written */
export async function heldIn(saved: Saved): Promise<{ id: string; sha256: string }[]> {
  return guarded(saved, async () => {
    const hashes = new Hashes(await eachTable(saved, 'rows', (t) => t.joined('sha256', 32))).all();
    return (await textsOf(saved, 'id')).map((id, i) => ({ id, sha256: hashes[i]! }));
  });
}

/** Loads all that enrolment of more articles needs. */
export async function loadWhole(saved: Saved): Promise<Enrolled> {
  return guarded(saved, async () => {
    const { reference, rows, strangers } = await loadCore(saved);
    const plain = await Promise.all(reference.spaces.map((s) => quantisedOf(saved, 'plain', s.name, s.whitening.dims)));
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
    // They are taken over as they are, and must be what was written.
    for (const shard of saved.manifest.shards) if (shard.table === 'passages') await readShard(saved.folder, shard);
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
  const { rows, quantised } = await loadRows(saved, spaces);
  const strangers = await loadStrangers(saved, spaces);
  const table = new Table(await readShard(saved.folder, only(saved, 'bylines')));
  const bylines = await loadBylines(table);
  const counts = Float64Array.from(bylines, (b) => b.articles);
  const views: Measured[] = [];
  for (const [v, { name, whitening }] of spaces.entries()) {
    const sums = asFloats(await table.joined(`sum-${name}`, whitening.dims * 4));
    views.push({
      articles: quantised[v]!,
      sums: withLengths(sums, whitening.dims),
      centres: centresOf(sums, counts, whitening.dims),
      strangers: sumsOfStrangers(strangers[v]?.turned ?? null, whitening.dims),
      cohortMean: await table.numbers(`cohort-mean-${name}`),
      cohortSpread: await table.numbers(`cohort-spread-${name}`),
    });
  }
  const repeats = new Table(await readShard(saved.folder, only(saved, 'repeats')));
  const reference = {
    facts: manifest.facts,
    bylines,
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

async function loadSpace(saved: Saved, name: GateView, dims: number): Promise<Space> {
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

async function loadRows(
  saved: Saved,
  spaces: readonly Space[],
): Promise<{ rows: LoadedRows; quantised: QuantisedRows[] }> {
  const parts = await eachTable(saved, 'rows', async (table) => ({
    byline: await table.ints('byline'),
    hand: await table.ints('hand'),
    sha256: await table.joined('sha256', 32),
    quantised: await Promise.all(spaces.map((s) => quantisedFrom(table, s.name, s.whitening.dims))),
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
    quantised: spaces.map((s, v) =>
      joinedRows(
        parts.map((p) => p.quantised[v]!),
        s.whitening.dims,
      ),
    ),
  };
}

async function quantisedFrom(table: Table, name: string, dims: number): Promise<QuantisedRows> {
  const bytes = await table.joined(`row-${name}`, dims);
  return {
    dims,
    values: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    scale: Float32Array.from(await table.numbers(`scale-${name}`)),
  };
}

async function quantisedOf(saved: Saved, table: string, name: string, dims: number): Promise<QuantisedRows> {
  return joinedRows(await eachTable(saved, table, (t) => quantisedFrom(t, name, dims)), dims);
}

function joinedRows(parts: readonly QuantisedRows[], dims: number): QuantisedRows {
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
  const of = async (kind: string, { name, whitening }: Space): Promise<QuantisedRows> =>
    quantisedFrom(table, `${kind}-${name}`, whitening.dims);
  const texts = spaces.slice(0, TEXT_VIEWS.length);
  return Promise.all(texts.map(async (s) => ({ plain: await of('plain', s), turned: await of('turned', s) })));
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
