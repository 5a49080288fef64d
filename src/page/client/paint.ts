import type { Dot, Layout, Line } from './layout.js';
import { colour } from './dom.js';
import { signed } from '../words.js';

export interface View {
  readonly x: number;
  readonly y: number;
  readonly k: number;
  readonly width: number;
  readonly height: number;
  /** Lines below are not drawn. */
  readonly from: number;
  /** Byline pointed at, or -1. */
  readonly at: number;
  /** Bylines that a search found; null without a search. */
  readonly found: ReadonlySet<number> | null;
}

/** Names drawn at most, so that dragging stays smooth. */
const MOST_NAMES = 80;
const MOST_FIGURES = 60;

/** Draws the map. Squares: several hands. Outlines: suspected single hands. Hollow dots: nothing stands out. */
export function paintMap(context: CanvasRenderingContext2D, layout: Layout, view: View): void {
  const ink = colour('ink');
  const lines = layout.lines.filter((l) => l.log10LR >= view.from);
  const seen = (d: Dot): boolean => {
    const [x, y] = [d.x * view.k + view.x, d.y * view.k + view.y];
    return x > -60 && y > -60 && x < view.width + 60 && y < view.height + 60;
  };
  context.save();
  context.fillStyle = colour('paper');
  context.fillRect(0, 0, view.width, view.height);
  context.translate(view.x, view.y);
  context.scale(view.k, view.k);
  context.lineCap = context.lineJoin = 'round';
  paintGroups(context, lines, colour('halo'), colour('one'));
  context.strokeStyle = colour('one');
  for (const l of lines) {
    if (!seen(l.source) && !seen(l.target)) continue;
    context.globalAlpha = Math.min(0.9, 0.25 + l.log10LR / 5);
    context.lineWidth = Math.min(7, 0.7 + l.log10LR);
    context.beginPath();
    context.moveTo(l.source.x, l.source.y);
    context.lineTo(l.target.x, l.target.y);
    context.stroke();
  }
  for (const d of layout.dots) if (seen(d)) paintDot(context, d, view, ink);
  context.restore();
  paintText(context, layout.dots.filter(seen), lines, view, ink);
}

/** An outline round the members of each suspected single hand, drawn as a thick line with a thicker one below. */
function paintGroups(context: CanvasRenderingContext2D, lines: readonly Line[], halo: string, edge: string): void {
  const inside = lines.filter((l) => l.source.group >= 0 && l.source.group === l.target.group);
  for (const [width, style] of [
    [47, edge],
    [44, halo],
  ] as const) {
    context.globalAlpha = 1;
    context.strokeStyle = style;
    context.lineWidth = width;
    context.beginPath();
    for (const l of inside) {
      context.moveTo(l.source.x, l.source.y);
      context.lineTo(l.target.x, l.target.y);
    }
    context.stroke();
  }
}

function paintDot(context: CanvasRenderingContext2D, d: Dot, view: View, ink: string): void {
  const dim = view.found !== null && !view.found.has(d.byline);
  context.globalAlpha = dim ? 0.2 : 1;
  context.beginPath();
  if (d.several) context.rect(d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius);
  else context.arc(d.x, d.y, d.radius, 0, 2 * Math.PI);
  const named = d.several || d.group >= 0;
  context.fillStyle = d.several ? colour('hand-1') : d.group >= 0 ? colour('one') : colour('paper');
  context.fill();
  context.lineWidth = view.at === d.byline ? 4 : 1.4;
  context.strokeStyle = view.at === d.byline ? colour('link') : named ? ink : colour('muted');
  context.stroke();
}

/** Names that find room, those that matter first; then figures on lines. */
function paintText(context: CanvasRenderingContext2D, dots: readonly Dot[], lines: readonly Line[], view: View, ink: string): void {
  const taken: [number, number, number, number][] = [];
  const room = (x: number, y: number, w: number, h: number): boolean => {
    if (taken.some(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h)) return false;
    taken.push([x, y, w, h]);
    return true;
  };
  const rank = (d: Dot): number =>
    (view.at === d.byline ? 8 : 0) + (view.found?.has(d.byline) === true ? 4 : 0) + (d.several || d.group >= 0 ? 2 : 0) + (d.linked ? 1 : 0);
  context.font = '13px system-ui, sans-serif';
  context.textAlign = 'center';
  context.lineWidth = 3;
  context.strokeStyle = colour('paper');
  let names = 0;
  for (const d of [...dots].sort((a, b) => rank(b) - rank(a) || b.radius - a.radius)) {
    if (names >= MOST_NAMES || (rank(d) === 0 && dots.length > 400)) break;
    const text = d.name.length > 32 ? `${d.name.slice(0, 31)}…` : d.name;
    const width = context.measureText(text).width;
    const [x, y] = [d.x * view.k + view.x, d.y * view.k + view.y + d.radius * view.k + 14];
    if (!room(x - width / 2 - 2, y - 11, width + 4, 15)) continue;
    names++;
    context.globalAlpha = 1;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
  context.font = '11px system-ui, sans-serif';
  for (const l of lines.slice(0, MOST_FIGURES)) {
    const [x, y] = [((l.source.x + l.target.x) / 2) * view.k + view.x, ((l.source.y + l.target.y) / 2) * view.k + view.y + 4];
    if (!room(x - 12, y - 10, 24, 13)) continue;
    context.strokeText(signed(l.log10LR), x, y);
    context.fillStyle = ink;
    context.fillText(signed(l.log10LR), x, y);
  }
}
