import type { Layout } from './layout.js';
import { saveSvg } from './download.js';
import { colour } from './dom.js';

/** The whole map as an SVG file. */
export function saveMapSvg(layout: Layout, from: number): void {
  const make = (name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    return element;
  };
  const xs = layout.dots.map((d) => d.x);
  const ys = layout.dots.map((d) => d.y);
  const [left, top] = [Math.min(...xs) - 60, Math.min(...ys) - 60];
  const [width, height] = [Math.max(...xs) + 60 - left, Math.max(...ys) + 60 - top];
  const svg = make('svg', {
    viewBox: [left, top, width, height].map(Math.round).join(' '),
    width: Math.round(width),
    height: Math.round(height),
  });
  for (const l of layout.lines)
    if (l.log10LR >= from)
      svg.append(
        make('line', {
          x1: Math.round(l.source.x),
          y1: Math.round(l.source.y),
          x2: Math.round(l.target.x),
          y2: Math.round(l.target.y),
          stroke: colour('one'),
          'stroke-width': Math.min(7, 0.7 + l.log10LR).toFixed(1),
          'stroke-opacity': 0.6,
        }),
      );
  for (const d of layout.dots) {
    const [x, y, r] = [Math.round(d.x), Math.round(d.y), Math.round(d.radius)];
    const look = {
      fill: d.several ? colour('hand-1') : d.group >= 0 ? colour('one') : colour('paper'),
      stroke: colour('ink'),
    };
    svg.append(
      d.several
        ? make('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look })
        : make('circle', { cx: x, cy: y, r, ...look }),
    );
    svg.append(
      make(
        'text',
        {
          x,
          y: y + r + 12,
          'text-anchor': 'middle',
          'font-size': 11,
          'font-family': 'sans-serif',
          fill: colour('ink'),
        },
        d.name,
      ),
    );
  }
  saveSvg('map', svg as SVGSVGElement);
}
