import { bylineLink, pairLink, type PageData } from '../data.js';
import { plain } from '../html.js';
import { signed } from '../words.js';
import { bdi, button, colour, el, onChange } from './dom.js';
import { saveCsv, saveSvg } from './download.js';

type Known = NonNullable<PageData['clustering']>;

/** Width given to the dendrogram, and to names where they fit, in pixels. */
const TREE = 110;
const NAMES = 150;
/** Smallest cell that a name fits beside. */
const NAMED = 11;

/** Draws the matrix with its dendrogram; arrow keys go from cell to cell, Enter opens the pair. */
export function drawMatrix(data: PageData, known: Known, figure: HTMLElement): void {
  const n = known.order.length;
  const names = known.order.map((b) => data.bylines[b]![0]);
  const values = valuesOf(known);
  const said = el('p', { class: 'note', role: 'status' }, 'Point at a cell, or use the arrow keys.');
  const canvas = el('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-label': `Matrix of ${n} bylines. Arrow keys go from cell to cell, Enter opens the pair.`,
  });
  const context = canvas.getContext('2d')!;
  let [row, column, cell, names_] = [-1, -1, 0, 0];
  const tree = (): number => (figure.clientWidth < 560 ? 40 : TREE);
  const paint = (): void => {
    const ratio = window.devicePixelRatio;
    const width = figure.clientWidth;
    names_ = (width - tree() - NAMES) / n >= NAMED ? NAMES : 0;
    cell = Math.max(1, Math.min(34, (width - tree() - names_) / n));
    if (cell > 2) cell = Math.floor(cell);
    const height = Math.ceil(cell * n) + 2;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.height = `${height}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    paintTree();
    paintCells();
  };
  const paintTree = (): void => {
    context.strokeStyle = colour('muted');
    context.lineWidth = 1;
    for (const [x, y0, y1, x0, x1] of branches(known, n, tree() - 6)) {
      context.beginPath();
      context.moveTo(x0, y0 * cell + cell / 2);
      context.lineTo(x, y0 * cell + cell / 2);
      context.lineTo(x, y1 * cell + cell / 2);
      context.lineTo(x1, y1 * cell + cell / 2);
      context.stroke();
    }
  };
  const paintCells = (): void => {
    const left = tree() + names_;
    const shade = shades();
    const gap = cell > 6 ? 1 : 0;
    context.font = `${Math.min(13, cell - 1)}px system-ui, sans-serif`;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (let r = 0; r < n; r++) {
      if (names_ > 0) {
        context.fillStyle = colour('ink');
        context.fillText(plain(names[r]!).slice(0, 22), left - 6, r * cell + cell / 2);
      }
      for (let c = 0; c < n; c++) {
        context.fillStyle = r === c ? colour('rule') : shade(values[r * n + c]!);
        context.fillRect(left + c * cell, r * cell, cell - gap, cell - gap);
      }
    }
    if (cell >= 26) paintFigures(left);
    if (row >= 0) {
      context.strokeStyle = colour('link');
      context.lineWidth = 3;
      context.strokeRect(left + column * cell - 1, row * cell - 1, cell + 1, cell + 1);
    }
  };
  const paintFigures = (left: number): void => {
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'center';
    for (let r = 0; r < n; r++)
      for (let c = 0; c < n; c++) {
        const v = values[r * n + c]!;
        if (r === c || Number.isNaN(v)) continue;
        context.fillStyle = Math.abs(v) > 2.2 ? colour('paper') : colour('ink');
        context.fillText(signed(v), left + c * cell + cell / 2, r * cell + cell / 2);
      }
  };
  const go = (r: number, c: number): void => {
    [row, column] = [Math.max(0, Math.min(n - 1, r)), Math.max(0, Math.min(n - 1, c))];
    const v = values[row * n + column]!;
    said.replaceChildren(
      bdi(names[row]!),
      ' and ',
      bdi(names[column]!),
      row === column ? ': the same byline' : Number.isNaN(v) ? ': not answered' : `: log10 LR ${signed(v)}`,
    );
    paint();
  };
  const open = (): void => {
    if (row < 0) return;
    const link = row === column ? bylineLink(names[row]!) : pairLink(names[row]!, names[column]!);
    const listed =
      row === column ||
      document.getElementById(link) !== null ||
      data.pairs.some((p) => pairLink(data.bylines[p[0]]![0], data.bylines[p[1]]![0]) === link);
    location.hash = listed ? link : bylineLink(names[row]!);
  };
  const at = (event: MouseEvent): [number, number] | null => {
    const box = canvas.getBoundingClientRect();
    const [c, r] = [
      Math.floor((event.clientX - box.left - tree() - names_) / cell),
      Math.floor((event.clientY - box.top) / cell),
    ];
    return c < 0 || c >= n || r < 0 || r >= n ? null : [r, c];
  };
  canvas.addEventListener('pointermove', (event) => {
    const place = at(event);
    if (place !== null && (place[0] !== row || place[1] !== column)) go(...place);
  });
  canvas.addEventListener('click', (event) => {
    if (at(event) !== null) open();
  });
  canvas.addEventListener('keydown', (event) => {
    const moves: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = moves[event.key];
    if (event.key === 'Enter') open();
    else if (move !== undefined) go(Math.max(0, row) + move[0], Math.max(0, column) + move[1]);
    else return;
    event.preventDefault();
  });
  const grid = (): (string | number)[][] => [
    ['', ...names.map(plain)],
    ...names.map((name, r) => [
      plain(name),
      ...names.map((_, c) => (r === c || Number.isNaN(values[r * n + c]!) ? '' : values[r * n + c]!)),
    ]),
  ];
  const behind = el('div');
  figure.hidden = false;
  figure.append(
    legend(),
    canvas,
    said,
    el(
      'p',
      { class: 'tools' },
      button('Table', () => toggleTable(behind, grid())),
      button('Download CSV', () => saveCsv('matrix', grid()), { 'aria-label': 'Download CSV: matrix' }),
      button('Download SVG', () => saveSvg('matrix', svgOf(values, names)), { 'aria-label': 'Download SVG: matrix' }),
    ),
    behind,
  );
  paint();
  figure.dataset['ready'] = 'yes';
  onChange(figure, paint);
}

function valuesOf({ order, rows }: Known): Float64Array {
  const n = order.length;
  const out = new Float64Array(n * n).fill(NaN);
  rows.forEach((text, r) =>
    text.split(' ').forEach((v, c) => {
      if (r < n && c < r && v !== 'x' && v !== '') out[r * n + c] = out[c * n + r] = Number(v);
    }),
  );
  return out;
}

/** Colour of a log10LR: rust for one hand, teal for two, both stronger with its size. */
function shades(): (v: number) => string {
  const steps = (name: string): string[] => [1, 2, 3, 4, 5].map((i) => colour(`${name}-${i}`));
  const [one, two, none] = [steps('one'), steps('two'), colour('panel')];
  return (v) => {
    if (Number.isNaN(v) || Math.abs(v) < 0.25) return none;
    return (v > 0 ? one : two)[Math.min(4, Math.floor(Math.abs(v) * 1.25))]!;
  };
}

/** Elbows of the dendrogram: x of the joint, its two rows, and where its two arms end. Strong likeness lies right. */
function branches({ merges }: Known, n: number, width: number): [number, number, number, number, number][] {
  const scores = merges.map((m) => m[2]);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const x = (score: number): number => 2 + ((score - low) / Math.max(1e-9, high - low)) * (width - 12);
  const place = Array.from({ length: n }, (_, i) => i);
  const reach = new Array<number>(n).fill(width);
  return merges.map(([left, right, score]) => {
    const [y0, y1] = [place[left] ?? 0, place[right] ?? 0];
    const at = x(score);
    const arms: [number, number, number, number, number] = [at, y0, y1, reach[left] ?? width, reach[right] ?? width];
    place.push((y0 + y1) / 2);
    reach.push(at);
    return arms;
  });
}

function legend(): HTMLElement {
  const key = (name: string, label: string): HTMLElement =>
    el('span', { class: 'legend' }, el('span', { class: `swatch ${name}` }), label);
  return el(
    'p',
    { class: 'tools' },
    key('two', 'speaks for two hands'),
    key('none', 'neither, or not answered'),
    key('one', 'speaks for one hand'),
  );
}

function toggleTable(place: HTMLElement, [head, ...rows]: readonly (readonly (string | number)[])[]): void {
  if (place.firstChild !== null) {
    place.replaceChildren();
    return;
  }
  const table = el(
    'table',
    {},
    el('caption', {}, 'Matrix of log10 likelihood ratios'),
    el('thead', {}, el('tr', {}, ...head!.map((h) => el('th', { scope: 'col', class: 'n' }, h)))),
    el(
      'tbody',
      {},
      ...rows.map((row) =>
        el('tr', {}, ...row.map((v, i) => (i === 0 ? el('th', { scope: 'row' }, v) : el('td', { class: 'n' }, v)))),
      ),
    ),
  );
  place.append(el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Matrix as a table' }, table));
}

function svgOf(values: Float64Array, names: readonly string[]): SVGSVGElement {
  const make = (name: string): SVGElement => document.createElementNS('http://www.w3.org/2000/svg', name);
  const [n, size, left] = [names.length, 12, 160];
  const svg = make('svg') as SVGSVGElement;
  svg.setAttribute('viewBox', `0 0 ${left + n * size} ${n * size}`);
  const shade = shades();
  names.forEach((name, r) => {
    const text = make('text');
    for (const [k, v] of Object.entries({
      x: left - 6,
      y: r * size + 10,
      'text-anchor': 'end',
      'font-size': 10,
      'font-family': 'sans-serif',
      fill: colour('ink'),
    }))
      text.setAttribute(k, String(v));
    text.textContent = plain(name).slice(0, 26);
    svg.append(text);
    for (let c = 0; c < n; c++) {
      const v = values[r * n + c]!;
      if (c === r || Number.isNaN(v)) continue;
      const rect = make('rect');
      for (const [k, w] of Object.entries({
        x: left + c * size,
        y: r * size,
        width: size - 1,
        height: size - 1,
        fill: shade(v),
      }))
        rect.setAttribute(k, String(w));
      svg.append(rect);
    }
  });
  return svg;
}
