import type { ReportedTest, TippettPoint } from '../types/types.js';
import { fixed } from './charts.js';
import { html, type Markup } from './html.js';
import { page } from './words.js';

/** Shares of known pairs at or above a log10LR: one hand rising to the left, different hands falling. */
export function tippettChart(points: readonly TippettPoint[]): Markup {
  const [w, h, left, bottom] = [560, 280, 62, 44];
  const [low, high] = [points[0]!.log10LR, points[points.length - 1]!.log10LR];
  const x = (v: number): number => left + ((v - low) / Math.max(1e-9, high - low)) * (w - left - 12);
  const y = (v: number): number => 12 + (1 - Math.max(0, Math.min(1, v))) * (h - bottom - 12);
  const line = (of: (p: TippettPoint) => number): string =>
    points.map((p, i) => `${i === 0 ? 'M' : 'L'}${fixed(x(p.log10LR))},${fixed(y(of(p)))}`).join('');
  const whole: number[] = [];
  for (let v = Math.ceil(low); v <= high && whole.length < 40; v += 2) whole.push(v);
  return html`<svg class="tippett" viewBox="0 0 ${w} ${h}" role="img" aria-label="${page.tippettLabel}">
${[0, 0.25, 0.5, 0.75, 1].map((v) => html`<path class="grid" d="M${left},${fixed(y(v))}H${w - 12}"/><text class="tick end" x="${left - 8}" y="${fixed(y(v) + 4)}">${Math.round(v * 100)} %</text>`)}
${whole.map((v) => html`<text class="tick" x="${fixed(x(v))}" y="${h - 20}">${v}</text>`)}
${low < 0 && high > 0 ? html`<path class="zero" d="M${fixed(x(0))},12V${h - bottom}"/>` : null}
<text class="tick" x="${(left + w) / 2}" y="${h - 4}">log10 likelihood ratio</text>
<path class="line one" d="${line((p) => p.sameHand)}"/><path class="line two" d="${line((p) => p.differentHands)}"/>
<text class="label one" x="${fixed(x(0) + 10)}" y="${fixed(y(0.5))}">one hand</text>
<text class="label two" x="${left + 10}" y="${fixed(y(0.08))}">different hands</text>
</svg>`;
}

/** One range of printed log10LR: its middle, the log10LR that was observed in it, and how surely. */
export interface Reliability {
  readonly printed: number;
  readonly observed: number;
  /** Bounds that hold the observed ratio in 95 of 100 repetitions; null where the test does not say how many pairs it had. */
  readonly low: number | null;
  readonly high: number | null;
  /** Known pairs of one hand in the range. */
  readonly halves: number;
}

/**
 * Observed against printed ratios, in ranges of one unit where the test has pairs of both kinds. The bounds are those
 * of the logarithm of a ratio of two proportions (Katz et al. 1978).
 */
export function reliability(test: ReportedTest): Reliability[] {
  const { tippett = [], sameHandPairs } = test;
  const differentHandsPairs = test.differentHandsPairs ?? counted(test);
  const at = new Map(tippett.map((p) => [p.log10LR, p]));
  return tippett.flatMap((low) => {
    const high = at.get(low.log10LR + 1);
    if (high === undefined || !Number.isInteger(low.log10LR)) return [];
    const [same, different] = [low.sameHand - high.sameHand, low.differentHands - high.differentHands];
    if (!(same > 0 && different > 0)) return [];
    const observed = Math.log10(same / different);
    const halves = Math.round(same * sameHandPairs);
    const others = different * differentHandsPairs;
    const spread =
      (1.96 / Math.LN10) * Math.sqrt(1 / halves - 1 / sameHandPairs + 1 / others - 1 / differentHandsPairs);
    const known = Number.isFinite(spread);
    return [
      {
        printed: low.log10LR + 0.5,
        observed,
        low: known ? observed - spread : null,
        high: known ? observed + spread : null,
        halves,
      },
    ];
  });
}

/** Pairs of different bylines, from the test's own ranges; NaN where it has none. */
function counted({ reliability: ranges }: ReportedTest): number {
  return ranges === undefined ? NaN : ranges.reduce((sum, r) => sum + r.falseCases, 0);
}

/** Printed against observed log10LR, with the line on which they agree and the bounds of each point. */
export function reliabilityChart(ranges: readonly Reliability[]): Markup {
  const [size, left, bottom] = [300, 46, 40];
  const most = Math.max(2, ...ranges.map((r) => Math.ceil(Math.max(Math.abs(r.printed), Math.abs(r.observed)))));
  const x = (v: number): number => left + ((v + most) / (2 * most)) * (size - left - 12);
  const y = (v: number): number =>
    12 + ((most - Math.max(-most, Math.min(most, v))) / (2 * most)) * (size - bottom - 12);
  return html`<svg class="reliability" viewBox="0 0 ${size} ${size}" role="img" aria-label="${page.reliabilityLabel}">
${[-most, -most / 2, 0, most / 2, most].map((v) => html`<path class="grid" d="M${left},${fixed(y(v))}H${size - 12}"/><text class="tick end" x="${left - 8}" y="${fixed(y(v) + 4)}">${v}</text><text class="tick" x="${fixed(x(v))}" y="${size - 20}">${v}</text>`)}
<path class="zero" d="M${fixed(x(-most))},${fixed(y(-most))}L${fixed(x(most))},${fixed(y(most))}"/>
${ranges.map((r) => html`${r.low === null || r.high === null ? null : html`<path class="bounds" d="M${fixed(x(r.printed))},${fixed(y(r.low))}V${fixed(y(r.high))}"/>`}<circle class="dot" cx="${fixed(x(r.printed))}" cy="${fixed(y(r.observed))}" r="4.5"/>`)}
<text class="tick" x="${(left + size) / 2}" y="${size - 4}">printed log10 LR</text>
<text class="tick start" x="${left + 6}" y="24">observed</text>
</svg>`;
}
