import { keyOf, type Store } from './cache/cache.js';
import { clean, type CleanOptions } from './clean/clean.js';
import { cluster } from './cluster/cluster.js';
import { compareSteps, EVERY_PAIR } from './compare/blocked.js';
import { compare } from './compare/compare.js';
import { recalibrate, recalibratedBy, rescored, type Recalibration } from './compare/recalibrate.js';
import { selfCases, selfTest } from './compare/selftest.js';
import { sharedHands } from './cluster/shared.js';
import { diariseSteps } from './diarise/diarise.js';
import { handPrints } from './diarise/samples.js';
import { OUTSIDE, passageRange } from './diarise/passages.js';
import { UserError } from './errors.js';
import { ENOUGH_BYLINES, fingerprintSteps } from './fingerprint/fingerprint.js';
import { passageUnits } from './fingerprint/units.js';
import { countViews } from './fingerprint/views.js';
import { ingest, type IngestOptions } from './ingest/ingest.js';
import {
  CHANCE_ACCEPTED,
  FEWEST_WORDS,
  judge,
  maybeLinked,
  linkThreshold,
  REPORT_FROM,
  type Judged,
  type JudgeInput,
} from './judge/judge.js';
import { keptOf, partsOf, revived, type Measured } from './kept.js';
import { teamCandidates, teamThreshold } from './judge/teams.js';
import type { Calibrated, Model } from './model/model.js';
import { sampleIndices, seededRandom } from './math/random.js';
import type { Cleaned, Corpus, Diarisation, Fingerprints, Notice, Pairs, SharedHands, SourceFile } from './types.js';
import { inline, inlineAsync, type Drive, type Steps } from './work/work.js';

export interface ScanOptions extends IngestOptions, CleanOptions {
  /** List every pair of bylines, not only those that stand out. */
  readonly allPairs?: boolean;
  /** Bylines, by name, of which every pair is kept even where there are too many bylines to keep all. */
  readonly about?: readonly string[];
  /** Bytes that a run may take; a dump that would need more is refused before anything is measured. */
  readonly maxMemory?: number;
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
 * @throws UserError when nothing can be read
 */
export async function run(
  files: AsyncIterable<{ readonly file: SourceFile } | { readonly notice: Notice }>,
  model: Model,
  options: ScanOptions = {},
  onStage: (stage: Stage, items: number) => void = () => undefined,
  drive: Drive = inlineAsync,
  cache: Cache | null = null,
): Promise<Run> {
  onStage('read', 0);
  const corpus = await ingest(files, options);
  if (options.maxMemory !== undefined) checkMemory(corpus, options.maxMemory);
  const key = cache === null ? null : keyOf(runParts(corpus, model, options, cache.code));
  const known = key === null ? undefined : cache!.store.get(key);
  const measured =
    known === undefined
      ? await measure(corpus, model, options, onStage, drive)
      : revived(known, corpus, (bylines) => shippedFor(bylines, model), options);
  if (known === undefined && key !== null) cache!.store.put(key, keptOf(corpus, measured));
  onStage('judge', measured.cleaned.bylines.length);
  const input: JudgeInput = { ...measured, corpus, model };
  return { ...input, judged: judge(input, options) };
}

/** What a run takes: so much to begin with, for every article, and for every unit of its text. Measured with the scale bench. */
const [BYTES_AT_ALL, BYTES_AN_ARTICLE, BYTES_A_UNIT] = [300e6, 12_000, 2.5];

/** @throws UserError when the dump will not fit */
function checkMemory({ articles }: Corpus, most: number): void {
  const needed = BYTES_AT_ALL + articles.reduce((n, { text }) => n + BYTES_AN_ARTICLE + BYTES_A_UNIT * text.length, 0);
  if (needed <= most) return;
  throw new UserError(
    `these ${articles.length} articles need about ${(needed / 1e9).toFixed(1)} GB; --max-memory allows ${(most / 1e9).toFixed(1)} GB`,
    'Allow more, or give a part of the dump.',
  );
}

/** Everything that `measure` depends on. */
function* runParts(corpus: Corpus, model: Model, options: ScanOptions, code: string): Generator<string> {
  yield* ['run', code, model.id];
  const { keepQuotations = false, keepCopies = false, allPairs = false, about = [] } = options;
  yield JSON.stringify([keepQuotations, keepCopies, allPairs, about]);
  yield* partsOf(corpus);
}

/** All stages that measure: clean → fingerprint → compare → cluster, diarise. */
async function measure(
  corpus: Corpus,
  model: Model,
  options: ScanOptions,
  onStage: (stage: Stage, items: number) => void,
  drive: Drive,
): Promise<Measured> {
  onStage('clean', corpus.articles.length);
  const cleaned = await clean(corpus, options, drive);
  if (cleaned.documents.length === 0)
    throw new UserError(
      `nothing left to compare: of ${corpus.articles.length} article(s), none has exactly one byline and words of its own`,
      'manyhands scan --show-removed lists what was set aside and why.',
    );
  if (options.allPairs === true && cleaned.bylines.length > EVERY_PAIR)
    throw new UserError(
      `--all-pairs lists every pair of up to ${EVERY_PAIR} bylines; this dump has ${cleaned.bylines.length}`,
      'Leave it out: pairs that stand out are listed all the same. For one byline: manyhands explain BYLINE --in PATH.',
    );
  onStage('fingerprint', cleaned.documents.length);
  const prints = await drive(fingerprintSteps(cleaned, model.background));
  onStage('compare', cleaned.bylines.length);
  const dates = cleaned.documents.map((d) => d.publishedAt);
  const names = new Set(options.about?.map((name) => name.toLowerCase()));
  const about = cleaned.bylines.flatMap(({ name }, b) => (names.has(name.toLowerCase()) ? [b] : []));
  const { threshold, ...scored } = await drive(scoreSteps(prints, model, dates, about));
  onStage('cluster', cleaned.bylines.length);
  const groups = cluster(scored.pairs, threshold, (p) => maybeLinked(scored.pairs, p));
  onStage('diarise', cleaned.bylines.length);
  const diarisations = await drive(
    diariseSteps(
      prints,
      model,
      dates.map((d) => d ?? NaN),
    ),
  );
  const teams = teamsOf(prints, diarisations, cleaned, scored.pairCalibration);
  return { cleaned, prints, ...scored, groups, diarisations, teams };
}

/** Bylines that share several hands: the hands of those that were parted, compared as bylines are. */
function teamsOf(
  prints: Fingerprints,
  diarisations: readonly Diarisation[],
  { bylines }: Cleaned,
  pairCalibration: Calibrated,
): SharedHands[] {
  const candidates = teamCandidates(diarisations, bylines);
  if (candidates.length < 2) return [];
  const { prints: byHand, samples } = handPrints(prints, candidates);
  const threshold = teamThreshold(pairCalibration, candidates.length, CHANCE_ACCEPTED);
  return sharedHands(compare(byHand, pairCalibration), samples, threshold);
}

/** Articles of other bylines that a byline's passages are read against, at most. */
const OTHERS = 300;

/** A passage inside one article whose style leaves the byline's own range. */
export interface Passage {
  readonly article: string;
  /** 1-based paragraphs of the cleaned text. */
  readonly first: number;
  readonly last: number;
  readonly words: number;
  /** Robust standard deviations below the median of the byline's passages. */
  readonly below: number;
  readonly text: string;
}

/**
 * Passages of a byline that lie outside its own range, the furthest first: weaker evidence, as few words carry little style.
 *
 * @returns null where the byline has too little text for a range, or the dump no other byline
 */
export function outlyingPassages({ cleaned }: Run, byline: number): Passage[] | null {
  const own = cleaned.documents.filter((d) => d.byline === byline);
  const others = cleaned.documents.filter((d) => d.byline !== byline);
  const units = passageUnits(own);
  if (others.length === 0) return null;
  const strangers = sampleIndices(others.length, OTHERS, seededRandom(16)).map((i) => others[i]!);
  const counts = countViews([
    ...units.map((u) => ({ text: u.text, lang: own[u.document]!.lang })),
    ...strangers.map(({ text, lang }) => ({ text, lang })),
  ]);
  const range = passageRange(
    counts,
    units.map((u) => u.document),
  );
  if (range === null) return null;
  return units
    .map(({ document, first, last, words, text }, i) => ({
      article: own[document]!.id,
      first,
      last,
      words,
      below: -range[i]!,
      text,
    }))
    .filter((p) => p.below >= OUTSIDE)
    .sort((a, b) => b.below - a.below || (a.article < b.article ? -1 : 1));
}

/** What a scan says of pairs: their scores, the calibration behind them, and the score from which a pair is a link. */
export interface ScoredPairs extends Pick<JudgeInput, 'pairs' | 'pairCalibration' | 'selfTest'> {
  readonly threshold: number;
}

/**
 * Scores every pair of bylines as a scan does; `evaluate` measures exactly this.
 *
 * @param dates of the documents, ms; null where one has none
 */
export function scorePairs(prints: Fingerprints, model: Model, dates: readonly (number | null)[] = []): ScoredPairs {
  return inline(scoreSteps(prints, model, dates, []));
}

/**
 * `scorePairs` as steps, for a driver that has threads.
 *
 * @param about bylines of which every pair is kept even where there are too many to keep all
 */
function* scoreSteps(
  prints: Fingerprints,
  model: Model,
  dates: readonly (number | null)[],
  about: readonly number[],
): Steps<ScoredPairs> {
  const shipped = shippedFor(prints.bylines, model);
  const { cap } = shipped;
  const own = selfCases(prints, shipped, dates);
  const recalibration = own === null ? null : recalibrate(own.cases);
  const pairCalibration = recalibratedBy(shipped, recalibration);
  const pairs = yield* pairsSteps(prints, { shipped, recalibration, pairCalibration }, about);
  const threshold = linkThreshold(pairs, pairCalibration);
  const tested = own === null ? null : selfTest(own, threshold, recalibration, cap);
  return { pairs, pairCalibration, threshold, selfTest: tested };
}

interface Calibrations {
  readonly shipped: Calibrated;
  readonly recalibration: Recalibration | null;
  readonly pairCalibration: Calibrated;
}

/** Every pair; in a dump of many bylines those that matter by the adjusted score. */
function* pairsSteps(
  prints: Fingerprints,
  { shipped, recalibration, pairCalibration }: Calibrations,
  about: readonly number[],
): Steps<Pairs> {
  if (prints.bylines > EVERY_PAIR)
    return yield* compareSteps(prints, pairCalibration, { floor: REPORT_FROM, leastWords: FEWEST_WORDS, about });
  const raw = compare(prints, shipped);
  return recalibration === null ? raw : rescored(raw, recalibration, shipped.cap);
}

/** Scores every pair of bylines by the shipped calibration, without the adjustment to the dump. */
export function asShipped(
  prints: Fingerprints,
  model: Model,
): { readonly pairs: Pairs; readonly calibration: Calibrated } {
  const calibration = shippedFor(prints.bylines, model);
  return { pairs: compare(prints, calibration), calibration };
}

function shippedFor(bylines: number, model: Model): Calibrated {
  return bylines < ENOUGH_BYLINES ? model.pairsFew : model.pairs;
}
