import type { CheckFinding, CheckReport, CheckSubmission } from '../../types/types.js';
import { groupBy } from '../../math/grouped.js';
import { atLeast } from '../../types/strength.js';
import type { Notice } from '../../types/types.js';

/** Every reporter has this shape: a report in, the text of one format out; no files, no clock. */
export type CheckReporter = (report: CheckReport) => string;

/** error: counts towards failing; warning: weaker than that; note: of limited strength. */
export type Level = 'error' | 'warning' | 'note';

export function levelOf({ strength }: CheckFinding, { gate }: CheckReport): Level {
  if (atLeast(strength, gate.failOn)) return 'error';
  return atLeast(strength, 'moderate') ? 'warning' : 'note';
}

export function isAccepted({ accepted }: CheckFinding): boolean {
  return accepted !== undefined && accepted !== null;
}

/** Findings that nobody has accepted. */
export function openFindings({ findings }: CheckReport): readonly CheckFinding[] {
  return findings.filter((f) => !isAccepted(f));
}

/** What could not be read, and so was not checked. */
export function unreadIn({ notices }: CheckReport): readonly Notice[] {
  return notices.filter((x) => x.level === 'error');
}

/** Findings of each submission, by its id. */
export function bySubmission(findings: readonly CheckFinding[]): ReadonlyMap<string, readonly CheckFinding[]> {
  return groupBy(findings, (f) => f.submission);
}

/** Place of a submission as a reader looks it up. */
export function placeOf({ source }: CheckSubmission): string {
  return source.line === null ? source.path : `${source.path}:${source.line}`;
}
