import { quadtree } from 'd3-quadtree';
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import { bylineLink, type PageData } from '../data.js';
import { plain } from '../html.js';
import { count } from '../words.js';
import { button, el, onChange } from './dom.js';
import { saveCsv } from './download.js';
import { layoutOf, placeUnlinked, type Dot } from './layout.js';
import { paintMap } from './paint.js';
import { saveMapSvg } from './map-svg.js';

/** Steps of the layout altogether, and milliseconds of each frame given to them. */
const STEPS = 160;
const BUDGET = 12;

/** Draws the map into its figure: zoom, drag, search, filter by strength, keyboard, downloads. */
export function drawMap(data: PageData, figure: HTMLElement): void {
  const layout = layoutOf(data);
  const names = layout.dots.map((d) => plain(d.name));
  layout.dots.forEach((d, i) => Object.assign(d, { name: names[i]! }));
  const said = el(
    'p',
    { class: 'note', role: 'status' },
    `${count(layout.dots.length)} bylines, ${count(layout.lines.length)} lines.`,
  );
  const canvas = el('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-label':
      'Map of bylines. Arrow keys move it, plus and minus zoom, N and P go from byline to byline, Enter opens one.',
  });
  const context = canvas.getContext('2d', { alpha: false })!;
  const state = {
    t: zoomIdentity as ZoomTransform,
    from: 0,
    at: -1,
    found: null as Set<number> | null,
    width: 0,
    height: 0,
    moving: false,
  };
  let asked = false;
  const paint = (): void => {
    asked = false;
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintMap(context, layout, { ...state, x: state.t.x, y: state.t.y, k: state.t.k });
  };
  const ask = (): void => {
    if (!asked) requestAnimationFrame(paint);
    asked = true;
  };
  const behaviour = zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([0.05, 12])
    .on('zoom', ({ transform }: { transform: ZoomTransform }) => {
      state.t = transform;
      ask();
    })
    .on('start', () => (state.moving = true))
    .on('end', () => {
      state.moving = false;
      ask();
    });
  const surface = select(canvas).call(behaviour).on('dblclick.zoom', null);
  const size = (): void => {
    state.width = figure.clientWidth;
    state.height = Math.round(Math.min(620, Math.max(320, state.width * 0.62)));
    canvas.width = state.width * window.devicePixelRatio;
    canvas.height = state.height * window.devicePixelRatio;
    canvas.style.height = `${state.height}px`;
    ask();
  };
  const fit = (): void => {
    const xs = layout.dots.map((d) => d.x);
    const ys = layout.dots.map((d) => d.y);
    const low = (v: readonly number[]): number => v.reduce((a, b) => Math.min(a, b), Infinity) - 50;
    const high = (v: readonly number[]): number => v.reduce((a, b) => Math.max(a, b), -Infinity) + 50;
    const k = Math.min(2.2, state.width / (high(xs) - low(xs)), state.height / (high(ys) - low(ys)));
    const [cx, cy] = [(low(xs) + high(xs)) / 2, (low(ys) + high(ys)) / 2];
    surface.call(
      behaviour.transform,
      zoomIdentity.translate(state.width / 2 - k * cx, state.height / 2 - k * cy).scale(k),
    );
  };
  const point = (d: Dot | undefined): void => {
    state.at = d?.byline ?? -1;
    canvas.style.cursor = d === undefined ? 'grab' : 'pointer';
    if (d !== undefined)
      said.textContent = `${d.name}: ${count(data.bylines[d.byline]![1])} articles${d.several ? ', looks like several hands' : ''}${d.group >= 0 ? ', in a suspected single hand' : ''}.`;
    ask();
  };
  const under = (event: MouseEvent): Dot | undefined => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = state.t.invert([event.clientX - box.left, event.clientY - box.top]);
    return tree.find(x, y, 24 / state.t.k);
  };
  let tree = quadtree<Dot>();
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons === 0) point(under(event));
  });
  canvas.addEventListener('click', (event) => {
    const d = under(event);
    if (d !== undefined) location.hash = bylineLink(data.bylines[d.byline]![0]);
  });
  const centre = (d: Dot): void => {
    surface.call(behaviour.translateTo, d.x, d.y);
    point(d);
  };
  const order = [...layout.dots].sort((a, b) => Number(b.linked) - Number(a.linked) || b.radius - a.radius);
  canvas.addEventListener('keydown', (event) => {
    const step = 60 / state.t.k;
    const at = order.findIndex((d) => d.byline === state.at);
    const keys: Record<string, () => void> = {
      ArrowLeft: () => surface.call(behaviour.translateBy, step, 0),
      ArrowRight: () => surface.call(behaviour.translateBy, -step, 0),
      ArrowUp: () => surface.call(behaviour.translateBy, 0, step),
      ArrowDown: () => surface.call(behaviour.translateBy, 0, -step),
      '+': () => surface.call(behaviour.scaleBy, 1.3),
      '-': () => surface.call(behaviour.scaleBy, 1 / 1.3),
      n: () => centre(order[(at + 1) % order.length]!),
      p: () => centre(order[(at - 1 + order.length) % order.length]!),
      Enter: () => {
        if (state.at >= 0) location.hash = bylineLink(data.bylines[state.at]![0]);
      },
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  const search = el('input', {
    type: 'search',
    placeholder: 'Find a byline',
    'aria-label': 'Find a byline on the map',
    input: () => {
      const wanted = search.value.trim().toLowerCase();
      state.found =
        wanted === ''
          ? null
          : new Set(layout.dots.filter((d) => d.name.toLowerCase().includes(wanted)).map((d) => d.byline));
      said.textContent = state.found === null ? '' : `${state.found.size} bylines found.`;
      const first = order.find((d) => state.found?.has(d.byline) === true);
      if (first !== undefined) surface.call(behaviour.translateTo, first.x, first.y);
      ask();
    },
  });
  const strongest = Math.max(1, ...data.pairs.slice(0, 2000).map((p) => p[3]));
  const strength = el('input', {
    type: 'range',
    min: 0,
    max: Math.ceil(strongest * 2) / 2,
    step: 0.5,
    value: 0,
    'aria-label': 'Least log10 LR of a line',
    input: () => {
      state.from = Number(strength.value);
      said.textContent = `${count(layout.lines.filter((l) => l.log10LR >= state.from).length)} lines of log10 LR ${state.from} or more.`;
      ask();
    },
  });
  figure.hidden = false;
  figure.append(
    el(
      'p',
      { class: 'tools' },
      search,
      el('label', {}, 'lines from ', strength),
      button('+', () => surface.call(behaviour.scaleBy, 1.3), { 'aria-label': 'Zoom in' }),
      button('−', () => surface.call(behaviour.scaleBy, 1 / 1.3), { 'aria-label': 'Zoom out' }),
      button('Whole map', fit),
    ),
    canvas,
    said,
    el(
      'p',
      { class: 'tools' },
      button(
        'Download CSV',
        () =>
          saveCsv('map', [
            ['a', 'b', 'log10 LR'],
            ...layout.lines
              .filter((l) => l.log10LR >= state.from)
              .map((l) => [l.source.name, l.target.name, l.log10LR]),
          ]),
        { 'aria-label': 'Download CSV: lines of the map' },
      ),
      button('Download SVG', () => saveMapSvg(layout, state.from), { 'aria-label': 'Download SVG: map' }),
    ),
  );
  size();
  let steps = layout.simulation.nodes().length < 2 ? STEPS : 0;
  const settle = (): void => {
    const until = performance.now() + BUDGET;
    while (steps < STEPS && performance.now() < until) {
      layout.simulation.tick();
      steps++;
    }
    if (steps < STEPS) {
      requestAnimationFrame(settle);
      return;
    }
    placeUnlinked(layout, state.width / Math.max(1, state.height));
    tree = quadtree<Dot>(
      [...layout.dots],
      (d) => d.x,
      (d) => d.y,
    );
    figure.dataset['ready'] = 'yes';
    fit();
  };
  requestAnimationFrame(settle);
  onChange(figure, size);
}
