import type { Cleaned } from '../types/types.js';
import { creditsOf, type Credits } from './credits.js';
import { habitTables, type HabitTable } from './habit-table.js';
import type { PairInput } from './input.js';
import { timesOf, type Times } from './times.js';
import { chanceAmong, languagesOf, linkThreshold, type Languages, type PairBounds } from './verdicts.js';

/** What is read of a dump's bylines before its pairs are judged. */
export interface BylinesRead {
  readonly languages: Languages;
  readonly times: Times;
}

export function bylinesRead(cleaned: Cleaned): BylinesRead {
  return { languages: languagesOf(cleaned), times: timesOf(cleaned) };
}

/** What is read of a dump once, for all its pairs. */
export interface DumpRead extends BylinesRead, PairBounds {
  readonly tables: readonly HabitTable[];
  /** Articles that two bylines share as copies, by `namesOfPair`. */
  readonly copies: ReadonlyMap<string, number>;
  readonly credits: Credits;
  /** True where house styles were taken out, or there is one only. */
  readonly outletsKnown: boolean;
}

/** @param bylines where they were read before */
export function dumpRead(input: PairInput, bylines: BylinesRead = bylinesRead(input.cleaned)): DumpRead {
  const { prints, cleaned, pairs, pairCalibration } = input;
  const outlets = new Set(cleaned.documents.map((d) => d.outlet));
  return {
    ...bylines,
    tables: habitTables(prints),
    copies: copiesBetween(cleaned),
    credits: creditsOf(cleaned),
    outletsKnown: pairs.acrossOutlets !== null || (outlets.size === 1 && !outlets.has(null)),
    chance: chanceAmong(pairs, pairCalibration),
    threshold: linkThreshold(pairs, pairCalibration),
  };
}

function copiesBetween(cleaned: Cleaned): Map<string, number> {
  const out = new Map<string, number>();
  for (const c of cleaned.copies) {
    if (c.keptByline === c.droppedByline) continue;
    const key = namesOfPair(c.keptByline, c.droppedByline);
    out.set(key, (out.get(key) ?? 0) + 1);
  }
  return out;
}

/** The same key for two names in either order. */
export function namesOfPair(a: string, b: string): string {
  return [a, b].sort().join('\n');
}
