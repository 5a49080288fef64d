import { UserError } from '../errors.js';
import {
  checkSizes,
  commit,
  openManifest,
  OtherVersion,
  writeShard,
  type Manifest,
  type Opened,
  type Shard,
} from '../store/store.js';
import { visible } from '../text/visible.js';
import { FEATURES } from './scores.js';
import { partsOf } from './parts.js';
import type { Enrolled, ReferenceFacts } from './reference.js';
import { GATE_VIEWS, type GateView } from './views.js';

const SCHEMA = 'manyhands.reference/2';

export interface ReferenceManifest extends Manifest {
  readonly counts: { readonly articles: number; readonly bylines: number; readonly words: number };
  readonly views: readonly { readonly name: GateView; readonly dims: number }[];
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
  if (names.join() !== GATE_VIEWS.join() || opened.manifest.facts.calibration.weights.length !== FEATURES)
    throw new OtherVersion(`${visible(folder)}: the reference was measured otherwise than this manyhands measures`);
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
  for (const part of partsOf(enrolled, firstArticle)) shards.push(await writeShard(folder, part));
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
    // In one order, whatever was kept: nothing added is nothing changed.
    shards: shards.toSorted((a, b) => (a.table < b.table ? -1 : a.table > b.table ? 1 : 0)),
  };
  await commit(folder, manifest, before?.manifest ?? null);
}
