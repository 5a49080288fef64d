/** A dense symmetric matrix of scores, row-major, n × n. */
export interface ScoreMatrix {
  readonly n: number;
  readonly values: Float32Array;
}

/** Cosine of every pair of rows. A zero row scores 0 with everything. */
export function cosines(rows: Float32Array, n: number, dims: number): ScoreMatrix {
  const unit = unitRows(rows, n, dims);
  const values = new Float32Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = a; b < n; b++) {
      let dot = 0;
      for (let k = 0; k < dims; k++) dot += unit[a * dims + k]! * unit[b * dims + k]!;
      values[a * n + b] = dot;
      values[b * n + a] = dot;
    }
  }
  return { n, values };
}

/** A copy with every row scaled to length 1; zero rows stay zero. */
export function unitRows(rows: Float32Array, n: number, dims: number): Float32Array {
  const out = new Float32Array(n * dims);
  for (let r = 0; r < n; r++) {
    let squares = 0;
    for (let k = 0; k < dims; k++) squares += rows[r * dims + k]! ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = 0; k < dims; k++) out[r * dims + k] = rows[r * dims + k]! * scale;
  }
  return out;
}

/** Smallest spread a cohort may show; below it scores of near-identical strangers would explode. */
const LEAST_SPREAD = 0.01;

/** Weight of the adaptive form beside the plain one: its spread is smaller, so its scores are larger. */
const SHARP_SHARE = 0.5;

/**
 * Symmetric score normalisation against a cohort (S-norm, Kenny 2010) averaged with its adaptive form, which keeps
 * only each side's `nearest` strangers (AS-norm, Matějka et al. 2017). A side's cohort is every other row, the other
 * half of the pair included: one true match among many strangers moves it little.
 *
 * @param scores raw scores, n × n; rows ≥ `own` are background and serve as cohort only
 * @param nearest size of the adaptive cohort
 * @returns own × own scores in units of the strangers' spread; NaN on the diagonal and where no cohort exists
 */
export function symmetricNorm(scores: ScoreMatrix, own: number, nearest = NEAREST): ScoreMatrix {
  const { n } = scores;
  const cohorts = new Float64Array(own * COHORT_NUMBERS);
  for (let a = 0; a < own; a++)
    cohortOf(scores.values.subarray(a * n, (a + 1) * n), a, nearest, cohorts.subarray(a * COHORT_NUMBERS));
  const values = new Float32Array(own * own);
  for (let a = 0; a < own; a++)
    for (let b = 0; b < own; b++)
      values[a * own + b] = a === b || n < 3 ? NaN : normalised(scores.values[a * n + b]!, cohorts, a, b);
  return { n: own, values };
}

/** Numbers kept of a side's cohort: mean and spread of all strangers, mean and spread of the nearest. */
export const COHORT_NUMBERS = 4;

/** Strangers in the adaptive cohort. */
export const NEAREST = 5;

/**
 * What one side's strangers score, into the first four places of `out`.
 *
 * @param scores of the side with every row, itself included
 */
export function cohortOf(scores: Float32Array, own: number, nearest: number, out: Float64Array): void {
  const cohort = new Float64Array(scores.length - 1);
  for (let b = 0, i = 0; b < scores.length; b++) if (b !== own) cohort[i++] = scores[b]!;
  centreAndSpread(cohort, out, 0);
  // The best stranger is left out of the near cohort: it may be the very match that is sought.
  const top = largest(cohort, nearest + 1);
  centreAndSpread(top.subarray(0, Math.max(1, top.length - 1)), out, 1);
}

/** The `count` largest values, ascending. */
function largest(values: Float64Array, count: number): Float64Array {
  if (values.length <= 4 * count) return values.slice().sort().slice(-count);
  const top = values.slice(0, count).sort();
  for (let i = count; i < values.length; i++) {
    const v = values[i]!;
    if (v <= top[0]!) continue;
    let at = 0;
    while (at + 1 < count && top[at + 1]! < v) {
      top[at] = top[at + 1]!;
      at++;
    }
    top[at] = v;
  }
  return top;
}

/** A pair's raw score in units of its strangers' spread, on the mean of both sides; `cohorts` as `cohortOf` gives them. */
export function normalised(s: number, cohorts: Float64Array, a: number, b: number): number {
  const [p, q] = [a * COHORT_NUMBERS, b * COHORT_NUMBERS];
  const wide = ((s - cohorts[p]!) / cohorts[p + 1]! + (s - cohorts[q]!) / cohorts[q + 1]!) / 2;
  const sharp = ((s - cohorts[p + 2]!) / cohorts[p + 3]! + (s - cohorts[q + 2]!) / cohorts[q + 3]!) / 2;
  return wide + SHARP_SHARE * sharp;
}

function centreAndSpread(cohort: Float64Array, out: Float64Array, at: number): void {
  let sum = 0;
  for (const s of cohort) sum += s;
  const mean = sum / cohort.length;
  let squares = 0;
  for (const s of cohort) squares += (s - mean) ** 2;
  out[2 * at] = mean;
  out[2 * at + 1] = Math.max(LEAST_SPREAD, Math.sqrt(squares / cohort.length));
}
