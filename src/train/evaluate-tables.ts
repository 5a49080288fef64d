import { FEWEST_ARTICLES } from '../model/model.js';
import { counted, number } from '../text/figures.js';
import { FEWEST_BYLINES, FLAGGED, type HandsRow, type SkippedHands } from './evaluate-hands.js';
import type { Measured, Measures } from './evaluate-measures.js';
import { FEWEST_HANDS, type AmountRow } from './evaluate-pairs.js';
import type { ArticleEvaluation, CalibrationUsed, Evaluation, ProblemEvaluation } from './evaluate.js';

/** A table for reading: every cell as text. */
export interface TextTable {
  readonly title: string;
  readonly columns: readonly string[];
  /** First columns that say what a row is of; one when left out. */
  readonly keys?: number;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** One part a corpus: what it is, warnings first, then tables. */
export interface EvaluationPart {
  readonly title: string;
  readonly warnings: readonly string[];
  readonly tables: readonly TextTable[];
}

/** The evaluation in words and tables, for terminal and Markdown. */
export function evaluationParts({ corpora, seeds }: Evaluation): EvaluationPart[] {
  return corpora.map((c) => ({
    title: titleOf(c),
    warnings: warningsOf(c.calibration),
    tables: c.kind === 'articles' ? [...articleTables(c, seeds), ...handsTables(c)] : [problemTable(c)],
  }));
}

function titleOf(c: ArticleEvaluation | ProblemEvaluation): string {
  const what =
    c.kind === 'articles'
      ? `${count(c.articles)} articles by ${count(c.hands)} hands (${count(c.setAside)} set aside)`
      : `${count(c.measures.problems)} verification problems, ${count(c.measures.sameHand)} of one hand`;
  const { without } = c.calibration;
  return `${c.corpus}: ${what}; ${without === null ? 'calibration as shipped' : `calibration fitted without ${without}`}`;
}

function warningsOf({ sawAs, without }: CalibrationUsed): string[] {
  if (sawAs === null) return [];
  return [
    `The calibration was fitted on this very corpus (${sawAs})${without === null ? '' : ', which was not the one left out'}: its figures flatter. Use --leave-out ${sawAs}.`,
  ];
}

/** A row of both tables on pairs of bylines. */
interface PairsRow {
  readonly name: string;
  readonly hands: number;
  readonly m: Measures;
}

function articleTables(c: ArticleEvaluation, seeds: number): TextTable[] {
  const rows = c.amounts.flatMap(({ articles, hands, all, sameTopic }): PairsRow[] => [
    { name: amount(articles), hands, m: all },
    { name: `${amount(articles)}, same topic`, hands, m: sameTopic },
  ]);
  return [foundTable(rows, seeds, notMeasuredInFull(c)), believableTable(rows)];
}

function foundTable(rows: readonly PairsRow[], seeds: number, notes: readonly string[]): TextTable {
  return {
    title: 'One hand, two bylines: what is found',
    columns: ['articles', 'hands', 'recall .1 %', 'recall 1 %', 'EER', 'AUC', 'links found', 'false'],
    rows: rows.map(({ name, hands, m }) => [
      name,
      String(hands),
      interval(m['recallAt0.1Percent']),
      interval(m.recallAt1Percent),
      figure(m.equalErrorRate),
      figure(m.auc),
      `${count(m.found)} of ${count(m.sameHandPairs)}`,
      `${count(m.falseLinks)} of ${count(m.differentHandsPairs)}`,
    ]),
    notes: [
      `Pooled over ${counted(seeds, 'simulated dump')} an amount. In brackets 90 % intervals, hands resampled; a dash where there are too few pairs of different hands.`,
      '"Same topic": pairs of different hands only where their subjects are nearest. "mixed": every byline has an amount of its own.',
      'Links are those a scan would report by default, were each true pair the only one in its dump.',
      ...notes,
    ],
  };
}

/** Amounts that too few hands have, and those for which some were drawn. */
function notMeasuredInFull({ skipped, amounts }: ArticleEvaluation): string[] {
  return [
    ...skipped.map(
      (s) =>
        `${amount(s.articles)} articles: ${s.able === 0 ? 'no hand has' : s.able === 1 ? 'only 1 hand has' : `only ${s.able} hands have`} twice as many; ${FEWEST_HANDS} are needed.`,
    ),
    ...amounts
      .filter((r) => r.hands < r.able)
      .map((r) => `${amount(r.articles)} articles: ${r.hands} of ${count(r.able)} hands drawn for each seed.`),
  ];
}

function believableTable(rows: readonly PairsRow[]): TextTable {
  return {
    title: 'One hand, two bylines: how far the number can be believed',
    columns: ['articles', 'Cllr', 'Cllr_min', 'difference', 'if right', 'calibration error', 'not answered'],
    rows: rows.map(({ name, m }) => [name, ...believable(m), percent(m.abstained)]),
    notes: [
      'Cllr in bits: 0 perfect, 1 says nothing, above 1 misleads; Cllr_min the same after the best recalibration.',
      IF_RIGHT,
      'Calibration error: mean distance between stated and observed probability, at even prior odds.',
    ],
  };
}

function handsTables({ severalHands, severalHandsSkipped = [] }: ArticleEvaluation): TextTable[] {
  if (severalHands === undefined) return [];
  const partings = partingsTable(severalHands, severalHandsSkipped.map(notMeasured));
  return severalHands.length === 0 ? [partings] : [partings, handoverTable(severalHands)];
}

/** Columns about personas and honest bylines, behind those that say which they are. */
const PARTINGS = ['personas', 'honest', 'AUC', 'recall 1 %', 'recall 5 %', 'Cllr', 'Cllr_min', 'if right', 'flagged', 'right count', 'BCubed F']; // prettier-ignore

function partingsTable(rows: readonly HandsRow[], skipped: readonly string[]): TextTable {
  return {
    title: 'Several hands, one byline',
    keys: 4,
    columns: ['hands', 'articles', 'shares', 'subjects', ...PARTINGS],
    rows: rows.map((r) => [
      ...kindOf(r),
      count(r.personas),
      count(r.singles),
      figure(r.auc),
      share(r.recallAt1Percent),
      share(r.recallAt5Percent),
      figure(r.cllr),
      figure(r.cllrMin),
      figure(r.lossIfRight),
      share(r.falseFlags),
      share(r.rightCount),
      share(r.bcubedF),
    ]),
    notes: [
      'Personas mixed from several hands beside honest bylines. "same": hands of nearest subjects; "change": honest bylines that change their subject.',
      IF_RIGHT,
      `"flagged": share of honest bylines with a log10 LR of ${FLAGGED} or more. BCubed F of article to hand (Bagga & Baldwin 1998).`,
      ...skipped,
    ],
  };
}

/** Why cells are not in the table. */
function notMeasured({ articles, hands, able }: SkippedHands): string {
  if (able === null) return `${articles} articles: a byline of fewer than ${FEWEST_ARTICLES} is not asked.`;
  const kinds = hands.map((n) => (n === 1 ? 'one hand' : `${n} hands`)).join(', ');
  const few = able === 0 ? 'no hand has' : `the ${counted(able, 'hand')} with`;
  return `${articles} articles, bylines of ${kinds}: not measured; ${few} so many articles${able === 0 ? '' : `, mixed so, make fewer than the ${FEWEST_BYLINES} bylines needed`}.`;
}

/** Which personas a row is about: the first cells of every table on hands. */
function kindOf({ hands, articles, shares, topics }: HandsRow): string[] {
  return [String(hands), String(articles), hands === 1 ? '' : shares, topics];
}

/** How well changes of hand are dated. */
function handoverTable(rows: readonly HandsRow[]): TextTable {
  return {
    title: 'Hands in turn: when they changed',
    keys: 4,
    columns: ['hands', 'articles', 'shares', 'subjects', 'told', 'days off', 'inside', 'false'],
    rows: rows.map((r) => [
      ...kindOf(r),
      share(r.handoversFound),
      Number.isFinite(r.handoverErrorDays) ? r.handoverErrorDays.toFixed(1) : '–',
      share(r.handoversCovered),
      share(r.falseHandovers),
    ]),
    notes: [
      'Articles are dated one a week; with every other seed hands follow each other, with the others they are mixed. "told": share of personas in turn of which a handover is told; "days off": median distance to the nearest; "inside": share of handovers inside the interval told, .95 is promised.',
      '"false": share of bylines of one hand, or of hands mixed in time, of which a handover is told all the same.',
    ],
  };
}

function problemTable({ measures: m }: ProblemEvaluation): TextTable {
  return {
    title: 'Verification problems',
    columns: ['problems', 'AUC', 'c@1', 'all answered', 'F0.5u', 'EER', 'Cllr', 'Cllr_min', 'not answered'],
    rows: [
      [
        count(m.problems),
        interval(m.auc),
        interval(m.cAt1),
        m.allAnswered.toFixed(2),
        figure(m.f05u),
        figure(m.equalErrorRate),
        figure(m.cllr),
        figure(m.cllrMin),
        count(m.unanswered),
      ],
    ],
    notes: [
      'c@1 (Peñas & Rodrigo 2011) and F0.5u (Bevendorff et al. 2019) credit leaving open what cannot be told; "all answered": accuracy if nothing were left open. In brackets 90 % intervals, problems resampled.',
      'The texts of the other problems stand by as strangers, without labels; PAN asked for each problem on its own.',
    ],
  };
}

const IF_RIGHT =
  '"if right": what Cllr less Cllr_min would be on these cases, were every ratio exactly right; few cases alone make it large.';

function believable(m: Measures): string[] {
  return [m.cllr, m.cllrMin, m.cllr - m.cllrMin, m.lossIfRight, m.calibrationError].map(figure);
}

/** How an amount of articles is called. */
function amount(articles: AmountRow['articles']): string {
  return articles === null ? 'mixed' : String(articles);
}

function count(value: number): string {
  return number(value, 0);
}

function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : '–';
}

function figure(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : '–';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function interval({ value, low, high }: Measured): string {
  if (!Number.isFinite(value)) return '–';
  return Number.isFinite(low) ? `${value.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})` : value.toFixed(2);
}
