import type { Scored } from '../math/metrics.js';
import type { TippettPoint } from '../types/types.js';

/** log10 LR at which the curve is read, in steps of a quarter. */
const [FROM, TO, STEP] = [-4, 6, 0.25];

/** Shares of same-hand and of different-hands cases at or above each log10LR: what a Tippett plot draws (Meuwly 2001). */
export function tippett(cases: readonly Scored[]): TippettPoint[] {
  const steps = Math.round((TO - FROM) / STEP) + 1;
  const counts = { same: new Float64Array(steps), different: new Float64Array(steps) };
  let [same, different] = [0, 0];
  for (const { score, truth } of cases) {
    if (truth) same++;
    else different++;
    const last = Math.min(steps - 1, Math.floor((score - FROM) / STEP));
    if (last >= 0) (truth ? counts.same : counts.different)[last]!++;
  }
  const out: TippettPoint[] = [];
  let [s, d] = [0, 0];
  for (let i = steps - 1; i >= 0; i--) {
    s += counts.same[i]!;
    d += counts.different[i]!;
    out.push({ log10LR: FROM + i * STEP, sameHand: s / Math.max(1, same), differentHands: d / Math.max(1, different) });
  }
  return out.reverse();
}
