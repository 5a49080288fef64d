import { bylineLink, pairLink, type PageData } from '../data.js';
import { plain } from '../html.js';
import { page, signed } from '../words.js';
import { bdi, button, colour, el, onChange } from './dom.js';
import { saveCsv, saveSvg } from './download.js';
import { branches, FAINT, gridOf, matrixSvg, matrixTable, shades, valuesOf } from './matrix-parts.js';

type Known = NonNullable<PageData['clustering']>;

/** Width given to the dendrogram, and to names where they fit, in pixels. */
const TREE = 110;
const NAMES = 150;
/** Height given to the names of columns where names fit. */
const HEADS = 110;
/** Smallest cell that a name fits beside, that a figure fits into, and that a dot can be seen in. */
const NAMED = 11;
const FIGURED = 26;
const DOTTED = 5;

/** The matrix while it is open. */
interface Scene {
  readonly data: PageData;
  readonly known: Known;
  readonly names: readonly string[];
  /** Row-major log10LR; NaN where nothing was answered. */
  readonly values: Float64Array;
  readonly figure: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly said: HTMLElement;
  /** Cell pointed at (-1: none), and measures of the last painting in pixels. */
  readonly state: { row: number; column: number; cell: number; left: number; top: number; tree: number };
}

/** Draws the matrix with its dendrogram; arrow keys go from cell to cell, Enter opens the pair. */
export function drawMatrix(data: PageData, known: Known, figure: HTMLElement): void {
  const names = known.order.map((b) => data.bylines[b]![0]);
  const canvas = el('canvas', { tabindex: 0, role: 'application', 'aria-label': page.matrix.label(names.length) });
  const scene: Scene = {
    data,
    known,
    names,
    values: valuesOf(known),
    figure,
    canvas,
    context: canvas.getContext('2d')!,
    said: el('p', { class: 'note', role: 'status' }, page.matrix.point),
    state: { row: -1, column: -1, cell: 0, left: 0, top: 0, tree: 0 },
  };
  addPointer(scene);
  addKeys(scene);
  figure.hidden = false;
  figure.append(legend(), canvas, scene.said, ...tools(scene));
  paint(scene);
  figure.dataset['ready'] = 'yes';
  onChange(figure, () => paint(scene));
}

function paint(scene: Scene): void {
  const { canvas, context, figure, names, state } = scene;
  const [n, width, ratio] = [names.length, figure.clientWidth, window.devicePixelRatio];
  state.tree = width < 560 ? 40 : TREE;
  const room = (width - state.tree - NAMES) / n >= NAMED ? NAMES : 0;
  state.left = state.tree + room;
  state.top = room > 0 ? HEADS : 0;
  const cell = Math.max(1, Math.min(34, (width - state.left) / n));
  state.cell = cell > 2 ? Math.floor(cell) : cell;
  const height = Math.ceil(state.cell * n) + state.top + 2;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.height = `${height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  paintTree(scene);
  if (room > 0) paintNames(scene);
  paintCells(scene);
  if (state.cell >= FIGURED) paintFigures(scene);
  if (state.row < 0) return;
  context.strokeStyle = colour('link');
  context.lineWidth = 3;
  context.strokeRect(
    state.left + state.column * state.cell - 1,
    state.top + state.row * state.cell - 1,
    state.cell + 1,
    state.cell + 1,
  );
}

function paintTree({ context, known, names, state: { cell, tree, top } }: Scene): void {
  context.strokeStyle = colour('muted');
  context.lineWidth = 1;
  const y = (row: number): number => top + row * cell + cell / 2;
  for (const { joint, rows, arms } of branches(known, names.length, tree - 6)) {
    context.beginPath();
    context.moveTo(arms[0], y(rows[0]));
    context.lineTo(joint, y(rows[0]));
    context.lineTo(joint, y(rows[1]));
    context.lineTo(arms[1], y(rows[1]));
    context.stroke();
  }
}

function paintNames({ context, names, state: { cell, left, top } }: Scene): void {
  context.font = `${Math.min(13, cell - 1)}px system-ui, sans-serif`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = colour('ink');
  names.forEach((name, r) => context.fillText(plain(name).slice(0, 22), left - 6, top + r * cell + cell / 2));
  context.textAlign = 'left';
  names.forEach((name, c) => {
    context.save();
    context.translate(left + c * cell + cell / 2, top - 6);
    context.rotate(-Math.PI / 2);
    context.fillText(plain(name).slice(0, 15), 0, 0);
    context.restore();
  });
}

function paintCells({ context, names, values, state: { cell, left, top } }: Scene): void {
  const [n, shade, gap] = [names.length, shades(), cell > 6 ? 1 : 0];
  const [same, ink] = [colour('rule'), colour('ink')];
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) {
      const v = r === c ? NaN : values[r * n + c]!;
      const [x, y] = [left + c * cell, top + r * cell];
      context.fillStyle = r === c ? same : shade(v);
      context.fillRect(x, y, cell - gap, cell - gap);
      // One hand is told from two without colour as well.
      if (!(v >= FAINT) || cell < DOTTED || cell >= FIGURED) continue;
      context.fillStyle = ink;
      const size = Math.max(2, cell / 4);
      context.fillRect(x + (cell - gap - size) / 2, y + (cell - gap - size) / 2, size, size);
    }
}

function paintFigures({ context, names, values, state: { cell, left, top } }: Scene): void {
  const [n, onDark, onLight] = [names.length, colour('paper'), colour('ink')];
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) {
      const v = values[r * n + c]!;
      if (r === c || Number.isNaN(v)) continue;
      context.fillStyle = Math.abs(v) > 2.2 ? onDark : onLight;
      context.fillText(signed(v), left + c * cell + cell / 2, top + r * cell + cell / 2);
    }
}

/** Points at a cell and says what it holds. */
function go(scene: Scene, row: number, column: number): void {
  const { names, values, said, state } = scene;
  const last = names.length - 1;
  state.row = Math.max(0, Math.min(last, row));
  state.column = Math.max(0, Math.min(last, column));
  const value = values[state.row * names.length + state.column]!;
  const [a, b] = [names[state.row]!, names[state.column]!];
  said.replaceChildren(bdi(a), ' and ', bdi(b), `: ${page.matrix.cell(a === b, value)}`);
  paint(scene);
}

/** Opens the pair pointed at; a pair that the report does not list has no evidence to show, so its byline. */
function open({ data, names, state: { row, column } }: Scene): void {
  if (row < 0) return;
  const [a, b] = [names[row]!, names[column]!];
  const link = pairLink(a, b);
  const listed = data.pairs.some((p) => pairLink(data.bylines[p[0]]![0], data.bylines[p[1]]![0]) === link);
  location.hash = row !== column && listed ? link : bylineLink(a);
}

function addPointer(scene: Scene): void {
  const { canvas, names, state } = scene;
  const at = (event: MouseEvent): readonly [number, number] | null => {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - state.left) / state.cell);
    const row = Math.floor((event.clientY - box.top - state.top) / state.cell);
    const inside = (i: number): boolean => i >= 0 && i < names.length;
    return inside(row) && inside(column) ? [row, column] : null;
  };
  canvas.addEventListener('pointermove', (event) => {
    const place = at(event);
    if (place !== null && (place[0] !== state.row || place[1] !== state.column)) go(scene, ...place);
  });
  canvas.addEventListener('click', (event) => {
    if (at(event) !== null) open(scene);
  });
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function addKeys(scene: Scene): void {
  const { canvas, state } = scene;
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && !Object.hasOwn(MOVES, event.key)) return;
    event.preventDefault();
    if (event.key === 'Enter') return open(scene);
    const [down, right] = MOVES[event.key]!;
    go(scene, Math.max(0, state.row) + down, Math.max(0, state.column) + right);
  });
}

function legend(): HTMLElement {
  const key = (name: 'two' | 'none' | 'one'): HTMLElement =>
    el('span', { class: 'legend' }, el('span', { class: `swatch ${name}` }), page.matrix.legend[name]);
  return el('p', { class: 'tools map-key' }, key('two'), key('none'), key('one'));
}

function tools({ known, names, values }: Scene): HTMLElement[] {
  const behind = el('div');
  const toggle = (): void => {
    if (behind.firstChild === null) behind.append(matrixTable(gridOf(names, values)));
    else behind.replaceChildren();
  };
  const buttons = el(
    'p',
    { class: 'tools' },
    button('Table', toggle, { 'aria-label': 'Table: matrix' }),
    button('Download CSV', () => saveCsv('matrix', gridOf(names, values)), { 'aria-label': 'Download CSV: matrix' }),
    button('Download SVG', () => saveSvg('matrix', matrixSvg(known, names, values)), {
      'aria-label': 'Download SVG: matrix',
    }),
  );
  return [buttons, behind];
}
