/** One curve of a chart and the name it has in the legend. */
export interface Series<Point> {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Escapes text for XML; what XML 1.0 cannot hold, and what steers a reader's eye, becomes U+FFFD. */
export function xml(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu, '\uFFFD')
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Coordinates with one decimal, so that the last bits of a machine's arithmetic cannot change the file. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}

/** Colours that differ for colour-blind readers (Okabe & Ito 2008), dark enough on white; dashes tell them apart in grey. */
const COLOURS = ['#0072b2', '#a8452c', '#00735a', '#7a4b8c', '#555555', '#8a6d00'];
const DASHES = ['', '8 3', '2 3', '10 3 2 3', '5 5', '1 4'];

/** Attributes of the line of the i-th series. */
function lineStyle(i: number): string {
  const dash = DASHES[i % DASHES.length]!;
  return `fill="none" stroke="${colour(i)}" stroke-width="1.8"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

export function colour(i: number): string {
  return COLOURS[i % COLOURS.length]!;
}

/** A position on an axis and what is printed there. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Axis {
  readonly label: string;
  readonly ticks: readonly Tick[];
}

/** Where the curves are drawn, in the units of the picture. */
const PLOT = { left: 62, top: 44, width: 420, height: 420 } as const;
const LEGEND = 170;

/**
 * A whole chart as one SVG file: title, description, axes with grid, legend, and the curves. It holds no script, loads
 * nothing, and names itself to screen readers.
 *
 * @param x, y axes; positions of ticks from 0 (left, bottom) to 1 (right, top)
 * @param content mark-up of the curves, already escaped
 */
export function chart(
  { title, about, x, y }: { readonly title: string; readonly about: string; readonly x: Axis; readonly y: Axis },
  names: readonly string[],
  content: string,
): string {
  const { left, top, width, height } = PLOT;
  const [w, h] = [left + width + LEGEND, top + height + 52];
  const across = x.ticks.map(
    (t) =>
      `<path class="g" d="M${at(px(t.at))},${top}v${height}"/><text x="${at(px(t.at))}" y="${top + height + 16}" text-anchor="middle">${xml(t.label)}</text>`,
  );
  const up = y.ticks.map(
    (t) =>
      `<path class="g" d="M${left},${at(py(t.at))}h${width}"/><text x="${left - 6}" y="${at(py(t.at) + 4)}" text-anchor="end">${xml(t.label)}</text>`,
  );
  const legend = names.map(
    (name, i) =>
      `<path d="M${left + width + 14},${top + 12 + i * 20}h26" ${lineStyle(i)}/><text x="${left + width + 46}" y="${top + 16 + i * 20}">${xml(name)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-labelledby="title desc">
<title id="title">${xml(title)}</title>
<desc id="desc">${xml(about)}</desc>
<style>text{font:12px sans-serif;fill:#222}.t{font-weight:bold;font-size:14px}.g{stroke:#ddd;fill:none}.f{stroke:#555;fill:none}</style>
<rect width="${w}" height="${h}" fill="#fff"/>
<text class="t" x="${left}" y="24">${xml(title)}</text>
${across.join('')}${up.join('')}
<clipPath id="plot"><rect x="${left}" y="${top}" width="${width}" height="${height}"/></clipPath>
<g clip-path="url(#plot)">${content}</g>
<rect class="f" x="${left}" y="${top}" width="${width}" height="${height}"/>
<text x="${left + width / 2}" y="${top + height + 38}" text-anchor="middle">${xml(x.label)}</text>
<text transform="translate(16 ${top + height / 2}) rotate(-90)" text-anchor="middle">${xml(y.label)}</text>
${legend.join('')}
</svg>
`;
}

/** From 0 … 1 to the picture. */
export function px(share: number): number {
  return PLOT.left + share * PLOT.width;
}

export function py(share: number): number {
  return PLOT.top + (1 - share) * PLOT.height;
}

/** A path through points given in 0 … 1. */
export function path(points: readonly { readonly x: number; readonly y: number }[], i: number): string {
  const d = points.map((p, k) => `${k === 0 ? 'M' : 'L'}${at(px(p.x))},${at(py(p.y))}`).join('');
  return points.length === 0 ? '' : `<path d="${d}" ${lineStyle(i)}/>`;
}
