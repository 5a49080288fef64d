import { diariseSteps, type HandsCalibration } from '../diarise/diarise.js';
import { hasLexicon } from '../fingerprint/grammar.js';
import { PackedBatches } from '../fingerprint/packed.js';
import { applySteps, type Whitening } from '../fingerprint/project.js';
import type { CommonWords } from '../fingerprint/views.js';
import { whitenSteps } from '../fingerprint/whiten.js';
import { LEAST_SEVERAL } from '../judge/hands.js';
import type { CountedView, DenseRows, Document, Fingerprints, Habit, PackedRows } from '../types/types.js';
import { COUNTED_VIEWS, mapViews, VIEW_NAMES } from '../types/views.js';
import { all, both, type Steps } from '../work/work.js';
import { countSteps, type Measurable } from './counted.js';
import { quantise, type QuantisedRows } from './quantised.js';
import { asIfNew, type Owed } from './fit.js';
import { unitRows } from './space.js';
import { GATE_VIEWS, TEXT_VIEWS, type GateView } from './views.js';

/** What measuring a number of articles gives, in their order. */
export interface Measurements {
  /** Before turning, by view. */
  readonly plain: readonly QuantisedRows[];
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

/** Counted and whitened already, where the articles are those that were fitted on. */
interface Ready {
  /** By gate view. */
  readonly dense: readonly DenseRows[];
  readonly outline: DenseRows;
  readonly counts: Pick<Record<CountedView, PackedRows>, 'grammar' | 'functionWords'>;
  readonly habits: readonly Habit[];
}

/** What tells the hands behind a byline apart; the outline is read for nothing else here. */
interface HandsBy {
  readonly calibration: HandsCalibration;
  readonly outline: Whitening;
}

/** What is known where the views were fitted on some of these very articles. */
export interface FittedOn {
  readonly hands: HandsBy;
  /** null where they were fitted on some only. */
  readonly ready: Ready | null;
  /** By gate view: articles that its axes were fitted on. Hands are told apart on rows as they are. */
  readonly owed: readonly Owed[];
}

/**
 * Measures articles with what was frozen: rows in every view, readable habits and, where it is given how, the
 * hands behind each byline.
 *
 * @param articles by byline, and in it by date
 * @param whitenings by gate view
 * @param fitted null for articles that are added to a reference
 */
export function* measureSteps(
  articles: readonly Measurable[],
  whitenings: readonly Whitening[],
  common: CommonWords,
  fitted: FittedOn | null = null,
): Steps<Measurements> {
  const { hands, ready, owed } = fitted ?? { hands: null, ready: null, owed: null };
  const n = articles.length;
  const plain = whitenings.map(({ dims }): QuantisedRows => ({
    dims,
    values: new Int8Array(n * dims),
    scale: new Float32Array(n),
  }));
  const habits: { name: string; unit: string; values: Float32Array }[] = [];
  const hand = new Int32Array(n).fill(-1);
  const counts = new Map<number, number>();
  for (const [from, to] of chunks(articles)) {
    const part = articles.slice(from, to);
    const documents = part.map((a) => a.document);
    const own = part.length === n ? ready : null;
    const whole = own ?? (hands === null ? null : yield* counted(part, whitenings, common, hands));
    const { dense, habits: measured } = whole ?? (yield* countedPlainly(part, whitenings, common));
    dense.forEach((rows, v) => {
      const packed = quantise(unitRows(owed === null ? rows : asIfNew(rows, owed[v]!, from)));
      plain[v]!.values.set(packed.values, from * packed.dims);
      plain[v]!.scale.set(packed.scale, from);
    });
    measured.forEach(({ name, unit, values }, h) => {
      const column = (habits[h] ??= { name, unit, values: new Float32Array(n) });
      column.values.set(values, from);
    });
    if (hands === null || whole === null) continue;
    const told = yield* tellHands(documents, whole, hands.calibration);
    told.forEach(({ byline, count, of }) => {
      counts.set(byline, count);
      of.forEach(([row, h]) => (hand[from + row] = h));
    });
  }
  return { plain, habits, hand, hands: counts };
}

function* counted(
  part: readonly Measurable[],
  whitenings: readonly Whitening[],
  common: CommonWords,
  { outline }: HandsBy,
): Steps<Ready> {
  const { views, habits } = yield* countSteps(part, common, COUNTED_VIEWS);
  const [dense, outlined] = yield* both(gateRows(views, whitenings), applySteps([views.outline], outline));
  return { outline: outlined, dense, counts: views, habits };
}

/** Without what hands are told apart by. */
function* countedPlainly(
  part: readonly Measurable[],
  whitenings: readonly Whitening[],
  common: CommonWords,
): Steps<Pick<Ready, 'dense' | 'habits'>> {
  const { views, habits } = yield* countSteps(part, common, TEXT_VIEWS);
  return { dense: yield* gateRows(views, whitenings), habits };
}

function gateRows(
  views: Readonly<Record<GateView, PackedRows>>,
  whitenings: readonly Whitening[],
): Steps<readonly DenseRows[]> {
  return all(GATE_VIEWS.map((name, v) => applySteps([views[name]], whitenings[v]!)));
}

function chunks(articles: readonly Measurable[]): [number, number][] {
  const out: [number, number][] = [];
  let from = 0;
  let bylines = 0;
  for (let i = 1; i <= articles.length; i++) {
    const ends = i === articles.length || articles[i]!.document.byline !== articles[i - 1]!.document.byline;
    if (ends) bylines++;
    const enough = i - from >= CHUNK && bylines >= CHUNK_BYLINES && articles.length - i >= CHUNK / 2;
    if (i < articles.length && !(ends && enough) && i - from < 3 * CHUNK) continue;
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

function* tellHands(
  part: readonly Document[],
  { dense, outline, counts, habits }: Ready,
  calibration: HandsCalibration,
): Steps<Told[]> {
  const [functionWords] = yield* whitenSteps([[counts.functionWords]]);
  const numbers = [...new Set(part.map((d) => d.byline))];
  const local = new Map(numbers.map((b, i) => [b, i]));
  const prints: Fingerprints = {
    documents: part.length,
    bylines: numbers.length,
    bylineOf: Int32Array.from(part, (d) => local.get(d.byline)!),
    words: Float64Array.from(part, (d) => d.words),
    lexed: Uint8Array.from(part, (d) => Number(hasLexicon(d.lang))),
    views: {
      ...mapViews(VIEW_NAMES, (name) => leadingAxes(name === 'outline' ? outline : dense[GATE_VIEWS.indexOf(name)]!)),
      functionWords: functionWords!.view,
    },
    grammar: new PackedBatches([counts.grammar]),
    functionWords: new PackedBatches([counts.functionWords]),
    habits,
  };
  const diarised = yield* diariseSteps(prints, calibration);
  return diarised.map((d) => {
    const several = d.log10LR >= LEAST_SEVERAL && d.count > 1;
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
