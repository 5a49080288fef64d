import { sampleIndices, seededRandom } from '../math/random.js';
import type { SparseRows } from '../types.js';

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
  const { scores, columns } = standardised(counts, rows);
  const gram = gramOf(scores, n, columns);
  return gram.map((v, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return i === j ? 1 : v / Math.max(1e-9, Math.sqrt(gram[i * n + i]! * gram[j * n + j]!));
  });
}

/**
 * Leading eigenvalue of the articles' correlations in the contrast, over its mean when every column is shuffled. 1 is no
 * structure; more is many habits moving together, as a second hand would make them, and as topic and form do too.
 */
export function contrastStructure(counts: SparseRows, all: readonly number[]): number {
  const rows = sampleIndices(all.length, MOST_ARTICLES, seededRandom(6)).map((i) => all[i]!);
  const { scores, columns } = standardised(counts, rows);
  return structureOf(scores, rows.length, columns, gramOf(scores, rows.length, columns));
}

/** Bits of the number of an n-gram, which is that of a hash bucket. */
const ID_BITS = 20;
/** Totals, and then columns + 1, by n-gram; all 0 between two calls. */
const byId = new Uint32Array(1 << ID_BITS);

/** Standard scores column after column: column c is scores[c · n … (c + 1) · n), one score an article. */
function standardised(
  { start, ids, counts }: SparseRows,
  rows: readonly number[],
): { scores: Float32Array; columns: number } {
  const n = rows.length;
  const different: number[] = [];
  for (const r of rows)
    for (let p = start[r]!; p < start[r + 1]!; p++) {
      if (byId[ids[p]!] === 0) different.push(ids[p]!);
      byId[ids[p]!]! += counts[p]!;
    }
  const kept = commonest(different);
  for (const id of different) byId[id] = 0;
  kept.forEach((id, c) => (byId[id] = c + 1));
  const scores = new Float32Array(n * kept.length);
  rows.forEach((r, i) => {
    let sum = 0;
    for (let p = start[r]!; p < start[r + 1]!; p++) sum += counts[p]!;
    for (let p = start[r]!; p < start[r + 1]!; p++) {
      const c = byId[ids[p]!]! - 1;
      if (c >= 0) scores[c * n + i] = Math.sqrt(counts[p]! / Math.max(1, sum));
    }
  });
  for (const id of kept) byId[id] = 0;
  for (let c = 0; c < kept.length; c++) standardise(scores.subarray(c * n, (c + 1) * n));
  return { scores, columns: kept.length };
}

/** The commonest n-grams by `byId`, the commonest first, and of those equally common the smallest. */
function commonest(different: readonly number[]): number[] {
  // Nearly all are rare: only those above a bound that lets enough through are put in order.
  const often = new Uint32Array(256);
  for (const id of different) often[Math.min(255, byId[id]!)]!++;
  let least = 255;
  for (let n = often[least]!; n < COLUMNS && least > 1;) n += often[--least]!;
  const able = different.filter((id) => byId[id]! >= least);
  // Numbers are sorted faster than pairs.
  const ranked = new Float64Array(able.length);
  able.forEach((id, i) => (ranked[i] = id - byId[id]! * 2 ** ID_BITS));
  ranked.sort();
  return Array.from(ranked.subarray(0, COLUMNS), (rank) => rank - Math.floor(rank / 2 ** ID_BITS) * 2 ** ID_BITS);
}

function standardise(column: Float32Array): void {
  const n = column.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += column[i]!;
    squares += column[i]! ** 2;
  }
  const mean = sum / n;
  const spread = Math.sqrt(Math.max(0, squares / n - mean * mean));
  for (let i = 0; i < n; i++) column[i] = spread < 1e-9 ? 0 : (column[i]! - mean) / spread;
}

/** Mean products of every two articles' scores. Column by column: no sum waits for its own last addition. */
function gramOf(scores: Float32Array, n: number, columns: number): Float64Array {
  const gram = new Float64Array(n * n);
  for (let at = 0; at < n * columns; at += n)
    for (let i = 0; i < n; i++) {
      const score = scores[at + i]!;
      for (let j = i; j < n; j++) gram[i * n + j]! += score * scores[at + j]!;
    }
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) gram[j * n + i] = gram[i * n + j]! /= Math.max(1, columns);
  return gram;
}

function structureOf(scores: Float32Array, n: number, columns: number, gram: Float64Array): number {
  const random = seededRandom(3);
  let shuffledMean = 0;
  const copy = new Float32Array(scores.length);
  for (let s = 0; s < SHUFFLES; s++) {
    copy.set(scores);
    for (let c = 0; c < columns; c++) shuffle(copy, c * n, n, random);
    shuffledMean += leadingEigenvalue(gramOf(copy, n, columns), n) / SHUFFLES;
  }
  return shuffledMean > 0 ? leadingEigenvalue(gram, n) / shuffledMean : 1;
}

/** Shuffles `n` numbers from a place on. */
function shuffle(numbers: Float32Array, from: number, n: number, random: () => number): void {
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = numbers[from + i]!;
    numbers[from + i] = numbers[from + j]!;
    numbers[from + j] = held;
  }
}

/** Power iteration; `gram` is positive semi-definite. */
function leadingEigenvalue(gram: Float64Array, n: number): number {
  const random = seededRandom(4);
  let v = Float64Array.from({ length: n }, () => random() - 0.5);
  let value = 0;
  for (let pass = 0; pass < 60; pass++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += gram[i * n + j]! * v[j]!;
      next[i] = sum;
    }
    value = Math.hypot(...next);
    if (value === 0) return 0;
    v = next.map((x) => x / value);
  }
  return value;
}
