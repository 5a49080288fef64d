import type { Run } from '../pipeline.js';
import type { InputFile, RemovalReason, Report } from '../types.js';
import { clusteringOf } from './clustering.js';
import { describedBylines } from './described.js';

/** What is printed beside the findings: who made the report, and with which options. */
export interface ReportOptions {
  readonly version: string;
  /** Options that change the result; no path, clock or host name. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The command that makes the report again, and the files it read; no absolute path. */
  readonly command?: readonly string[];
  readonly inputs?: readonly InputFile[];
}

/** Builds the report of schema manyhands.report/1 from a run. Same run, same report. */
export function report(run: Run, { version, options, command, inputs }: ReportOptions): Report {
  const { cleaned, judged, selfTest } = run;
  const removed = cleaned.removedWords;
  const boilerplate = (Object.keys(removed) as RemovalReason[])
    .filter((r) => r !== 'quotation')
    .reduce((n, r) => n + removed[r], 0);
  return {
    schema: 'manyhands.report/1',
    tool: { name: 'manyhands', version, model: run.model.id, options, ...(command === undefined ? {} : { command }) },
    ...(inputs === undefined ? {} : { inputs }),
    corpus: {
      articles: run.corpus.articles.length,
      bylines: cleaned.bylines.length,
      words: cleaned.documents.reduce((n, d) => n + d.words, 0),
      removed: {
        quotation: removed.quotation,
        boilerplate,
        copies: cleaned.setAside.filter((s) => s.why === 'copy').length,
        coBylined: cleaned.setAside.filter((s) => s.why === 'co-bylined').length,
        withoutByline: cleaned.setAside.filter((s) => s.why === 'no-byline').length,
        ...Object.fromEntries(
          Object.entries(removed)
            .filter(([r]) => r !== 'quotation')
            .map(([r, n]) => [`${r}Words`, n]),
        ),
      },
      merges: run.corpus.merges,
      copies: cleaned.copies.map((c) => ({ ...c, overlap: sixDigits(c.overlap) })),
    },
    asked: judged.asked,
    bylines: describedBylines(run, options['withTexts'] === true),
    pairs: judged.pairs,
    groups: run.groups.map((g) => ({
      bylines: g.bylines.map((b) => cleaned.bylines[b]!.name),
      kind: 'same-hand' as const,
      cohesion: g.cohesion,
    })),
    findings: judged.findings,
    selfTest:
      selfTest === null
        ? null
        : {
            sameHandPairs: selfTest.sameHandPairs,
            recallAt1Percent: selfTest.recallAt1Percent,
            'recallAt0.1Percent': selfTest.recallAt01Percent,
            cllr: selfTest.cllr,
            found: selfTest.found,
            falseLinks: selfTest.falseLinks,
            hands: { tested: judged.asked.bylines },
            tippett: selfTest.tippett,
          },
    clustering: clusteringOf(run),
    notices: [...run.corpus.notices, ...cleaned.notices],
  };
}

/** The report as its JSON text says it, so that every other format is the same from a run and from a saved report. */
export function rounded(report: Report): Report {
  return JSON.parse(reportJson(report)) as Report;
}

/** JSON text of a report: six significant digits, one line end at the end, no character that steers a terminal. */
export function reportJson(report: Report): string {
  return jsonText(report);
}

/** The same for any result. */
export function jsonText(result: object): string {
  const text = JSON.stringify(result, (_, v: unknown) => (typeof v === 'number' ? sixDigits(v) : v), 2);
  const steering = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  return `${text.replace(steering, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

function sixDigits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : 0;
}
