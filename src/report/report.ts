import { number } from '../text/figures.js';
import { jsonText, sixDigits } from '../text/json.js';
import type { Run } from '../pipeline/pipeline.js';
import type { GroupReport, InputFile, Notice, Pairs, Report, ReportedTest, SelfTest } from '../types/types.js';
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
  return {
    schema: 'manyhands.report/1',
    tool: { name: 'manyhands', version, model: run.model.id, options, ...(command === undefined ? {} : { command }) },
    ...(inputs === undefined ? {} : { inputs }),
    corpus: {
      articles: run.corpus.articles.length,
      bylines: cleaned.bylines.length,
      words: cleaned.documents.reduce((n, d) => n + d.words, 0),
      removed: removedOf(cleaned),
      merges: run.corpus.merges,
      copies: cleaned.copies.map((c) => ({ ...c, overlap: sixDigits(c.overlap) })),
    },
    asked: judged.asked,
    bylines: describedBylines(run, options['withTexts'] === true),
    pairs: judged.pairs,
    groups: groupsOf(run),
    findings: judged.findings,
    selfTest: selfTest === null ? null : testReport(selfTest, judged.asked.bylines),
    clustering: clusteringOf(run),
    notices: [...run.corpus.notices, ...cleaned.notices, ...searchNotices(run.pairs)],
  };
}

/** Words taken out, by reason, and articles set aside. */
function removedOf({ removedWords, setAside }: Run['cleaned']): Report['corpus']['removed'] {
  const { quotation, ...others } = removedWords;
  const aside = (why: (typeof setAside)[number]['why']): number => setAside.filter((s) => s.why === why).length;
  return {
    quotation,
    boilerplate: Object.values(others).reduce((n, words) => n + words, 0),
    copies: aside('copy'),
    coBylined: aside('co-bylined'),
    withoutByline: aside('no-byline'),
    ...Object.fromEntries(Object.entries(others).map(([reason, words]) => [`${reason}Words`, words])),
  };
}

/** Suspected single hands, then teams: that the bylines of a team look like one hand as well is what its sharing hands explains. */
function groupsOf({ cleaned, groups, teams, diarisations, pairCalibration }: Run): GroupReport[] {
  const named = (bylines: readonly number[]): string[] => bylines.map((b) => cleaned.bylines[b]!.name);
  const explained = groups.filter(({ bylines }) => teams.some((t) => bylines.every((b) => t.bylines.includes(b))));
  return [
    ...groups
      .filter((g) => !explained.includes(g))
      .map(({ bylines, cohesion, shared }): GroupReport => ({
        bylines: named(bylines),
        kind: shared.length > 0 ? 'shared-hands' : 'same-hand',
        cohesion,
        ...(shared.length > 0 ? { shared: named(shared) } : {}),
      })),
    ...teams.map(({ bylines, cohesion, hands }): GroupReport => ({
      bylines: named(bylines),
      kind: 'shared-hands',
      cohesion: Math.min(pairCalibration.cap, cohesion),
      hands: hands.map((members) => ({
        members: members.map(({ byline, hand }) => ({
          byline: cleaned.bylines[byline]!.name,
          hand,
          articles: diarisations[byline]!.hands.filter((h) => h === hand).length,
        })),
      })),
    })),
  ];
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
