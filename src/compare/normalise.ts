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
function unitRows(rows: Float32Array, n: number, dims: number): Float32Array {
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
export function symmetricNorm(scores: ScoreMatrix, own: number, nearest = 5): ScoreMatrix {
  const { n } = scores;
  const full = new Float64Array(own * 2);
  const near = new Float64Array(own * 2);
  for (let a = 0; a < own; a++) {
    const cohort = new Float64Array(n - 1);
    for (let b = 0, i = 0; b < n; b++) if (b !== a) cohort[i++] = scores.values[a * n + b]!;
    centreAndSpread(cohort, full, a);
    // The best stranger is left out of the near cohort: it may be the very match that is sought.
    centreAndSpread(cohort.sort().subarray(Math.max(0, n - 2 - nearest), Math.max(1, n - 2)), near, a);
  }
  const values = new Float32Array(own * own);
  for (let a = 0; a < own; a++) {
    for (let b = 0; b < own; b++) {
      const s = scores.values[a * n + b]!;
      const z = (t: Float64Array, i: number): number => (s - t[2 * i]!) / t[2 * i + 1]!;
      const wide = (z(full, a) + z(full, b)) / 2;
      const sharp = (z(near, a) + z(near, b)) / 2;
      values[a * own + b] = a === b || n < 3 ? NaN : wide + SHARP_SHARE * sharp;
    }
  }
  return { n: own, values };
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
