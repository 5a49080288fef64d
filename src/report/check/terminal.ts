import type { ChalkInstance } from 'chalk';
import type { CheckFinding, CheckReport, CheckSubmission } from '../../types/types.js';
import { counted } from '../../text/figures.js';
import { wrap } from '../../text/folded.js';
import { ratioText } from '../../text/ratio.js';
import { visible } from '../../text/visible.js';
import { strengthSentence } from '../sentences.js';
import { evidenceLines, some, strengthColour } from '../terminal.js';
import { isAccepted, levelOf, openFindings } from './reporter.js';
import { ACCEPT, gateWord, nextSteps, NOT_ALL_READ } from './words.js';

/** Submissions and warnings that are listed; so many submissions at most are listed even where they fit. */
const [MOST_SUBMISSIONS, WARNINGS, FEW] = [40, 12, 8];
/** Lines of evidence of a finding that are shown, and places that it refers to. */
const SHOWN = { for: 6, against: 4 };
const PLACES = 3;
const VERDICT: Readonly<Record<CheckSubmission['verdict'], string>> = {
  fits: 'fits',
  'does-not-fit': 'does not fit',
  inconclusive: 'inconclusive',
  abstain: 'not answered',
};

/** A check for a terminal of 80 columns: findings and what to make of them, then each submission that does not just fit. */
export function checkTerminal(report: CheckReport, paint: ChalkInstance): string {
  const { submissions, findings, gate, reference } = report;
  const counting = openFindings(report);
  const accepted = findings.length - counting.length;
  const out: string[] = [
    paint.bold(
      `${counted(submissions.length, 'submission')} against ${counted(reference.articles, 'article')} of ${counted(reference.bylines, 'byline')}`,
    ),
    counting.length === 0
      ? `No findings.${accepted > 0 ? ` ${accepted} accepted before.` : ''}`
      : `${counted(counting.length, 'finding')} (evidence, not proof)${accepted > 0 ? `, ${accepted} more accepted before` : ''}`,
  ];
  counting.forEach((finding, i) => out.push('', ...findingLines(finding, i + 1, paint)));
  for (const f of findings.filter(isAccepted)) {
    const { reason, until } = f.accepted!;
    const how = `${visible(reason)}${until === null ? '' : `, until ${until}`}`;
    out.push(
      paint.dim(wrap(`accepted: ${visible(f.location.path)}:${f.location.startLine} ${f.rule} (${how})`, '', '  ')),
    );
  }
  if (counting.length > 0) out.push('', paint.bold('What to make of it'), ...nextLines(report));
  if (submissions.length + report.skipped.length > 0) out.push('', paint.bold('Submissions'));
  out.push(...submissionList(report, paint));
  const warnings = report.notices.filter((x) => x.level !== 'info');
  const told = (notices: CheckReport['notices']): string[] => some(notices, WARNINGS, (x) => wrap(x.message, '  '));
  if (warnings.length > 0) out.push('', paint.bold.yellow('Read with trouble'), ...told(warnings));
  // Where nothing was checked, why not is all there is to say.
  const infos = submissions.length > 0 ? [] : report.notices.filter((x) => x.level === 'info');
  if (infos.length > 0) out.push('', ...told(infos).map((line) => paint.dim(line)));
  const unread = gate.unread === 0 ? '' : `; ${NOT_ALL_READ}`;
  const reached = `${counted(gate.reached, 'finding')} at “${gate.failOn}” or over${gate.maxFindings === 0 ? '' : `; up to ${counted(gate.maxFindings, 'finding')} may pass`}${unread}.`;
  const word = gateWord(gate);
  const colour = { Passed: paint.green, Failed: paint.red.bold, Incomplete: paint.yellow.bold }[word];
  out.push(
    '',
    wrap(`${word}: ${reached}`, '', '  ', (line) => colour(line)),
  );
  return `${out.join('\n')}\n`;
}

function nextLines(report: CheckReport): string[] {
  const open = openFindings(report);
  const accept = open.some((f) => levelOf(f, report) === 'error') ? [wrap(ACCEPT, '  ')] : [];
  return [...nextSteps(open).map((line) => wrap(line, '  ', '    ')), ...accept];
}

/** Of many submissions those that fit are only counted: what wants a reader must not drown in what does not. */
function submissionList({ submissions, skipped }: CheckReport, paint: ChalkInstance): string[] {
  const many = submissions.length > FEW;
  const listed = submissions.filter((s) => !many || s.verdict !== 'fits');
  const fitting = submissions.length - listed.length;
  const passed = ({ path, reason }: CheckReport['skipped'][number]): string =>
    paint.dim(wrap(`passed over: ${visible(path)} (${visible(reason)})`, '  ', '    '));
  return [
    ...some(listed, MOST_SUBMISSIONS, (s) => submissionLines(s, paint).join('\n')),
    ...(fitting === 0
      ? []
      : [wrap(`${counted(fitting, 'submission fits its byline', 'submissions fit their bylines')}.`, '  ')]),
    ...some(skipped, MOST_SUBMISSIONS, passed),
  ];
}

function findingLines(f: CheckFinding, rank: number, paint: ChalkInstance): string[] {
  const colour = strengthColour(f, paint);
  const { path, startLine } = f.location;
  const out = [
    wrap(`${rank}. ${visible(path)}:${startLine} ${f.rule}`, '', '   ', (line) => paint.bold(line)),
    wrap(`${f.message}`, '   '),
    wrap(strengthSentence(f), '   ').replace(/^ +(?:Very )?\w+/, (word) => colour(word)),
  ];
  for (const r of f.related.slice(0, PLACES))
    out.push(
      wrap(
        `see ${visible(r.article, 100)} by ${visible(r.byline, 60)}, ${visible(r.path)}${r.line === null ? '' : `:${r.line}`}`,
        '   > ',
        '     ',
      ),
    );
  if (f.related.length > PLACES) out.push(`   … and ${f.related.length - PLACES} more places, in the JSON report`);
  out.push(...evidenceLines(f, SHOWN, 'in the JSON report'));
  return out;
}

function submissionLines(s: CheckSubmission, paint: ChalkInstance): string[] {
  const by = s.byline === '' ? 'no single byline' : visible(s.byline, 60);
  const lr = s.verdict === 'abstain' ? '' : `, log10 LR ${ratioText(s.log10LR)}`;
  const hand =
    s.hand === null ? '' : ` Nearest to hand ${s.hand.hand + 1} of ${s.hand.of} (${s.hand.confidence.toFixed(2)}).`;
  const out = [wrap(`${visible(s.id, 100)} (${by}): ${VERDICT[s.verdict]}${lr}; ${s.why}.${hand}`, '  ', '    ')];
  if (s.nearest.length > 0 && s.verdict !== 'fits') {
    const near = s.nearest.slice(0, 3).map((x) => `${visible(x.byline, 40)} ${ratioText(x.log10LR)}`);
    out.push(paint.dim(wrap(`nearest, by log10 LR: ${near.join(', ')}`, '    ')));
  }
  return out;
}
