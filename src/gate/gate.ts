import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { clean } from '../clean/clean.js';
import { UserError } from '../errors.js';
import { decode, ingest, textOf, type IngestOptions } from '../ingest/ingest.js';
import { readSources } from '../io/io.js';
import { noting } from '../io/noting.js';
import type { Model } from '../model/model.js';
import { locked, OtherVersion, prepareFolder } from '../store/store.js';
import type { Article, CheckReport, Corpus, InputFile, Notice, ReadSource, Strength } from '../types/types.js';
import { counted } from '../text/figures.js';
import { visible } from '../text/visible.js';
import { abortable, inlineAsync, untilAborted, type Abortable, type Drive } from '../work/work.js';
import { checkCorpus } from './check.js';
import { copiesOfEarlier } from './earlier.js';
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
  /** Of the new ones, near copies of others: passages are looked for in them, and their style is not counted again. */
  readonly copies: number;
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
  const isNew = !existsSync(output);
  await prepareFolder(output);
  const release = await locked(output);
  try {
    const there = options.add === true ? null : await whatStands(output, options.replace === true);
    const before = options.add === true ? await openSaved(output) : (there?.saved ?? null);
    const old = options.add === true && before !== null ? { saved: before, ...(await loadWhole(before)) } : null;
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
      copies: input.entries.filter((e) => e.document === null).length,
      replaced: there && {
        reference: there.saved?.id ?? null,
        articles: there.saved?.manifest.counts.articles ?? null,
      },
      notices,
    };
  } finally {
    await release();
    // Of an enrolment that came to nothing nothing is left: what holds a reference is not empty and stays.
    if (isNew) await rmdir(output).catch(() => undefined);
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
  old: (Enrolled & { readonly saved: Saved }) | null,
  inputs: readonly InputFile[],
  version: string,
  options: EnrollOptions,
  onStage: (stage: EnrollStage, items: number) => void,
  drive: Drive,
): Promise<{ input: EnrolInput; already: number; notices: readonly Notice[] }> {
  const known = old?.reference.bylines.map((b) => b.name) ?? [];
  const named = underKnownNames(read, known);
  const { fresh, renamed } = old === null ? { fresh: named.articles, renamed: [] } : apartFrom(old, named.articles);
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
  const again = old === null ? new Set() : await copiesOfEarlier(cleaned.documents, old.saved, old.reference.articles);
  for (const { id, text } of cleaned.documents) if (again.has(id)) copies.set(id, text);
  const documents = cleaned.documents.filter(({ id }) => !again.has(id));
  const written = new Set(documents.map((d) => d.byline));
  const numbers = numberBylines(
    known,
    cleaned.bylines.filter((_, b) => written.has(b)),
  );
  const input: EnrolInput = {
    entries: entriesOf(corpus, { ...cleaned, documents }, copies, numbers),
    names: [...numbers.keys()],
    kinds: new Map(cleaned.bylines.map((b) => [b.name, b.kind])),
    repeats: repeats.columns(numbers),
    inputs,
    keepQuotations,
    version,
  };
  const notices = [...read.notices, ...cleaned.notices, ...noteRenamed(renamed)];
  return { input, already: named.articles.length - fresh.length, notices };
}

/** Articles that a reference does not hold, and those that it holds under another byline than they print. */
function apartFrom(
  { reference: { articles: held } }: Enrolled,
  articles: readonly Article[],
): { readonly fresh: readonly Article[]; readonly renamed: readonly Article[] } {
  const known = new Set(held.sha256);
  const asHeld = new Set(held.sha256.map((sha256, r) => `${sha256} ${held.printed[r]!}`));
  const fresh: Article[] = [];
  const renamed: Article[] = [];
  for (const article of articles) {
    const { text, bylines } = article;
    const sha256 = contentHash(text);
    if (!known.has(sha256)) fresh.push(article);
    else if (bylines.length === 1 && !asHeld.has(`${sha256} ${bylines[0]!}`)) renamed.push(article);
  }
  return { fresh, renamed };
}

/** An article counts once, under the byline it was enrolled with: who corrects bylines in an archive must hear of it. */
function noteRenamed(renamed: readonly Article[]): Notice[] {
  const [first] = renamed;
  if (first === undefined) return [];
  const message = `${counted(renamed.length, 'article')} already enrolled under another byline than is printed now, which is kept (the first: ${visible(first.id, 72)}, now by ${visible(first.bylines[0]!, 60)}). Enroll the whole archive anew, without --add, to have the new bylines`;
  return [
    { level: 'warning', code: 'enrolled-otherwise', message, source: first.source.path, line: first.source.line },
  ];
}

export interface CheckFilesOptions extends Omit<IngestOptions, 'eachByItself'> {
  /** Folder of the reference. */
  readonly against: string;
  readonly failOn?: Strength;
  readonly maxFindings?: number;
  /** Told after every submission that is compared with the reference: how many are, of how many. */
  readonly onCompared?: (done: number, of: number) => void;
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
  drive: Drive = inlineAsync,
): Promise<CheckReport> {
  const reference = await loadForCheck(await openSaved(options.against));
  const links = reviewedOf(
    await readLinks(options.against),
    reference.bylines.map((b) => b.name),
  );
  const texts = new Map<string, string>();
  const corpus = await ingest(kept(files, texts), { ...options, eachByItself: true }, drive);
  return checkCorpus(corpus, reference, version, {
    ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
    ...(options.maxFindings === undefined ? {} : { maxFindings: options.maxFindings }),
    ...(options.onCompared === undefined ? {} : { onCompared: options.onCompared }),
    files: texts,
    reviewed: links,
    drive,
  });
}

async function* kept(files: AsyncIterable<ReadSource>, texts: Map<string, string>): AsyncGenerator<ReadSource> {
  for await (const found of files) {
    const decoded = 'file' in found && found.file.bytes.length <= KEPT_BYTES ? decode(found.file.bytes) : null;
    if ('file' in found && decoded !== null) texts.set(found.file.path, textOf(decoded));
    yield found;
  }
}

/** Enrolls files and folders: the library's door. See `enrollFiles`. Given up, it leaves the old reference as it was. */
export async function enroll(
  paths: readonly string[],
  { model, signal, ...options }: EnrollOptions & Abortable & { readonly model?: Model },
): Promise<EnrollResult> {
  const { loadModel } = await import('../model/model.js');
  const { version } = await import('../version.js');
  const files = paths.length === 0 && options.add === true ? null : untilAborted(readSources(paths), signal);
  const drive = abortable(inlineAsync, signal);
  return enrollFiles(files, model ?? loadModel(), version, options, undefined, drive);
}

/** Checks files and folders: the library's door. See `checkFiles`. */
export async function check(
  paths: readonly string[],
  { signal, ...options }: CheckFilesOptions & Abortable,
): Promise<CheckReport> {
  const { version } = await import('../version.js');
  return checkFiles(untilAborted(readSources(paths), signal), version, options, abortable(inlineAsync, signal));
}
