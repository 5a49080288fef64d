import { visible } from '../text/visible.js';
import type { Finding, Report, Strength } from '../types.js';

/** Headline of a finding. It names what the articles look like, never what a person is. */
export function headline(finding: Finding): string {
  const names = finding.bylines.map((b) => visible(b, 80));
  const list = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
  if (finding.kind === 'group-run' && names.length > 1)
    return `The articles under ${list} look like the work of one team, run under several names`;
  if (finding.kind === 'group-run') return `The articles under ${list} look like the work of several hands`;
  return `${list} write like one hand`;
}

export function strengthWord(strength: Strength): string {
  return strength === 'very-strong' ? 'Very strong' : strength.charAt(0).toUpperCase() + strength.slice(1);
}

export function selfTestSentence(report: Report): string {
  const test = report.selfTest;
  if (test === null) return 'The dump has too few bylines of four articles or more to test the tool on itself.';
  return `On this dump, a byline split in two would have been found in ${test.found} of ${test.sameHandPairs} cases at the strength reported here, with ${test.falseLinks} links between different bylines.`;
}
