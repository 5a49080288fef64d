import type { ChalkInstance } from 'chalk';
import { atLeast } from '../types/strength.js';
import { counted, number } from '../text/figures.js';
import { wrap } from '../text/folded.js';
import { visible } from '../text/visible.js';
import type { BylineMerge, Evidence, Finding, Notice, PairReport, Report } from '../types/types.js';
import {
  amountsSentence,
  askedSentence,
  headline,
  moreSentence,
  noFindings,
  recalibrationSentence,
  selfTestSentence,
  sizes,
  strengthSentence,
  strengthWord,
} from './sentences.js';

/** Lines of evidence of a finding that are shown. */
const SHOWN = { for: 7, against: 5 };
/** What is shown of other lists. */
const [LEADS, WARNINGS, INFOS, MERGES] = [5, 12, 6, 8];

/** The report for a terminal of 80 columns. Everything from the input is printed visibly, never raw. */
export function terminalReport(report: Report, paint: ChalkInstance): string {
  const out: string[] = [];
  const { corpus } = report;
  out.push(paint.bold(sizes(corpus)));
  out.push(
    paint.dim(
      wrap(
        `Taken out first: ${counted(corpus.removed.quotation, 'word')} quoted, ${number(corpus.removed.boilerplate, 0)} of mark-up and boilerplate, ${counted(corpus.removed.copies, 'near copy', 'near copies')}, ${counted(corpus.removed['coBylined'] ?? 0, 'article')} by several bylines.`,
      ),
    ),
  );
  out.push('');
  if (report.findings.length === 0)
    out.push(
      wrap(`No findings. ${noFindings(report)}`, '', '', (l) => l.replace('No findings.', paint.bold('No findings.'))),
    );
  else out.push(paint.bold(counted(report.findings.length, 'finding')) + ' (evidence, not proof)');
  report.findings.forEach((finding, i) => out.push('', ...findingLines(finding, i + 1, paint)));
  const leads = report.pairs
    .filter((p) => p.verdict === 'inconclusive' && p.log10LR >= 1)
    .sort((x, y) => y.log10LR - x.log10LR);
  const lead = (p: PairReport): string => wrap(`${visible(p.a, 60)} and ${visible(p.b, 60)}: ${p.why}.`, '  ');
  if (leads.length > 0) out.push('', paint.bold('Not strong enough to be findings'), ...some(leads, LEADS, lead));
  out.push('', paint.bold('How far to trust this'), ...trustLines(report).map((l) => wrap(l, '  ')));
  const warnings = report.notices.filter((x) => x.level !== 'info');
  const infos = report.notices.filter((x) => x.level === 'info');
  const told = (x: Notice): string => wrap(x.message, '  ');
  if (warnings.length > 0)
    out.push('', paint.bold.yellow('Read with trouble'), ...some(spread(warnings, WARNINGS), WARNINGS, told));
  if (infos.length > 0) out.push('', ...some(spread(infos, INFOS), INFOS, told).map((line) => paint.dim(line)));
  if (corpus.merges.length > 0)
    out.push('', paint.bold('Spellings read as one byline'), ...some(corpus.merges, MERGES, mergeLine));
  return `${out.join('\n')}\n`;
}

/** The first of a list, each as its lines, and how many more there are. */
export function some<T>(items: readonly T[], most: number, line: (item: T) => string): string[] {
  const more = items.length > most ? [`  … and ${number(items.length - most, 0)} more, in the JSON report`] : [];
  return [...items.slice(0, most).map(line), ...more];
}

function mergeLine({ byline, spellings }: BylineMerge): string {
  const said = spellings.map((s) => `“${visible(s.spelling, 60)}” ${s.articles}`).join(', ');
  return wrap(`${visible(byline, 60)}: ${said}`, '  ');
}

export function strengthColour({ strength }: Pick<Finding, 'strength'>, paint: ChalkInstance): ChalkInstance {
  return atLeast(strength, 'strong') ? paint.red.bold : paint.yellow.bold;
}

function findingLines(finding: Finding, rank: number, paint: ChalkInstance): string[] {
  const colour = strengthColour(finding, paint);
  const out = [wrap(`${rank}. ${headline(finding)}`, '', '   ', (line) => paint.bold(line))];
  const word = strengthWord(finding.strength);
  out.push(wrap(strengthSentence(finding), '   ', '   ', (part) => part.replace(`   ${word}`, `   ${colour(word)}`)));
  const pair = finding.kind !== 'group-run' && finding.bylines.length === 2;
  out.push(...evidenceLines(finding, SHOWN, `in ${pair ? 'compare and in ' : ''}the JSON report`));
  out.push(paint.dim(wrap(`not measured: ${finding.notMeasured.join('; ')}`, '   ')));
  return out;
}

/**
 * What speaks for and against a finding, and how much of it is left out.
 *
 * @param where what is left out can be read
 */
export function evidenceLines(
  { evidence, against }: { readonly evidence: readonly Evidence[]; readonly against: readonly Evidence[] },
  shown: { readonly for: number; readonly against: number },
  where: string,
): string[] {
  const left = { for: evidence.length - shown.for, against: against.length - shown.against };
  const more = moreSentence(left, where);
  return [
    ...evidence.slice(0, shown.for).map((e) => wrap(e.text, '   + ', '     ')),
    ...against.slice(0, shown.against).map((e) => wrap(`against: ${e.text}`, '   - ', '     ')),
    ...(more === '' ? [] : [wrap(more, '   ', '     ')]),
  ];
}

function trustLines(report: Report): string[] {
  return [
    askedSentence(report),
    selfTestSentence(report),
    amountsSentence(report),
    recalibrationSentence(report),
  ].filter((s) => s !== '');
}

/** All notices; the first so many of them hold one of every kind before a second of any: many of one mistake hide no other. */
function spread<T extends { readonly code: string }>(all: readonly T[], most: number): readonly T[] {
  const seen = new Map<string, number>();
  const ranked = all.map((notice, i) => {
    const rank = seen.get(notice.code) ?? 0;
    seen.set(notice.code, rank + 1);
    return { notice, rank, i };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.i - b.i);
  const first = ranked.splice(0, most).sort((a, b) => a.i - b.i);
  return [...first, ...ranked].map(({ notice }) => notice);
}
