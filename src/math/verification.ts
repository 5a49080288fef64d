/** One verification problem: was it one hand, and what was answered; null where no answer was given. */
export interface Answered {
  readonly truth: boolean;
  readonly answer: boolean | null;
}

/**
 * c@1 (Peñas & Rodrigo 2011): accuracy that credits each unanswered problem with the accuracy of the answered ones.
 *
 * @returns 0 … 1; NaN without problems
 */
export function cAt1(problems: readonly Answered[]): number {
  const n = problems.length;
  const right = problems.filter((p) => p.answer === p.truth).length;
  const unanswered = problems.filter((p) => p.answer === null).length;
  return (right + (unanswered * right) / n) / n;
}

/**
 * F0.5u (Bevendorff et al. 2019, used at PAN from 2020): F0.5 of the answer "one hand", unanswered problems counting as
 * true cases that were missed.
 *
 * @returns 0 … 1; NaN where there is nothing to find and nothing was said
 */
export function f05u(problems: readonly Answered[]): number {
  const count = (answer: boolean | null, truth?: boolean): number =>
    problems.filter((p) => p.answer === answer && (truth === undefined || p.truth === truth)).length;
  const right = count(true, true);
  return (1.25 * right) / (1.25 * right + 0.25 * (count(false, true) + count(null)) + count(true, false));
}
