import { fingerprint } from '../fingerprint/fingerprint.js';
import { enoughText } from '../judge/verdicts.js';
import { areaUnderRoc, cllr, cllrMin, equalErrorRate, type Scored } from '../math/metrics.js';
import { quantile, ascending } from '../math/statistics.js';
import { hashString, seededRandom } from '../math/random.js';
import { cAt1, f05u } from '../math/verification.js';
import type { Model } from '../model/model.js';
import { asShipped } from '../pipeline/scoring.js';
import type { Fingerprints } from '../types/types.js';
import type { Measured } from './evaluate-measures.js';
import type { ProblemCorpus } from './evaluate-read.js';

/** How well verification problems were answered. */
export interface ProblemMeasures {
  readonly problems: number;
  readonly sameHand: number;
  readonly unanswered: number;
  readonly auc: Measured;
  readonly cAt1: Measured;
  /** Accuracy if every problem were answered, "one hand" from log10 LR 0 up. */
  readonly allAnswered: number;
  readonly f05u: number;
  readonly equalErrorRate: number;
  readonly cllr: number;
  readonly cllrMin: number;
}

interface ProblemCase extends Scored {
  /** log10LR as printed. */
  readonly printed: number;
  /** Null where the tool does not answer. */
  readonly answer: boolean | null;
}

type Problem = ProblemCorpus['problems'][number];

/**
 * Answers every problem as a scan would a pair of bylines. The texts of the other problems stand by as the dump's
 * strangers, without labels; PAN's own rules asked for each problem on its own, which is why figures of the two compare
 * only roughly. The axes are fitted once on every different text; for each problem its own texts, and near copies of
 * them, become its two bylines, and no text is on both sides or counted twice. Nothing is adjusted to the dump: sides of one
 * to five texts leave too little to split.
 *
 * An answer is "one hand" from log10 LR 0 up; too little text, or a text that is nearly the same on both sides, is no
 * answer.
 */
export function measureProblems(corpus: ProblemCorpus, model: Model, say: (what: string) => void): ProblemMeasures {
  const prints = fingerprint(corpus.cleaned, model.background);
  const rows = rowsOf(corpus);
  const cases = corpus.problems.map((problem, i): ProblemCase => {
    if (i % 10 === 0) say(`${corpus.name}: problem ${i + 1} of ${corpus.problems.length}`);
    return (
      answered(prints, rows, corpus.problems, i, model) ?? { score: 0, printed: 0, truth: problem.same, answer: null }
    );
  });
  const seed = hashString(corpus.name);
  return {
    problems: cases.length,
    sameHand: cases.filter((c) => c.truth).length,
    unanswered: cases.filter((c) => c.answer === null).length,
    auc: resampled(cases, areaUnderRoc, seed),
    cAt1: resampled(cases, cAt1, seed),
    allAnswered: cAt1(cases.map(({ score, truth }) => ({ truth, answer: score >= 0 }))),
    f05u: f05u(cases),
    equalErrorRate: equalErrorRate(cases),
    cllr: cllr(cases.map(({ printed: score, truth }) => ({ score, truth }))),
    cllrMin: cllrMin(cases),
  };
}

/** Rows of the fingerprints by text id: the text itself first, then near copies of it. */
function rowsOf({ cleaned }: ProblemCorpus): ReadonlyMap<string, readonly number[]> {
  const rowOf = new Map(cleaned.documents.map((d, r) => [d.id, r]));
  const alike = new Map<string, string[]>();
  for (const { kept, dropped } of cleaned.copies) alike.set(kept, [...(alike.get(kept) ?? [kept]), dropped]);
  const group = new Map([...alike.values()].flatMap((ids) => ids.map((id) => [id, ids] as const)));
  return new Map(
    cleaned.documents.map((d) => {
      const ids = [d.id, ...(group.get(d.id) ?? []).filter((id) => id !== d.id)];
      return [d.id, ids.map((id) => rowOf.get(id)).filter((r) => r !== undefined)];
    }),
  );
}

/** @returns null where the tool gives no answer */
function answered(
  prints: Fingerprints,
  rows: ReadonlyMap<string, readonly number[]>,
  problems: readonly Problem[],
  asked: number,
  model: Model,
): ProblemCase | null {
  const { known, unknown, same } = problems[asked]!;
  const bylineOf = new Int32Array(prints.documents).fill(-1);
  const give = (ids: readonly string[], byline: number): boolean => {
    const free = ids.flatMap((id) => rows.get(id) ?? []).filter((r) => bylineOf[r] === -1);
    for (const r of free) bylineOf[r] = byline;
    return free.length > 0;
  };
  const shared = known.flatMap((id) => rows.get(id) ?? []).some((r) => rows.get(unknown)?.includes(r) === true);
  if (shared || !give(known, 0) || !give([unknown], 1)) return null;
  let bylines = 2;
  for (const [i, other] of problems.entries())
    if (i !== asked) for (const side of [other.known, [other.unknown]]) if (give(side, bylines)) bylines++;
  const background = prints.bylineOf.subarray(prints.documents);
  const relabelled = Int32Array.from([...bylineOf, ...background.map((b) => b - prints.bylines + bylines)]);
  const { pairs } = asShipped({ ...prints, bylines, bylineOf: relabelled }, model);
  // Pair 0 is that of bylines 0 and 1.
  const answer = enoughText(pairs, 0) ? pairs.score[0]! >= 0 : null;
  return { score: pairs.score[0]!, printed: pairs.log10LR[0]!, truth: same, answer };
}

/** A figure with its 90 % percentile interval, problems resampled. */
function resampled(
  cases: readonly ProblemCase[],
  figure: (cases: readonly ProblemCase[]) => number,
  seed: number,
): Measured {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: 500 }, () =>
    figure(cases.map(() => cases[Math.floor(random() * cases.length)]!)),
  ).filter(Number.isFinite);
  const order = ascending(drawn);
  return { value: figure(cases), low: quantile(order, 0.05), high: quantile(order, 0.95) };
}
