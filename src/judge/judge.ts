import type { BylineReport, Evidence, Finding, PairReport, Pairs } from '../types.js';
import { judgeHands } from './hands.js';
import type { JudgeInput } from './input.js';
import { linkFindings } from './links.js';
import { betweenBylines, dumpRead, pairAgainst, pairEvidence, pairIndex } from './pair-evidence.js';
import { teamFindings } from './teams.js';
import {
  CHANCE_ACCEPTED,
  chanceAmong,
  LEAST_FINDING,
  linkThreshold,
  pairsAsked,
  pairVerdict,
  weighed,
} from './verdicts.js';
import { notMeasured } from './words.js';

/** Pairs from here up are listed without being asked for, in a dump of many bylines the strongest of them. */
export const REPORT_FROM = 0.5;

export interface Judged {
  readonly bylines: readonly BylineReport[];
  readonly pairs: readonly PairReport[];
  readonly findings: readonly Finding[];
  /** Pairs and bylines that were asked, abstentions left out. */
  readonly asked: { readonly pairs: number; readonly bylines: number };
}

/** Turns numbers into verdicts and findings. What may be said of a pair is decided in `verdicts.ts`, of a byline in `hands.ts`. */
export function judge(input: JudgeInput, options: { readonly allPairs?: boolean } = {}): Judged {
  const read = dumpRead(input);
  const { tables, languages } = read;
  const chance = chanceAmong(input.pairs, input.pairCalibration);
  const threshold = linkThreshold(input.pairs, input.pairCalibration);
  const between = betweenBylines(input.cleaned);
  const reports: PairReport[] = [];
  const linking = new Map<string, number>();
  const listedFrom = options.allPairs === true ? -Infinity : listingFloor(input.pairs, threshold);
  for (let p = 0; p < input.pairs.a.length; p++) {
    if (input.pairs.score[p]! < listedFrom) continue;
    const verdict = pairVerdict(input, p, threshold, chance, languages);
    const [a, b] = [input.pairs.a[p]!, input.pairs.b[p]!];
    if (verdict.verdict === 'same-hand') linking.set(`${a} ${b}`, p);
    const listed =
      verdict.verdict === 'same-hand' || (verdict.verdict === 'inconclusive' && verdict.log10LR >= REPORT_FROM);
    if (!listed && options.allPairs !== true) continue;
    reports.push({
      a: input.cleaned.bylines[a]!.name,
      b: input.cleaned.bylines[b]!.name,
      ...verdict,
      score: input.pairs.score[p]!,
      evidence: listed ? pairEvidence(input, p, tables, between) : [],
    });
  }
  const { bylines, findings: several } = judgeHands(input, CHANCE_ACCEPTED);
  reports.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
  const teams = teamFindings(input);
  // What a team explains is told once: not again as several hands behind each byline, and as one hand behind all.
  const told = (f: Finding): boolean => teams.some((t) => f.bylines.every((b) => t.bylines.includes(b)));
  const links = linkFindings(input, linking, chance, read, between);
  const findings = [...[...links, ...several].filter((f) => !told(f)), ...teams];
  findings.sort((x, y) => y.log10LR - x.log10LR || (x.bylines[0]! < y.bylines[0]! ? -1 : 1));
  return {
    bylines,
    pairs: reports,
    findings,
    asked: {
      pairs: pairsAsked(input, languages),
      bylines: bylines.filter((b) => b.hands.verdict !== 'abstain').length,
    },
  };
}

/** Most pairs that are listed without being asked for. */
const MOST_LISTED = 10_000;

/** Score from which pairs are listed: all links, and no more of the others than a reader could ever look at. */
function listingFloor({ score }: Pairs, threshold: number): number {
  const above = score.filter((s) => s >= REPORT_FROM);
  if (above.length <= MOST_LISTED) return REPORT_FROM;
  return Math.min(threshold, above.sort()[above.length - MOST_LISTED]!);
}

/** A pair with all that is known of it; how strong, and what chance would give, where it would be worth a finding. */
export type ExplainedPair = PairReport &
  Partial<Pick<Finding, 'strength' | 'expectedByChance' | 'expectedOnBeat'>> & {
    readonly against: readonly Evidence[];
    readonly notMeasured: readonly string[];
  };

/** One pair in full, whatever its strength: a < b are byline indices. */
export function explainPair(input: JudgeInput, a: number, b: number): ExplainedPair {
  const p = pairIndex(input.pairs, input.prints.bylines, a, b);
  const read = dumpRead(input);
  const chance = chanceAmong(input.pairs, input.pairCalibration);
  const threshold = linkThreshold(input.pairs, input.pairCalibration);
  const verdict = pairVerdict(input, p, threshold, chance, read.languages);
  return {
    a: input.cleaned.bylines[a]!.name,
    b: input.cleaned.bylines[b]!.name,
    ...verdict,
    ...(verdict.log10LR >= LEAST_FINDING ? weighed(input, p, verdict.log10LR, chance) : {}),
    score: input.pairs.score[p]!,
    evidence: pairEvidence(input, p, read.tables, betweenBylines(input.cleaned)),
    against: pairAgainst(input, p, read),
    notMeasured: notMeasured.pair,
  };
}
