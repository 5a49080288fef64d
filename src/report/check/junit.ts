import type { CheckFinding, CheckReport, CheckSubmission } from '../../types/types.js';
import { visible } from '../../text/visible.js';
import { xml } from '../../text/xml.js';
import { bySubmission, isAccepted, levelOf, placeOf, unreadIn, type CheckReporter } from './reporter.js';
import { acceptedSentence, gateSentence, RULES } from './words.js';
import { strengthSentence } from '../sentences.js';

const MAX_LINE = 2000;

/**
 * JUnit XML as Jenkins and GitLab read it: a submission is a test case of its byline. Findings that count are failures;
 * an abstention, or a file passed over, is a skipped test, and what could not be read an error; weaker and accepted findings
 * stand in system-out.
 */
export const junit: CheckReporter = (report) => {
  const findings = bySubmission(report.findings);
  const cases = report.submissions.map((s) => testcase(s, findings.get(s.id) ?? [], report));
  const skipped = report.skipped.map(
    (s) =>
      `    <testcase name="${text(s.path)}" classname="skipped">\n      <skipped>${text(s.reason)}</skipped>\n    </testcase>\n`,
  );
  const unread = unreadIn(report).map(
    (x) =>
      `    <testcase name="${text(x.source ?? x.code)}" classname="unread">\n      <error type="${text(x.code)}" message="${text(x.message)}"/>\n    </testcase>\n`,
  );
  const every = [...cases, ...skipped, ...unread];
  const count = (part: string): number => every.filter((c) => c.includes(part)).length;
  const totals = `tests="${every.length}" failures="${count('<failure ')}" errors="${unread.length}"`;
  const notices = report.notices.map((x) => `${x.level}: ${x.message}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="manyhands" ${totals}>
  <testsuite name="manyhands check" ${totals} skipped="${count('<skipped>')}">
${every.join('')}    <system-out>${text(gateSentence(report))}</system-out>
${notices.length === 0 ? '' : `    <system-err>${text(...notices)}</system-err>\n`}  </testsuite>
</testsuites>
`;
};

function testcase(s: CheckSubmission, findings: readonly CheckFinding[], report: CheckReport): string {
  const counts = findings.filter((f) => !isAccepted(f) && levelOf(f, report) === 'error');
  const others = findings.filter((f) => !counts.includes(f));
  const out = [`${placeOf(s)}: ${s.verdict}. ${s.why}`, ...others.flatMap(described)];
  return [
    `    <testcase name="${text(s.title === null ? s.id : `${s.id}: ${s.title}`)}" classname="${text(s.byline === '' ? 'no byline' : s.byline)}">\n`,
    s.verdict === 'abstain' && counts.length === 0 ? `      <skipped>${text(s.why)}</skipped>\n` : '',
    ...counts.map(
      (f) => `      <failure type="${f.rule}" message="${text(f.message)}">${text(...described(f))}</failure>\n`,
    ),
    `      <system-out>${text(...out)}</system-out>\n    </testcase>\n`,
  ].join('');
}

function described(f: CheckFinding): readonly string[] {
  return [
    `${RULES[f.rule].title}: ${f.message}`,
    `${f.location.path}:${f.location.startLine}`,
    strengthSentence(f),
    ...(isAccepted(f) ? [acceptedSentence(f.accepted!)] : []),
    ...f.evidence.map((e) => `+ ${e.text}`),
    ...f.against.map((e) => `- against: ${e.text}`),
    ...f.related
      .slice(0, 20)
      .map((r) => `  ${r.byline}: ${r.article} (${r.path}${r.line === null ? '' : `:${r.line}`})`),
    ...(f.notMeasured.length === 0 ? [] : [`not measured: ${f.notMeasured.join('; ')}`]),
  ];
}

/** Lines of ours, escaped one by one: a line end of the input begins no line. */
function text(...lines: readonly string[]): string {
  return xml(lines.map((line) => visible(line, MAX_LINE)).join('\n'));
}
