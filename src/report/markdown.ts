import { number } from '../text/figures.js';
import { markdownText as text } from '../text/markdown.js';
import { ratioText } from '../text/ratio.js';
import type { BylineReport, Report } from '../types/types.js';
import {
  amountsSentence,
  askedSentence,
  headline,
  noFindings,
  recalibrationSentence,
  selfTestSentence,
  sizes,
  strengthSentence,
} from './sentences.js';

/** The report as Markdown. Nothing of the input can become mark-up, a link or a mention. */
export function markdownReport(report: Report): string {
  const { corpus } = report;
  const out = [
    '# Who wrote this, really?',
    '',
    `${sizes(corpus)}. manyhands ${report.tool.version}, model ${report.tool.model}.`,
    '',
    report.findings.length === 0 ? `**No findings.** ${noFindings(report)}` : '## Findings (evidence, not proof)',
  ];
  report.findings.forEach((f, i) => {
    out.push('', `### ${i + 1}. ${text(headline(f))}`, '');
    out.push(`${strengthSentence(f)}.`, '');
    out.push(...f.evidence.map((e) => `- ${text(e.text)}`));
    out.push(...f.against.map((e) => `- *against:* ${text(e.text)}`));
    out.push('', `Not measured: ${f.notMeasured.join('; ')}.`);
  });
  out.push('', '## How far to trust this', '', selfTestSentence(report), '');
  for (const said of [amountsSentence(report), recalibrationSentence(report)]) if (said !== '') out.push(said, '');
  out.push(text(askedSentence(report)), '');
  const { shown, note } = briefly(report);
  out.push('## Bylines', '', ...(note === null ? [] : [note, '']));
  out.push('| byline | articles | words | hands | log10 LR | why |', '|---|---:|---:|---|---:|---|');
  for (const b of shown)
    out.push(
      `| ${text(b.byline)} | ${b.articles} | ${number(b.words, 0)} | ${b.hands.verdict} | ${ratioText(b.hands.log10LR)} | ${text(b.hands.why)} |`,
    );
  if (report.notices.length > 0)
    out.push('', '## Notices', '', ...report.notices.slice(0, MOST).map((x) => `- ${text(x.message)}`));
  if (report.notices.length > MOST)
    out.push(`- and ${number(report.notices.length - MOST, 0)} more in the JSON report`);
  return `${out.join('\n')}\n`;
}

/** Rows of a list in a brief. */
const MOST = 50;

/** The bylines, and of many only those that something is said about. */
function briefly({ bylines, findings }: Report): { shown: readonly BylineReport[]; note: string | null } {
  if (bylines.length <= MOST) return { shown: bylines, note: null };
  const named = new Set(findings.flatMap((f) => f.bylines));
  const shown = bylines.filter((b) => named.has(b.byline) || b.hands.verdict === 'several').slice(0, MOST);
  return { shown, note: `Those named above; \`--format csv --table bylines\` lists all ${number(bylines.length, 0)}.` };
}
