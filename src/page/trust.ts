import type { InputFile, Notice, Report, TippettPoint } from '../types.js';
import { reliability, reliabilityChart, tippettChart, type Reliability } from './charts.js';
import { bdi, html, type Markup } from './html.js';
import { table } from './tables.js';
import { count, page, percent, SCALE, signed } from './words.js';

/** The last section: the self-test on this dump, what was removed, the limits, and how to make the report again. */
export function trustSection(report: Report): Markup {
  return html`<section id="trust" aria-labelledby="trust-title">
<h2 id="trust-title">How far to trust this</h2>
<h3>Tested on this dump</h3>${selfTest(report)}
<h3>What it cannot tell you</h3><ul>${page.limits.map((x) => html`<li>${x}</li>`)}</ul>
<h3>Taken out first</h3><p>${page.removedAbout}</p>${removed(report)}${merges(report)}
<h3>Likelihood ratios in words</h3><p>${page.scaleAbout}</p>${scale()}
${notices(report.notices)}
<h3>The same again</h3>${again(report)}
</section>`;
}

function selfTest({ selfTest: test }: Report): Markup {
  if (test === null) return html`<p>${page.noTest}</p>`;
  const points = test.tippett ?? [];
  return html`<p>${page.trustTest(test.found, test.sameHandPairs, test.falseLinks)} ${page.trustRates(test.recallAt1Percent, test['recallAt0.1Percent'])} ${page.trustCllr(test.cllr)}</p>
${points.length < 2 ? null : html`<div class="columns">${tippettFigure(points)}${reliabilityFigure(reliability(points))}</div>`}`;
}

function tippettFigure(points: readonly TippettPoint[]): Markup {
  return html`<div><figure data-file="tippett">${tippettChart(points)}<figcaption>${page.tippettAbout}</figcaption></figure>
<details class="behind"><summary>The table behind the chart</summary>${table(
    points,
    [
      { name: 'log10 LR at or above', number: true, head: true, cell: (p: TippettPoint) => p.log10LR },
      { name: 'halves of one byline', number: true, cell: (p) => percent(p.sameHand), value: (p) => p.sameHand },
      { name: 'different bylines', number: true, cell: (p) => share(p.differentHands), value: (p) => p.differentHands },
    ],
    { caption: 'Self-test: shares of known pairs', file: 'tippett', quiet: true },
  )}</details></div>`;
}

function reliabilityFigure(ranges: readonly Reliability[]): Markup | null {
  if (ranges.length === 0) return null;
  return html`<div><figure data-file="reliability">${reliabilityChart(ranges)}<figcaption>${page.reliabilityAbout}</figcaption></figure>
<details class="behind"><summary>The table behind the chart</summary>${table(
    ranges,
    [
      { name: 'printed log10 LR, middle of the range', number: true, head: true, cell: (r: Reliability) => r.printed },
      { name: 'observed', number: true, cell: (r) => signed(r.observed), value: (r) => r.observed },
    ],
    { caption: 'Self-test: printed and observed ratios', file: 'reliability', quiet: true },
  )}</details></div>`;
}

/** Small shares keep two significant digits. */
function share(value: number): string {
  return value === 0 || value >= 0.01 ? percent(value) : `${Number((value * 100).toPrecision(2))} %`;
}

function removed({ corpus }: Report): Markup {
  return table(
    Object.entries(corpus.removed).filter(([, n]) => n > 0),
    [
      { name: 'what and why', head: true, cell: ([what]: [string, number]) => bdi(removal(what)) },
      { name: 'how many', number: true, cell: ([, n]) => count(n), value: ([, n]) => n },
    ],
    { quiet: true, caption: 'Taken out before counting', file: 'removed' },
  );
}

function removal(what: string): string {
  return Object.hasOwn(page.removal, what) ? page.removal[what]! : what;
}

/** Rows of long lists that the page shows; the JSON report has all. */
const MOST = 200;

function merges({ corpus }: Report): Markup | null {
  if (corpus.merges.length === 0) return null;
  return html`<h4>Spellings read as one byline</h4><ul>${corpus.merges
    .slice(0, MOST)
    .map(
      (m) =>
        html`<li>${bdi(m.byline)}: ${m.spellings.slice(0, 30).map((s, i) => html`${i > 0 ? ', ' : ''}“${bdi(s.spelling)}” ${count(s.articles)}`)}</li>`,
    )}</ul>${more(corpus.merges.length)}`;
}

function more(all: number): Markup | null {
  return all <= MOST ? null : html`<p class="note">and ${count(all - MOST)} more in the JSON report</p>`;
}

function scale(): Markup {
  return table(
    SCALE,
    [
      { name: 'likelihood ratio', head: true, cell: (s: (typeof SCALE)[number]) => s.range },
      { name: 'in words', cell: (s) => s.words },
    ],
    { quiet: true, caption: 'Verbal scale', file: 'scale' },
  );
}

function notices(all: readonly Notice[]): Markup | null {
  if (all.length === 0) return null;
  return html`<h3>Read with trouble</h3><ul class="notices">${all
    .slice(0, MOST)
    .map(
      (n) => html`<li>${n.level === 'info' ? null : html`<strong>${n.level}:</strong> `}<bdi>${n.message}</bdi></li>`,
    )}</ul>${more(all.length)}`;
}

function again({ tool, inputs }: Report): Markup {
  return html`<p>${page.again}</p><p class="note">${page.madeBy(tool.version, tool.model)}</p>
${tool.command === undefined ? null : html`<pre class="command"><code>${tool.command.map(quoted).join(' ')}</code></pre>`}
${
  inputs === undefined || inputs.length === 0
    ? null
    : html`<details class="behind inputs"><summary>${page.filesRead(inputs.length)}</summary>${table(
        inputs.slice(0, 5 * MOST),
        [
          { name: 'file', head: true, cell: (f: InputFile) => bdi(f.path) },
          { name: 'bytes', number: true, cell: (f) => count(f.bytes), value: (f) => f.bytes },
          { name: 'SHA-256', cell: (f) => html`<code>${f.sha256}</code>` },
        ],
        { caption: 'Files read', file: 'inputs' },
      )}</details>`
}`;
}

/** An argument as a POSIX shell takes it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
