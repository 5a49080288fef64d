import type { Assignment, TippettPoint } from '../types.js';
import { html, type Markup } from './html.js';
import { page } from './words.js';

/** Hands are told apart by colour and by shape; more hands than shapes share the last. */
const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;
/** Certainty below which an article could belong to another hand; as in judge. */
export const UNSURE = 0.55;

function handClass(hand: number): string {
  return `hand-${Math.min(hand, SHAPES.length - 1)}`;
}

/** A mark of about 9 units across, at a point. */
function mark(hand: number, x: number, y: number): Markup {
  const at = (dx: number, dy: number): string => `${fixed(x + dx)},${fixed(y + dy)}`;
  switch (SHAPES[Math.min(hand, SHAPES.length - 1)]!) {
    case 'circle':
      return html`<circle cx="${fixed(x)}" cy="${fixed(y)}" r="4.5"/>`;
    case 'square':
      return html`<path d="M${at(-4, -4)}L${at(4, -4)}L${at(4, 4)}L${at(-4, 4)}Z"/>`;
    case 'triangle':
      return html`<path d="M${at(0, -5)}L${at(5, 4)}L${at(-5, 4)}Z"/>`;
    case 'diamond':
      return html`<path d="M${at(0, -5.5)}L${at(5.5, 0)}L${at(0, 5.5)}L${at(-5.5, 0)}Z"/>`;
    case 'cross':
      return html`<path d="M${at(-4, -4)}L${at(4, 4)}M${at(-4, 4)}L${at(4, -4)}"/>`;
  }
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Small key to a hand's colour and shape. */
export function handKey(hand: number): Markup {
  return html`<svg class="key ${handClass(hand)}" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${mark(hand, 7, 7)}</svg>`;
}

const WIDTH = 900;
const [LEFT, RIGHT, ROW] = [70, 14, 34];

/** Articles of a byline along time, one row a hand; null when fewer than two days are known. */
export function timeline(assignments: readonly Assignment[], hands: number, name: string): Markup | null {
  const dated = assignments
    .filter((a) => a.date !== undefined)
    .map((a) => ({ ...a, day: Date.parse(a.date!) / 86_400_000 }))
    .filter((a) => Number.isFinite(a.day));
  const days = dated.map((a) => a.day);
  const [first, last] = [
    days.reduce((x, y) => Math.min(x, y), Infinity),
    days.reduce((x, y) => Math.max(x, y), -Infinity),
  ];
  if (!(last > first)) return null;
  const x = (day: number): number => LEFT + ((day - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const rows = Math.min(hands, 12);
  const height = rows * ROW + 34;
  const ticks = yearTicks(first, last);
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Timeline of the articles of ${name}, one row a hand; the table below holds the same.">
${ticks.map(({ day, label }) => html`<path class="grid" d="M${fixed(x(day))},6V${rows * ROW + 8}"/><text class="tick" x="${fixed(x(day))}" y="${height - 8}">${label}</text>`)}
${Array.from({ length: rows }, (_, h) => html`<text class="row" x="0" y="${h * ROW + ROW / 2 + 10}">${page.hand(h)}</text><path class="axis" d="M${LEFT},${h * ROW + ROW / 2 + 6}H${WIDTH - RIGHT}"/>`)}
${dated.map((a) => html`<g class="${handClass(a.hand)}${a.confidence < UNSURE ? ' unsure' : ''}">${mark(a.hand, x(a.day), Math.min(a.hand, rows - 1) * ROW + ROW / 2 + 6)}</g>`)}
</svg>`;
}

/** Beginnings of years, or of months in a short span: at most about eight. */
function yearTicks(first: number, last: number): { day: number; label: string }[] {
  const out: { day: number; label: string }[] = [];
  const months = last - first < 800;
  const span = months ? (last - first) / 30.4 : (last - first) / 365.25;
  const step = Math.max(1, Math.ceil(span / 8));
  const start = new Date(first * 86_400_000);
  let [year, month] = [start.getUTCFullYear(), months ? start.getUTCMonth() + 1 : 12];
  for (let i = 0; i < 40; i++) {
    const date = new Date(Date.UTC(year, month, 1));
    const day = date.getTime() / 86_400_000;
    if (!(day <= last)) break;
    out.push({ day, label: date.toISOString().slice(0, months ? 7 : 4) });
    if (months) month += step;
    else year += step;
  }
  return out;
}

/** Two rates and what is usual, on one line from 0; hidden from screen readers, for the figures stand beside it. */
export function strip(a: number, b: number, median: number | undefined): Markup {
  const most = Math.max(a, b, median ?? 0) * 1.08 || 1;
  const x = (v: number): string => fixed(6 + (Math.max(0, v) / most) * 128);
  return html`<svg class="strip" viewBox="0 0 140 16" width="140" height="16" aria-hidden="true"><path class="axis" d="M4,8H136"/>${median === undefined ? null : html`<path class="median" d="M${x(median)},2V14"/>`}<circle class="a" cx="${x(a)}" cy="8" r="4.5"/><rect class="b" x="${fixed(Number(x(b)) - 3.5)}" y="4.5" width="7" height="7"/></svg>`;
}

/** A bar from the middle, for a log10LR; 4 and more fill its half. */
export function bar(value: number): Markup {
  const width = Math.max(-4, Math.min(4, value)) * 17;
  return html`<svg class="strip" viewBox="0 0 140 16" width="140" height="16" aria-hidden="true"><path class="axis" d="M0,8H140"/><rect class="${value < 0 ? 'two' : 'one'}" x="${fixed(70 + Math.min(0, width))}" y="4" width="${fixed(Math.abs(width))}" height="8"/><path class="median" d="M70,1V15"/></svg>`;
}

/** Shares of known pairs at or above a log10LR: one hand rising to the left, different hands falling. */
export function tippettChart(points: readonly TippettPoint[]): Markup {
  const [w, h, left, bottom] = [560, 280, 46, 40];
  const [low, high] = [points[0]!.log10LR, points[points.length - 1]!.log10LR];
  const x = (v: number): number => left + ((v - low) / Math.max(1e-9, high - low)) * (w - left - 12);
  const y = (v: number): number => 12 + (1 - Math.max(0, Math.min(1, v))) * (h - bottom - 12);
  const line = (of: (p: TippettPoint) => number): string =>
    points.map((p, i) => `${i === 0 ? 'M' : 'L'}${fixed(x(p.log10LR))},${fixed(y(of(p)))}`).join('');
  const whole: number[] = [];
  for (let v = Math.ceil(low); v <= high && whole.length < 40; v += 2) whole.push(v);
  return html`<svg class="tippett" viewBox="0 0 ${w} ${h}" role="img" aria-label="Tippett plot of the self-test; the table below holds the same.">
${[0, 0.25, 0.5, 0.75, 1].map((v) => html`<path class="grid" d="M${left},${fixed(y(v))}H${w - 12}"/><text class="tick end" x="${left - 8}" y="${fixed(y(v) + 4)}">${Math.round(v * 100)} %</text>`)}
${whole.map((v) => html`<text class="tick" x="${fixed(x(v))}" y="${h - 20}">${v}</text>`)}
${low < 0 && high > 0 ? html`<path class="zero" d="M${fixed(x(0))},12V${h - bottom}"/>` : null}
<text class="tick" x="${(left + w) / 2}" y="${h - 4}">log10 likelihood ratio</text>
<path class="line one" d="${line((p) => p.sameHand)}"/><path class="line two" d="${line((p) => p.differentHands)}"/>
<text class="label one" x="${fixed(x(0) + 10)}" y="${fixed(y(0.5))}">one hand</text>
<text class="label two" x="${left + 10}" y="${fixed(y(0.08))}">different hands</text>
</svg>`;
}

/** One range of printed log10LR: its middle, and the log10LR that was observed in it. */
export interface Reliability {
  readonly printed: number;
  readonly observed: number;
}

/** Observed against printed ratios, in ranges of one unit where the test has pairs of both kinds. */
export function reliability(points: readonly TippettPoint[]): Reliability[] {
  const at = new Map(points.map((p) => [p.log10LR, p]));
  return points.flatMap((low) => {
    const high = at.get(low.log10LR + 1);
    if (high === undefined || !Number.isInteger(low.log10LR)) return [];
    const [same, different] = [low.sameHand - high.sameHand, low.differentHands - high.differentHands];
    return same > 0 && different > 0 ? [{ printed: low.log10LR + 0.5, observed: Math.log10(same / different) }] : [];
  });
}

/** Printed against observed log10LR, with the line on which they agree. */
export function reliabilityChart(ranges: readonly Reliability[]): Markup {
  const [size, left, bottom] = [280, 46, 40];
  const most = Math.max(2, ...ranges.map((r) => Math.ceil(Math.max(Math.abs(r.printed), Math.abs(r.observed)))));
  const x = (v: number): number => left + ((v + most) / (2 * most)) * (size - left - 12);
  const y = (v: number): number => 12 + ((most - v) / (2 * most)) * (size - bottom - 12);
  return html`<svg class="reliability" viewBox="0 0 ${size} ${size}" role="img" aria-label="Reliability plot of the self-test; the table below holds the same.">
${[-most, -most / 2, 0, most / 2, most].map((v) => html`<path class="grid" d="M${left},${fixed(y(v))}H${size - 12}"/><text class="tick end" x="${left - 8}" y="${fixed(y(v) + 4)}">${v}</text><text class="tick" x="${fixed(x(v))}" y="${size - 20}">${v}</text>`)}
<path class="zero" d="M${fixed(x(-most))},${fixed(y(-most))}L${fixed(x(most))},${fixed(y(most))}"/>
${ranges.map((r) => html`<circle class="dot" cx="${fixed(x(r.printed))}" cy="${fixed(y(r.observed))}" r="4.5"/>`)}
<text class="tick" x="${(left + size) / 2}" y="${size - 4}">printed log10 LR</text>
<text class="tick start" x="${left + 6}" y="24">observed</text>
</svg>`;
}
