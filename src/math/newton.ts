import { Matrix, solve } from 'ml-matrix';

/** Which way, and how fast, what is to be greatest grows at a point: gradient, and Hessian with its sign turned. */
export interface Slopes {
  readonly gradient: Float64Array;
  readonly hessian: Matrix;
}

/**
 * The top of a concave function by Newton's method: until no step is longer than 1e-8 on any axis, 60 steps at most.
 *
 * @param longest a step is shortened to this length on its longest axis: far from the top a parabola promises too much
 */
export function newton(start: Float64Array, longest: number, slopesAt: (point: Float64Array) => Slopes): Float64Array {
  let point = start;
  for (let iteration = 0; iteration < 60; iteration++) {
    const { gradient, hessian } = slopesAt(point);
    const step = solve(hessian, Matrix.columnVector(gradient)).to1DArray();
    const largest = step.reduce((m, s) => Math.max(m, Math.abs(s)), 0);
    const damp = largest > longest ? longest / largest : 1;
    point = point.map((b, i) => b + damp * step[i]!);
    if (largest < 1e-8) break;
  }
  return point;
}
