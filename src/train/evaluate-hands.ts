import { diarise } from '../diarise/diarise.js';
import { fingerprint } from '../fingerprint/fingerprint.js';
import {
  areaUnderRoc,
  bcubedF,
  calibrationLossIfRight,
  cllr,
  cllrMin,
  recallAt,
  type Scored,
} from '../math/metrics.js';
import { FEWEST_ARTICLES, modelWithout, type Model } from '../model/model.js';
import type { Diarisation } from '../types/types.js';
import { DAY_MS, personas, weekly, type Labelled, type PersonaOptions } from './simulate.js';

/** What `evaluateHands` measures on. */
export interface EvaluateHandsOptions {
  readonly model: Model;
  /** Every cell is drawn once a seed and pooled. */
  readonly seeds?: readonly number[];
  /** Articles a persona; 6, 10, 20 and 40 when left out. */
  readonly articles?: readonly number[];
  /** Told when a row is done. */
  readonly onRow?: (row: HandsRow) => void;
}

/** One cell of the benchmark. NaN: not measured. */
export interface HandsRow {
  readonly corpus: string;
  /** Hands behind each mixed persona; 1: honest bylines alone. */
  readonly hands: number;
  readonly articles: number;
  readonly shares: 'even' | 'minority';
  /** same: hands whose subjects are nearest. change: single hands that change their subject. */
  readonly topics: 'different' | 'same' | 'change';
  /** Personas of several hands, and honest bylines beside them, all seeds together. */
  readonly personas: number;
  readonly singles: number;
  readonly auc: number;
  readonly recallAt1Percent: number;
  readonly recallAt5Percent: number;
  readonly cllr: number;
  readonly cllrMin: number;
  /** What `cllr` less `cllrMin` would be on these cases, were every ratio exactly right. */
  readonly lossIfRight: number;
  /** Share of personas (of honest bylines where hands is 1) whose number of hands is estimated right. */
  readonly rightCount: number;
  /** Mean BCubed F of article → hand over the personas (Bagga & Baldwin 1998). */
  readonly bcubedF: number;
  /** Share of honest bylines with a log10LR of `FLAGGED` or more. */
  readonly falseFlags: number;
  /** Hands in turn, an article a week: share of personas of which handovers were given. */
  readonly handoversFound: number;
  /** Median distance in days between a handover and the nearest that was given, over those personas. */
  readonly handoverErrorDays: number;
  /** Share of handovers inside the interval of one that was given, over those personas; .95 is promised. */
  readonly handoversCovered: number;
  /** Share of bylines with hands mixed in time, or of one hand, of which a handover was given all the same. */
  readonly falseHandovers: number;
}

/** Cells that were not measured. */
export interface SkippedHands {
  readonly articles: number;
  /** Hands behind a persona; 1: honest bylines alone. */
  readonly hands: readonly number[];
  /** Hands of the corpus with so many articles; null where a byline of so few is never asked. */
  readonly able: number | null;
}

/** log10LR from which an honest byline counts as falsely flagged. */
export const FLAGGED = 0.7;

const SEEDS = [101, 102, 103];
export const HAND_AMOUNTS = [6, 10, 20, 40];
/** Fewest bylines of a dump worth measuring. */
export const FEWEST_BYLINES = 8;

type Cell = Pick<HandsRow, 'hands' | 'articles' | 'shares' | 'topics'>;

/**
 * Makes personas of known hands from labelled corpora and measures how well they are told from honest bylines and parted:
 * 1 to 4 hands, even and minority shares, same and different subjects, honest bylines with a change of subject. A corpus
 * that the model was trained on is measured with the calibration fitted without it. Cells for which it has too few hands
 * are not measured, and said.
 */
export function evaluateHands(
  corpora: readonly Labelled[],
  options: EvaluateHandsOptions,
): { readonly rows: readonly HandsRow[]; readonly skipped: readonly SkippedHands[] } {
  const rows: HandsRow[] = [];
  const skipped: SkippedHands[] = [];
  for (const corpus of corpora)
    for (const articles of options.articles ?? HAND_AMOUNTS) {
      const asked = articles < FEWEST_ARTICLES ? [] : cells(articles);
      const missed = new Set<number>();
      for (const cell of asked) {
        const row = measured(corpus, cell, options);
        if (row === null) missed.add(cell.hands);
        else {
          rows.push(row);
          options.onRow?.(row);
        }
      }
      const able = [...corpus.hands.values()].filter((own) => own.length >= articles).length;
      if (asked.length === 0) skipped.push({ articles, hands: [], able: null });
      else if (missed.size > 0) skipped.push({ articles, hands: [...missed], able });
    }
  return { rows, skipped };
}

function cells(articles: number): Cell[] {
  const out: Cell[] = [];
  for (const topics of ['different', 'change'] as const) out.push({ hands: 1, articles, shares: 'even', topics });
  for (const hands of [2, 3, 4])
    for (const shares of ['even', 'minority'] as const)
      for (const topics of ['different', 'same'] as const) out.push({ hands, articles, shares, topics });
  return out;
}

/** A cell on one corpus, all seeds pooled; null where the corpus has too few hands with so many articles. */
function measured(corpus: Labelled, cell: Cell, { model, seeds = SEEDS }: EvaluateHandsOptions): HandsRow | null {
  const calibrations = modelWithout(model, corpus.name) ?? model;
  const cases: Scored[] = [];
  const ranked: Scored[] = [];
  const right: number[] = [];
  const parted: number[] = [];
  const time = new TimeFigures();
  for (const [turn, seed] of seeds.entries()) {
    const simulated = personas(corpus, personaOptions(cell, seed));
    const { cleaned, hands } = simulated;
    if (hands.length < FEWEST_BYLINES) return null;
    // What is told of hands does not depend on their order: seeds take turns, so that both orders are seen.
    const order = turn % 2 === 0 ? 'in-turn' : 'mixed';
    const dates = weekly(simulated, order, seed);
    diarise(fingerprint(cleaned, model.background), calibrations, dates).forEach((d, i) => {
      const truth = new Set(hands[i]).size;
      cases.push({ score: d.log10LR, truth: truth > 1 });
      ranked.push({ score: d.score, truth: truth > 1 });
      time.add(d, hands[i]!, dates, truth > 1 && order === 'in-turn');
      if (truth !== cell.hands) return;
      right.push(Number(d.count === truth));
      parted.push(bcubedF(d.hands, hands[i]!));
    });
  }
  const singles = cases.filter((c) => !c.truth);
  return {
    corpus: corpus.name,
    ...cell,
    ...figuresOf(cases, ranked),
    rightCount: mean(right),
    bcubedF: mean(parted),
    falseFlags: mean(singles.map((c) => Number(c.score >= FLAGGED))),
    ...time.figures(),
  };
}

type HandFigures = Pick<HandsRow, 'personas' | 'singles' | 'auc' | 'recallAt1Percent' | 'recallAt5Percent' | 'cllr' | 'cllrMin' | 'lossIfRight'>; // prettier-ignore

/**
 * How personas are told from honest bylines.
 *
 * @param cases by what is printed, and `ranked` by the score before it is capped
 */
function figuresOf(cases: readonly Scored[], ranked: readonly Scored[]): HandFigures {
  const personas = cases.filter((c) => c.truth).length;
  const singles = cases.length - personas;
  const ofBoth = (figure: () => number): number => (personas > 0 && singles > 0 ? figure() : NaN);
  return {
    personas,
    singles,
    auc: ofBoth(() => areaUnderRoc(ranked)),
    recallAt1Percent: ofBoth(() => recallAt(ranked, 0.01)),
    recallAt5Percent: ofBoth(() => recallAt(ranked, 0.05)),
    cllr: ofBoth(() => cllr(cases)),
    cllrMin: ofBoth(() => cllrMin(cases)),
    lossIfRight: ofBoth(() => calibrationLossIfRight(cases)),
  };
}

/** Gathers how well handovers are dated. */
class TimeFigures {
  private readonly found: number[] = [];
  private readonly errors: number[] = [];
  private readonly covered: number[] = [];
  private readonly wrong: number[] = [];

  add({ articles, inTime }: Diarisation, hands: readonly string[], dates: Float64Array, inTurn: boolean): void {
    const given = inTime?.kind === 'in-turn' ? inTime.handovers : [];
    if (!inTurn) {
      this.wrong.push(Number(given.length > 0));
      return;
    }
    this.found.push(Number(given.length > 0));
    if (given.length === 0) return;
    for (let i = 1; i < hands.length; i++) {
      if (hands[i] === hands[i - 1]) continue;
      const truth = (dates[articles[i - 1]!]! + dates[articles[i]!]!) / 2;
      this.errors.push(Math.min(...given.map((h) => Math.abs(h.at - truth))) / DAY_MS);
      this.covered.push(Number(given.some((h) => h.from <= truth && truth <= h.to)));
    }
  }

  figures(): Pick<HandsRow, 'handoversFound' | 'handoverErrorDays' | 'handoversCovered' | 'falseHandovers'> {
    const sorted = this.errors.slice().sort((a, b) => a - b);
    return {
      handoversFound: mean(this.found),
      handoverErrorDays: sorted[sorted.length >> 1] ?? NaN,
      handoversCovered: mean(this.covered),
      falseHandovers: mean(this.wrong),
    };
  }
}

function personaOptions({ hands, articles, shares, topics }: Cell, seed: number): PersonaOptions {
  return {
    articles,
    hands,
    minority: shares === 'minority' ? 0.2 : null,
    seed,
    sameDesk: topics === 'same',
    ...(hands === 1 ? { teams: 0, topicChange: topics === 'change' } : {}),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? NaN : values.reduce((s, v) => s + v, 0) / values.length;
}
