import { keyOf, type Store } from '../cache/cache.js';
import { clean, type CleanOptions } from '../clean/clean.js';
import { cluster } from '../cluster/cluster.js';
import { sharedHands } from '../cluster/shared.js';
import { EVERY_PAIR } from '../compare/blocked.js';
import { compare } from '../compare/compare.js';
import { diariseSteps } from '../diarise/diarise.js';
import { handPrints } from '../diarise/samples.js';
import { UserError } from '../errors.js';
import { fingerprintSteps } from '../fingerprint/fingerprint.js';
import { ingest, type IngestOptions } from '../ingest/ingest.js';
import { bylinesRead, dumpRead } from '../judge/dump.js';
import type { AskedHands } from '../judge/hands.js';
import type { JudgeInput } from '../judge/input.js';
import { listedPairs, type ListedPairs } from '../judge/listed.js';
import { judge, type Judged } from '../judge/judge.js';
import { heldWhereNear } from '../judge/near.js';
import { subjectSteps, type BylineSubjects } from '../judge/subjects.js';
import { FEWEST_BYLINES } from '../judge/amounts.js';
import { CHANCE_ACCEPTED, maybeLinked, whyNotAsked } from '../judge/verdicts.js';
import { mayBeTeam, teamCandidates, teamThreshold } from '../judge/teams.js';
import { measuredApart } from './apart.js';
import { keptOf, partsOf, revived, type Measured } from './kept.js';
import type { Model } from '../model/model.js';
import { scoreSteps, shippedFor } from './scoring.js';
import type { Article, Corpus, Fingerprints, ReadSource, SharedHands } from '../types/types.js';
import { both, inlineAsync, type Drive, type Steps } from '../work/work.js';

export interface ScanOptions extends IngestOptions, CleanOptions {
  /** List every pair of bylines, not only those that stand out. */
  readonly allPairs?: boolean;
  /** Bylines, by name, of which every pair is kept even where there are too many bylines to keep all. */
  readonly about?: readonly string[];
  /** Bytes that a run may take; a dump that would need more is refused before anything is measured. */
  readonly maxMemory?: number;
  /** Worker threads beside this one, each of which takes memory of its own; none when left out. */
  readonly workers?: number;
}

/** Everything a run found, stage by stage; `report` and the commands choose what to show. */
export interface Run extends JudgeInput {
  readonly judged: Judged;
}

/** A store, and the hash of the code that what is in it depends on. */
export interface Cache {
  readonly store: Store;
  readonly code: string;
}

export type Stage = 'read' | 'clean' | 'fingerprint' | 'compare' | 'cluster' | 'diarise' | 'judge';

/**
 * The whole line, floor by floor: ingest → clean → fingerprint → compare → cluster, diarise → judge.
 *
 * @param onStage told when a stage begins, with how many articles or bylines it has before it
 * @param drive where batches are worked on: in this thread, or in a pool of workers (src/pool); the result is the same
 * @param cache where what was measured is looked up and kept; null to do without
 * @throws UserError when nothing can be read, nothing is left after cleaning, the dump would take more than `maxMemory`, or
 *   every pair is asked for of too many bylines
 */
export async function run(
  files: AsyncIterable<ReadSource>,
  model: Model,
  options: ScanOptions = {},
  onStage: (stage: Stage, items: number) => void = () => undefined,
  drive: Drive = inlineAsync,
  cache: Cache | null = null,
): Promise<Run> {
  onStage('read', 0);
  const corpus = await ingest(files, options, drive);
  if (options.maxMemory !== undefined) checkMemory(corpus, options.maxMemory, options.workers ?? 0);
  const key = cache === null ? null : keyOf(runParts(corpus, model, options, cache.code));
  const known = key === null ? undefined : cache!.store.get(key);
  const { listed, ...measured } =
    known === undefined
      ? await measure(corpus, model, options, onStage, drive)
      : { ...revived(known, corpus, (bylines) => shippedFor(bylines, model), options), listed: undefined };
  if (known === undefined && key !== null) cache!.store.put(key, keptOf(corpus, measured));
  onStage('judge', measured.cleaned.bylines.length);
  const input: JudgeInput = { ...measured, corpus, model };
  return { ...input, judged: judge(input, options, listed) };
}

/** What every worker takes: code, tables, and the batch it works on. */
export const WORKER_BYTES = 205e6;

/** Bytes a run takes besides: to begin with, for every article, and for every unit of its text. Measured: docs/EVALUATION.md. */
const [BYTES_AT_ALL, BYTES_AN_ARTICLE, BYTES_A_UNIT] = [340e6, 5000, 3.8];

/** Length of all texts up to which what was taken out of them is kept at hand: a report asks for some, and cleans again what is not. */
const KEPT_LENGTH = 64e6;

function lengthOf(a: Article): number {
  return a.held === undefined ? a.text.length : a.held.to - a.held.from;
}

/** @throws UserError when the dump will not fit */
function checkMemory({ articles }: Corpus, most: number, workers: number): void {
  const texts = articles.reduce((n, a) => n + BYTES_AN_ARTICLE + BYTES_A_UNIT * lengthOf(a), 0);
  const needed = BYTES_AT_ALL + workers * WORKER_BYTES + texts;
  if (needed <= most) return;
  throw new UserError(
    `these ${articles.length} articles need about ${(needed / 1e9).toFixed(1)} GB; --max-memory allows ${(most / 1e9).toFixed(1)} GB`,
    'Allow more, or give a part of the dump.',
  );
}

function nothingLeft({ articles, notices }: Corpus): UserError {
  const unsigned = notices.find(({ code }) => code === 'no-bylines');
  if (unsigned !== undefined) return new UserError(`nothing to compare: ${unsigned.message}`);
  return new UserError(
    `nothing left to compare: none of the articles read (${articles.length}) has exactly one byline and words of its own`,
    'manyhands scan --show-removed lists what was set aside and why.',
  );
}

/** Everything that `measure` depends on. */
function* runParts(corpus: Corpus, model: Model, options: ScanOptions, code: string): Generator<string | Uint8Array> {
  yield* ['run', code, model.id];
  const { keepQuotations = false, keepCopies = false, allPairs = false, about = [] } = options;
  // Where every pair is kept, nothing depends on which are asked about: compare and explain find what a scan kept.
  const bylines = new Set(corpus.articles.flatMap((a) => a.bylines)).size;
  yield JSON.stringify([keepQuotations, keepCopies, ...(bylines > EVERY_PAIR ? [allPairs, about] : [])]);
  yield* partsOf(corpus);
}

/** All stages that measure: clean → fingerprint → compare → cluster, diarise. */
async function measure(
  corpus: Corpus,
  model: Model,
  options: ScanOptions,
  onStage: (stage: Stage, items: number) => void,
  drive: Drive,
): Promise<Measured & { readonly listed: ListedPairs }> {
  onStage('clean', corpus.articles.length);
  const keepRemoved = corpus.articles.reduce((n, a) => n + lengthOf(a), 0) <= KEPT_LENGTH;
  const cleaned = await clean(corpus, { ...options, keepRemoved }, drive);
  if (cleaned.documents.length === 0) throw nothingLeft(corpus);
  if (options.allPairs === true && cleaned.bylines.length > EVERY_PAIR)
    throw new UserError(
      `--all-pairs lists every pair of up to ${EVERY_PAIR} bylines; this dump has ${cleaned.bylines.length}`,
      'Leave it out: pairs that stand out are listed all the same. For one byline: manyhands explain BYLINE --in PATH.',
    );
  onStage('fingerprint', cleaned.documents.length);
  const [subjects, prints] = await drive(both(subjectSteps(cleaned), fingerprintSteps(cleaned, model.background)));
  onStage('compare', cleaned.bylines.length);
  // At once: what comparing does in this thread alone is done while others tell hands apart.
  const dates = cleaned.documents.map((d) => d.publishedAt ?? NaN);
  const [scored, diarised] = await drive(
    both(groupedSteps({ cleaned, prints, subjects }, model, options, onStage), diariseSteps(prints, model, dates)),
  );
  const diarisations = await drive(measuredApart(diarised, cleaned, model, dates));
  const teams = teamsOf(prints, { cleaned, diarisations, model }, scored);
  return { cleaned, prints, ...scored, diarisations, teams };
}

/** Pairs of bylines scored and listed, and bylines grouped. */
function* groupedSteps(
  { cleaned, prints, subjects }: Pick<Measured, 'cleaned' | 'prints'> & { readonly subjects: BylineSubjects },
  model: Model,
  { about: named = [], allPairs = false }: ScanOptions,
  onStage: (stage: Stage, items: number) => void,
): Steps<Pick<Measured, 'pairs' | 'pairCalibration' | 'selfTest' | 'groups'> & { readonly listed: ListedPairs }> {
  const { bylines, documents } = cleaned;
  const names = new Set(named.map((name) => name.toLowerCase()));
  const about = bylines.flatMap(({ name }, b) => (names.has(name.toLowerCase()) ? [b] : []));
  const { threshold, ...scored } = yield* scoreSteps(prints, model, documents, about);
  const read = bylinesRead(cleaned);
  const pairs = yield* heldWhereNear(scored.pairs, subjects, read.times, model.beats);
  onStage('cluster', bylines.length);
  const answered = (p: number): boolean => maybeLinked(pairs, p) && whyNotAsked(pairs, p, read.languages) === null;
  const groups = cluster(pairs, threshold, answered);
  onStage('diarise', bylines.length);
  const input = { cleaned, prints, pairs, pairCalibration: scored.pairCalibration, model };
  const listed = yield* listedPairs(input, allPairs, dumpRead(input, read));
  return { ...scored, pairs, groups, listed };
}

/** Bylines that share several hands: the hands of those that were parted, compared as bylines are. */
function teamsOf(
  prints: Fingerprints,
  asked: AskedHands,
  { pairCalibration }: Pick<Measured, 'pairCalibration'>,
): SharedHands[] {
  const candidates = teamCandidates(asked.diarisations, asked.cleaned.bylines);
  if (candidates.length < 2 || prints.bylines < FEWEST_BYLINES) return [];
  const { prints: byHand, samples } = handPrints(prints, candidates);
  const threshold = teamThreshold(pairCalibration, candidates.length, CHANCE_ACCEPTED);
  const teams = sharedHands(compare(byHand, pairCalibration), samples, threshold);
  return teams.filter((team) => mayBeTeam(team, asked));
}
