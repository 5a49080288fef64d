import type { PairReport, Pairs } from '../types/types.js';
import { pause, type Steps } from '../work/work.js';
import type { DumpRead } from './dump.js';
import type { PairInput } from './input.js';
import { pairEvidence } from './pair-evidence.js';
import { pairVerdict } from './verdicts.js';

/** Pairs from here up are listed without being asked for, in a dump of many bylines the strongest of them. */
export const REPORT_FROM = 0.5;

/** The pairs that a report lists, strongest first. */
export interface ListedPairs {
  readonly reports: readonly PairReport[];
  /** Pairs said to be one hand: places among all pairs, ascending. */
  readonly linking: readonly number[];
  /** What was read of the dump for them. */
  readonly read: DumpRead;
}

/** Pairs judged without a pause. */
const AT_ONCE = 256;

/** Judges the pairs that are to be listed; it can be done while hands are told apart. */
export function* listedPairs(input: PairInput, allPairs: boolean, read: DumpRead): Steps<ListedPairs> {
  const reports: PairReport[] = [];
  const linking: number[] = [];
  const listedFrom = allPairs ? -Infinity : listingFloor(input.pairs, read.threshold);
  for (let p = 0; p < input.pairs.a.length; p++) {
    if (input.pairs.score[p]! < listedFrom) continue;
    const verdict = pairVerdict(input, p, read);
    const [a, b] = [input.pairs.a[p]!, input.pairs.b[p]!];
    if (verdict.verdict === 'same-hand') linking.push(p);
    const listed =
      verdict.verdict === 'same-hand' || (verdict.verdict === 'inconclusive' && verdict.log10LR >= REPORT_FROM);
    if (!listed && !allPairs) continue;
    if (reports.length % AT_ONCE === 0) yield* pause();
    reports.push({
      a: input.cleaned.bylines[a]!.name,
      b: input.cleaned.bylines[b]!.name,
      ...verdict,
      score: input.pairs.score[p]!,
      evidence: listed ? pairEvidence(input, p, read) : [],
    });
  }
  reports.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1));
  return { reports, linking, read };
}

/** Most pairs that are listed without being asked for. */
const MOST_LISTED = 10_000;

/** Score from which pairs are listed: all links, and no more of the others than a reader could ever look at. */
function listingFloor({ score }: Pairs, threshold: number): number {
  const above = score.filter((s) => s >= REPORT_FROM);
  if (above.length <= MOST_LISTED) return REPORT_FROM;
  return Math.min(threshold, above.sort()[above.length - MOST_LISTED]!);
}
