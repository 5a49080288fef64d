import { UserError } from '../errors.js';
import { atLeast } from '../types/strength.js';
import { visible } from '../text/visible.js';
import type { CheckFinding, CheckReport, Notice } from '../types/types.js';
import { checkedEntry } from './entry.js';
import type { Baseline, BaselineEntry } from './types.js';
import { expiredSentence, unusedSentence } from './words.js';

export { isDay } from './entry.js';
export type { Baseline, BaselineEntry } from './types.js';

export const EMPTY: Baseline = { schema: 'manyhands.baseline/1', accepted: [] };

const HINT = 'Make one with: manyhands check NEW --against REF --baseline FILE --update-baseline --reason "…"';

/** @throws UserError when the text is no baseline, or an entry has no reason or no day that is one */
export function parseBaseline(text: string, name: string): Baseline {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    const conflict = text.split('\n').findIndex((line) => /^(?:<{7}|>{7}|={7})(?: |$)/.test(line));
    if (conflict >= 0)
      throw new UserError(
        `${name}, line ${conflict + 1}: a conflict of two versions is left in it`,
        'Keep the entries of both sides: each stands for a finding of its own.',
      );
    throw new UserError(`${name}: not JSON`, HINT);
  }
  const { schema, accepted } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  if (schema !== EMPTY.schema || !Array.isArray(accepted))
    throw new UserError(`${name}: not a baseline of schema ${EMPTY.schema}`, HINT);
  return { schema: EMPTY.schema, accepted: accepted.map((entry, i) => checkedEntry(entry, `${name}, entry ${i + 1}`)) };
}

export function baselineText(baseline: Baseline): string {
  const order = (e: BaselineEntry): string => `${e.path}\n${e.rule}\n${e.fingerprint}`;
  const accepted = baseline.accepted.slice().sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  return `${JSON.stringify({ ...baseline, accepted }, null, 2)}\n`;
}

/**
 * Marks the findings that the baseline accepts, and counts again. An entry whose day has passed accepts nothing: its
 * finding counts, and a notice says so.
 *
 * @param today YYYY-MM-DD
 */
export function withBaseline(report: CheckReport, { accepted }: Baseline, today: string): CheckReport {
  const inForce = new Map(accepted.filter((e) => !isExpired(e, today)).map((e) => [e.fingerprint, e]));
  const found = new Set(report.findings.map((f) => f.fingerprint));
  const notices = accepted.flatMap((e): Notice[] => {
    if (found.has(e.fingerprint))
      return inForce.has(e.fingerprint) ? [] : [notice('baseline-expired', expiredSentence(e), e)];
    return wasChecked(e, report) ? [notice('baseline-unused', unusedSentence(e), e)] : [];
  });
  const findings = report.findings.map((f): CheckFinding => {
    const entry = inForce.get(f.fingerprint);
    return entry === undefined ? f : { ...f, accepted: { reason: entry.reason, until: entry.until } };
  });
  const reached = findings.filter((f) => counts(f, report)).length;
  const { maxFindings, unread } = report.gate;
  const gate = { ...report.gate, reached, passed: reached <= maxFindings && unread === 0 };
  return { ...report, gate, findings, notices: [...report.notices, ...notices] };
}

/**
 * Accepts every finding that counts, for one reason. Entries in force stay as they are; expired ones are renewed.
 *
 * @returns the new baseline, and how many entries are new or renewed
 */
export function updatedBaseline(
  baseline: Baseline,
  report: CheckReport,
  { reason, until }: { readonly reason: string; readonly until: string | null },
): { readonly baseline: Baseline; readonly added: number } {
  const added = new Map(
    report.findings
      .filter((f) => counts(f, report))
      .map((f): [string, BaselineEntry] => [
        f.fingerprint,
        {
          fingerprint: f.fingerprint,
          rule: f.rule,
          path: f.location.path,
          byline: f.byline,
          otherByline: f.otherByline,
          reason,
          until,
        },
      ]),
  );
  const kept = baseline.accepted.filter((e) => !added.has(e.fingerprint));
  return { baseline: { ...baseline, accepted: [...kept, ...added.values()] }, added: added.size };
}

/**
 * Takes out entries that stand for nothing any more: their article was checked and no longer has the finding, or its
 * file is gone. Entries about articles that this run did not see stay.
 *
 * @param isGone whether a file is no longer there
 */
export function prunedBaseline(
  baseline: Baseline,
  report: CheckReport,
  isGone: (path: string) => boolean,
): { readonly baseline: Baseline; readonly removed: number } {
  const found = new Set(report.findings.map((f) => f.fingerprint));
  const kept = baseline.accepted.filter(
    (e) => found.has(e.fingerprint) || !(wasChecked(e, report) || (e.path !== '-' && isGone(e.path))),
  );
  return { baseline: { ...baseline, accepted: kept }, removed: baseline.accepted.length - kept.length };
}

function counts(f: CheckFinding, { gate }: CheckReport): boolean {
  return (f.accepted === undefined || f.accepted === null) && atLeast(f.strength, gate.failOn);
}

function isExpired({ until }: BaselineEntry, today: string): boolean {
  return until !== null && today > until;
}

function wasChecked({ path }: BaselineEntry, { submissions }: CheckReport): boolean {
  return path !== '-' && submissions.some((s) => s.source.path === path);
}

function notice(code: string, message: string, { path }: BaselineEntry): Notice {
  return { level: code === 'baseline-expired' ? 'warning' : 'info', code, message, source: visible(path), line: null };
}
