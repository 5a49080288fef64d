import type { CheckFinding, CheckSubmission } from '../../types/types.js';
import { visible } from '../../text/visible.js';
import { csvText } from '../csv.js';
import type { Cell } from '../tables.js';
import { bySubmission, isAccepted, levelOf, type CheckReporter } from './reporter.js';

const COLUMNS = [
  ...['path', 'line', 'submission', 'byline', 'title', 'words', 'verdict', 'why', 'byline log10 LR'],
  ...['rule', 'strength', 'log10 LR', 'expected by chance', 'counts', 'other byline', 'message', 'accepted', 'until'],
  'fingerprint',
];

/** A row for every finding, and one for every submission that has none. */
export const csv: CheckReporter = (report) => {
  const findings = bySubmission(report.findings);
  const rows = report.submissions.flatMap((s): Cell[][] => {
    const own = findings.get(s.id) ?? [];
    if (own.length === 0) return [[...submissionCells(s, null), ...COLUMNS.slice(9).map(() => null)]];
    return own.map((f) => [
      ...submissionCells(s, f),
      ...findingCells(f, !isAccepted(f) && levelOf(f, report) === 'error'),
    ]);
  });
  return csvText([COLUMNS, ...rows]);
};

function submissionCells(s: CheckSubmission, f: CheckFinding | null): Cell[] {
  const place =
    f === null ? { path: s.source.path, line: s.source.line } : { ...f.location, line: f.location.startLine };
  return [
    ...[text(place.path), place.line, text(s.id), text(s.byline), s.title === null ? null : text(s.title), s.words],
    ...[s.verdict, text(s.why), s.log10LR],
  ];
}

function findingCells(f: CheckFinding, counts: boolean): Cell[] {
  return [
    ...[f.rule, f.strength, f.log10LR, f.expectedByChance, counts ? 'yes' : 'no'],
    ...[f.otherByline === null ? null : text(f.otherByline), text(f.message)],
    ...[isAccepted(f) ? text(f.accepted!.reason) : null, f.accepted?.until ?? null, f.fingerprint],
  ];
}

function text(value: string): string {
  return visible(value, 2000);
}
