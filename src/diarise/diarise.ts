import { log10Odds, type Logistic } from '../math/logistic.js';
import type { Diarisation, Fingerprints } from '../types.js';
import { each, inline, type Steps, type Task } from '../work/work.js';
import { affinities, cohortOf } from './affinity.js';
import { levels, usualSpread } from './level.js';
import { measureTask, partTask, type Measured, type Slice } from './measure.js';
import { oneHand } from './part.js';
import { handStatistics, type Level } from './statistics.js';

export interface HandsCalibration {
  /** Over `statistics`: for a byline among strangers of its own kind. */
  readonly hands: Logistic & { readonly cap: number };
  /** Over `aloneFeatures`: for a byline so unlike the dump that strangers say nothing. */
  readonly handsAlone: Logistic & { readonly cap: number };
}

export { aloneFeatures } from './measure.js';

/** Fewest articles for which the test is calibrated. */
export const FEWEST_ARTICLES = 6;
/** Down to this log10LR the best parting is given: only below is one hand the better account. */
const ONE_HAND = -0.5;
/** What this stage asks workers to do. */
export const DIARISE_TASKS: readonly Task<unknown, unknown>[] = [measureTask, partTask];

/** For each byline: one hand or several, how many, and which article is whose. In the order of bylines. */
export function diarise(fingerprints: Fingerprints, calibration: HandsCalibration): Diarisation[] {
  return inline(diariseSteps(fingerprints, calibration));
}

/** `diarise` as steps, for a driver that has threads. */
export function* diariseSteps(prints: Fingerprints, calibration: HandsCalibration): Steps<Diarisation[]> {
  const dump = dumpOf(prints);
  const judged = (yield* measuredSteps(dump)).map((measured, byline) => {
    const n = dump.rowsOf[byline]!.length;
    if (measured === null) return { byline, alone: false, statistics: [], score: 0, log10LR: 0, parts: false };
    const { alone, statistics, tooShort } = measured;
    const used = alone ? calibration.handsAlone : calibration.hands;
    const score = log10Odds(used, statistics);
    const answered = n >= FEWEST_ARTICLES && !tooShort;
    const log10LR = answered ? Math.max(-used.cap, Math.min(used.cap, score)) : 0;
    return { byline, alone, statistics, score, log10LR, parts: answered && log10LR > ONE_HAND };
  });
  const wanted = groupsOf(
    dump,
    judged.filter(({ parts }) => parts).map(({ byline }) => byline),
  );
  const parted = yield* each(partTask, {
    length: wanted.length,
    at: (g) => ({ ...sliceOf(dump, wanted[g]!), alone: wanted[g]!.map((b) => judged[b]!.alone) }),
  });
  const partings = new Map(wanted.flatMap((bylines, g) => bylines.map((b, i) => [b, parted[g]![i]!] as const)));
  return judged.map(({ parts, ...found }) => {
    const articles = dump.rowsOf[found.byline]!;
    return { ...found, articles, ...(parts ? partings.get(found.byline)! : oneHand(articles.length)) };
  });
}

/** Measures every byline, in their order; null for one of fewer than 3 articles or without strangers. */
export function measureHands(fingerprints: Fingerprints): (Measured | null)[] {
  return inline(measuredSteps(dumpOf(fingerprints)));
}

function* measuredSteps(dump: Dump): Steps<(Measured | null)[]> {
  const groups = groupsOf(dump, [...dump.rowsOf.keys()]);
  const measured = (yield* each(measureTask, { length: groups.length, at: (g) => sliceOf(dump, groups[g]!) })).flat();
  const usual = usualSpread(measured.map((m) => (m !== null && 'cut' in m && m.n >= FEWEST_ARTICLES ? m : null)));
  return measured.map((m, byline): Measured | null => {
    if (m === null || !('cut' in m)) return m;
    return { statistics: handStatistics(m.cut, m.n, usual(byline)), alone: false, tooShort: false };
  });
}

/** A dump, and what is the same for all its bylines. */
interface Dump {
  readonly prints: Fingerprints;
  readonly rowsOf: readonly (readonly number[])[];
  readonly cohort: readonly number[];
  readonly levelOf: (byline: number) => Level;
}

function dumpOf(prints: Fingerprints): Dump {
  const rowsOf: number[][] = Array.from({ length: prints.bylines }, () => []);
  for (let d = 0; d < prints.documents; d++) rowsOf[prints.bylineOf[d]!]!.push(d);
  const cohort = cohortOf(prints);
  const levelOf = levels(rowsOf, (rows, byline) => {
    const slice = sliceOfRows(prints, [rows], [byline], cohort);
    return affinities(slice, slice.cohort)(slice.rowsOf[0]!, byline);
  });
  return { prints, rowsOf, cohort, levelOf };
}

/** Articles of the bylines that are sent to a worker at once. */
const TOGETHER = 400;

/** Bylines in their order, in groups of some hundred articles. */
function groupsOf({ rowsOf }: Dump, bylines: readonly number[]): number[][] {
  const out: number[][] = [];
  let articles = Infinity;
  for (const byline of bylines) {
    const n = rowsOf[byline]!.length;
    if (articles + n > TOGETHER) {
      out.push([]);
      articles = 0;
    }
    out.at(-1)!.push(byline);
    articles += n;
  }
  return out;
}

function sliceOf({ prints, rowsOf, cohort, levelOf }: Dump, bylines: readonly number[]): Slice {
  const own = bylines.map((b) => rowsOf[b]!);
  const slice = sliceOfRows(prints, own, bylines, cohort);
  return { ...slice, bylines, grammar: prints.grammar.rowsOf(own.flat()), levels: bylines.map(levelOf) };
}

function sliceOfRows(
  { bylineOf, views, words }: Fingerprints,
  own: readonly (readonly number[])[],
  bylines: readonly number[],
  cohort: readonly number[],
): Pick<Slice, 'bylineOf' | 'views' | 'rowsOf' | 'cohort' | 'words'> {
  const rows = [...own.flat(), ...cohort];
  let at = 0;
  const cut = Object.entries(views).map(([name, view]) => {
    const out = new Float32Array(rows.length * view.dims);
    rows.forEach((r, i) => out.set(view.rows.subarray(r * view.dims, (r + 1) * view.dims), i * view.dims));
    return [name, { ...view, rows: out }] as const;
  });
  return {
    views: Object.fromEntries(cut) as unknown as Fingerprints['views'],
    bylineOf: Int32Array.from([
      ...own.flatMap((list, i) => list.map(() => bylines[i]!)),
      ...cohort.map((r) => bylineOf[r]!),
    ]),
    words: Float64Array.from(own.flat(), (r) => words[r]!),
    rowsOf: own.map((list) => list.map(() => at++)),
    cohort: cohort.map(() => at++),
  };
}
