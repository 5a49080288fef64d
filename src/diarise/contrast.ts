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

function standardised(counts: SparseRows, rows: readonly number[]): { scores: Float32Array; columns: number } {
  const totals = new Map<number, number>();
  const sums = rows.map((r) => {
    let sum = 0;
    for (let p = counts.start[r]!; p < counts.start[r + 1]!; p++) {
      totals.set(counts.ids[p]!, (totals.get(counts.ids[p]!) ?? 0) + counts.counts[p]!);
      sum += counts.counts[p]!;
    }
    return Math.max(1, sum);
  });
  const kept = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, COLUMNS);
  const columnOf = new Map(kept.map(([id], c) => [id, c]));
  const columns = kept.length;
  const scores = new Float32Array(rows.length * columns);
  rows.forEach((r, i) => {
    for (let p = counts.start[r]!; p < counts.start[r + 1]!; p++) {
      const c = columnOf.get(counts.ids[p]!);
      if (c !== undefined) scores[i * columns + c] = Math.sqrt(counts.counts[p]! / sums[i]!);
    }
  });
  for (let c = 0; c < columns; c++) standardise(scores, c, columns, rows.length);
  return { scores, columns };
}

function standardise(scores: Float32Array, c: number, columns: number, n: number): void {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    sum += scores[i * columns + c]!;
    squares += scores[i * columns + c]! ** 2;
  }
  const mean = sum / n;
  const spread = Math.sqrt(Math.max(0, squares / n - mean * mean));
  for (let i = 0; i < n; i++) scores[i * columns + c] = spread < 1e-9 ? 0 : (scores[i * columns + c]! - mean) / spread;
}

function gramOf(scores: Float32Array, n: number, columns: number): Float64Array {
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let dot = 0;
      for (let c = 0; c < columns; c++) dot += scores[i * columns + c]! * scores[j * columns + c]!;
      gram[i * n + j] = gram[j * n + i] = dot / Math.max(1, columns);
    }
  }
  return gram;
}

function structureOf(scores: Float32Array, n: number, columns: number, gram: Float64Array): number {
  const random = seededRandom(3);
  let shuffledMean = 0;
  const copy = new Float32Array(scores.length);
  for (let s = 0; s < SHUFFLES; s++) {
    copy.set(scores);
    for (let c = 0; c < columns; c++) shuffleColumn(copy, c, columns, n, random);
    shuffledMean += leadingEigenvalue(gramOf(copy, n, columns), n) / SHUFFLES;
  }
  return shuffledMean > 0 ? leadingEigenvalue(gram, n) / shuffledMean : 1;
}

function shuffleColumn(scores: Float32Array, c: number, columns: number, n: number, random: () => number): void {
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = scores[i * columns + c]!;
    scores[i * columns + c] = scores[j * columns + c]!;
    scores[j * columns + c] = held;
  }
}

/** Power iteration; `gram` is positive semi-definite. */
function leadingEigenvalue(gram: Float64Array, n: number): number {
  const random = seededRandom(4);
  let v = Float64Array.from({ length: n }, () => random() - 0.5);
  let value = 0;
  for (let pass = 0; pass < 60; pass++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) next[i]! += gram[i * n + j]! * v[j]!;
    value = Math.hypot(...next);
    if (value === 0) return 0;
    v = next.map((x) => x / value);
  }
  return value;
}
