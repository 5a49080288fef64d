import { ENOUGH_BYLINES } from '../fingerprint/fingerprint.js';
import { stackRows } from '../fingerprint/counting.js';
import { commonestWords, wordsByLanguage } from '../fingerprint/grammar.js';
import { countViews, type CommonWords } from '../fingerprint/views.js';
import { VIEW_NAMES } from '../views.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Model } from '../model/model.js';
import type { Byline, DenseRows, Document, Habit, InputFile, SparseRows } from '../types.js';
import { calibrate, NOTHING_REVIEWED, type CheckCalibration, type Material, type Reviewed } from './calibrate.js';
import { contentHash, passagesOf, type Entry } from './entries.js';
import { nearestHand } from './hands.js';
import { measureArticles, type Measurements } from './measure.js';
import { packRows, unpackRows, type PackedRows } from './packed.js';
import type {
  Enrolled,
  Reference,
  ReferenceArticles,
  ReferenceByline,
  ReferenceHabits,
  ReferenceRepeats,
} from './reference.js';
import { measuredView } from './scores.js';
import { fitWhitening, projectedRows, turned, unitRows, withinTurn, type Space } from './space.js';

/** What is enrolled, after cleaning. */
export interface EnrolInput {
  readonly entries: readonly Entry[];
  /** Names of all bylines by number, and what they are. */
  readonly names: readonly string[];
  readonly kinds: ReadonlyMap<string, Byline['kind']>;
  readonly repeats: ReferenceRepeats;
  readonly inputs: readonly InputFile[];
  readonly keepQuotations: boolean;
  readonly version: string;
}

/** Articles that vocabulary and axes are fitted on, at most. */
const FIT_ON = 4000;
/** Articles and bylines that the calibration is fitted on, at most. */
const CALIBRATE_ON = { articles: 6000, bylines: 1000 };

/** Freezes a reference from an archive. Same entries, same reference. */
export function enrolled(input: EnrolInput, model: Model): Enrolled {
  const documents = input.entries.flatMap((e) => (e.document === null ? [] : [e.document]));
  const chosen = sampleIndices(documents.length, FIT_ON, seededRandom(3)).map((i) => documents[i]!);
  const common = commonestWords(wordsByLanguage(chosen));
  const counted = countViews(chosen, common);
  const few = input.names.length < ENOUGH_BYLINES;
  const spaces: Space[] = [];
  const strangers: Enrolled['strangers'][number][] = [];
  const dense: DenseRows[] = [];
  for (const name of VIEW_NAMES) {
    const outside = model.background.views[name];
    const { whitening, view } = fitWhitening(few ? stackRows(counted[name], outside) : counted[name]);
    const own = { ...view, rows: view.rows.subarray(0, chosen.length * view.dims) };
    const bylineOf = Int32Array.from(chosen, (d) => d.byline);
    spaces.push({ name, whitening, turn: withinTurn(unitRows(own), bylineOf) });
    dense.push(own);
    if (few) strangers.push(strangersOf(outside, spaces.at(-1)!));
  }
  const ready = chosen.length === documents.length ? { dense, counts: counted } : null;
  const whitenings = spaces.map((s) => s.whitening);
  const measured = measureArticles(documents, whitenings, common, model, ready);
  return assembled(input, model, { common, spaces, strangers }, measured, null, NOTHING_REVIEWED);
}

function strangersOf(counts: SparseRows, { whitening, turn }: Space): Enrolled['strangers'][number] {
  const rows = projectedRows(counts, whitening);
  return { plain: packRows(rows), turned: packRows(turned(rows, turn)) };
}

/**
 * Adds articles to a reference: what was measured stays as it is, vocabulary and axes with it; sums, spreads and the
 * calibration are worked out again from the stored rows.
 *
 * @param input bylines numbered on from the old ones; entries are the new ones alone
 */
export function enrolledMore(old: Enrolled, input: EnrolInput, model: Model, reviewed: Reviewed): Enrolled {
  const documents = input.entries.flatMap((e) => (e.document === null ? [] : [e.document]));
  const { spaces, common } = old.reference;
  const whitenings = spaces.map((s) => s.whitening);
  const measured = measureArticles(documents, whitenings, common, null);
  return assembled(input, model, { common, spaces, strangers: old.strangers }, measured, old, reviewed);
}

interface Frozen {
  readonly common: CommonWords;
  readonly spaces: readonly Space[];
  readonly strangers: Enrolled['strangers'];
}

function assembled(
  input: EnrolInput,
  model: Model,
  { common, spaces, strangers }: Frozen,
  measured: Measurements,
  old: Enrolled | null,
  reviewed: Reviewed,
): Enrolled {
  const before = old?.reference ?? null;
  const added = input.entries;
  const withRows = measured.plain.map((rows) => padded(rows, added.length));
  const plain = withRows.map((rows, v) => (old === null ? rows : joined(old.plain[v]!, rows)));
  const turnedNew = withRows.map((rows, v) => packRows(turned(unpackRows(rows), spaces[v]!.turn)));
  const packed = turnedNew.map((rows, v) => (before === null ? rows : joined(before.views[v]!.articles, rows)));
  const articles = articlesOf(input, measured, before, packed, turnedNew);
  const views = packed.map((rows, v) =>
    measuredView(rows, articles.bylineOf, input.names.length, strangers[v]?.turned ?? null),
  );
  const bylines = bylinesOf(input, measured, articles, before);
  const outside = strangers.map((s) => s.plain);
  const calibration = calibrated(articles, plain, outside, input.names.length, model, reviewed);
  const reference: Reference = {
    facts: {
      version: input.version,
      model: model.id,
      keepQuotations: input.keepQuotations,
      calibration,
      honestElsewhere: model.check.honestShare,
      inputs: [...(before?.facts.inputs ?? []), ...input.inputs],
    },
    bylines,
    articles,
    spaces,
    views,
    common,
    habits: habitsOf(measured.habits, added, input.names.length, before),
    repeats: input.repeats,
  };
  return { reference, plain, strangers, passages: passagesOf(added, before?.articles.id.length ?? 0) };
}

/** Copies have no rows of their own: empty ones stand in their place. */
function padded({ dims, values, scale }: PackedRows, rows: number): PackedRows {
  const out = { dims, values: new Int8Array(rows * dims), scale: new Float32Array(rows) };
  out.values.set(values);
  out.scale.set(scale);
  return out;
}

function joined(a: PackedRows, b: PackedRows): PackedRows {
  const out = padded(a, a.scale.length + b.scale.length);
  out.values.set(b.values, a.values.length);
  out.scale.set(b.scale, a.scale.length);
  return out;
}

function articlesOf(
  { entries }: EnrolInput,
  { hand }: Measurements,
  before: Reference | null,
  packed: readonly PackedRows[],
  added: readonly PackedRows[],
): ReferenceArticles {
  const old = before?.articles ?? null;
  const first = old?.id.length ?? 0;
  const handOf = new Int32Array(first + entries.length);
  if (old !== null) handOf.set(old.hand);
  const membersOf = members(old);
  entries.forEach(({ byline }, i) => {
    if (old === null) handOf[i] = Math.max(0, hand[i] ?? 0);
    else if (byline >= 0 && (before!.bylines[byline]?.hands ?? 0) > 1) {
      const rows = added.map(({ dims, values, scale }) =>
        Float32Array.from(values.subarray(i * dims, (i + 1) * dims), (v) => v * scale[i]!),
      );
      handOf[first + i] = nearestHand(rows, packed, membersOf.get(byline) ?? [], handOf).hand;
    }
  });
  const more = <T>(a: readonly T[] | undefined, b: readonly T[]): T[] => [...(a ?? []), ...b];
  return {
    id: more(
      old?.id,
      entries.map((e) => e.article.id),
    ),
    printed: more(
      old?.printed,
      entries.map((e) => e.article.bylines[0] ?? ''),
    ),
    bylineOf: Int32Array.from(
      more(
        old === null ? [] : [...old.bylineOf],
        entries.map((e) => e.byline),
      ),
    ),
    sha256: more(
      old?.sha256,
      entries.map((e) => contentHash(e.article.text)),
    ),
    path: more(
      old?.path,
      entries.map((e) => e.article.source.path),
    ),
    line: Int32Array.from(
      more(
        old === null ? [] : [...old.line],
        entries.map((e) => e.article.source.line ?? 0),
      ),
    ),
    words: Int32Array.from(
      more(
        old === null ? [] : [...old.words],
        entries.map((e) => e.document?.words ?? 0),
      ),
    ),
    publishedAt: Float64Array.from(
      more(
        old === null ? [] : [...old.publishedAt],
        entries.map((e) => e.article.publishedAt ?? NaN),
      ),
    ),
    hand: handOf,
  };
}

function members(articles: ReferenceArticles | null): Map<number, number[]> {
  const out = new Map<number, number[]>();
  articles?.bylineOf.forEach((b, r) => {
    const own = out.get(b);
    if (own === undefined) out.set(b, [r]);
    else own.push(r);
  });
  return out;
}

function bylinesOf(
  { entries, names, kinds }: EnrolInput,
  { hands }: Measurements,
  articles: ReferenceArticles,
  before: Reference | null,
): ReferenceByline[] {
  const counts = new Int32Array(names.length);
  const words = new Float64Array(names.length);
  articles.bylineOf.forEach((b, r) => {
    if (b < 0) return;
    counts[b]!++;
    words[b]! += articles.words[r]!;
  });
  const languages = names.map(() => new Map<string, number>());
  for (const { document } of entries)
    if (document !== null) {
      const own = languages[document.byline]!;
      own.set(document.lang ?? '', (own.get(document.lang ?? '') ?? 0) + 1);
    }
  return names.map((name, b) => {
    const old = before?.bylines[b];
    const found = [...languages[b]!].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).map(([lang]) => lang);
    return {
      name,
      kind: kinds.get(name) ?? old?.kind ?? 'person',
      articles: counts[b]!,
      words: words[b]!,
      hands: before === null ? (hands.get(b) ?? 0) : (old?.hands ?? 0),
      languages: [...new Set([...(old?.languages ?? []), ...found])],
    };
  });
}

/** Calibrates on whole bylines drawn by seed, up to what can be measured in a few seconds. */
function calibrated(
  { bylineOf, publishedAt, words }: ReferenceArticles,
  plain: readonly PackedRows[],
  strangers: readonly PackedRows[],
  bylines: number,
  model: Model,
  reviewed: Reviewed,
): CheckCalibration {
  const rowsOf: number[][] = Array.from({ length: bylines }, () => []);
  bylineOf.forEach((b, r) => {
    if (b >= 0) rowsOf[b]!.push(r);
  });
  const date = (r: number): number => (Number.isNaN(publishedAt[r]!) ? 0 : publishedAt[r]!);
  for (const rows of rowsOf) rows.sort((a, b) => date(a) - date(b) || a - b);
  const drawn: number[] = [];
  let articles = 0;
  const order = sampleIndices(bylines, CALIBRATE_ON.bylines, seededRandom(4));
  for (const b of order) {
    if (articles > 0 && articles + rowsOf[b]!.length > CALIBRATE_ON.articles) continue;
    drawn.push(b);
    articles += rowsOf[b]!.length;
  }
  const rows = drawn.flatMap((b) => rowsOf[b]!);
  const material: Material = {
    bylineOf: Int32Array.from(drawn.flatMap((b, i) => rowsOf[b]!.map(() => i))),
    bylines: drawn.length,
    words: Float64Array.from(rows, (r) => words[r]!),
    views: plain.map((packed) => unpackRows(picked(packed, rows))),
    strangers: strangers.map(unpackRows),
  };
  return calibrate(material, model.check, {
    sameHand: (a, b) => reviewed.sameHand(drawn[a]!, drawn[b]!),
    apart: (a, b) => reviewed.apart(drawn[a]!, drawn[b]!),
  });
}

function picked({ dims, values, scale }: PackedRows, rows: readonly number[]): PackedRows {
  const out = { dims, values: new Int8Array(rows.length * dims), scale: new Float32Array(rows.length) };
  rows.forEach((r, i) => {
    out.values.set(values.subarray(r * dims, (r + 1) * dims), i * dims);
    out.scale[i] = scale[r]!;
  });
  return out;
}

/** Mean and spread of every habit over each byline's articles; what was known before counts with its articles. */
function habitsOf(
  measured: readonly Habit[],
  entries: readonly Entry[],
  bylines: number,
  before: Reference | null,
): ReferenceHabits {
  const documents: readonly Document[] = entries.flatMap((e) => (e.document === null ? [] : [e.document]));
  const names = before?.habits.names ?? measured.map((h) => h.name);
  const units = before?.habits.units ?? measured.map((h) => h.unit);
  const H = names.length;
  const [sum, squares, count] = [0, 1, 2].map(() => new Float64Array(bylines * H)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  before?.bylines.forEach(({ articles }, b) => {
    for (let h = b * H; h < (b + 1) * H; h++) {
      const [mean, spread] = [before.habits.mean[h]!, before.habits.spread[h]!];
      if (Number.isNaN(mean)) continue;
      sum[h] = mean * articles;
      squares[h] = (spread ** 2 + mean ** 2) * articles;
      count[h] = articles;
    }
  });
  measured.forEach(({ values }, h) =>
    documents.forEach(({ byline }, d) => {
      const value = values[d]!;
      if (Number.isNaN(value)) return;
      sum[byline * H + h]! += value;
      squares[byline * H + h]! += value * value;
      count[byline * H + h]!++;
    }),
  );
  const mean = Float32Array.from(sum, (s, i) => (count[i]! > 0 ? s / count[i]! : NaN));
  const spread = Float32Array.from(squares, (s, i) =>
    count[i]! > 0 ? Math.sqrt(Math.max(0, s / count[i]! - (sum[i]! / count[i]!) ** 2)) : NaN,
  );
  return { names, units, mean, spread };
}
