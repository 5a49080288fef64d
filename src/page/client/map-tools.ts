import { page } from '../words.js';
import { bdi, button, el, svg } from './dom.js';
import { saveCsv } from './download.js';
import { fit, open, type Scene } from './map-scene.js';
import type { Line } from './layout.js';
import { saveMapSvg } from './map-svg.js';

/** Search, filter by strength and zoom, above the map. */
export function tools(scene: Scene): HTMLElement {
  const { surface, camera } = scene;
  return el(
    'p',
    { class: 'tools' },
    searchField(scene),
    strengthField(scene),
    button('+', () => surface.call(camera.scaleBy, 1.3), { 'aria-label': 'Zoom in' }),
    button('−', () => surface.call(camera.scaleBy, 1 / 1.3), { 'aria-label': 'Zoom out' }),
    button('Whole map', () => fit(scene)),
  );
}

function searchField(scene: Scene): HTMLElement {
  const { layout, state, said, surface, camera, ask } = scene;
  const matching = (): Scene['layout']['dots'] => {
    const wanted = input.value.trim().toLowerCase();
    return wanted === '' ? [] : layout.dots.filter((d) => d.name.toLowerCase().includes(wanted));
  };
  const input = el('input', {
    type: 'search',
    placeholder: 'Find a byline',
    'aria-label': 'Find a byline on the map',
    input: () => {
      const found = matching();
      const none = input.value.trim() === '';
      state.found = none ? null : new Set(found.map((d) => d.byline));
      said.textContent = none ? '' : page.map.found(found.length);
      const [first] = found;
      if (first !== undefined) surface.call(camera.translateTo, first.x, first.y);
      ask();
    },
    keydown: (event) => {
      const [first] = matching();
      if (event instanceof KeyboardEvent && event.key === 'Enter' && first !== undefined) open(scene, first.byline);
    },
  });
  return input;
}

function strengthField({ layout, state, said, ask }: Scene): HTMLElement {
  const strongest = layout.lines.reduce((most, l) => Math.max(most, l.log10LR), 1);
  const shown = el('span', { class: 'value', 'aria-hidden': 'true' }, String(state.from));
  const input = el('input', {
    type: 'range',
    min: 0,
    max: Math.ceil(strongest * 2) / 2,
    step: 0.5,
    value: state.from,
    'aria-label': 'Least log10 LR of a line',
    input: () => {
      state.from = Number(input.value);
      shown.textContent = input.value;
      said.textContent = page.map.lines(linesShown(layout.lines, state.from).length, state.from);
      ask();
    },
  });
  return el('label', {}, page.map.from, input, shown);
}

function linesShown(lines: readonly Line[], from: number): Line[] {
  return lines.filter((l) => l.log10LR >= from);
}

/** What each shape on the map means, drawn. */
export function legend(): HTMLElement {
  const key = (text: string, ...shapes: readonly SVGElement[]): HTMLElement => {
    const drawing = svg('svg', { viewBox: '0 0 34 18', width: 34, height: 18, 'aria-hidden': 'true' });
    drawing.append(...shapes);
    return el('span', { class: 'legend' }, drawing, text);
  };
  const { legend: words } = page.map;
  const dot = (kind: string): SVGElement => svg('circle', { class: kind, cx: 17, cy: 9, r: 5.5 });
  const line = (kind: string): SVGElement => svg('path', { class: kind, d: 'M2,9H32' });
  return el(
    'p',
    { class: 'tools map-key' },
    key(words.plain, dot('plain')),
    key(words.group, svg('rect', { class: 'outline', x: 1, y: 1, width: 32, height: 16, rx: 8 }), dot('group')),
    key(words.several, svg('rect', { class: 'several', x: 11.5, y: 3.5, width: 11, height: 11 })),
    key(words.reported, line('reported')),
    key(words.weak, line('weak-line')),
  );
}

/** Most rows of the table of lines; the CSV has all that are drawn. */
const MOST_ROWS = 500;

/** The table behind the map, and the downloads. */
export function behind({ layout, state }: Scene): HTMLElement[] {
  const place = el('div');
  const toggle = (): void => {
    if (place.firstChild === null) place.append(linesTable(linesShown(layout.lines, state.from)));
    else place.replaceChildren();
  };
  const rows = (): (string | number)[][] => [
    ['a', 'b', 'log10 LR', 'reported as one hand'],
    ...linesShown(layout.lines, state.from).map((l) => [
      l.source.name,
      l.target.name,
      l.log10LR,
      l.reported ? 'yes' : 'no',
    ]),
  ];
  const buttons = el(
    'p',
    { class: 'tools' },
    button('Table', toggle, { 'aria-label': 'Table: lines of the map' }),
    button('Download CSV', () => saveCsv('map', rows()), { 'aria-label': 'Download CSV: lines of the map' }),
    button('Download SVG', () => saveMapSvg(layout, state.from), { 'aria-label': 'Download SVG: map' }),
  );
  return [buttons, place];
}

function linesTable(lines: readonly Line[]): HTMLElement {
  const row = ({ source, target, log10LR, reported }: Line): HTMLElement =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, bdi(source.name)),
      el('td', {}, bdi(target.name)),
      el('td', { class: 'n' }, log10LR),
      el('td', {}, reported ? 'yes' : 'no'),
    );
  const head = ['byline', 'and', 'log10 LR', 'reported as one hand'];
  const table = el(
    'table',
    {},
    el('caption', {}, page.map.tableCaption(Math.min(lines.length, MOST_ROWS), lines.length)),
    el(
      'thead',
      {},
      el('tr', {}, ...head.map((h, i) => el('th', { scope: 'col', ...(i === 2 ? { class: 'n' } : {}) }, h))),
    ),
    el('tbody', {}, ...lines.slice(0, MOST_ROWS).map(row)),
  );
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Lines of the map as a table' },
    table,
  );
}
