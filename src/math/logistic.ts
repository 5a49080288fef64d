import { Matrix } from 'ml-matrix';
import { newton } from './newton.js';

/** A fitted logistic regression: logit = intercept + Σ weights[i] · x[i]. */
export interface Logistic {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/**
 * Logistic regression by iteratively reweighted least squares with a ridge on the weights, both classes
 * weighted to equal total mass, so that the logit is a log likelihood ratio and not a posterior
 * (Brümmer & du Preez 2006; Ishihara 2017 for text).
 *
 * @param rows observations × features, of comparable scale
 * @param labels true for the numerator's class ("one hand", or "several hands")
 * @param options.ridge penalty on squared weights in units of observations; the intercept is free
 * @param options.weights relative mass of each observation inside its class; all 1 when left out
 * @throws RangeError when a class is empty
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
  options: { readonly ridge: number; readonly weights?: readonly number[] },
): Logistic {
  const d = (rows[0]?.length ?? 0) + 1;
  const mass = observationMass(labels, options.weights);
  const beta = newton(new Float64Array(d), 2, (beta) => {
    const hessian = Matrix.zeros(d, d);
    const gradient = new Float64Array(d);
    for (let r = 0; r < rows.length; r++) accumulate(rows[r]!, labels[r]!, mass[r]!, beta, hessian, gradient);
    for (let i = 1; i < d; i++) {
      gradient[i]! -= options.ridge * beta[i]!;
      hessian.set(i, i, hessian.get(i, i) + options.ridge);
    }
    hessian.set(0, 0, hessian.get(0, 0) + 1e-9);
    for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) hessian.set(i, j, hessian.get(j, i));
    return { gradient, hessian };
  });
  return { intercept: beta[0]!, weights: Array.from(beta.subarray(1)) };
}

/** log10 likelihood ratio of one observation under a fitted model. */
export function log10Odds(model: Logistic, row: readonly number[]): number {
  let logit = model.intercept;
  for (let i = 0; i < row.length; i++) logit += model.weights[i]! * row[i]!;
  return logit / Math.LN10;
}

/** A log10 likelihood ratio held to what those it was learned on support: -cap … cap. */
export function capped(log10LR: number, cap: number): number {
  return Math.max(-cap, Math.min(cap, log10LR));
}

function observationMass(labels: readonly boolean[], weights: readonly number[] | undefined): Float64Array {
  const mass = Float64Array.from(labels, (_, i) => weights?.[i] ?? 1);
  let positive = 0;
  let negative = 0;
  for (let i = 0; i < labels.length; i++)
    if (labels[i]) positive += mass[i]!;
    else negative += mass[i]!;
  if (!(positive > 0) || !(negative > 0)) throw new RangeError('fitLogistic needs observations of both classes');
  // Scaled so that the whole has the mass of twice the rarer class: the ridge then keeps its meaning.
  const rare = Math.min(positive, negative);
  return mass.map((m, i) => (m * rare) / (labels[i] ? positive : negative));
}

function accumulate(
  row: readonly number[],
  label: boolean,
  mass: number,
  beta: Float64Array,
  hessian: Matrix,
  gradient: Float64Array,
): void {
  const d = beta.length;
  let logit = beta[0]!;
  for (let i = 1; i < d; i++) logit += beta[i]! * row[i - 1]!;
  const p = 1 / (1 + Math.exp(-logit));
  const residual = mass * ((label ? 1 : 0) - p);
  const curvature = Math.max(mass * p * (1 - p), 1e-12);
  for (let i = 0; i < d; i++) {
    const xi = i === 0 ? 1 : row[i - 1]!;
    gradient[i]! += residual * xi;
    const scaled = curvature * xi;
    for (let j = i; j < d; j++) hessian.set(i, j, hessian.get(i, j) + scaled * (j === 0 ? 1 : row[j - 1]!));
  }
}
