import { expectedCalibrationError, type ErrorPoint } from '../math/metrics.js';
import { probit } from '../math/statistics.js';
import type { ReliabilityBin, TippettPoint } from '../types/types.js';
import { at, chart, colour, path, px, py, xml, type Series, type Tick } from './svg.js';

export type { Series } from './svg.js';

/** Error shares at both ends of the DET axes. */
const [LEAST, MOST] = [0.0005, 0.5];
const SHARES = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4];

/** Place of an error share on a probit axis, 0 … 1. */
function onProbit(share: number): number {
  const z = probit(Math.max(LEAST / 2, Math.min(0.9, share)));
  return (z - probit(LEAST)) / (probit(MOST) - probit(LEAST));
}

/**
 * Detection-error trade-off (Martin et al. 1997): pairs of one hand missed against pairs of different hands let through,
 * both on probit axes, on which normal scores give straight lines. Nearer to the lower left corner is better.
 */
export function detChart(title: string, series: readonly Series<ErrorPoint>[]): string {
  const ticks = SHARES.map((s): Tick => ({ at: onProbit(s), label: `${Number((s * 100).toPrecision(2))} %` }));
  const curves = series.map(({ points }, i) =>
    path(
      points.map((p) => ({ x: onProbit(p.letThrough), y: onProbit(p.missed) })),
      i,
    ),
  );
  return chart(
    {
      title,
      about: `Detection-error trade-off. ${series.map(({ name, points }) => `${name}: ${missedAt(points, 0.01)} missed where 1 % of pairs of different hands are let through.`).join(' ')}`,
      x: { label: 'pairs of different hands let through', ticks },
      y: { label: 'pairs of one hand missed', ticks },
    },
    series.map((s) => s.name),
    curves.join(''),
  );
}

function missedAt(points: readonly ErrorPoint[], share: number): string {
  const within = points.filter((p) => p.letThrough <= share);
  return `${Math.round((within.at(-1)?.missed ?? 1) * 100)} %`;
}

/**
 * Tippett plot (Evett & Buckleton 1996; Meuwly 2001): shares of pairs at or above each log10 LR; of one hand (falling late
 * is good) and of different hands (falling early is good) in the same colour.
 */
export function tippettPlot(title: string, series: readonly Series<TippettPoint>[]): string {
  const all = series.flatMap((s) => s.points.map((p) => p.log10LR));
  const [low, high] = [Math.min(-4, ...all), Math.max(4, ...all)];
  const x = (v: number): number => (v - low) / (high - low);
  const whole = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => Math.ceil(low) + i);
  const curves = series.map(
    ({ points }, i) =>
      path(
        points.map((p) => ({ x: x(p.log10LR), y: p.sameHand })),
        i,
      ) +
      path(
        points.map((p) => ({ x: x(p.log10LR), y: p.differentHands })),
        i,
      ),
  );
  const zero = `<path class="f" stroke-dasharray="2 2" d="M${at(px(x(0)))},${at(py(1))}V${at(py(0))}"/>`;
  return chart(
    {
      title,
      about: `Tippett plot. ${series.map(({ name, points }) => `${name}: ${misleading(points)}`).join(' ')}`,
      x: { label: 'log10 LR at or above', ticks: whole.map((v): Tick => ({ at: x(v), label: String(v) })) },
      y: { label: 'share of pairs (one hand: right; different hands: left)', ticks: tenths() },
    },
    series.map((s) => s.name),
    zero + curves.join(''),
  );
}

function misleading(points: readonly TippettPoint[]): string {
  const zero = points.find((p) => p.log10LR >= 0);
  if (zero === undefined) return 'no pair at log10 LR 0 or above.';
  return `${Math.round(zero.sameHand * 100)} % of pairs of one hand and ${Number((zero.differentHands * 100).toPrecision(2))} % of pairs of different hands have a log10 LR of 0 or more.`;
}

/**
 * Reliability diagram (DeGroot & Fienberg 1983): probability of one hand as stated, at even prior odds, against the share
 * that was one hand. On the diagonal the stated number is right. Dots grow with the pairs behind them.
 */
export function reliabilityPlot(title: string, series: readonly Series<ReliabilityBin>[]): string {
  const curves = series.map(
    ({ points }, i) =>
      path(
        points.map((b) => ({ x: b.stated, y: b.observed })),
        i,
      ) +
      points
        .map(
          (b) =>
            `<circle cx="${at(px(b.stated))}" cy="${at(py(b.observed))}" r="${at(2 + 6 * Math.sqrt(b.mass))}" fill="${colour(i)}"><title>${xml(`stated ${b.stated.toFixed(2)}, observed ${b.observed.toFixed(2)}, ${b.trueCases} pairs of one hand and ${b.falseCases} of different hands`)}</title></circle>`,
        )
        .join(''),
  );
  const diagonal = `<path class="f" stroke-dasharray="2 2" d="M${at(px(0))},${at(py(0))}L${at(px(1))},${at(py(1))}"/>`;
  return chart(
    {
      title,
      about: `Reliability diagram. ${series.map(({ name, points }) => `${name}: mean distance from the diagonal ${expectedCalibrationError(points).toFixed(3)}.`).join(' ')}`,
      x: { label: 'probability of one hand as stated (even prior odds)', ticks: tenths() },
      y: { label: 'share that was one hand', ticks: tenths() },
    },
    series.map((s) => s.name),
    diagonal + curves.join(''),
  );
}

function tenths(): Tick[] {
  return Array.from({ length: 6 }, (_, i) => ({ at: i / 5, label: (i / 5).toFixed(1) }));
}
