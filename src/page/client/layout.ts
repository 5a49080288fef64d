import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type Simulation } from 'd3-force';
import type { PageData } from '../data.js';

export interface Dot {
  readonly byline: number;
  readonly name: string;
  readonly radius: number;
  /** Looks like the work of several hands: drawn as a square. */
  readonly several: boolean;
  /** Index of its suspected single hand; -1 for none. */
  readonly group: number;
  readonly linked: boolean;
  x: number;
  y: number;
}

export interface Line {
  readonly source: Dot;
  readonly target: Dot;
  readonly log10LR: number;
  /** Reported as one hand; other lines are only likenesses. */
  readonly reported: boolean;
}

export interface Layout {
  readonly dots: readonly Dot[];
  readonly lines: readonly Line[];
  readonly simulation: Simulation<Dot, undefined>;
}

/** Lines on the map at most, the strongest. */
const MOST_LINES = 6000;
/** Distance of the unlinked bylines from each other, in units of the map. */
const GAP = 36;

/** Dots and lines with first places; the simulation moves the linked ones when it is ticked. Always the same. */
export function layoutOf(data: PageData): Layout {
  const groupOf = new Map(data.groups.flatMap((g, i) => g.map((b) => [b, i] as const)));
  const several = new Set(data.several);
  const strong = data.pairs.filter((p) => p[3] > 0).slice(0, MOST_LINES);
  const linked = new Set(strong.flatMap((p) => [p[0], p[1]]));
  const dots = data.bylines.map(([name, articles], byline): Dot => ({
    byline,
    name,
    radius: Math.min(16, 3.5 + Math.sqrt(articles)),
    several: several.has(byline),
    group: groupOf.get(byline) ?? -1,
    linked: linked.has(byline),
    x: 0,
    y: 0,
  }));
  const moving = dots.filter((d) => d.linked);
  moving.forEach((d, i) => {
    const [radius, angle] = [18 * Math.sqrt(i + 0.5), i * 2.39996];
    [d.x, d.y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const lines = strong.map((p): Line => ({
    source: dots[p[0]]!,
    target: dots[p[1]]!,
    log10LR: p[3],
    reported: p[2] === 'same-hand',
  }));
  const simulation = forceSimulation(moving)
    .force(
      'link',
      forceLink<Dot, Line>(lines.map((l) => ({ ...l })))
        .distance((l) => 56 + 60 / (1 + Math.max(0, l.log10LR)))
        .strength((l) => Math.min(0.8, 0.1 + l.log10LR / 8)),
    )
    .force('charge', forceManyBody<Dot>().strength(-150).distanceMax(400))
    .force(
      'collide',
      forceCollide<Dot>((d) => d.radius + (d.group >= 0 ? 20 : 12)),
    )
    .force('x', forceX<Dot>(0).strength(0.05))
    .force('y', forceY<Dot>(0).strength(0.07))
    .alphaDecay(0.035)
    .stop();
  return { dots, lines, simulation };
}

/** Room between the parts of the map, in units of the map. */
const APART = 70;
/** So few unlinked bylines that there is room for every name. */
const FEW = 60;

/**
 * Last places: parts of the map that no line joins are set side by side, the largest first, so that none lies across
 * another and looks as if it belonged to it; bylines without lines stand in rows below.
 *
 * @param aspect width by height of what they are shown in
 */
export function placed(layout: Layout, aspect: number): void {
  const boxes = partsOf(layout).map(boxOf);
  const rest = layout.dots.filter((d) => !d.linked);
  const cell = rest.length <= FEW ? ([3 * GAP, 1.4 * GAP] as const) : ([GAP, GAP] as const);
  const across = bestWidth(boxes, rest.length, cell, aspect);
  const bottom = setSideBySide(boxes, across, true);
  const columns = Math.max(1, Math.floor(across / cell[0]));
  rest.forEach((d, i) => {
    d.x = ((i % columns) + 0.5) * cell[0];
    d.y = bottom + (Math.floor(i / columns) + 0.5) * cell[1];
  });
}

/** Width at which everything is largest in a frame of the aspect. */
function bestWidth(
  boxes: readonly Box[],
  rest: number,
  [wide, high]: readonly [number, number],
  aspect: number,
): number {
  const least = Math.max(wide, ...boxes.map((b) => b.width));
  let [best, size] = [least, Infinity];
  for (let across = least; across < 64 * least; across *= 1.08) {
    const rows = Math.ceil(rest / Math.max(1, Math.floor(across / wide)));
    const needed = Math.max(across / aspect, setSideBySide(boxes, across, false) + rows * high);
    if (needed < size) [best, size] = [across, needed];
  }
  return best;
}

/** Dots that lines join, directly or through others; the part with most dots first. */
function partsOf({ dots, lines }: Layout): Dot[][] {
  const root = dots.map((_, i) => i);
  const rootOf = (i: number): number => {
    while (root[i] !== i) i = root[i] = root[root[i]!]!;
    return i;
  };
  for (const { source, target } of lines) root[rootOf(source.byline)] = rootOf(target.byline);
  const parts = new Map<number, Dot[]>();
  for (const d of dots) {
    if (!d.linked) continue;
    const own = parts.get(rootOf(d.byline));
    if (own === undefined) parts.set(rootOf(d.byline), [d]);
    else own.push(d);
  }
  return [...parts.values()].sort((x, y) => y.length - x.length || x[0]!.byline - y[0]!.byline);
}

/** A part of the map and the room it takes. */
interface Box {
  readonly part: readonly Dot[];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(part: readonly Dot[]): Box {
  const [first, second] = part;
  // Two dots stand beside each other, so that both names find room.
  if (part.length === 2) {
    first!.x = second!.x - Math.max(90, Math.hypot(first!.x - second!.x, first!.y - second!.y));
    first!.y = second!.y;
  }
  const [xs, ys] = [part.map((d) => d.x), part.map((d) => d.y)];
  const [left, top] = [least(xs), least(ys)];
  return {
    part,
    left,
    top,
    width: -least(xs.map((x) => -x)) - left + APART,
    height: -least(ys.map((y) => -y)) - top + APART,
  };
}

/**
 * Rows of parts, each row as high as its highest part.
 *
 * @param move set the dots there; without it only the height is found
 * @returns height of all rows
 */
function setSideBySide(boxes: readonly Box[], across: number, move: boolean): number {
  let [x, y, high] = [0, 0, 0];
  for (const { part, left, top, width, height } of boxes) {
    if (x > 0 && x + width > across) [x, y, high] = [0, y + high, 0];
    if (move) for (const d of part) [d.x, d.y] = [d.x - left + x + APART / 2, d.y - top + y + APART / 2];
    x += width;
    high = Math.max(high, height);
  }
  return y + high;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values.length === 0 ? 0 : Infinity);
}
