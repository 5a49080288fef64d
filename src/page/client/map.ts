import { quadtree } from 'd3-quadtree';
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import type { PageData } from '../data.js';
import { plain } from '../html.js';
import { page } from '../words.js';
import { el, onChange, onPaper } from './dom.js';
import { layoutOf, placed, type Dot, type Layout, type Line } from './layout.js';
import { fit, open, openPair, type MakeUnderlay, type Scene } from './map-scene.js';
import { behind, legend, tools } from './map-tools.js';
import { paintMap, paintOver } from './paint.js';

/** Steps of the layout altogether, and milliseconds of each frame given to them. */
const STEPS = 160;
const BUDGET = 12;
/** Pixels round a dot, and beside a line, in which it is pointed at. */
const NEAR = 24;
const BESIDE = 6;

/** Draws the map into its figure: zoom, drag, search, filter by strength, keyboard, downloads. */
export function drawMap(data: PageData, figure: HTMLElement, underlay: MakeUnderlay | null): void {
  const scene = sceneOf(data, underlay !== null);
  addPointer(scene);
  addKeys(scene);
  figure.hidden = false;
  figure.append(tools(scene), legend(), scene.layers, scene.said, ...behind(scene));
  fill(scene);
  settle(scene, async () => {
    fit(scene);
    if (underlay !== null) await layUnder(scene, underlay);
    figure.dataset['ready'] = 'yes';
    scene.ask();
  });
  onChange(figure, () => fill(scene));
}

/** Lets another draw dots and lines, until the graphics card fails, and not on paper. */
async function layUnder({ layout, layers, state, ask }: Scene, make: MakeUnderlay): Promise<void> {
  const place = el('div', { 'aria-hidden': 'true' });
  layers.prepend(place);
  const lost = (): void => {
    state.under?.close();
    state.under = null;
    place.remove();
    ask();
  };
  try {
    state.under = await make(layout, place, lost);
  } catch {
    // A driver that promises WebGL and cannot keep it: the canvas can draw everything.
  }
  if (state.under === null) place.remove();
}

function sceneOf(data: PageData, seeThrough: boolean): Scene {
  const layout = layoutOf({ ...data, bylines: data.bylines.map(([name, ...rest]) => [plain(name), ...rest]) });
  const canvas = el('canvas', { tabindex: 0, role: 'application', 'aria-label': page.map.label });
  const layers = el('div', { class: 'layers' }, canvas);
  const context = canvas.getContext('2d', { alpha: seeThrough })!;
  const from = firstStrength(layout.lines);
  const shown = layout.lines.filter((l) => l.log10LR >= from).length;
  const drawn = page.map.drawn(layout.dots.length, shown, layout.lines.length, from);
  const said = el('p', { class: 'note', role: 'status' }, drawn);
  const state = atFirst(from);
  const ask = oncePerFrame(() => paint(context, layout, state));
  const camera = cameraOf(state, ask);
  const surface = select(canvas).call(camera).on('dblclick.zoom', null);
  return { data, layout, canvas, layers, said, surface, camera, ask, state };
}

/** @param from strength of the weakest lines that are drawn */
function atFirst(from: number): Scene['state'] {
  return {
    t: zoomIdentity,
    from,
    at: -1,
    line: null,
    found: null,
    width: 0,
    height: 0,
    moving: false,
    tree: quadtree<Dot>(),
    under: null,
  };
}

function paint(context: CanvasRenderingContext2D, layout: Layout, state: Scene['state']): void {
  const ratio = window.devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const view = { ...state, x: state.t.x, y: state.t.y, k: state.t.k };
  // On paper WebGL is blank: the canvas draws everything.
  if (state.under === null || onPaper()) paintMap(context, layout, view);
  else {
    state.under.paint(view);
    paintOver(context, layout, view);
  }
}

/** Does it at the next frame, once however often asked; on paper at once. */
function oncePerFrame(act: () => void): () => void {
  let asked = false;
  return () => {
    if (onPaper()) {
      act();
      return;
    }
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      act();
    });
  };
}

function cameraOf(state: Scene['state'], ask: () => void): Scene['camera'] {
  return zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([0.05, 12])
    .filter(meant)
    .on('start', () => (state.moving = true))
    .on('zoom', ({ transform }: { transform: ZoomTransform }) => {
      state.t = transform;
      ask();
    })
    .on('end', () => {
      state.moving = false;
      ask();
    });
}

/** Wheel and single finger scroll the page, not the map: a reader going by must not be caught in it. */
function meant(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if (event.type.startsWith('touch')) return (event as TouchEvent).touches.length > 1;
  return !(event instanceof MouseEvent) || (event.button === 0 && !event.ctrlKey);
}

/** Lines shown before the reader asks for more: so many can still be told apart. */
const READABLE = 150;

/** Strength from which lines are shown at first, in steps of a half; those that are reported are always among them. */
function firstStrength(lines: readonly Line[]): number {
  if (lines.length <= READABLE) return 0;
  const strongest = lines.map((l) => l.log10LR).sort((a, b) => b - a);
  const reported = lines.filter((l) => l.reported).reduce((low, l) => Math.min(low, l.log10LR), Infinity);
  return Math.min(Math.ceil(2 * strongest[READABLE]!), Math.floor(2 * reported)) / 2;
}

/** Makes the canvas as wide as its figure. */
function fill({ canvas, layers, state, ask }: Scene): void {
  state.width = layers.clientWidth;
  state.height = Math.round(Math.min(620, Math.max(320, state.width * 0.62)));
  canvas.width = state.width * window.devicePixelRatio;
  canvas.height = state.height * window.devicePixelRatio;
  canvas.style.height = `${state.height}px`;
  ask();
}

/** Moves the linked dots to their places, a few steps a frame, so that the page stays usable meanwhile. */
function settle(scene: Scene, done: () => Promise<void>): void {
  const { layout, state } = scene;
  let steps = layout.simulation.nodes().length < 2 ? STEPS : 0;
  let settled = false;
  const frame = (): void => {
    if (settled) return;
    const until = performance.now() + BUDGET;
    for (; steps < STEPS && (onPaper() || performance.now() < until); steps++) layout.simulation.tick();
    if (steps < STEPS) {
      requestAnimationFrame(frame);
      return;
    }
    settled = true;
    placed(layout, state.width / Math.max(1, state.height));
    state.tree = quadtree<Dot>(
      [...layout.dots],
      (d) => d.x,
      (d) => d.y,
    );
    void done();
  };
  // Printed before it has settled, or before it was ever seen: all steps at once.
  addEventListener('beforeprint', frame);
  if (onPaper()) frame();
  else requestAnimationFrame(frame);
}

/** Says what is pointed at, a dot, a line or nothing, and marks it. */
function point({ data, canvas, said, state, ask }: Scene, d: Dot | undefined, line: Line | null = null): void {
  if ((d?.byline ?? -1) === state.at && line === state.line) return;
  state.at = d?.byline ?? -1;
  state.line = line;
  canvas.style.cursor = d === undefined && line === null ? 'grab' : 'pointer';
  if (d !== undefined) said.textContent = page.map.dot(d.name, data.bylines[d.byline]![1], d.several, d.group >= 0);
  else if (line !== null)
    said.textContent = page.map.line(line.source.name, line.target.name, line.log10LR, line.reported);
  ask();
}

/** The line that a place is on, of those that are shown; null where there is none. */
function lineAt({ layout, state }: Scene, x: number, y: number): Line | null {
  let near: Line | null = null;
  let nearest = BESIDE / state.t.k;
  for (const line of layout.lines) {
    if (line.log10LR < state.from) continue;
    const distance = distanceTo(line, x, y);
    if (distance < nearest) [near, nearest] = [line, distance];
  }
  return near;
}

function distanceTo({ source, target }: Line, x: number, y: number): number {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  const along = ((x - source.x) * dx + (y - source.y) * dy) / Math.max(1e-9, dx * dx + dy * dy);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - source.x - t * dx, y - source.y - t * dy);
}

function addPointer(scene: Scene): void {
  const { canvas, state } = scene;
  const under = (event: MouseEvent): { dot: Dot | undefined; line: Line | null } => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = state.t.invert([event.clientX - box.left, event.clientY - box.top]);
    const dot = state.tree.find(x, y, NEAR / state.t.k);
    // A dot is larger than a line: of both, the one that the pointer is on.
    const on = dot !== undefined && Math.hypot(dot.x - x, dot.y - y) <= dot.radius + 2;
    const line = on ? null : lineAt(scene, x, y);
    return { dot: line === null ? dot : undefined, line };
  };
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons !== 0) return;
    const { dot, line } = under(event);
    point(scene, dot, line);
  });
  canvas.addEventListener('click', (event) => {
    const { dot, line } = under(event);
    if (line === null) open(scene, dot?.byline ?? -1);
    else openPair(scene, line);
  });
}

function addKeys(scene: Scene): void {
  const { canvas, layout, state, surface, camera } = scene;
  const order = [...layout.dots].sort((a, b) => Number(b.linked) - Number(a.linked) || b.radius - a.radius);
  const next = (by: number): void => {
    const at = order.findIndex((d) => d.byline === state.at);
    const d = order[(at + by + order.length) % order.length]!;
    surface.call(camera.translateTo, d.x, d.y);
    point(scene, d);
  };
  const move = (x: number, y: number): void => {
    surface.call(camera.translateBy, (60 * x) / state.t.k, (60 * y) / state.t.k);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(1, 0),
    ArrowRight: () => move(-1, 0),
    ArrowUp: () => move(0, 1),
    ArrowDown: () => move(0, -1),
    '+': () => surface.call(camera.scaleBy, 1.3),
    '-': () => surface.call(camera.scaleBy, 1 / 1.3),
    n: () => next(1),
    p: () => next(-1),
    Enter: () => open(scene, state.at),
  };
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]!();
  });
}
