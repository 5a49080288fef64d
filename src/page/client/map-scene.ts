import type { Quadtree } from 'd3-quadtree';
import type { Selection } from 'd3-selection';
import { zoomIdentity, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import { bylineLink, pairLink, type PageData } from '../data.js';
import type { Dot, Layout, Line } from './layout.js';

/** The map while it is open: what is drawn, what is pointed at, and the hand on it. */
export interface Scene {
  readonly data: PageData;
  readonly layout: Layout;
  readonly canvas: HTMLCanvasElement;
  /** Says in words what is pointed at or found. */
  readonly said: HTMLElement;
  readonly surface: Selection<HTMLCanvasElement, unknown, null, undefined>;
  readonly camera: ZoomBehavior<HTMLCanvasElement, unknown>;
  /** Repaints at the next frame, once however often asked. */
  readonly ask: () => void;
  readonly state: {
    t: ZoomTransform;
    from: number;
    at: number;
    line: Line | null;
    found: Set<number> | null;
    width: number;
    height: number;
    moving: boolean;
    tree: Quadtree<Dot>;
  };
}

/** Shows the whole map. */
export function fit({ layout, state, surface, camera }: Scene): void {
  const extent = (of: (d: Dot) => number): [number, number] =>
    layout.dots.reduce<[number, number]>(
      ([low, high], d) => [Math.min(low, of(d) - 50), Math.max(high, of(d) + 50)],
      [Infinity, -Infinity],
    );
  const [left, right] = extent((d) => d.x);
  const [top, bottom] = extent((d) => d.y);
  const k = Math.min(2.2, state.width / (right - left), state.height / (bottom - top));
  const whole = zoomIdentity
    .translate(state.width / 2 - (k * (left + right)) / 2, state.height / 2 - (k * (top + bottom)) / 2)
    .scale(k);
  surface.call(camera.transform, whole);
}

/** Opens a byline in full. */
export function open({ data }: Scene, byline: number): void {
  if (byline >= 0) location.hash = bylineLink(data.bylines[byline]![0]);
}

/** Opens the pair that a line stands for. */
export function openPair({ data }: Scene, { source, target }: Line): void {
  location.hash = pairLink(data.bylines[source.byline]![0], data.bylines[target.byline]![0]);
}
