import { createHash } from 'node:crypto';
import type { Strength } from '../../types/types.js';
import { jsonText } from '../../text/json.js';
import { visible } from '../../text/visible.js';
import { openFindings, unreadIn, type CheckReporter } from './reporter.js';
import { RULES } from './words.js';
import { strengthSentence } from '../sentences.js';

const SEVERITY: Readonly<Record<Strength, string>> = {
  limited: 'info',
  moderate: 'minor',
  strong: 'major',
  'very-strong': 'critical',
};

/**
 * GitLab's code quality report. It knows no accepted findings: they are left out. What could not be read stands first.
 * Fingerprints are unique, as it asks.
 */
export const gitlab: CheckReporter = (report) => {
  const seen = new Map<string, number>();
  const issues = openFindings(report).map((f) => {
    const before = seen.get(f.fingerprint) ?? 0;
    seen.set(f.fingerprint, before + 1);
    return {
      description: `${RULES[f.rule].title}: ${visible(f.message, 2000)} (${strengthSentence(f)})`,
      check_name: f.rule,
      fingerprint: before === 0 ? f.fingerprint : `${f.fingerprint}-${before + 1}`,
      severity: SEVERITY[f.strength],
      location: { path: f.location.path.replace(/^\.\//, ''), lines: linesOf(f.location) },
    };
  });
  const unread = unreadIn(report).map(({ source, line, code, message }) => ({
    description: visible(message, 2000),
    check_name: code,
    fingerprint: createHash('sha256').update(message).digest('hex').slice(0, 32),
    severity: SEVERITY['very-strong'],
    location: { path: source ?? '-', lines: linesOf({ startLine: line ?? 1, endLine: null }) },
  }));
  return `${jsonText([...unread, ...issues], 2)}\n`;
};

function linesOf({ startLine, endLine }: { startLine: number; endLine: number | null }): {
  readonly begin: number;
  readonly end?: number;
} {
  return endLine === null ? { begin: startLine } : { begin: startLine, end: endLine };
}
