import type { PageData } from '../data.js';
import { plain } from '../html.js';
import { signed } from '../words.js';
import { colour, el, svg } from './dom.js';

type Known = NonNullable<PageData['clustering']>;
type Grid = readonly (readonly (string | number)[])[];

/** Both halves of the matrix, row-major; NaN on the diagonal and where nothing was answered. */
export function valuesOf({ order, rows }: Known): Float64Array {
  const n = order.length;
  const out = new Float64Array(n * n).fill(NaN);
  rows.slice(0, n).forEach((text, r) =>
    text.split(' ').forEach((v, c) => {
      if (c < r && v !== 'x' && v !== '') out[r * n + c] = out[c * n + r] = Number(v);
    }),
  );
  return out;
}

/** Ratios nearer to 0 speak for neither. */
export const FAINT = 0.25;

/** Colour of a log10LR: rust for one hand, teal for two, both stronger with its size. */
export function shades(): (v: number) => string {
  const steps = (name: string): string[] => [1, 2, 3, 4, 5].map((i) => colour(`${name}-${i}`));
  const [one, two, none] = [steps('one'), steps('two'), colour('panel')];
  return (v) => {
    if (Number.isNaN(v) || Math.abs(v) < FAINT) return none;
    return (v > 0 ? one : two)[Math.min(4, Math.floor(Math.abs(v) * 1.25))]!;
  };
}

/** One elbow of the dendrogram: where its joint is, the rows it joins, and where its arms end, in pixels from the left. */
export interface Branch {
  readonly joint: number;
  readonly rows: readonly [number, number];
  readonly arms: readonly [number, number];
}

/** The dendrogram; strong likeness lies right, next to the rows. */
export function branches({ merges }: Known, n: number, width: number): Branch[] {
  const scores = merges.map((m) => m[2]);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const place = Array.from({ length: n }, (_, i) => i);
  const reach = new Array<number>(n).fill(width);
  return merges.map(([left, right, score]) => {
    const rows = [place[left] ?? 0, place[right] ?? 0] as const;
    const arms = [reach[left] ?? width, reach[right] ?? width] as const;
    const joint = 2 + ((score - low) / Math.max(1e-9, high - low)) * (width - 12);
    place.push((rows[0] + rows[1]) / 2);
    reach.push(joint);
    return { joint, rows, arms };
  });
}

/** The matrix as rows, names first. */
export function gridOf(names: readonly string[], values: Float64Array): Grid {
  const n = names.length;
  const shown = (v: number): string | number => (Number.isNaN(v) ? '' : v);
  return [
    ['', ...names.map(plain)],
    ...names.map((name, r) => [plain(name), ...Array.from(values.subarray(r * n, r * n + n), shown)]),
  ];
}

export function matrixTable([head, ...rows]: Grid): HTMLElement {
  const cells = (row: readonly (string | number)[]): HTMLElement[] =>
    row.map((v, i) => (i === 0 ? el('th', { scope: 'row' }, v) : el('td', { class: 'n' }, v)));
  const table = el(
    'table',
    {},
    el('caption', {}, 'Matrix of log10 likelihood ratios'),
    el('thead', {}, el('tr', {}, ...head!.map((h) => el('th', { scope: 'col', class: 'n' }, h)))),
    el('tbody', {}, ...rows.map((row) => el('tr', {}, ...cells(row)))),
  );
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Matrix as a table' }, table);
}

/** Bylines up to which the drawing carries a figure on every cell. */
const FIGURES_TO = 60;

/** The matrix as a drawing: its tree, names on both sides, and, while it is small, a figure on every cell. */
export function matrixSvg(known: Known, names: readonly string[], values: Float64Array): SVGSVGElement {
  const [n, size, tree, left, top] = [names.length, 24, 120, 290, 150];
  const shade = shades();
  const label = { 'font-size': 11, 'font-family': 'sans-serif', fill: colour('ink') };
  const middle = (i: number): number => i * size + size / 2;
  const drawing = svg('svg', { viewBox: `0 0 ${left + n * size} ${top + n * size}` });
  for (const { joint, rows, arms } of branches(known, n, tree)) {
    const [y0, y1] = [top + middle(rows[0]), top + middle(rows[1])];
    const d = `M${arms[0]},${y0}H${joint}V${y1}H${arms[1]}`;
    drawing.append(svg('path', { d, fill: 'none', stroke: colour('muted') }));
  }
  names.forEach((name, r) => {
    const text = plain(name).slice(0, 26);
    const x = left + middle(r) + 4;
    drawing.append(
      svg('text', { x: left - 6, y: top + middle(r) + 4, 'text-anchor': 'end', ...label }, text),
      svg('text', { x, y: top - 6, transform: `rotate(-90 ${x} ${top - 6})`, ...label }, text),
    );
    for (let c = 0; c < n; c++) {
      const v = values[r * n + c]!;
      if (Number.isNaN(v)) continue;
      const [x, y] = [left + c * size, top + r * size];
      drawing.append(svg('rect', { x, y, width: size - 1, height: size - 1, fill: shade(v) }));
      const on = Math.abs(v) > 2.2 ? 'cell-figure on-dark' : 'cell-figure';
      if (n <= FIGURES_TO) drawing.append(svg('text', { class: on, x: x + size / 2, y: y + 15 }, signed(v)));
    }
  });
  return drawing as SVGSVGElement;
}
