import { number } from '../text/figures.js';
import { jsonText, sixDigits } from '../text/json.js';
import type { Run } from '../pipeline.js';
import type { InputFile, Notice, Pairs, RemovalReason, Report, ReportedTest, SelfTest } from '../types.js';
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
    groups: [
      // A team is one group: that its bylines look like one hand as well is what its sharing hands explains.
      ...run.groups
        .filter((g) => !run.teams.some((t) => g.bylines.every((b) => t.bylines.includes(b))))
        .map((g) => ({
          bylines: g.bylines.map((b) => cleaned.bylines[b]!.name),
          kind: g.shared.length > 0 ? ('shared-hands' as const) : ('same-hand' as const),
          cohesion: g.cohesion,
          ...(g.shared.length > 0 ? { shared: g.shared.map((b) => cleaned.bylines[b]!.name) } : {}),
        })),
      ...run.teams.map((t) => ({
        bylines: t.bylines.map((b) => cleaned.bylines[b]!.name),
        kind: 'shared-hands' as const,
        cohesion: Math.min(run.pairCalibration.cap, t.cohesion),
        hands: t.hands.map((members) => ({
          members: members.map(({ byline, hand }) => ({
            byline: cleaned.bylines[byline]!.name,
            hand,
            articles: run.diarisations[byline]!.hands.filter((h) => h === hand).length,
          })),
        })),
      })),
    ],
    findings: judged.findings,
    selfTest: selfTest === null ? null : testReport(selfTest, judged.asked.bylines),
    clustering: clusteringOf(run),
    notices: [...run.corpus.notices, ...cleaned.notices, ...searchNotices(run.pairs)],
  };
}

function testReport(test: SelfTest, tested: number): ReportedTest {
  const { recalibration: r } = test;
  return {
    sameHandPairs: test.sameHandPairs,
    differentHandsPairs: test.differentHandsPairs,
    recallAt1Percent: test.recallAt1Percent,
    'recallAt0.1Percent': test.recallAt01Percent,
    cllr: test.cllr,
    found: test.found,
    falseLinks: test.falseLinks,
    hands: { tested },
    tippett: test.tippett,
    byDate: test.byDate,
    recalibration:
      r === null
        ? null
        : {
            scale: r.scale,
            offset: r.offset,
            sameHandPairs: r.sameHandPairs,
            pseudoPairs: r.pseudoPairs,
            cllrBefore: test.cllrBefore,
            cllrAfter: test.cllr,
          },
    reliability: test.reliability.map(({ stated, observed, trueCases, falseCases }) => ({
      stated,
      observed,
      trueCases,
      falseCases,
    })),
    amounts: test.amounts,
  };
}

/** The report as its JSON text says it, so that every other format is the same from a run and from a saved report. */
export function rounded(report: Report): Report {
  return JSON.parse(reportJson(report)) as Report;
}

/** JSON text of a report: six significant digits, one line end at the end, no character that steers a terminal. */
export function reportJson(report: Report): string {
  return `${jsonText(report, 2)}\n`;
}

/** Where an index found the pairs: how many of those an exact search finds it found. */
export function searchNotices({ recall }: Pick<Pairs, 'recall'>): readonly Notice[] {
  if (recall === undefined) return [];
  const [found, exact] = [recall.found, recall.exact].map((n) => number(n, 0));
  const message = `so many bylines that an index found the pairs: of ${exact} strong pairs of bylines drawn by lot, it found ${found}; a pair it missed is in no list`;
  return [{ level: 'info', code: 'index-search', message, source: null, line: null }];
}
