import type { Report } from '../types/types.js';
import { html, type Markup } from './html.js';
import { page } from './words.js';

/** Place of the map; the script draws it. Its table is that of the pairs. */
export function mapSection(report: Report): Markup {
  const any = report.pairs.some((p) => p.log10LR > 0);
  return html`<section id="map" aria-labelledby="map-title">
<h2 id="map-title">Map</h2>
<p class="lead">${any ? page.mapAbout : page.mapNone}</p>
<figure class="needs-script" data-file="map" id="map-figure" hidden></figure>
<p class="more"><a href="#pairs">${page.mapTable}</a></p>
</section>`;
}

/** Place of the matrix; the script draws it. */
export function matrixSection(report: Report): Markup {
  const shown = report.clustering?.bylines.length ?? 0;
  return html`<section id="matrix" aria-labelledby="matrix-title">
<h2 id="matrix-title">Matrix</h2>
<p class="lead">${shown < 2 ? page.matrixNone : page.matrixAbout}${shown >= 2 && shown < report.bylines.length ? ` ${page.matrixLess(shown, report.bylines.length)}` : null}</p>
<figure class="needs-script" data-file="matrix" id="matrix-figure" hidden></figure>
</section>`;
}
