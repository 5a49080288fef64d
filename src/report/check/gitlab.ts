import type { Strength } from '../../types/types.js';
import { jsonText } from '../../text/json.js';
import { visible } from '../../text/visible.js';
import { openFindings, type CheckReporter } from './reporter.js';
import { RULES } from './words.js';
import { strengthSentence } from '../sentences.js';

const SEVERITY: Readonly<Record<Strength, string>> = {
  limited: 'info',
  moderate: 'minor',
  strong: 'major',
  'very-strong': 'critical',
};

/** GitLab's code quality report. It knows no accepted findings: they are left out. Fingerprints are unique, as it asks. */
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
  return `${jsonText(issues, 2)}\n`;
};

function linesOf({ startLine, endLine }: { startLine: number; endLine: number | null }): {
  readonly begin: number;
  readonly end?: number;
} {
  return endLine === null ? { begin: startLine } : { begin: startLine, end: endLine };
}
