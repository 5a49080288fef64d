import { clean, type CleanOptions } from './clean/clean.js';
import { cluster } from './cluster/cluster.js';
import { compare } from './compare/compare.js';
import { recalibrate, refitted, rescored } from './compare/recalibrate.js';
import { selfCases, selfTest } from './compare/selftest.js';
import { diarise } from './diarise/diarise.js';
import { UserError } from './errors.js';
import { ENOUGH_BYLINES, fingerprint, withoutOutlets } from './fingerprint/fingerprint.js';
import { ingest, type IngestOptions } from './ingest/ingest.js';
import { judge, maybeLinked, linkThreshold, type Judged, type JudgeInput } from './judge/judge.js';
import type { Calibrated, Model } from './model/model.js';
import type { Corpus, Document, Fingerprints, Notice, Pairs, SourceFile } from './types.js';

export interface ScanOptions extends IngestOptions, CleanOptions {
  /** List every pair of bylines, not only those that stand out. */
  readonly allPairs?: boolean;
}

/** Everything a run found, stage by stage; `report` and the commands choose what to show. */
export interface Run extends JudgeInput {
  readonly corpus: Corpus;
  readonly judged: Judged;
}

export type Stage = 'read' | 'clean' | 'fingerprint' | 'compare' | 'cluster' | 'diarise' | 'judge';

/**
 * The whole line, floor by floor: ingest → clean → fingerprint → compare → cluster, diarise → judge.
 *
 * @param onStage told when a stage begins, with how many articles or bylines it has before it
 * @throws UserError when nothing can be read
 */
export async function run(
  files: AsyncIterable<{ readonly file: SourceFile } | { readonly notice: Notice }>,
  model: Model,
  options: ScanOptions = {},
  onStage: (stage: Stage, items: number) => void = () => undefined,
): Promise<Run> {
  onStage('read', 0);
  const corpus = await ingest(files, options);
  onStage('clean', corpus.articles.length);
  const cleaned = await clean(corpus, options);
  if (cleaned.documents.length === 0)
    throw new UserError(
      `nothing left to compare: of ${corpus.articles.length} article(s), none has exactly one byline and words of its own`,
      'manyhands scan --show-removed lists what was set aside and why.',
    );
  onStage('fingerprint', cleaned.documents.length);
  const prints = fingerprint(cleaned, model.background);
  onStage('compare', cleaned.bylines.length);
  const { pairs, pairCalibration, threshold, selfTest: tested, outlets } = scorePairs(prints, model, cleaned.documents);
  onStage('cluster', cleaned.bylines.length);
  const groups = cluster(pairs, threshold, (p) => maybeLinked(pairs, p));
  onStage('diarise', cleaned.bylines.length);
  const diarisations = diarise(prints, model);
  onStage('judge', cleaned.bylines.length);
  const noted = outlets === 0 ? cleaned : { ...cleaned, notices: [...cleaned.notices, outletsNotice(outlets)] };
  const input: JudgeInput = {
    cleaned: noted,
    prints,
    pairs,
    groups,
    diarisations,
    pairCalibration,
    model,
    selfTest: tested,
  };
  return { ...input, corpus, judged: judge(input, options) };
}

/** What a scan says of pairs: their scores, the calibration behind them, and the score from which a pair is a link. */
export interface ScoredPairs extends Pick<JudgeInput, 'pairs' | 'pairCalibration' | 'selfTest'> {
  readonly threshold: number;
  /** Outlets whose common style was taken out first; 0 where outlets are not known well enough. */
  readonly outlets: number;
}

/**
 * Scores every pair of bylines as a scan does; `evaluate` measures exactly this.
 *
 * @param documents behind the prints: their dates part bylines for the self-test, their outlets' style is taken out
 */
export function scorePairs(
  measured: Fingerprints,
  model: Model,
  documents: readonly Pick<Document, 'publishedAt' | 'outlet'>[],
): ScoredPairs {
  const { prints, outlets } = withoutOutlets(
    measured,
    documents.map((d) => d.outlet),
  );
  const dates = documents.map((d) => d.publishedAt);
  const { pairs: raw, calibration: shipped } = asShipped(prints, model);
  const { cap } = shipped;
  const own = selfCases(prints, shipped, dates);
  const recalibration = own === null ? null : recalibrate(own.cases);
  const pairs = recalibration === null ? raw : rescored(raw, recalibration, cap);
  const pairCalibration = recalibration === null ? shipped : refitted(shipped, recalibration);
  const threshold = linkThreshold(pairs, pairCalibration);
  const tested = own === null ? null : selfTest(own, threshold, recalibration, cap);
  return { pairs, pairCalibration, threshold, selfTest: tested, outlets };
}

/** Scores every pair of bylines by the shipped calibration, without the adjustment to the dump. */
export function asShipped(
  prints: Fingerprints,
  model: Model,
): { readonly pairs: Pairs; readonly calibration: Calibrated } {
  const calibration = prints.bylines < ENOUGH_BYLINES ? model.pairsFew : model.pairs;
  return { pairs: compare(prints, calibration), calibration };
}

function outletsNotice(outlets: number): Notice {
  return {
    level: 'info',
    code: 'outlets',
    message: `before pairs of bylines were scored, what each of ${outlets} outlets puts into all its articles was taken out (house style)`,
    source: null,
    line: null,
  };
}
