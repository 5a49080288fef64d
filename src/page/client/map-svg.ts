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
  drawing.append(...lines.filter((l) => l.log10LR >= from).map(lineOf), ...dots.flatMap(dotOf));
  saveSvg('map', drawing as SVGSVGElement);
}

function lineOf({ source, target, log10LR, reported }: Line): SVGElement {
  return svg('line', {
    x1: Math.round(source.x),
    y1: Math.round(source.y),
    x2: Math.round(target.x),
    y2: Math.round(target.y),
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
