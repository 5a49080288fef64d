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
  /** Under the reader's hand right now: only what matters most is named. */
  readonly moving: boolean;
  /** Byline pointed at, or -1. */
  readonly at: number;
  /** Line pointed at. */
  readonly line: Line | null;
  /** Bylines that a search found; null without a search. */
  readonly found: ReadonlySet<number> | null;
}

/** Names drawn at most, so that dragging stays smooth. */
const MOST_NAMES = 80;
const MOST_FIGURES = 60;
const MOST_WHILE_MOVING = 500;

/** Draws the map. Squares: several hands. Outlines: suspected single hands. Hollow dots: nothing stands out. */
export function paintMap(context: CanvasRenderingContext2D, layout: Layout, view: View): void {
  const { lines, dots, seen } = shownOf(layout, view);
  context.save();
  context.fillStyle = colour('paper');
  context.fillRect(0, 0, view.width, view.height);
  scaled(context, view);
  paintGroups(context, lines, colour('halo'), colour('one'));
  const near = lines.filter((l) => seen(l.source) || seen(l.target));
  // Thousands of dashes are too slow to drag: meanwhile the strongest are drawn, plain; what is reported keeps its colour.
  const many = view.moving && near.length > MOST_WHILE_MOVING;
  const weak = near.filter((l) => !l.reported);
  context.setLineDash(many ? [] : [5, 4]);
  paintLines(context, many ? weak.slice(0, 2 * MOST_WHILE_MOVING) : weak, colour('muted'));
  context.setLineDash([]);
  paintLines(
    context,
    near.filter((l) => l.reported),
    colour('one'),
  );
  paintLine(context, view);
  paintDots(context, dots, view);
  paintPointed(context, dots, view);
  context.restore();
  paintWords(context, dots, lines, view);
}

/** Draws what a map has over its dots and lines: what is pointed at, names and figures. The rest is see-through. */
export function paintOver(context: CanvasRenderingContext2D, layout: Layout, view: View): void {
  const { lines, dots } = shownOf(layout, view);
  context.clearRect(0, 0, view.width, view.height);
  context.save();
  scaled(context, view);
  paintLine(context, view);
  paintPointed(context, dots, view);
  context.restore();
  paintWords(context, dots, lines, view);
}

/** Lines as strong as asked, and dots within the frame or near it. */
function shownOf(
  layout: Layout,
  view: View,
): { readonly lines: readonly Line[]; readonly dots: readonly Dot[]; readonly seen: (d: Dot) => boolean } {
  const seen = (d: Dot): boolean => {
    const [x, y] = [d.x * view.k + view.x, d.y * view.k + view.y];
    return x > -60 && y > -60 && x < view.width + 60 && y < view.height + 60;
  };
  return { lines: layout.lines.filter((l) => l.log10LR >= view.from), dots: layout.dots.filter(seen), seen };
}

function scaled(context: CanvasRenderingContext2D, { x, y, k }: View): void {
  context.translate(x, y);
  context.scale(k, k);
  context.lineCap = context.lineJoin = 'round';
}

/** The line that is pointed at. */
function paintLine(context: CanvasRenderingContext2D, { line, k }: View): void {
  if (line === null) return;
  context.strokeStyle = colour('link');
  context.lineWidth = 5 / k;
  strokeAll(context, [line]);
}

/** Names and figures; of many dots under the reader's hand only those that matter. */
function paintWords(context: CanvasRenderingContext2D, dots: readonly Dot[], lines: readonly Line[], view: View): void {
  const few = view.moving && dots.length > MOST_WHILE_MOVING;
  paintText(
    context,
    few ? dots.filter((d) => d.several || d.group >= 0 || d.byline === view.at) : dots,
    few ? [] : lines,
    view,
    colour('ink'),
  );
}

/** An outline round the members of each suspected single hand, drawn as a thick line with a thicker one below. */
function paintGroups(context: CanvasRenderingContext2D, lines: readonly Line[], halo: string, edge: string): void {
  const inside = lines.filter((l) => l.source.group >= 0 && l.source.group === l.target.group);
  for (const [width, style] of [
    [47, edge],
    [44, halo],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    strokeAll(context, inside);
  }
}

function strokeAll(context: CanvasRenderingContext2D, lines: readonly Line[]): void {
  context.beginPath();
  for (const { source, target } of lines) {
    context.moveTo(source.x, source.y);
    context.lineTo(target.x, target.y);
  }
  context.stroke();
}

/** Lines in a few widths, one path each: a path of its own for every line would be too slow to drag. */
function paintLines(context: CanvasRenderingContext2D, lines: readonly Line[], style: string): void {
  const steps = new Map<number, Line[]>();
  for (const l of lines) {
    const step = Math.min(12, Math.round(2 * l.log10LR));
    const own = steps.get(step);
    if (own === undefined) steps.set(step, [l]);
    else own.push(l);
  }
  context.strokeStyle = style;
  for (const [step, own] of [...steps].sort((a, b) => a[0] - b[0])) {
    context.globalAlpha = Math.min(0.9, 0.3 + step / 10);
    context.lineWidth = 0.7 + step / 2;
    strokeAll(context, own);
  }
  context.globalAlpha = 1;
}

/** Dots by what they look like, one path for all of a kind. */
function paintDots(context: CanvasRenderingContext2D, dots: readonly Dot[], view: View): void {
  const [ink, muted] = [colour('ink'), colour('muted')];
  const fills = { several: colour('hand-3'), group: colour('one'), plain: colour('paper') };
  const kindOf = (d: Dot): keyof typeof fills => (d.several ? 'several' : d.group >= 0 ? 'group' : 'plain');
  // Under the reader's hand thousands of outlined circles are too slow: meanwhile the plain ones are small squares.
  const quick = view.moving && dots.length > MOST_WHILE_MOVING;
  context.fillStyle = muted;
  if (quick)
    for (const d of dots) {
      if (kindOf(d) !== 'plain') continue;
      context.globalAlpha = view.found === null || view.found.has(d.byline) ? 1 : 0.2;
      context.fillRect(d.x - d.radius / 2, d.y - d.radius / 2, d.radius, d.radius);
    }
  context.lineWidth = 1.4;
  for (const dim of [true, false])
    for (const kind of quick ? (['group', 'several'] as const) : (['plain', 'group', 'several'] as const)) {
      const some = dots.filter((d) => kindOf(d) === kind && (view.found !== null && !view.found.has(d.byline)) === dim);
      context.globalAlpha = dim ? 0.2 : 1;
      context.fillStyle = fills[kind];
      context.strokeStyle = kind === 'plain' ? muted : ink;
      shape(context, some);
      context.fill();
      context.stroke();
    }
  context.globalAlpha = 1;
}

/** A rim round the dot that is pointed at. */
function paintPointed(context: CanvasRenderingContext2D, dots: readonly Dot[], view: View): void {
  context.lineWidth = 4;
  context.strokeStyle = colour('link');
  shape(
    context,
    dots.filter((d) => d.byline === view.at),
  );
  context.stroke();
}

/** One path for all dots. */
function shape(context: CanvasRenderingContext2D, dots: readonly Dot[]): void {
  context.beginPath();
  for (const { x, y, radius, several } of dots)
    if (several) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
}

/** What of the screen is taken, in boxes. */
class Room {
  private readonly taken: [number, number, number, number][];

  constructor(dots: readonly Dot[], { x, y, k }: View) {
    this.taken = dots.map((d) => {
      const r = d.radius * k * 0.8;
      return [d.x * k + x - r, d.y * k + y - r, 2 * r, 2 * r];
    });
  }

  /** @returns false where some of it is taken already */
  take(x: number, y: number, w: number, h: number): boolean {
    if (this.taken.some(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h)) return false;
    this.taken.push([x, y, w, h]);
    return true;
  }
}

/** Figures on the strongest lines, and names, that find room; those that matter first. */
function paintText(
  context: CanvasRenderingContext2D,
  dots: readonly Dot[],
  lines: readonly Line[],
  view: View,
  ink: string,
): void {
  const room = new Room(dots, view);
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  const paper = colour('paper');
  context.strokeStyle = paper;
  // What is reported says how strongly before anything is named; other figures where names leave room.
  const strongest = lines.slice(0, MOST_FIGURES);
  const figures = (reported: boolean): void =>
    paintFigures(
      context,
      strongest.filter((l) => l.reported === reported),
      view,
      room,
      { ink, paper },
    );
  figures(true);
  paintNames(context, dots, view, room, ink);
  figures(false);
}

function paintFigures(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  view: View,
  room: Room,
  { ink, paper }: { readonly ink: string; readonly paper: string },
): void {
  context.font = '11px system-ui, sans-serif';
  for (const { source, target, log10LR } of lines) {
    const x = ((source.x + target.x) / 2) * view.k + view.x;
    const y = ((source.y + target.y) / 2) * view.k + view.y + 4;
    if (!room.take(x - 14, y - 11, 28, 15)) continue;
    context.fillStyle = paper;
    context.fillRect(x - 13, y - 10, 26, 13);
    context.fillStyle = ink;
    context.fillText(signed(log10LR), x, y);
  }
}

/** Names below their dots. */
function paintNames(
  context: CanvasRenderingContext2D,
  dots: readonly Dot[],
  view: View,
  room: Room,
  ink: string,
): void {
  const rank = (d: Dot): number =>
    (view.at === d.byline ? 8 : 0) +
    (view.found?.has(d.byline) === true ? 4 : 0) +
    (d.several || d.group >= 0 ? 2 : 0) +
    (d.linked ? 1 : 0);
  context.font = '13px system-ui, sans-serif';
  let names = 0;
  for (const d of [...dots].sort((a, b) => rank(b) - rank(a) || b.radius - a.radius)) {
    if (names >= MOST_NAMES || (rank(d) === 0 && dots.length > 400)) break;
    const text = d.name.length > 32 ? `${d.name.slice(0, 31)}…` : d.name;
    const width = context.measureText(text).width;
    const [x, y] = [d.x * view.k + view.x, d.y * view.k + view.y + d.radius * view.k + 14];
    if (!room.take(x - width / 2 - 2, y - 11, width + 4, 15)) continue;
    names++;
    context.globalAlpha = 1;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
}
