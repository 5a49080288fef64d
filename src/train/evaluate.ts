import { UserError } from '../errors.js';
import { modelWithout, type Model } from '../model/model.js';
import { hintFor } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import { evaluateHands, type HandsRow, type SkippedHands } from './evaluate-hands.js';
import { measureAmounts, type AmountRow, type SkippedAmount } from './evaluate-pairs.js';
import { measureProblems, type ProblemMeasures } from './evaluate-problems.js';
import type { EvaluationCorpus } from './evaluate-read.js';
import type { Labelled } from './simulate.js';

export { readEvaluation, type EvaluationCorpus } from './evaluate-read.js';

export interface EvaluateOptions {
  /** Simulated dumps of each amount, pooled. */
  readonly seeds: number;
  /** Articles a byline. */
  readonly amounts: readonly number[];
  /** Corpora the calibration must not have seen. */
  readonly leaveOut: readonly string[];
  /** Articles a persona of one or several hands; none when left out. */
  readonly handAmounts?: readonly number[];
  /** Told what is being done. */
  readonly say?: (what: string) => void;
}

/** Which calibration a corpus was measured with. */
export interface CalibrationUsed {
  /** Corpus it was fitted without; null for the shipped calibration. */
  readonly without: string | null;
  /** Corpus, by the model's name for it, that holds these very bytes and that the calibration was fitted on; null for none. */
  readonly sawAs: string | null;
}

interface Evaluated {
  readonly corpus: string;
  readonly sha256: string;
  readonly calibration: CalibrationUsed;
}

export interface ArticleEvaluation extends Evaluated {
  readonly kind: 'articles';
  readonly articles: number;
  readonly setAside: number;
  readonly hands: number;
  readonly amounts: readonly AmountRow[];
  readonly skipped: readonly SkippedAmount[];
  /** How well bylines of several hands are told from those of one; where it was asked for. */
  readonly severalHands?: readonly HandsRow[];
  readonly severalHandsSkipped?: readonly SkippedHands[];
}

export interface ProblemEvaluation extends Evaluated {
  readonly kind: 'problems';
  readonly measures: ProblemMeasures;
}

/** What `evaluate` prints: schema manyhands.evaluation/1. */
export interface Evaluation {
  readonly schema: 'manyhands.evaluation/1';
  readonly tool: { readonly name: 'manyhands'; readonly version: string; readonly model: string };
  readonly seeds: number;
  readonly corpora: readonly (ArticleEvaluation | ProblemEvaluation)[];
}

/**
 * Measures the tool on corpora of known hands, exactly as a scan would use it. Same input, same figures.
 *
 * @throws UserError when a corpus to leave out is neither evaluated nor known to the model
 */
export function evaluate(
  corpora: readonly EvaluationCorpus[],
  model: Model,
  version: string,
  options: EvaluateOptions,
): Evaluation {
  const { leaveOut, seeds, amounts, handAmounts, say = () => undefined } = options;
  checkNames(leaveOut, corpora, model);
  return {
    schema: 'manyhands.evaluation/1',
    tool: { name: 'manyhands', version, model: model.id },
    seeds,
    corpora: corpora.map((corpus): ArticleEvaluation | ProblemEvaluation => {
      const { used, calibration } = calibrationFor(corpus, model, leaveOut);
      const about = { corpus: corpus.name, sha256: corpus.sha256, calibration };
      if (corpus.kind === 'problems')
        return { kind: 'problems', ...about, measures: measureProblems(corpus, used, say) };
      const { rows, skipped } = measureAmounts(corpus.labelled, used, { amounts, seeds, say });
      return {
        kind: 'articles',
        ...about,
        articles: [...corpus.labelled.hands.values()].reduce((n, own) => n + own.length, 0),
        setAside: corpus.setAside,
        hands: corpus.labelled.hands.size,
        amounts: rows,
        skipped,
        ...(handAmounts === undefined ? {} : handsRows(corpus.labelled, used, handAmounts, options)),
      };
    }),
  };
}

function handsRows(
  corpus: Labelled,
  used: Model,
  articles: readonly number[],
  { seeds, say = () => undefined }: EvaluateOptions,
): Required<Pick<ArticleEvaluation, 'severalHands' | 'severalHandsSkipped'>> {
  // The calibration is chosen already: nothing is left to leave out.
  const model = { ...used, without: {} };
  const drawn = Array.from({ length: seeds }, (_, s) => 101 + s);
  const onRow = (row: HandsRow): void => say(`${corpus.name}: ${row.articles} articles, ${row.hands} hands`);
  const { rows, skipped } = evaluateHands([corpus], { model, seeds: drawn, articles, onRow });
  return { severalHands: rows, severalHandsSkipped: skipped };
}

/**
 * The calibration fitted without the corpus itself where it is to be left out (by its own name or by the model's name for
 * the same bytes), else without the one corpus named, else the shipped one.
 */
export function calibrationFor(
  { name, sha256 }: Pick<EvaluationCorpus, 'name' | 'sha256'>,
  model: Model,
  leaveOut: readonly string[],
): { readonly used: Model; readonly calibration: CalibrationUsed } {
  const seen = model.trainedOn.find((t) => t.sha256 === sha256)?.name ?? null;
  const own = [seen, name].find((n) => n !== null && leaveOut.includes(n)) ?? null;
  const wanted = own ?? (leaveOut.length === 1 ? leaveOut[0]! : null);
  const without = wanted === null ? null : modelWithout(model, wanted);
  if (without === null) return { used: model, calibration: { without: null, sawAs: seen } };
  return { used: without, calibration: { without: wanted, sawAs: seen === wanted ? null : seen } };
}

function checkNames(leaveOut: readonly string[], corpora: readonly EvaluationCorpus[], model: Model): void {
  const known = [...Object.keys(model.without), ...corpora.map((c) => c.name)];
  for (const name of leaveOut) {
    if (known.includes(name)) continue;
    throw new UserError(
      `--leave-out: no corpus is called "${visible(name)}"`,
      hintFor(name, known, `The model was trained on ${Object.keys(model.without).join(', ')}.`),
    );
  }
}
