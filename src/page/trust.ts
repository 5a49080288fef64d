import { notMeasured } from '../judge/words.js';
import { pairsAmong } from '../math/statistics.js';
import { selfTestSentence, shellLine } from '../report/sentences.js';
import { strengthOf } from '../types/strength.js';
import type { InputFile, Notice, Report, SelfTestAmount, TippettPoint } from '../types/types.js';
import { reliability, reliabilityChart, tippettChart, type Reliability } from './calibration.js';
import { bdi, html, plain, type Markup } from './html.js';
import { copiesTable } from './shared.js';
import { table } from './tables.js';
import { count, page, percent, SCALE, signed } from './words.js';

/** The last section: the self-test on this dump, what was removed, the limits, and how to make the report again. */
export function trustSection(report: Report): Markup {
  return html`<section id="trust" aria-labelledby="trust-title">
<h2 id="trust-title">How far to trust this</h2>
<h3>Tested on this dump</h3>${selfTest(report)}
<h3>What it cannot tell you</h3><ul>${page.limits.map((x) => html`<li>${x}</li>`)}</ul>
<h3>What was not measured</h3>${unanswered(report)}
<h3>Taken out first</h3><p>${page.removedAbout}</p>${removed(report)}${copies(report)}${merges(report)}
<h3 id="scale">Likelihood ratios in words</h3><p>${page.scaleAbout}</p>${scale()}
${notices(report.notices)}
<h3>The same again</h3>${again(report)}
</section>`;
}

function selfTest(report: Report): Markup {
  const { selfTest: test } = report;
  if (test === null) return html`<p>${page.noTest}</p>`;
  if (report.asked.pairs === 0) return html`<p>${selfTestSentence(report)}</p>`;
  const points = test.tippett ?? [];
  return html`<p>${page.trustTest(test.found, test.sameHandPairs, test.falseLinks)} ${page.trustRates(test.recallAt1Percent, test['recallAt0.1Percent'])} ${page.trustCllr(test.cllr)}${test.recalibration === undefined || test.recalibration === null ? null : ` ${page.refitted(test.recalibration.cllrBefore, test.recalibration.cllrAfter)}`}</p>
${amounts(test.amounts ?? [])}
${points.length < 2 ? null : html`<div class="columns charts">${tippettFigure(points)}${reliabilityFigure(reliability(test))}</div>`}`;
}

/** Where the test found and missed what, by amount of text; null where all of it lies in one range. */
function amounts(ranges: readonly SelfTestAmount[]): Markup | null {
  if (ranges.length < 2) return null;
  return table(
    ranges,
    [
      {
        name: 'words on the shorter side, from',
        number: true,
        head: true,
        cell: (a: SelfTestAmount) => count(a.words),
      },
      { name: 'halves of one byline', number: true, cell: (a) => count(a.sameHandPairs) },
      { name: 'found', number: true, cell: (a) => count(a.found) },
      { name: 'pairs of different bylines', number: true, cell: (a) => count(a.differentHandsPairs) },
      { name: 'named with them', number: true, cell: (a) => count(a.falseLinks) },
    ],
    { caption: page.byAmount, file: 'self-test' },
  );
}

function tippettFigure(points: readonly TippettPoint[]): Markup {
  return html`<div><h4>${page.tippettTitle}</h4><figure data-file="tippett">${tippettChart(points)}<figcaption>${page.tippettAbout}</figcaption></figure>
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
  return html`<div><h4>${page.reliabilityTitle}</h4><figure data-file="reliability">${reliabilityChart(ranges)}<figcaption>${page.reliabilityAbout}</figcaption></figure>
<details class="behind"><summary>The table behind the chart</summary>${table(
    ranges,
    [
      { name: 'printed log10 LR, middle of the range', number: true, head: true, cell: (r: Reliability) => r.printed },
      { name: 'observed', number: true, cell: (r) => signed(r.observed), value: (r) => r.observed },
      { name: 'from', number: true, cell: (r) => bound(r.low), value: (r) => r.low ?? '' },
      { name: 'to (95 %)', number: true, cell: (r) => bound(r.high), value: (r) => r.high ?? '' },
      { name: 'halves in the range', number: true, cell: (r) => count(r.halves), value: (r) => r.halves },
    ],
    { caption: 'Self-test: printed and observed ratios', file: 'reliability', quiet: true },
  )}</details></div>`;
}

function bound(value: number | null): string {
  return value === null ? '' : signed(value);
}

/** Small shares keep two significant digits. */
function share(value: number): string {
  return value === 0 || value >= 0.01 ? percent(value) : `${Number((value * 100).toPrecision(2))} %`;
}

/** What was not asked, with the reasons that bylines were given; and what is never measured. */
function unanswered({ asked, bylines, corpus }: Report): Markup {
  const pairs = pairsAmong(corpus.bylines) - asked.pairs;
  const reasons = new Map<string, number>();
  for (const { hands } of bylines)
    if (hands.verdict === 'abstain') {
      // Figures differ from byline to byline; the reason before them does not.
      const why = plain(hands.why).split(/[:;(]/)[0]!.trim();
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
  const rows: readonly (readonly [string, number])[] = [
    [page.unanswered.pairs, pairs],
    [page.unanswered.bylines, corpus.bylines - asked.bylines],
  ];
  const open = rows.filter(([, n]) => n > 0);
  return html`${
    open.length === 0
      ? html`<p>${page.allAnswered}</p>`
      : html`<p>${page.notAnsweredAbout}</p><ul>${open.map(([what, n]) => html`<li>${count(n)} ${what}</li>`)}${[
          ...reasons,
        ]
          .slice(0, 12)
          .map(([why, n]) => html`<li><bdi>${page.whyNot(why, n)}</bdi></li>`)}</ul>`
  }<div class="columns"><div><h4>${page.neverMeasured}</h4><ul>${notMeasured.pair.map((x) => html`<li>${x}</li>`)}</ul></div>
<div><h4>${page.neverMeasuredHands}</h4><ul>${notMeasured.hands.map((x) => html`<li>${x}</li>`)}</ul></div></div>`;
}

/** Reasons that are parts of another figure. */
function isPart(what: string): boolean {
  return what.endsWith('Words');
}

function removed({ corpus }: Report): Markup {
  const all = Object.entries(corpus.removed).filter(([, n]) => n > 0);
  const parts = all.filter(([what]) => isPart(what)).sort((x, y) => y[1] - x[1]);
  const rows = all
    .filter(([what]) => !isPart(what))
    .flatMap((row) => (row[0] === 'boilerplate' ? [row, ...parts] : [row]));
  return table(
    rows,
    [
      {
        name: 'what and why',
        head: true,
        cell: ([what]: [string, number]) =>
          html`${isPart(what) ? html`<span class="part">${page.ofWhich}</span> ` : null}${bdi(removal(what))}`,
      },
      { name: 'how many', number: true, cell: ([, n]) => count(n), value: ([, n]) => n },
    ],
    { quiet: true, caption: 'Taken out before counting', file: 'removed' },
  );
}

function copies({ corpus }: Report): Markup | null {
  if (corpus.copies.length === 0) return null;
  return html`<details class="behind"><summary>${page.nearCopies(corpus.copies.length)}</summary>${copiesTable(corpus.copies)}${more(corpus.copies.length)}</details>`;
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
      { name: 'in the terminal and in JSON', cell: (s) => strengthOf(s.from).replace('-', ' ') },
    ],
    { quiet: true, caption: 'Verbal scale', file: 'scale' },
  );
}

function notices(all: readonly Notice[]): Markup | null {
  if (all.length === 0) return null;
  return html`<h3>Noticed while reading</h3><ul class="notices">${all
    .slice(0, MOST)
    .map(
      (n) => html`<li>${n.level === 'info' ? null : html`<strong>${n.level}:</strong> `}<bdi>${n.message}</bdi></li>`,
    )}</ul>${more(all.length)}`;
}

function again({ tool, inputs }: Report): Markup {
  return html`<p>${page.again}</p><p class="note">${page.madeBy(tool.version, tool.model)}</p>
${tool.command === undefined ? null : html`<pre class="command"><code>${shellLine(tool.command)}</code></pre>`}
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
