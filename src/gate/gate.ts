import { clean } from '../clean/clean.js';
import { UserError } from '../errors.js';
import { ingest, type IngestOptions } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import { noting } from '../io/noting.js';
import type { Model } from '../model/model.js';
import { locked, OtherVersion, prepareFolder } from '../store/store.js';
import type { CheckReport, Corpus, InputFile, Notice, ReadSource, Strength } from '../types/types.js';
import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import { inlineAsync, type Drive } from '../work/work.js';
import { checkCorpus } from './check.js';
import { contentHash, entriesOf, type EnrolInput, numberBylines, RepeatsSeen, underKnownNames } from './entries.js';
import type { Enrolled } from './reference.js';
import { readLinks, reviewedOf } from './review.js';
import { heldIn, loadForCheck, loadWhole } from './loaded.js';
import { openIfThere, openSaved, save, type Saved } from './saved.js';

export { loadForCheck } from './loaded.js';
export { openSaved } from './saved.js';
export { linkBetween, readLinks, writeLinks } from './review.js';

export interface EnrollOptions extends IngestOptions {
  /** Folder of the reference. */
  readonly output: string;
  /** Add to the reference that is there. */
  readonly add?: boolean;
  /** Let go of archived articles that are not among those read. */
  readonly replace?: boolean;
  readonly keepQuotations?: boolean;
}

export type EnrollStage = 'read' | 'clean' | 'measure' | 'write';

/** What was enrolled. */
export interface EnrollResult {
  /** First digits of the reference's hash. */
  readonly reference: string;
  readonly articles: number;
  readonly bylines: number;
  readonly words: number;
  /** Articles that are new, and those passed over because the reference held them. */
  readonly added: number;
  readonly already: number;
  /** The reference that stood there and is no more; `articles` is null for one that could not be read. */
  readonly replaced: { readonly reference: string | null; readonly articles: number | null } | null;
  readonly notices: readonly Notice[];
}

/**
 * Freezes a reference from an archive, or adds to one: fingerprints, statistics, calibration and hashes, no text. The old
 * reference is whole until the new one is; what goes wrong leaves it as it was.
 *
 * @throws UserError when nothing can be read, the folder holds something else or cannot be written, another process is writing
 *   to it, the reference there is damaged, or it holds articles that were not read and nobody said `replace`
 */
export async function enrollFiles(
  files: AsyncIterable<ReadSource> | null,
  model: Model,
  version: string,
  options: EnrollOptions,
  onStage: (stage: EnrollStage, items: number) => void = () => undefined,
  drive: Drive = inlineAsync,
): Promise<EnrollResult> {
  const { output } = options;
  await prepareFolder(output);
  const release = await locked(output);
  try {
    const there = options.add === true ? null : await whatStands(output, options.replace === true);
    const before = options.add === true ? await openSaved(output) : (there?.saved ?? null);
    const old = options.add === true && before !== null ? await loadWhole(before) : null;
    onStage('read', 0);
    const noted = files === null ? null : noting(files);
    const nothing: Corpus = { articles: [], merges: [], notices: [] };
    const read = noted === null ? nothing : await ingest(noted.files, options, drive);
    const inputs = noted?.inputs ?? [];
    if (there !== null && options.replace !== true) refuseLoss(output, there, read);
    const { input, already, notices } = await cleanedInput(read, old, inputs, version, options, onStage, drive);
    if (input.entries.length === 0 && old === null)
      throw new UserError(
        `nothing to enroll: none of the articles read (${read.articles.length}) has exactly one byline and words of its own`,
        'manyhands scan --show-removed lists what was set aside and why.',
      );
    onStage('measure', input.entries.length);
    const links = reviewedOf(await readLinks(output), input.names);
    // Fits and tells hands apart, which a check has no use for.
    const { enrolled, enrolledMore } = await import('./enroll.js');
    const result = await drive(old === null ? enrolled(input, model) : enrolledMore(old, input, model, links));
    onStage('write', result.reference.articles.id.length);
    await save(output, result, before, old?.reference.articles.id.length ?? 0);
    const saved = await openSaved(output);
    return {
      reference: saved.id,
      ...saved.manifest.counts,
      added: input.entries.length,
      already,
      replaced: there && {
        reference: there.saved?.id ?? null,
        articles: there.saved?.manifest.counts.articles ?? null,
      },
      notices,
    };
  } finally {
    await release();
  }
}

/** A reference that is about to be replaced, and what it holds. */
interface Standing {
  /** null where it cannot be read: it may be enrolled anew, and its files are not kept. */
  readonly saved: Saved | null;
  readonly held: readonly { readonly id: string; readonly sha256: string }[];
}

/** @throws UserError for one that another version reads, where nobody said that it may go */
async function whatStands(output: string, replace: boolean): Promise<Standing | null> {
  try {
    const saved = await openIfThere(output);
    return saved === null ? null : { saved, held: await heldIn(saved) };
  } catch (error) {
    if (error instanceof OtherVersion && !replace) throw error;
    if (error instanceof UserError) return { saved: null, held: [] };
    throw error;
  }
}

/** Who forgets --add would leave a reference of the last month alone, and a gate that knows nobody and passes everything. */
function refuseLoss(output: string, { held }: Standing, { articles }: Corpus): void {
  const ids = new Set(articles.map((a) => a.id));
  const hashes = new Set(articles.map((a) => contentHash(a.text)));
  const lost = held.filter((a) => !ids.has(a.id) && !hashes.has(a.sha256));
  if (lost.length === 0) return;
  throw new UserError(
    `${visible(output)}: the reference there holds ${counted(lost.length, 'article')} that ${lost.length === 1 ? 'is' : 'are'} not among those read`,
    'Add to it with --add, or let go of them with --replace.',
  );
}

async function cleanedInput(
  read: Corpus,
  old: Enrolled | null,
  inputs: readonly InputFile[],
  version: string,
  options: EnrollOptions,
  onStage: (stage: EnrollStage, items: number) => void,
  drive: Drive,
): Promise<{ input: EnrolInput; already: number; notices: readonly Notice[] }> {
  const known = old?.reference.bylines.map((b) => b.name) ?? [];
  const named = underKnownNames(read, known);
  const held = new Set(old?.reference.articles.sha256);
  const fresh = named.articles.filter((a) => held.size === 0 || !held.has(contentHash(a.text)));
  const corpus = { ...named, articles: fresh };
  onStage('clean', fresh.length);
  const repeats = new RepeatsSeen(old?.reference.repeats ?? null, known);
  const copies = new Map<string, string>();
  const keepQuotations = old?.reference.facts.keepQuotations ?? options.keepQuotations === true;
  const cleaned = await clean(
    corpus,
    { keepQuotations, keepRemoved: true, ...repeats.options, onCopy: (id, text) => copies.set(id, text) },
    drive,
  );
  const numbers = numberBylines(known, cleaned.bylines);
  const input: EnrolInput = {
    entries: entriesOf(corpus, cleaned, copies, numbers),
    names: [...numbers.keys()],
    kinds: new Map(cleaned.bylines.map((b) => [b.name, b.kind])),
    repeats: repeats.columns(numbers),
    inputs,
    keepQuotations,
    version,
  };
  const notices = [...read.notices, ...cleaned.notices];
  return { input, already: named.articles.length - fresh.length, notices };
}

export interface CheckFilesOptions extends IngestOptions {
  /** Folder of the reference. */
  readonly against: string;
  readonly failOn?: Strength;
  readonly maxFindings?: number;
}

/** Files larger than this are not kept for the line numbers of passages. */
const KEPT_BYTES = 4_000_000;

/**
 * Checks new articles against a frozen reference.
 *
 * @throws UserError when there is no reference, it is damaged or newer, or nothing can be read
 */
export async function checkFiles(
  files: AsyncIterable<ReadSource>,
  version: string,
  options: CheckFilesOptions,
): Promise<CheckReport> {
  const reference = await loadForCheck(await openSaved(options.against));
  const links = reviewedOf(
    await readLinks(options.against),
    reference.bylines.map((b) => b.name),
  );
  const texts = new Map<string, string>();
  const corpus = await ingest(kept(files, texts), options);
  return checkCorpus(corpus, reference, version, {
    ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
    ...(options.maxFindings === undefined ? {} : { maxFindings: options.maxFindings }),
    files: texts,
    reviewed: links,
  });
}

async function* kept(files: AsyncIterable<ReadSource>, texts: Map<string, string>): AsyncGenerator<ReadSource> {
  for await (const found of files) {
    if ('file' in found && found.file.bytes.length <= KEPT_BYTES)
      texts.set(found.file.path, new TextDecoder('utf-8').decode(found.file.bytes).replace(/^\ufeff/u, ''));
    yield found;
  }
}

/** Enrolls files and folders: the library's door. See `enrollFiles`. */
export async function enroll(
  paths: readonly string[],
  options: EnrollOptions & { readonly model?: Model },
): Promise<EnrollResult> {
  const { loadModel } = await import('../model/model.js');
  const { version } = await import('../version.js');
  const files = paths.length === 0 && options.add === true ? null : readSources(paths);
  return enrollFiles(files, options.model ?? loadModel(), version, options);
}

/** Checks files and folders: the library's door. See `checkFiles`. */
export async function check(paths: readonly string[], options: CheckFilesOptions): Promise<CheckReport> {
  const { version } = await import('../version.js');
  return checkFiles(readSources(paths), version, options);
}
