import { jsonText } from '../../text/json.js';
import type { CheckReporter } from './reporter.js';

/** JSON Lines: one object a line, each with its `type`: check (the first), submission, finding, skipped, notice. */
export const jsonl: CheckReporter = ({ submissions, findings, skipped, notices, ...check }) =>
  [
    { type: 'check', ...check },
    ...submissions.map((s) => ({ type: 'submission', ...s })),
    ...findings.map((f) => ({ type: 'finding', ...f })),
    ...skipped.map((s) => ({ type: 'skipped', ...s })),
    ...notices.map((x) => ({ type: 'notice', ...x })),
  ]
    .map((line) => `${jsonText(line)}\n`)
    .join('');
