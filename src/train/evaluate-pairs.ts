import { fingerprint } from '../fingerprint/fingerprint.js';
import { heldWhereNear } from '../judge/near.js';
import { subjectSteps } from '../judge/subjects.js';
import { timesOf } from '../judge/times.js';
import { enoughText, linkThreshold, maybeLinked } from '../judge/verdicts.js';
import { hashString } from '../math/random.js';
import type { Model } from '../model/model.js';
import { scorePairs } from '../pipeline/scoring.js';
import { inline } from '../work/work.js';
import { curvesOf, measure, type Curves, type Measures, type PairCase } from './evaluate-measures.js';
import { splitBylines, splitMixed, type Labelled, type Simulated } from './simulate.js';
import { nearestSubjects } from './subjects.js';

/** Measures of one amount of text. */
export interface AmountRow {
  /** Articles on each side; null where every byline has an amount of its own. */
  readonly articles: number | null;
  /** Hands split, of those that have articles enough. */
  readonly hands: number;
  readonly able: number;
  readonly all: Measures;
  /** The same pairs of one hand, among pairs of different hands with the nearest subjects only. */
  readonly sameTopic: Measures;
  readonly curves: Curves;
}

/** An amount that was not measured. */
export interface SkippedAmount {
  readonly articles: number | null;
  readonly able: number;
}

/** Fewest hands a dump is made of: twelve bylines, which is what the calibration of dumps of ordinary size is for. */
export const FEWEST_HANDS = 6;
/** Most hands split at once: 800 bylines ask 319,600 questions. */
const MOST_HANDS = 400;

export interface AmountOptions {
  readonly amounts: readonly number[];
  readonly seeds: number;
  readonly say: (what: string) => void;
}

/**
 * Splits every hand with enough articles into an earlier and a later byline, at each amount and at mixed amounts, several
 * seeds pooled, and scores all pairs as a scan of that dump would.
 */
export function measureAmounts(
  corpus: Labelled,
  model: Model,
  { amounts, seeds, say }: AmountOptions,
): { readonly rows: AmountRow[]; readonly skipped: SkippedAmount[] } {
  const numberOf = new Map([...corpus.hands.keys()].sort().map((hand, i) => [hand, i]));
  const nearest = nearestSubjects(corpus);
  const rows: AmountRow[] = [];
  const skipped: SkippedAmount[] = [];
  for (const articles of [...amounts, null]) {
    const least = articles ?? Math.min(...amounts);
    const able = [...corpus.hands.values()].filter((own) => own.length >= 2 * least).length;
    if (able < FEWEST_HANDS) {
      skipped.push({ articles, able });
      continue;
    }
    const cases: PairCase[] = [];
    for (let s = 0; s < seeds; s++) {
      say(`${corpus.name}: ${articles ?? 'mixed'} articles a byline, seed ${s + 1} of ${seeds}`);
      // Seeds as in `npm run bench`, so that both print the same figures.
      const dump =
        articles === null
          ? splitMixed(corpus, amounts, 101 + s, MOST_HANDS)
          : splitBylines(corpus, articles, 101 + s, MOST_HANDS);
      // Not push(...): hundreds of hands have more pairs than a call has room for arguments.
      for (const one of casesOf(dump, model, numberOf, nearest)) cases.push(one);
    }
    const seed = hashString(`${corpus.name} ${articles ?? 'mixed'}`);
    rows.push({
      articles,
      able,
      hands: Math.min(able, MOST_HANDS),
      all: measure(cases, seed),
      sameTopic: measure(
        cases.filter((c) => c.truth || c.sameTopic),
        seed,
      ),
      curves: curvesOf(cases),
    });
  }
  return { rows, skipped };
}

function casesOf(
  { cleaned, hands }: Simulated,
  model: Model,
  numberOf: ReadonlyMap<string, number>,
  nearest: ReadonlyMap<string, string>,
): PairCase[] {
  const { pairs, pairCalibration } = scorePairs(fingerprint(cleaned, model.background), model, cleaned.documents);
  const handOf = hands.map((own) => own[0]!);
  // Half the bylines of a real dump are not twins of the other half: what links it would report is asked of a dump in
  // which each true pair stands alone, so chance is estimated on the pairs of different hands.
  const strangers = (_: number, p: number): boolean => handOf[pairs.a[p]!] !== handOf[pairs.b[p]!];
  const threshold = linkThreshold(
    { score: pairs.score.filter(strangers), words: pairs.words.filter(strangers) },
    pairCalibration,
  );
  const held = inline(heldWhereNear(pairs, inline(subjectSteps(cleaned)), timesOf(cleaned), model.beats));
  return Array.from(pairs.a, (a, p): PairCase => {
    const [ha, hb] = [handOf[a]!, handOf[pairs.b[p]!]!];
    const truth = ha === hb;
    return {
      score: pairs.score[p]!,
      printed: pairs.log10LR[p]!,
      truth,
      a: numberOf.get(ha)!,
      b: numberOf.get(hb)!,
      answered: enoughText(pairs, p),
      linked: pairs.score[p]! >= threshold && maybeLinked(held, p),
      sameTopic: !truth && (nearest.get(ha) === hb || nearest.get(hb) === ha),
    };
  });
}
