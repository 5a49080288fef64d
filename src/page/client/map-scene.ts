import type { Quadtree } from 'd3-quadtree';
import type { Selection } from 'd3-selection';
import { zoomIdentity, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import { bylineLink, pairLink, type PageData } from '../data.js';
import type { Dot, Layout, Line } from './layout.js';
import type { View } from './paint.js';

/** Draws dots and lines of a large map below the canvas, which then draws only names, figures and what is pointed at. */
export interface Underlay {
  readonly paint: (view: View) => void;
  /** Takes it off the page; the canvas draws everything again. */
  readonly close: () => void;
}

/**
 * Makes what draws below the canvas, of a layout whose dots are in their places.
 *
 * @param place element to draw in, as large as the canvas
 * @param lost called when the graphics card stops drawing
 * @returns null where the canvas is better off alone
 */
export type MakeUnderlay = (layout: Layout, place: HTMLElement, lost: () => void) => Promise<Underlay | null>;

/** The map while it is open: what is drawn, what is pointed at, and the hand on it. */
export interface Scene {
  readonly data: PageData;
  readonly layout: Layout;
  readonly canvas: HTMLCanvasElement;
  /** The canvas and what is drawn below it. */
  readonly layers: HTMLElement;
  /** Says in words what is pointed at or found. */
  readonly said: HTMLElement;
  readonly surface: Selection<HTMLCanvasElement, unknown, null, undefined>;
  readonly camera: ZoomBehavior<HTMLCanvasElement, unknown>;
  /** Repaints at the next frame, once however often asked; on paper at once. */
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
    under: Underlay | null;
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
