import { clean, type CleanOptions } from './clean/clean.js';
import { cluster } from './cluster/cluster.js';
import { compare } from './compare/compare.js';
import { recalibrate, refitted, rescored } from './compare/recalibrate.js';
import { selfCases, selfTest } from './compare/selftest.js';
import { sharedHands } from './cluster/shared.js';
import { diarise } from './diarise/diarise.js';
import { handPrints } from './diarise/samples.js';
import { OUTSIDE, passageRange } from './diarise/passages.js';
import { UserError } from './errors.js';
import { ENOUGH_BYLINES, fingerprintSteps, withoutOutlets } from './fingerprint/fingerprint.js';
import { passageUnits } from './fingerprint/units.js';
import { countViews } from './fingerprint/views.js';
import { ingest, type IngestOptions } from './ingest/ingest.js';
import { CHANCE_ACCEPTED, judge, maybeLinked, linkThreshold, type Judged, type JudgeInput } from './judge/judge.js';
import { teamCandidates, teamThreshold } from './judge/teams.js';
import type { Calibrated, Model } from './model/model.js';
import { sampleIndices, seededRandom } from './math/random.js';
import type { Cleaned, Diarisation, Document, Fingerprints, Notice, Pairs, SharedHands, SourceFile } from './types.js';
import { inlineAsync, type Drive } from './work/work.js';

export interface ScanOptions extends IngestOptions, CleanOptions {
  /** List every pair of bylines, not only those that stand out. */
  readonly allPairs?: boolean;
}

/** Everything a run found, stage by stage; `report` and the commands choose what to show. */
export interface Run extends JudgeInput {
  readonly judged: Judged;
}

export type Stage = 'read' | 'clean' | 'fingerprint' | 'compare' | 'cluster' | 'diarise' | 'judge';

/**
 * The whole line, floor by floor: ingest → clean → fingerprint → compare → cluster, diarise → judge.
 *
 * @param onStage told when a stage begins, with how many articles or bylines it has before it
 * @param drive where batches are worked on: in this thread, or in a pool of workers (src/pool); the result is the same
 * @throws UserError when nothing can be read
 */
export async function run(
  files: AsyncIterable<{ readonly file: SourceFile } | { readonly notice: Notice }>,
  model: Model,
  options: ScanOptions = {},
  onStage: (stage: Stage, items: number) => void = () => undefined,
  drive: Drive = inlineAsync,
): Promise<Run> {
  onStage('read', 0);
  const corpus = await ingest(files, options);
  onStage('clean', corpus.articles.length);
  const cleaned = await clean(corpus, options, drive);
  if (cleaned.documents.length === 0)
    throw new UserError(
      `nothing left to compare: of ${corpus.articles.length} article(s), none has exactly one byline and words of its own`,
      'manyhands scan --show-removed lists what was set aside and why.',
    );
  onStage('fingerprint', cleaned.documents.length);
  const prints = await drive(fingerprintSteps(cleaned, model.background));
  onStage('compare', cleaned.bylines.length);
  const { pairs, pairCalibration, threshold, selfTest: tested } = scorePairs(prints, model, cleaned.documents);
  onStage('cluster', cleaned.bylines.length);
  const groups = cluster(pairs, threshold, (p) => maybeLinked(pairs, p));
  onStage('diarise', cleaned.bylines.length);
  const diarisations = diarise(
    prints,
    model,
    cleaned.documents.map((d) => d.publishedAt ?? NaN),
  );
  const teams = teamsOf(prints, diarisations, cleaned, pairCalibration);
  onStage('judge', cleaned.bylines.length);
  const input: JudgeInput = {
    corpus,
    cleaned,
    prints,
    pairs,
    groups,
    diarisations,
    teams,
    pairCalibration,
    model,
    selfTest: tested,
  };
  return { ...input, judged: judge(input, options) };
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
 * @param documents behind the prints: their dates part bylines for the self-test; where their outlets are known, every pair
 *   is scored again without what an outlet's articles have in common
 */
export function scorePairs(
  prints: Fingerprints,
  model: Model,
  documents: readonly Pick<Document, 'publishedAt' | 'outlet'>[],
): ScoredPairs {
  const dates = documents.map((d) => d.publishedAt);
  const { pairs: raw, calibration: shipped } = asShipped(prints, model);
  const { cap } = shipped;
  const own = selfCases(prints, shipped, dates);
  const recalibration = own === null ? null : recalibrate(own.cases);
  const pairCalibration = recalibration === null ? shipped : refitted(shipped, recalibration);
  const outlets = documents.map((d) => d.outlet);
  const pairs = {
    ...(recalibration === null ? raw : rescored(raw, recalibration, cap)),
    ...acrossOutlets(prints, outlets, pairCalibration),
  };
  const threshold = linkThreshold(pairs, pairCalibration);
  const tested = own === null ? null : selfTest(own, threshold, recalibration, cap);
  return { pairs, pairCalibration, threshold, selfTest: tested };
}

/** Scores every pair of bylines by the shipped calibration, without the adjustment to the dump. */
export function asShipped(
  prints: Fingerprints,
  model: Model,
): { readonly pairs: Pairs; readonly calibration: Calibrated } {
  const calibration = prints.bylines < ENOUGH_BYLINES ? model.pairsFew : model.pairs;
  return { pairs: compare(prints, calibration), calibration };
}

/** Scores of all pairs without what outlets have in common; nothing where outlets are not known well enough. */
function acrossOutlets(
  measured: Fingerprints,
  outlets: readonly (string | null)[],
  calibration: Calibrated,
): Pick<Pairs, 'acrossOutlets'> {
  const { prints, outlets: known } = withoutOutlets(measured, outlets);
  return known === 0 ? {} : { acrossOutlets: compare(prints, calibration).score };
}
