import { signed } from '../words.js';
import { colour, svg } from './dom.js';
import { saveSvg } from './download.js';
import type { Dot, Layout, Line } from './layout.js';

/** The whole map as an SVG file. */
export function saveMapSvg({ dots, lines }: Layout, from: number): void {
  const margin = 60;
  const least = (of: (d: Dot) => number): number => dots.reduce((low, d) => Math.min(low, of(d)), Infinity);
  const [left, top] = [least((d) => d.x) - margin, least((d) => d.y) - margin];
  const [width, height] = [-least((d) => -d.x) + margin - left, -least((d) => -d.y) + margin - top];
  const drawing = svg('svg', { viewBox: [left, top, width, height].map(Math.round).join(' ') });
  const shown = lines.filter((l) => l.log10LR >= from);
  drawing.append(...outlines(shown), ...shown.map(lineOf), ...shown.slice(0, MOST_FIGURES).map(figureOf));
  drawing.append(...dots.flatMap(dotOf));
  saveSvg('map', drawing as SVGSVGElement);
}

/** Figures on lines, the strongest: of more, none could be read. */
const MOST_FIGURES = 300;

/** An outline round each suspected single hand, as on the page. */
function outlines(lines: readonly Line[]): SVGElement[] {
  const inside = lines.filter((l) => l.source.group >= 0 && l.source.group === l.target.group);
  return (
    [
      [47, 'one'],
      [44, 'halo'],
    ] as const
  ).flatMap(([width, name]) =>
    inside.map(({ source, target }) =>
      svg('line', {
        ...ends(source, target),
        stroke: colour(name),
        'stroke-width': width,
        'stroke-linecap': 'round',
      }),
    ),
  );
}

function ends(source: Dot, target: Dot): Record<'x1' | 'y1' | 'x2' | 'y2', number> {
  return {
    x1: Math.round(source.x),
    y1: Math.round(source.y),
    x2: Math.round(target.x),
    y2: Math.round(target.y),
  };
}

function figureOf({ source, target, log10LR }: Line): SVGElement {
  const at = { x: Math.round((source.x + target.x) / 2), y: Math.round((source.y + target.y) / 2) + 4 };
  const halo = { stroke: colour('paper'), 'stroke-width': 3, 'paint-order': 'stroke' };
  const look = { 'text-anchor': 'middle', 'font-size': 10, 'font-family': 'sans-serif', fill: colour('ink') };
  return svg('text', { ...at, ...look, ...halo }, signed(log10LR));
}

function lineOf({ source, target, log10LR, reported }: Line): SVGElement {
  return svg('line', {
    ...ends(source, target),
    stroke: colour(reported ? 'one' : 'muted'),
    ...(reported ? {} : { 'stroke-dasharray': '5 4' }),
    'stroke-width': Math.min(7, 0.7 + log10LR).toFixed(1),
    'stroke-opacity': 0.6,
  });
}

function dotOf(d: Dot): SVGElement[] {
  const [x, y, r] = [Math.round(d.x), Math.round(d.y), Math.round(d.radius)];
  const fill = d.several ? colour('hand-3') : d.group >= 0 ? colour('one') : colour('paper');
  const look = { fill, stroke: colour('ink') };
  const label = { 'text-anchor': 'middle', 'font-size': 11, 'font-family': 'sans-serif', fill: colour('ink') };
  return [
    d.several
      ? svg('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look })
      : svg('circle', { cx: x, cy: y, r, ...look }),
    svg('text', { x, y: y + r + 12, ...label }, d.name),
  ];
}
