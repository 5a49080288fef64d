import { diarise, type HandsCalibration } from '../diarise/diarise.js';
import { measureHabits } from '../fingerprint/habits.js';
import { countViews, type CommonWords } from '../fingerprint/views.js';
import { mapViews, VIEW_NAMES } from '../views.js';
import { PackedBatches, packRows as packCounts } from '../fingerprint/packed.js';
import { applyWhitening, whiten, type Whitening } from '../fingerprint/whiten.js';
import type { CountedView, DenseRows, Document, Fingerprints, Habit, SparseRows } from '../types.js';
import { packRows, type PackedRows } from './packed.js';
import { unitRows } from './space.js';

/** What measuring a number of articles gives, in their order. */
export interface Measurements {
  /** Before turning, by view. */
  readonly plain: readonly PackedRows[];
  readonly habits: readonly Habit[];
  /** Hand of each article; -1 where its byline was not examined. */
  readonly hand: Int32Array;
  /** Hands of each byline that was examined. */
  readonly hands: ReadonlyMap<number, number>;
}

/** Articles measured at a time, about: whole bylines, and bylines enough to be each other's strangers. */
const CHUNK = 3000;
const CHUNK_BYLINES = 12;
/** Axes that telling hands apart was calibrated on. */
const HANDS_DIMS = 150;
/** From this log10LR for several hands on, a byline counts as several. */
const SEVERAL = 0.7;

/** Counted and whitened already, where the articles are those that were fitted on. */
export interface Ready {
  readonly dense: readonly DenseRows[];
  readonly counts: Pick<Record<CountedView, SparseRows>, 'grammar' | 'functionWords'>;
}

/**
 * Measures articles with what was frozen: rows in every view, readable habits and, where a calibration is given, the
 * hands behind each byline.
 *
 * @param documents by byline, and in it by date
 */
export function measureArticles(
  documents: readonly Document[],
  whitenings: readonly Whitening[],
  common: CommonWords,
  handsCalibration: HandsCalibration | null,
  ready: Ready | null = null,
): Measurements {
  const n = documents.length;
  const plain = whitenings.map(({ dims }): PackedRows => ({
    dims,
    values: new Int8Array(n * dims),
    scale: new Float32Array(n),
  }));
  const habits: { name: string; unit: string; values: Float32Array }[] = [];
  const hand = new Int32Array(n).fill(-1);
  const hands = new Map<number, number>();
  for (const [from, to] of chunks(documents)) {
    const part = documents.slice(from, to);
    const { dense, counts } = part.length === n && ready !== null ? ready : counted(part, whitenings, common);
    dense.forEach((rows, v) => {
      const packed = packRows(unitRows(rows));
      plain[v]!.values.set(packed.values, from * packed.dims);
      plain[v]!.scale.set(packed.scale, from);
    });
    const measured = measureHabits(part.map((d) => d.text));
    measured.forEach(({ name, unit, values }, h) => {
      const column = (habits[h] ??= { name, unit, values: new Float32Array(n) });
      column.values.set(values, from);
    });
    if (handsCalibration === null) continue;
    tellHands(part, dense, counts, measured, handsCalibration).forEach(({ byline, count, of }) => {
      hands.set(byline, count);
      of.forEach(([row, h]) => (hand[from + row] = h));
    });
  }
  return { plain, habits, hand, hands };
}

function counted(part: readonly Document[], whitenings: readonly Whitening[], common: CommonWords): Ready {
  const counts = countViews(part, common);
  return {
    dense: VIEW_NAMES.map((name, v) => applyWhitening(counts[name], whitenings[v]!)),
    counts,
  };
}

function chunks(documents: readonly Document[]): [number, number][] {
  const out: [number, number][] = [];
  let from = 0;
  let bylines = 0;
  for (let i = 1; i <= documents.length; i++) {
    const ends = i === documents.length || documents[i]!.byline !== documents[i - 1]!.byline;
    if (ends) bylines++;
    const enough = i - from >= CHUNK && bylines >= CHUNK_BYLINES && documents.length - i >= CHUNK / 2;
    if (i < documents.length && !(ends && enough) && i - from < 3 * CHUNK) continue;
    out.push([from, i]);
    from = i;
    bylines = 0;
  }
  return out;
}

interface Told {
  readonly byline: number;
  readonly count: number;
  readonly of: readonly (readonly [row: number, hand: number])[];
}

function tellHands(
  part: readonly Document[],
  dense: readonly DenseRows[],
  counts: Ready['counts'],
  habits: readonly Habit[],
  calibration: HandsCalibration,
): Told[] {
  const numbers = [...new Set(part.map((d) => d.byline))];
  const local = new Map(numbers.map((b, i) => [b, i]));
  const prints: Fingerprints = {
    documents: part.length,
    bylines: numbers.length,
    bylineOf: Int32Array.from(part, (d) => local.get(d.byline)!),
    words: Float64Array.from(part, (d) => d.words),
    lexed: Uint8Array.from(part, (d) => Number(d.lang === 'en')),
    views: {
      ...mapViews(VIEW_NAMES, (_, v) => leadingAxes(dense[v]!)),
      functionWords: whiten(counts.functionWords).view,
    },
    grammar: new PackedBatches([packCounts(counts.grammar)]),
    functionWords: new PackedBatches([packCounts(counts.functionWords)]),
    habits,
  };
  return diarise(prints, calibration).map((d) => {
    const several = d.log10LR >= SEVERAL && d.count > 1;
    return {
      byline: numbers[d.byline]!,
      count: several ? d.count : 1,
      of: d.articles.map((row, i) => [row, several ? d.hands[i]! : 0] as const),
    };
  });
}

/** Axes come in order of their variance: the first ones are what a fit of fewer would have given. */
function leadingAxes({ dims, rows, variances }: DenseRows): DenseRows {
  if (dims <= HANDS_DIMS) return { dims, rows, variances };
  const count = rows.length / dims;
  const kept = new Float32Array(count * HANDS_DIMS);
  for (let r = 0; r < count; r++) kept.set(rows.subarray(r * dims, r * dims + HANDS_DIMS), r * HANDS_DIMS);
  return { dims: HANDS_DIMS, rows: kept, variances: variances.slice(0, HANDS_DIMS) };
}
