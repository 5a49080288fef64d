import { UNSURE } from '../types/strength.js';
import type { Assignment } from '../types/types.js';
import { html, type Markup } from './html.js';
import { page } from './words.js';

/** Hands are told apart by colour and by shape; more hands than shapes share the last. */
const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;

/** True where the hand of an article cannot be told; an older report says so by its certainty alone. */
export function isUntold({ told, confidence }: Assignment): boolean {
  return told === false || confidence < UNSURE;
}

function handClass(hand: number): string {
  return `hand-${Math.min(hand, SHAPES.length - 1)}`;
}

/** A mark of about 9 units across at size 1, at a point. */
function mark(hand: number, x: number, y: number, size = 1): Markup {
  const at = (dx: number, dy: number): string => `${fixed(x + size * dx)},${fixed(y + size * dy)}`;
  switch (SHAPES[Math.min(hand, SHAPES.length - 1)]!) {
    case 'circle':
      return html`<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${fixed(4.5 * size)}"/>`;
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

/** A coordinate of a drawing, to a tenth of its units. */
export function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Small key to a hand's colour and shape. */
export function handKey(hand: number): Markup {
  return html`<svg class="key ${handClass(hand)}" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${mark(hand, 7, 7)}</svg>`;
}

const WIDTH = 900;
const [LEFT, RIGHT, ROW] = [70, 14, 34];

/** Articles that are named where the reader points at their marks; of more, only the marks are drawn. */
const MOST_NAMED = 300;

export interface Timeline {
  readonly drawing: Markup;
  /** False where fewer than two days are known: the articles then stand in the order of their names. */
  readonly dated: boolean;
}

/**
 * Articles of a byline along time, one row a hand, larger the more certain the hand is; null for a single article, and
 * for articles of one hand without dates, of which nothing could be seen.
 */
export function timeline(
  assignments: readonly Assignment[],
  hands: number,
  name: string,
  changes: readonly { readonly from: string; readonly to: string }[] = [],
): Timeline | null {
  const days = assignments.map((a) => (a.date === undefined ? NaN : dayOf(a.date)));
  const known = days.filter((d) => Number.isFinite(d));
  const dated = new Set(known).size > 1;
  if (!dated && (hands < 2 || assignments.length < 2)) return null;
  const places = dated ? days : assignments.map((_, i) => i);
  const drawn = assignments.map((a, i) => ({ a, at: places[i]! })).filter(({ at }) => Number.isFinite(at));
  const [first, last] = drawn.reduce(
    ([low, high], { at }) => [Math.min(low, at), Math.max(high, at)],
    [Infinity, -Infinity],
  );
  const x = (at: number): number => LEFT + ((at - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const rows = Math.min(hands, 12);
  const y = (hand: number): number => Math.min(hand, rows - 1) * ROW + ROW / 2 + 6;
  const height = rows * ROW + (dated ? 34 : 12);
  const label = page.timelineLabel(name, dated);
  const drawing = html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
${(dated ? yearTicks(first, last) : []).map(({ day, label: when }) => html`<path class="grid" d="M${fixed(x(day))},6V${rows * ROW + 8}"/><text class="tick" x="${fixed(x(day))}" y="${height - 8}">${when}</text>`)}
${(dated ? changes : []).map(({ from, to }) => band(x(dayOf(from)), x(dayOf(to)), rows * ROW + 8))}
${Array.from({ length: rows }, (_, h) => html`<text class="row" x="0" y="${y(h) + 4}">${page.hand(h)}</text><path class="axis" d="M${LEFT},${y(h)}H${WIDTH - RIGHT}"/>`)}
${drawn.map(
  ({ a, at }) =>
    html`<g class="${handClass(a.hand)}${isUntold(a) ? ' unsure' : ''}">${drawn.length > MOST_NAMED ? null : html`<title>${page.articleAt(a.title ?? a.article, a.date, a.hand, isUntold(a) ? null : a.confidence)}</title>`}${mark(a.hand, x(at), y(a.hand), sizeOf(a.confidence))}</g>`,
)}
</svg>`;
  return { drawing, dated };
}

/** Days since 1970. */
function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000;
}

/** A stretch of time, shaded; at least a line wide. */
function band(from: number, to: number, height: number): Markup | null {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  const left = Math.max(LEFT, Math.min(from, to));
  return html`<rect class="band" x="${fixed(left)}" y="6" width="${fixed(Math.max(2, Math.max(from, to) - left))}" height="${height - 6}"/>`;
}

/** Size of a mark: three quarters at a certainty of one half, half as large again at certainty. */
function sizeOf(confidence: number): number {
  return 0.75 + Math.max(0, Math.min(1, 2 * confidence - 1)) * 0.6;
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
  return html`<svg class="strip" aria-hidden="true"><path class="axis" d="M4,8H136"/>${median === undefined ? null : html`<path class="median" d="M${x(median)},2V14"/>`}<circle class="a" cx="${x(a)}" cy="8" r="4.5"/><rect class="b" x="${fixed(Number(x(b)) - 3.5)}" y="4.5" width="7" height="7"/></svg>`;
}
