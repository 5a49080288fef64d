import { ID_BITS } from '../math/counts.js';
import { Arena, DoubleMatrix } from '../math/kernel.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { SparseRows } from '../types/types.js';

/** Columns of the contrast: the commonest n-grams of the byline's own articles. */
const COLUMNS = 1000;
const SHUFFLES = 6;

/** Articles the structure is measured on, at most; a longer byline is sampled evenly. */
const MOST_ARTICLES = 100;

/**
 * Contrasts a byline's articles with each other alone, with no stranger needed: rates of the commonest n-grams, their square
 * roots standardised inside the byline (Burrows 2002, on masked text), and the cosine of each two articles (Evert et al.
 * 2017, on why the cosine and not the distance).
 *
 * @returns cosines, n × n; 1 on the diagonal
 */
export function contrastLikeness(counts: SparseRows, rows: readonly number[]): Float64Array {
  const n = rows.length;
  const { scores, gram } = standardised(counts, rows);
  meanProducts(scores, gram);
  const { values, stride } = gram;
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    if (i === j) return 1;
    return values[i * stride + j]! / Math.max(1e-9, Math.sqrt(values[i * stride + i]! * values[j * stride + j]!));
  });
}

/**
 * Leading eigenvalue of the articles' correlations in the contrast, over its mean when every column is shuffled (parallel
 * analysis, Horn 1965, by permutation as Buja & Eyuboglu 1992 do it). 1 is no structure; more is many habits moving
 * together, as a second hand would make them, and as topic and form do too.
 */
export function contrastStructure(counts: SparseRows, all: readonly number[]): number {
  const rows = sampleIndices(all.length, MOST_ARTICLES, seededRandom(6)).map((i) => all[i]!);
  return structureOf(standardised(counts, rows));
}

/** What one byline is contrasted in, where the kernel reaches it. */
interface Contrast {
  /** Standard scores: columns × articles. */
  readonly scores: DoubleMatrix;
  /** As large as the scores. */
  readonly copy: DoubleMatrix;
  /** Articles × articles. */
  readonly gram: DoubleMatrix;
  /** Two vectors, one number an article. */
  readonly vectors: DoubleMatrix;
}

/** One a thread, as wide as the widest yet: every byline takes its place. */
let room: Contrast | null = null;

function roomFor(columns: number, n: number): Contrast {
  if (room === null || room.gram.width < n) {
    const [scores, square, vectors] = [
      DoubleMatrix.bytes(COLUMNS, n),
      DoubleMatrix.bytes(n, n),
      DoubleMatrix.bytes(2, n),
    ];
    const arena = new Arena(2 * scores + square + vectors);
    room = {
      scores: new DoubleMatrix(COLUMNS, n, arena),
      copy: new DoubleMatrix(COLUMNS, n, arena),
      gram: new DoubleMatrix(n, n, arena),
      vectors: new DoubleMatrix(2, n, arena),
    };
  }
  return {
    scores: room.scores.resized(columns, n),
    copy: room.copy.resized(columns, n),
    gram: room.gram.resized(n, n),
    vectors: room.vectors.resized(2, n),
  };
}

/** Totals, and then columns + 1, by n-gram; all 0 between two calls. */
const byId = new Uint32Array(1 << ID_BITS);
/** N-grams whose places in it a core's cache holds: rows, whose n-grams stand in order, are read so many ids at a time. */
const TILE = 1 << 15;

/** Room for the different n-grams of a byline and their totals, and for putting them in order. */
const roomOf = (most: number) => ({
  different: new Uint32Array(most),
  totals: new Uint32Array(most),
  ranked: new Float64Array(most),
});
let seen = roomOf(1 << 12);

/** A byline's standard scores, and room for what is worked out of them; it lasts until the next. */
function standardised(counts: SparseRows, rows: readonly number[]): Contrast {
  const kept = commonest(noteDifferent(counts, rows));
  const contrast = roomFor(kept.length, rows.length);
  noteRates(counts, rows, kept, contrast.scores);
  const { values, stride } = contrast.scores;
  for (let c = 0; c < kept.length; c++) standardise(values, c * stride, rows.length);
  return contrast;
}

/** Notes the different n-grams of rows in `seen`, with their totals. @returns how many there are */
function noteDifferent({ start, ids, counts }: SparseRows, rows: readonly number[]): number {
  const most = rows.reduce((entries, r) => entries + start[r + 1]! - start[r]!, 0);
  // One more: what is written before it is known to be new.
  if (most >= seen.different.length) seen = roomOf(2 * most + 1);
  const { different, totals } = seen;
  const next = Uint32Array.from(rows, (r) => start[r]!);
  let used = 0;
  for (let limit = TILE; limit <= byId.length; limit += TILE) {
    const from = used;
    for (let i = 0; i < rows.length; i++) {
      let p = next[i]!;
      for (const end = start[rows[i]! + 1]!; p < end && ids[p]! < limit; p++) {
        const id = ids[p]!;
        const total = byId[id]!;
        // No branch on whether an n-gram is new, which no processor can foretell.
        different[used] = id;
        used += (total - 1) >>> 31;
        byId[id] = total + counts[p]!;
      }
      next[i] = p;
    }
    for (let d = from; d < used; d++) {
      totals[d] = byId[different[d]!]!;
      byId[different[d]!] = 0;
    }
  }
  return used;
}

/** Writes the roots of the rates of the columns' n-grams, columns × rows. */
function noteRates(
  { start, ids, counts }: SparseRows,
  rows: readonly number[],
  columns: readonly number[],
  { values, stride }: DoubleMatrix,
): void {
  columns.forEach((id, c) => (byId[id] = c + 1));
  const sums = rows.map((r) => {
    let sum = 0;
    for (let p = start[r]!; p < start[r + 1]!; p++) sum += counts[p]!;
    return Math.max(1, sum);
  });
  const next = Uint32Array.from(rows, (r) => start[r]!);
  for (let limit = TILE; limit <= byId.length; limit += TILE)
    for (let i = 0; i < rows.length; i++) {
      let p = next[i]!;
      for (const end = start[rows[i]! + 1]!; p < end && ids[p]! < limit; p++) {
        const c = byId[ids[p]!]! - 1;
        if (c >= 0) values[c * stride + i] = Math.fround(Math.sqrt(counts[p]! / sums[i]!));
      }
      next[i] = p;
    }
  for (const id of columns) byId[id] = 0;
}

/** The commonest of so many different n-grams, the commonest first, and of those equally common the smallest. */
function commonest(used: number): number[] {
  const { different, totals, ranked } = seen;
  // Nearly all are rare: only those above a bound that lets enough through are put in order.
  const often = new Uint32Array(256);
  for (let d = 0; d < used; d++) often[Math.min(255, totals[d]!)]!++;
  let least = 255;
  for (let n = often[least]!; n < COLUMNS && least > 1;) n += often[--least]!;
  // Numbers are sorted faster than pairs.
  let able = 0;
  for (let d = 0; d < used; d++) {
    ranked[able] = (2 ** 32 - totals[d]!) * 2 ** ID_BITS + different[d]!;
    able += (least - 1 - totals[d]!) >>> 31;
  }
  // Numbers above 0 are in the order of their bits, and integers are sorted twice as fast.
  new BigUint64Array(ranked.buffer, 0, able).sort();
  return Array.from(ranked.subarray(0, Math.min(able, COLUMNS)), (rank) => rank % 2 ** ID_BITS);
}

/** Standardises `n` numbers from a place on, in 32 bits. */
function standardise(values: Float64Array, from: number, n: number): void {
  let [sum, squares] = [0, 0];
  for (let i = from; i < from + n; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const mean = sum / n;
  const spread = Math.sqrt(Math.max(0, squares / n - mean * mean));
  for (let i = from; i < from + n; i++) values[i] = spread < 1e-9 ? 0 : Math.fround((values[i]! - mean) / spread);
}

/** Mean products of every two articles' scores. */
function meanProducts(scores: DoubleMatrix, gram: DoubleMatrix): void {
  gram.values.fill(0);
  scores.addSquares(gram);
  const columns = Math.max(1, scores.rows);
  for (let k = 0; k < gram.values.length; k++) gram.values[k]! /= columns;
}

function structureOf({ scores, copy, gram, vectors }: Contrast): number {
  let [shuffledMean, random] = [0, 3];
  for (let s = 0; s < SHUFFLES; s++) {
    copy.values.set(scores.values);
    random = copy.shuffleRows(random);
    meanProducts(copy, gram);
    shuffledMean += leadingEigenvalue(gram, vectors) / SHUFFLES;
  }
  if (shuffledMean <= 0) return 1;
  meanProducts(scores, gram);
  return leadingEigenvalue(gram, vectors) / shuffledMean;
}

/** Power iteration; `gram` is positive semi-definite. */
function leadingEigenvalue(gram: DoubleMatrix, vectors: DoubleMatrix): number {
  const n = gram.rows;
  const random = seededRandom(4);
  const [v, next] = [vectors.row(0), vectors.row(1)];
  for (let i = 0; i < n; i++) v[i] = random() - 0.5;
  let value = 0;
  for (let pass = 0; pass < 60; pass++) {
    next.fill(0);
    gram.addRows(v, 1, n, next);
    let squares = 0;
    for (let i = 0; i < n; i++) squares += next[i]! * next[i]!;
    value = Math.sqrt(squares);
    if (value === 0) return 0;
    for (let i = 0; i < n; i++) v[i] = next[i]! / value;
  }
  return value;
}
