import type { BylineReport, Chance, Evidence, Finding, PairReport } from '../types/types.js';
import { inline } from '../work/work.js';
import { dumpRead, type DumpRead } from './dump.js';
import { judgeHands } from './hands.js';
import type { JudgeInput, PairInput } from './input.js';
import { linkFindings } from './links.js';
import { listedPairs, type ListedPairs } from './listed.js';
import { pairAgainst, pairEvidence, pairIndex, toldBetween } from './pair-evidence.js';
import { teamFindings } from './teams.js';
import { LEAST_FINDING, pairsAsked, pairVerdict, weighed } from './verdicts.js';
import { notMeasured } from './words.js';

export { REPORT_FROM } from './listed.js';

export interface Judged {
  readonly bylines: readonly BylineReport[];
  readonly pairs: readonly PairReport[];
  readonly findings: readonly Finding[];
  /** Pairs and bylines that were asked, abstentions left out. */
  readonly asked: { readonly pairs: number; readonly bylines: number };
  /** What was read of the dump, for whoever asks more about a pair. */
  readonly read: DumpRead;
}

/**
 * Turns numbers into verdicts and findings. What may be said of a pair is decided in `verdicts.ts`, of a byline in `hands.ts`.
 *
 * @param listed pairs, where they were listed before (`listedPairs`)
 */
export function judge(
  input: JudgeInput,
  { allPairs = false }: { readonly allPairs?: boolean } = {},
  listed: ListedPairs = inline(listedPairs(input, allPairs, dumpRead(input))),
): Judged {
  const { reports, linking, read } = listed;
  const { bylines, findings: several } = judgeHands(input);
  const teams = teamFindings(input);
  // What a team explains is told once: not again as several hands behind each byline, and as one hand behind all.
  const told = (f: Finding): boolean => teams.some((t) => f.bylines.every((b) => t.bylines.includes(b)));
  const links = linkFindings(input, linking, read);
  const findings = [...[...links, ...several].filter((f) => !told(f)), ...teams];
  // What is held to one ratio differs in how rare it is by chance.
  findings.sort(
    (x, y) =>
      y.log10LR - x.log10LR || x.expectedByChance - y.expectedByChance || (x.bylines[0]! < y.bylines[0]! ? -1 : 1),
  );
  return {
    bylines,
    pairs: reports,
    findings,
    asked: {
      pairs: pairsAsked(input, read.languages),
      bylines: bylines.filter((b) => b.hands.verdict !== 'abstain').length,
    },
    read,
  };
}

/** A pair with all that is known of it; how strong, and what chance would give, where it would be worth a finding. */
export type ExplainedPair = PairReport &
  Partial<Pick<Finding, 'strength' | keyof Chance>> & {
    readonly against: readonly Evidence[];
    readonly notMeasured: readonly string[];
  };

/**
 * One pair in full, whatever its strength: a < b are byline indices. Of a pair that is not answered no likeness is told,
 * which would read as an answer: only what the texts themselves say.
 */
export function explainPair(input: PairInput, read: DumpRead, a: number, b: number): ExplainedPair {
  const p = pairIndex(input.pairs, input.prints.bylines, a, b);
  const verdict = pairVerdict(input, p, read);
  const told = toldBetween(input.cleaned, read, a, b);
  const evidence =
    verdict.verdict === 'abstain'
      ? { evidence: [...told.credits, ...told.copies], against: [] }
      : { evidence: pairEvidence(input, p, read), against: pairAgainst(input, p, read) };
  return {
    a: input.cleaned.bylines[a]!.name,
    b: input.cleaned.bylines[b]!.name,
    ...verdict,
    ...(verdict.log10LR >= LEAST_FINDING ? weighed(input, p, verdict.log10LR, read.chance) : {}),
    score: input.pairs.score[p]!,
    ...evidence,
    notMeasured: notMeasured.pair,
  };
}
