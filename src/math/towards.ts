import { Matrix } from 'ml-matrix';
import type { Logistic } from './logistic.js';
import { newton } from './newton.js';

/** Observations of a logistic regression: rows × features, one after another. */
export interface Observations {
  readonly features: Float64Array;
  readonly truth: readonly boolean[];
  /** Weight of each; classes are scaled to equal total mass, that of the true ones. */
  readonly mass: Float64Array;
}

/** What is known before: weights learned elsewhere, and the spread of each feature there. */
export interface Prior extends Logistic {
  readonly spread: readonly number[];
}

/**
 * Logistic regression drawn towards weights learned elsewhere (a Gaussian prior around them): with few observations the
 * prior speaks, with many the observations do. Newton's method; without a true or a false one the prior comes back.
 *
 * @param strength weight of the prior on standardised features, in observations
 * @param odds of a true one at which the fit shall be at its best: a line cannot be right everywhere (Brümmer & du Preez 2006)
 * @returns what gives the logarithm of the likelihood ratio, whatever the odds
 */
export function fitTowards(
  { features, truth, mass }: Observations,
  prior: Prior,
  strength: number,
  odds: number,
): Logistic {
  const d = prior.weights.length + 1;
  const start = [prior.intercept, ...prior.weights];
  const pull = [strength, ...prior.spread.map((s) => strength * Math.max(1e-6, s * s))];
  const masses = [false, true].map((t) => mass.reduce((sum, m, i) => (truth[i] === t ? sum + m : sum), 0));
  if (!(masses[0]! > 0) || !(masses[1]! > 0)) return { intercept: prior.intercept, weights: prior.weights };
  const scale = [2 / (1 + odds), (2 * odds) / (1 + odds)];
  const before = Math.log(odds);
  const x = new Float64Array(d);
  const beta = newton(Float64Array.from(start), 1, (beta) => {
    const hessian = Matrix.zeros(d, d);
    const gradient = new Float64Array(d);
    for (let r = 0; r < truth.length; r++) {
      x[0] = 1;
      for (let i = 1; i < d; i++) x[i] = features[r * (d - 1) + i - 1]!;
      let logit = before;
      for (let i = 0; i < d; i++) logit += beta[i]! * x[i]!;
      const p = 1 / (1 + Math.exp(-logit));
      const m = truth[r]! ? mass[r]! * scale[1]! : (mass[r]! * scale[0]! * masses[1]!) / masses[0]!;
      const residual = m * ((truth[r]! ? 1 : 0) - p);
      const curvature = Math.max(1e-12, m * p * (1 - p));
      for (let i = 0; i < d; i++) {
        gradient[i]! += residual * x[i]!;
        for (let j = 0; j <= i; j++) hessian.set(i, j, hessian.get(i, j) + curvature * x[i]! * x[j]!);
      }
    }
    for (let i = 0; i < d; i++) {
      gradient[i]! -= pull[i]! * (beta[i]! - start[i]!);
      hessian.set(i, i, hessian.get(i, i) + pull[i]! + 1e-9);
      for (let j = 0; j < i; j++) hessian.set(j, i, hessian.get(i, j));
    }
    return { gradient, hessian };
  });
  return { intercept: beta[0]!, weights: Array.from(beta.subarray(1)) };
}
