import { ratioText } from '../../text/ratio.js';
import type { CheckFinding, CheckReport } from '../../types/types.js';
import { number } from '../../text/figures.js';
import { markdownText as text } from '../../text/markdown.js';
import { strengthSentence } from '../sentences.js';
import { isAccepted, levelOf, openFindings, placeOf, type CheckReporter } from './reporter.js';
import { acceptedSentence, gateSentence, gateWord, nextSteps, RULES } from './words.js';

/** Markdown, for a comment or a job summary. Nothing of the input can become mark-up, a link or a mention. */
export const markdown: CheckReporter = (report) => `${markdownLines(report).join('\n')}\n`;

/** The same, line by line, so that it can be cut between lines. */
export function markdownLines(report: CheckReport): readonly string[] {
  const open = openFindings(report);
  const counts = open.filter((f) => levelOf(f, report) === 'error');
  const weaker = open.filter((f) => levelOf(f, report) !== 'error');
  return [
    `# manyhands check: ${gateWord(report.gate).toLowerCase()}`,
    '',
    gateSentence(report),
    ...section('Findings (evidence, not proof)', counts.flatMap(finding)),
    ...section('Weaker findings', weaker.flatMap(finding)),
    ...section(
      'What to make of it',
      nextSteps(open).map((line) => `- ${text(line)}`),
    ),
    ...section(
      'Accepted findings',
      report.findings
        .filter(isAccepted)
        .map((f) => `- ${RULES[f.rule].title}: ${text(f.message)} *${text(acceptedSentence(f.accepted!))}*`),
    ),
    ...section('Submissions', submissionRows(report)),
    ...section(
      'Passed over',
      report.skipped.map((s) => `- file ${text(s.path)}: ${text(s.reason)}`),
    ),
    ...section(
      'Notices',
      report.notices.map((x) => `- ${x.level}: ${text(x.message)}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function finding(f: CheckFinding): readonly string[] {
  const under = f.byline === '' ? '' : `, under ${text(f.byline)}`;
  return [
    `### ${RULES[f.rule].title}${under}`,
    '',
    `At ${text(f.location.path)}\\:${f.location.startLine}: ${text(f.message)}`,
    '',
    `${strengthSentence(f)}.`,
    '',
    ...f.evidence.map((e) => `- for: ${text(e.text)}`),
    ...f.against.map((e) => `- *against:* ${text(e.text)}`),
    ...f.related
      .slice(0, 20)
      .map(
        (r) =>
          `- see: ${text(r.article)}, under ${text(r.byline)} (${text(r.path)}${r.line === null ? '' : `\\:${r.line}`})`,
      ),
    '',
  ];
}

function submissionRows({ submissions }: CheckReport): readonly string[] {
  if (submissions.length === 0) return [];
  return [
    '| submission | byline | words | verdict | log10 LR | why |',
    '|---|---|---:|---|---:|---|',
    ...submissions.map(
      (s) =>
        `| ${text(placeOf(s))} | ${text(s.byline)} | ${number(s.words, 0)} | ${s.verdict} | ${ratioText(s.log10LR)} | ${text(s.why)} |`,
    ),
  ];
}
