import type { CheckRule } from '../types/types.js';

/** A finding that someone accepted: it is shown, and does not count. */
export interface BaselineEntry {
  /** CheckFinding.fingerprint: the same when the file moves, another when the text changes. */
  readonly fingerprint: string;
  readonly rule: CheckRule;
  /** Where it stood when it was accepted; for the reader, and to tell which entries a run can speak of. */
  readonly path: string;
  readonly byline: string;
  readonly otherByline: string | null;
  readonly reason: string;
  /** Last day on which it is accepted, YYYY-MM-DD; null for ever. */
  readonly until: string | null;
}

/** What a baseline file holds: accepted findings, sorted by path, rule and fingerprint. */
export interface Baseline {
  readonly schema: 'manyhands.baseline/1';
  readonly accepted: readonly BaselineEntry[];
}
