import { ascending, quantile } from '../math/statistics.js';
import { COUNTED_UNIT } from '../text/figures.js';
import type { Fingerprints, Habit } from '../types/types.js';
import { sameMean, sameRate, type Averaged, type Counted, type Population } from './shared-rates.js';

/** Words from which a byline's rates count among the usual ones. */
const ENOUGH_WORDS = 400;

/** One habit of every byline: its mean rate, weighted by words, and what is usual among them. */
export interface HabitTable {
  readonly name: string;
  readonly unit: string;
  /** Per byline; NaN where it could not be measured. */
  readonly rates: Float64Array;
  /** Rates of the bylines with text enough to say what is usual, ascending. */
  readonly known: Float64Array;
  readonly median: number;
  /** Words behind each byline's rate. */
  readonly words: Float64Array;
  /** True where it is a count of occurrences. */
  readonly counted: boolean;
  /**
   * log10 likelihood ratio of one underlying value behind two bylines against two, from this habit alone, what is usual
   * being taken from the other bylines. Habits are not independent of each other: their ratios must not be added up.
   */
  readonly log10LR: (a: number, b: number) => number;
}

/** Mean habits of every byline. */
export function habitTables(prints: Fingerprints): HabitTable[] {
  return prints.habits.map((habit) => tableOf(habit, prints));
}

function tableOf({ name, unit, values }: Habit, prints: Fingerprints): HabitTable {
  const n = prints.bylines;
  const sums = new Float64Array(n);
  const words = new Float64Array(n);
  const articles = new Int32Array(n);
  for (let d = 0; d < prints.documents; d++) {
    if (Number.isNaN(values[d]!)) continue;
    const b = prints.bylineOf[d]!;
    sums[b]! += values[d]! * prints.words[d]!;
    words[b]! += prints.words[d]!;
    articles[b]!++;
  }
  const rates = sums.map((s, b) => s / words[b]!);
  // Rates of a few hundred words are mostly 0 or wild: they do not say what is usual.
  const finite = Array.from(rates.keys()).filter((b) => Number.isFinite(rates[b]!));
  const long = finite.filter((b) => words[b]! >= ENOUGH_WORDS);
  const usual = long.length >= 5 ? long : finite;
  const known = ascending(usual.map((b) => rates[b]!));
  const counted = unit === COUNTED_UNIT;
  const noise = counted
    ? countingNoise(values, prints, rates, words, articles)
    : averagingNoise(values, prints, rates, articles);
  const among = populationOf(usual, rates, noise.variance);
  const ratio = counted ? ofRates(rates, words, noise) : ofMeans(rates, noise);
  return {
    name,
    unit,
    rates,
    words,
    known,
    counted,
    median: known.length === 0 ? NaN : quantile(known, 0.5),
    log10LR: (a, b) => {
      if (!Number.isFinite(rates[a]!) || !Number.isFinite(rates[b]!)) return 0;
      return bounded(ratio(a, b, among(a, b)));
    },
  };
}

type Ratio = (a: number, b: number, population: Averaged) => number;

function ofMeans(rates: Float64Array, { variance }: Noise): Ratio {
  const mean = (x: number): Averaged => ({ mean: rates[x]!, variance: variance(x) });
  return (a, b, population) => sameMean(mean(a), mean(b), population);
}

function ofRates(rates: Float64Array, words: Float64Array, { clumping }: Noise): Ratio {
  const count = (x: number): Counted => ({ count: (rates[x]! * words[x]!) / 1000, words: words[x]! });
  return (a, b, { mean, variance }) =>
    sameRate(count(a), count(b), { mean: mean / 1000, variance: variance / 1e6 }, clumping);
}

/** Chance that a hand has dropped or taken up the habit, or that another form or editor made it look so. */
const CHANGED = 0.05;

/** No single habit excludes one hand: with the chance above it tells nothing, so its log10LR is never below -1.3. */
function bounded(log10LR: number): number {
  return Math.log10((1 - CHANGED) * 10 ** Math.min(100, log10LR) + CHANGED);
}

interface Noise {
  /** Variance of a byline's mean rate that is not its hand's. */
  readonly variance: (byline: number) => number;
  readonly clumping: number;
}

/** Clumping where no byline has two articles to measure it on. */
const USUAL_CLUMPING = 1.5;

/** Occurrences come in clumps: their variance between articles of one byline, over what Poisson would give. */
function countingNoise(
  values: Float32Array,
  prints: Fingerprints,
  rates: Float64Array,
  words: Float64Array,
  articles: Int32Array,
): Noise {
  let [squares, expected] = [0, 0];
  for (let d = 0; d < prints.documents; d++) {
    const b = prints.bylineOf[d]!;
    if (Number.isNaN(values[d]!) || articles[b]! < 2) continue;
    const scale = prints.words[d]! / 1000;
    squares += (((values[d]! - rates[b]!) * scale) ** 2 * articles[b]!) / (articles[b]! - 1);
    expected += rates[b]! * scale;
  }
  const clumping = expected > 0 ? Math.max(1, squares / expected) : USUAL_CLUMPING;
  return { clumping, variance: (b) => (clumping * rates[b]! * 1000) / words[b]! };
}

/** Variance between articles of one byline, pooled, over the number of articles. */
function averagingNoise(values: Float32Array, prints: Fingerprints, rates: Float64Array, articles: Int32Array): Noise {
  let [squares, freedom] = [0, 0];
  for (let d = 0; d < prints.documents; d++) {
    const b = prints.bylineOf[d]!;
    if (Number.isNaN(values[d]!) || articles[b]! < 2) continue;
    squares += (values[d]! - rates[b]!) ** 2;
    freedom += 1 - 1 / articles[b]!;
  }
  const pooled = freedom > 0 ? squares / freedom : NaN;
  return { clumping: 1, variance: (b) => (Number.isFinite(pooled) ? pooled / articles[b]! : rates[b]! ** 2 / 25) };
}

/** Mean and variance of the hands' own values among the usual bylines, the two of a pair left out. */
function populationOf(
  usual: readonly number[],
  rates: Float64Array,
  noise: (byline: number) => number,
): (a: number, b: number) => Population {
  const total = { n: usual.length, sum: 0, squares: 0, noise: 0 };
  const inUsual = new Set(usual);
  for (const b of usual) {
    total.sum += rates[b]!;
    total.squares += rates[b]! ** 2;
    total.noise += noise(b);
  }
  return (a, b) => {
    let { n, sum, squares, noise: noises } = total;
    for (const x of new Set([a, b])) {
      if (!inUsual.has(x)) continue;
      n--;
      sum -= rates[x]!;
      squares -= rates[x]! ** 2;
      noises -= noise(x);
    }
    // Two bylines say nothing of what is usual.
    if (n < 3) return { mean: NaN, variance: NaN };
    const mean = sum / n;
    const seen = (squares - n * mean ** 2) / (n - 1);
    // Hands differ by a tenth at the least, however alike a small dump makes them look.
    return { mean, variance: Math.max(seen - noises / n, (0.1 * mean) ** 2) };
  };
}
