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

/** Puts the bylines without links in rows under the others. */
export function placeUnlinked({ dots }: Layout, aspect: number): void {
  const moving = dots.filter((d) => d.linked);
  const rest = dots.filter((d) => !d.linked);
  const [left, right] = [least(moving.map((d) => d.x)), -least(moving.map((d) => -d.x))];
  const bottom = -least(moving.map((d) => -d.y));
  const width = Math.max(right - left, Math.sqrt(rest.length * aspect) * GAP, 8 * GAP);
  const columns = Math.max(1, Math.floor(width / GAP));
  rest.forEach((d, i) => {
    d.x = (left + right) / 2 - width / 2 + ((i % columns) + 0.5) * GAP;
    d.y = bottom + 60 + Math.floor(i / columns) * GAP;
  });
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values.length === 0 ? 0 : Infinity);
}
