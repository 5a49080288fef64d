import { clean, type CleanOptions } from './clean/clean.js';
import { cluster } from './cluster/cluster.js';
import { compareSteps, EVERY_PAIR } from './compare/blocked.js';
import { selfTest } from './compare/selftest.js';
import { diariseSteps } from './diarise/diarise.js';
import { UserError } from './errors.js';
import { ENOUGH_BYLINES, fingerprintSteps } from './fingerprint/fingerprint.js';
import { ingest, type IngestOptions } from './ingest/ingest.js';
import {
  FEWEST_WORDS,
  judge,
  maybeLinked,
  linkThreshold,
  REPORT_FROM,
  type Judged,
  type JudgeInput,
} from './judge/judge.js';
import type { Model } from './model/model.js';
import type { Corpus, Notice, SourceFile } from './types.js';
import { inlineAsync, type Drive } from './work/work.js';

export interface ScanOptions extends IngestOptions, CleanOptions {
  /** List every pair of bylines, not only those that stand out. */
  readonly allPairs?: boolean;
  /** Bylines, by name, of which every pair is kept even where there are too many bylines to keep all. */
  readonly about?: readonly string[];
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
  if (options.allPairs === true && cleaned.bylines.length > EVERY_PAIR)
    throw new UserError(
      `--all-pairs lists every pair of up to ${EVERY_PAIR} bylines; this dump has ${cleaned.bylines.length}`,
      'Leave it out: pairs that stand out are listed all the same. For one byline: manyhands explain BYLINE --in PATH.',
    );
  onStage('fingerprint', cleaned.documents.length);
  const prints = await drive(fingerprintSteps(cleaned, model.background));
  onStage('compare', cleaned.bylines.length);
  const pairCalibration = cleaned.bylines.length < ENOUGH_BYLINES ? model.pairsFew : model.pairs;
  const names = new Set(options.about?.map((name) => name.toLowerCase()));
  const pairs = await drive(
    compareSteps(prints, pairCalibration, {
      floor: REPORT_FROM,
      leastWords: FEWEST_WORDS,
      about: cleaned.bylines.flatMap(({ name }, b) => (names.has(name.toLowerCase()) ? [b] : [])),
    }),
  );
  const threshold = linkThreshold(pairs, pairCalibration);
  const tested = selfTest(prints, pairCalibration, threshold);
  onStage('cluster', cleaned.bylines.length);
  const groups = cluster(pairs, threshold, (p) => maybeLinked(pairs, p));
  onStage('diarise', cleaned.bylines.length);
  const diarisations = await drive(diariseSteps(prints, model));
  onStage('judge', cleaned.bylines.length);
  const input: JudgeInput = { cleaned, prints, pairs, groups, diarisations, pairCalibration, model, selfTest: tested };
  return { ...input, corpus, judged: judge(input, options) };
}
