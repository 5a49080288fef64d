import { capped, log10Odds, type Logistic } from '../math/logistic.js';
import { pairsAmong, sumsBy } from '../math/statistics.js';
import type { Fingerprints, Pairs } from '../types/types.js';
import { mapViews, VIEW_NAMES } from '../types/views.js';
import { norms, normalised } from './normalise.js';
import { likenesses, viewSpaces } from './space.js';

/** How raw pair scores become log10LR: weights over `pairFeatures`, and a cap (src/model). */
export interface PairCalibration extends Logistic {
  readonly cap: number;
}

/** What is known of one pair before calibration. */
export interface PairRow {
  /** Normalised score: what the views add up to. */
  readonly normalised: number;
  /** Amounts of text of both sides, as `amountsByByline` counts it: the smaller, the greater. */
  readonly less: number;
  readonly more: number;
}

/** Words below and beyond which the amount of text changes nothing in what a score is worth: training saw no less and no more. */
const [FEWEST_WORDS, MOST_WORDS] = [200, 15_000];

/**
 * What the fusion reads: the normalised score, the amount of text, how the amount changes what a score is worth, and the score
 * above 0 once more, since being less alike than strangers are says less of two hands than being more alike says of one.
 * The amount is the harmonic one of both sides, 1 / (1/a + 1/b), for the variance of a difference goes with 1/a + 1/b; its
 * root, for a score in deviations grows with that of the amount.
 */
export function pairFeatures({ normalised, less, more }: PairRow): number[] {
  const rarity = (words: number): number => 1000 / Math.max(FEWEST_WORDS, Math.min(MOST_WORDS, words));
  const amount = Math.sqrt(1 / (rarity(less) + rarity(more)));
  return [normalised, amount, normalised * amount, Math.max(0, normalised)];
}

/** What comparing reads of a dump. */
export type Comparable = Pick<Fingerprints, 'bylines' | 'bylineOf' | 'words' | 'views'>;

/** Scores of every pair of bylines before calibration. */
export interface RawPairs extends Pick<Pairs, 'a' | 'b' | 'words' | 'views'> {
  /** One row a pair. */
  readonly row: (pair: number) => PairRow;
}

/**
 * Likeness of every pair of bylines: mean S-normed cosine of their articles in each view's whitened space, the views added,
 * and the sum S-normed against the dump's other bylines. `views` holds what each adds; in a dump of fewer than three
 * bylines, background counted, all are 0.
 */
export function rawPairs(prints: Comparable): RawPairs {
  const n = prints.bylines;
  const count = pairsAmong(n);
  const views = mapViews(VIEW_NAMES, () => new Float32Array(count));
  const [a, b, words] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  const length = wordsByByline(prints);
  const amounts = amountsByByline(prints);
  const spaces = viewSpaces(prints);
  const total = spaces[0]!.constants.length;
  const cohorts = total < 3 ? null : norms(spaces, n);
  const row = new Float32Array(total);
  for (let i = 0, first = 0; i < n; first += n - 1 - i, i++) {
    for (let j = i + 1, p = first; j < n; j++, p++) {
      a[p] = i;
      b[p] = j;
      words[p] = Math.min(length[i]!, length[j]!);
    }
    if (cohorts === null) continue;
    VIEW_NAMES.forEach((view, v) => {
      likenesses(spaces[v]!, i, row);
      for (let j = i + 1, p = first; j < n; j++, p++) views[view][p] = normalised(cohorts, v, i, j, row[j]!);
    });
  }
  return {
    a,
    b,
    words,
    views,
    row: (p) => ({
      normalised: VIEW_NAMES.reduce((sum, v) => sum + views[v][p]!, 0),
      ...sides(amounts[a[p]!]!, amounts[b[p]!]!),
    }),
  };
}

/** Amounts of the two sides of a pair, in their order. */
export function sides(a: number, b: number): Pick<PairRow, 'less' | 'more'> {
  return { less: Math.min(a, b), more: Math.max(a, b) };
}

/**
 * Words of an article that count towards how much text there is: beyond, it measures its own subject and occasion better,
 * and its hand hardly. Articles trained on are mostly shorter.
 */
const MOST_OF_ARTICLE = 1000;

/** How much text of every byline speaks for its hand, in words: as `wordsByByline`, but no article counts for more than 1,000. */
export function amountsByByline(prints: Comparable): Float64Array {
  const counted = prints.words.map((words) => Math.min(MOST_OF_ARTICLE, words));
  return sumsBy(prints.bylineOf, prints.bylines, counted);
}

/** Words of every byline. */
export function wordsByByline(prints: Comparable): Float64Array {
  return sumsBy(prints.bylineOf, prints.bylines, prints.words);
}

/** Scores every pair of bylines: `rawPairs`, calibrated. */
export function compare(prints: Comparable, calibration: PairCalibration): Pairs {
  const { a, b, words, views, row } = rawPairs(prints);
  const score = Float64Array.from(a, (_, p) => log10Odds(calibration, pairFeatures(row(p))));
  const log10LR = score.map((s) => capped(s, calibration.cap));
  return { a, b, words, views, score, log10LR };
}
