import type { Assignment, BylineReport, Evidence, Finding, Report } from '../types/types.js';
import { handKey, isUntold, strip, timeline } from './charts.js';
import { bylineLink } from './data.js';
import { handovers, numberOfHands } from './hands.js';
import { evidenceList, habitPassages, type Side } from './evidence.js';
import { strengthMeter } from './findings.js';
import { bdi, html, outward, sentence, type Markup } from './html.js';
import { permalink } from './pair.js';
import { table } from './tables.js';
import { counted } from '../text/figures.js';
import { count, inUnit, page, signed } from './words.js';

/** Bylines shown in full; the others are built when they are asked for. */
const IN_FULL = 60;
/** Rows of the tables of articles together, and of each one after these are used up. */
const [ROWS, THEN] = [1500, 25];

/** Every byline of a finding, or that may be several hands, in full; and the table of all. */
export function personasSection(report: Report): Markup {
  const named = new Set(report.findings.flatMap((f) => f.bylines));
  const wanted = report.bylines.filter((b) => named.has(b.byline) || b.hands.verdict === 'several');
  const shown = new Set(
    [...wanted].sort((x, y) => Number(named.has(y.byline)) - Number(named.has(x.byline))).slice(0, IN_FULL),
  );
  let left = ROWS;
  const blocks = report.bylines.map((b, i) => {
    if (!shown.has(b)) return null;
    const finding = report.findings.find((f) => f.kind === 'group-run' && f.bylines.includes(b.byline));
    const rows = Math.max(THEN, left);
    left -= Math.min(rows, b.hands.assignments.length);
    return persona(b, finding, { index: i, rows });
  });
  return html`<section id="bylines" aria-labelledby="bylines-title">
<h2 id="bylines-title">Bylines</h2>
<p class="lead">${page.personaAbout}</p>
${blocks}
<div id="opened" aria-live="polite"></div>
<h3>All bylines</h3>
<p>${page.bylinesAbout}</p>
${allBylines(report, new Set([...shown].map((b) => b.byline)))}
</section>`;
}

/** Index of the byline in the report, and how many rows its table of articles may have. */
interface Place {
  readonly index: number;
  readonly rows: number;
}

/** Whether there are several hands, between which an article may be undecided. */
interface Parted extends Place {
  readonly several: boolean;
}

function persona({ byline, articles, words, hands }: BylineReport, finding: Finding | undefined, place: Place): Markup {
  const several = hands.count > 1 && hands.verdict !== 'abstain';
  const changes = hands.time?.handovers ?? [];
  const unsure = hands.assignments.filter(isUntold).length;
  const drawn = timeline(hands.assignments, hands.count, byline, changes);
  return html`<article class="persona" id="${bylineLink(byline)}">
<h3>${bdi(byline)}</h3>
<p class="facts">${counted(articles, 'article')}, ${counted(words, 'word')} of its own · ${page.verdict[hands.verdict] ?? hands.verdict} (log10 LR ${signed(hands.log10LR)}) · ${permalink(bylineLink(byline))}</p>
${finding === undefined ? null : html`<p class="measure">${strengthMeter(finding.log10LR)}</p>`}
<p>${sentence(hands.why)}${several ? html` ${page.certainty(unsure, hands.assignments.length)}` : null}</p>
${
  drawn === null
    ? html`<p class="note">${page.noDates}</p>`
    : html`<figure data-file="timeline"><div class="across" tabindex="0" role="region" aria-label="${page.timelineRegion(byline)}">${drawn.drawing}</div><figcaption>${page.timelineAbout(drawn.dated)}</figcaption></figure>`
}
${handovers(hands)}
${numberOfHands(hands)}
${several ? handsSideBySide(hands.assignments, hands.count) : null}
${finding === undefined || finding.bylines.length > 1 ? null : partedHabits(finding)}
<details class="behind"><summary>The table behind it: ${counted(hands.assignments.length, 'article')} by hand</summary>
${articlesTable(hands.assignments, byline, { ...place, several })}</details>
</article>
`;
}

/** Articles named in a hand's column; the table has all. */
const NAMED = 8;

function handsSideBySide(assignments: readonly Assignment[], hands: number): Markup {
  const columns = Array.from({ length: Math.min(hands, 6) }, (_, h) => assignments.filter((a) => a.hand === h));
  return html`<div class="hands">${columns.map(
    (
      own,
      h,
    ) => html`<div><h4>${handKey(h)} ${page.hand(h)} <span class="figure">${counted(own.length, 'article')}</span></h4>
<ol>${[...own]
      .sort((x, y) => y.confidence - x.confidence)
      .slice(0, NAMED)
      .map(
        (a) =>
          html`<li>${outward(a.url, a.title ?? a.article)} <span class="figure">${isUntold(a) ? page.handUntold(h) : `${Math.round(a.confidence * 100)} %`}</span></li>`,
      )}</ol>${own.length > NAMED ? html`<p class="note">and ${own.length - NAMED} more in the table</p>` : null}</div>`,
  )}</div>`;
}

function partedHabits({ evidence, against }: Finding): Markup {
  const habits = evidence.filter((e) => e.habit !== undefined && e.values?.['first'] !== undefined);
  const rate = (of: string) => (e: Evidence) => e.values?.[of] ?? 0;
  const sides: readonly [Side, Side] = [
    { name: html`${handKey(0)} ${page.hand(0)}`, rate: rate('first'), owns: (x) => x.hand === 0 },
    { name: html`${handKey(1)} ${page.otherHands}`, rate: rate('others'), owns: (x) => x.hand !== 0 },
  ];
  return html`<h4>${page.habitsParted}</h4>
${
  habits.length === 0
    ? html`<p class="note">${page.noHabitsParted}</p>`
    : table(
        habits,
        [
          { name: 'habit', head: true, cell: (e: Evidence) => bdi(e.habit!) },
          { name: page.hand(0), number: true, cell: (e) => inUnit(rate('first')(e), e.unit), value: rate('first') },
          {
            name: page.otherHands,
            number: true,
            cell: (e) => inUnit(rate('others')(e), e.unit),
            value: rate('others'),
          },
          { name: 'unit', short: true, cell: (e) => e.unit ?? '' },
          { name: 'drawn', chart: true, cell: (e) => strip(rate('first')(e), rate('others')(e), undefined) },
        ],
        { caption: page.habitsParted, file: 'habits', quiet: true },
      )
}
${habitPassages(habits, sides, () => undefined)}
<h4>${page.lines.against}</h4>${against.length === 0 ? html`<p>${page.lines.nothingAgainst}</p>` : evidenceList(against)}`;
}

function articlesTable(assignments: readonly Assignment[], byline: string, { index, rows, several }: Parted): Markup {
  const cut =
    assignments.length > rows ? html`<p class="note">${page.articlesCut(rows, assignments.length)}</p>` : null;
  return html`${cut}${table(
    assignments.slice(0, rows),
    [
      {
        name: 'article',
        head: true,
        cell: (a: Assignment) => outward(a.url, a.title ?? a.article),
        value: (a) => a.article,
      },
      { name: 'date', short: true, cell: (a) => a.date ?? '' },
      {
        name: 'words',
        number: true,
        cell: (a) => (a.words === undefined ? '' : count(a.words)),
        value: (a) => a.words ?? '',
      },
      {
        name: 'hand',
        number: true,
        cell: (a) => (several && isUntold(a) ? page.handUntoldShort(a.hand) : a.hand + 1),
        value: (a) => a.hand + 1,
      },
      {
        name: 'certainty',
        number: true,
        cell: (a) => `${Math.round(a.confidence * 100)} %`,
        value: (a) => a.confidence,
      },
    ],
    { caption: `Articles of ${byline} by hand`, file: 'articles', id: `articles-${index}` },
  )}`;
}

function allBylines(report: Report, shown: ReadonlySet<string>): Markup {
  return table(
    report.bylines,
    [
      {
        name: 'byline',
        head: true,
        cell: (b: BylineReport) =>
          html`<a href="#${bylineLink(b.byline)}"${shown.has(b.byline) ? null : html` id="${bylineLink(b.byline)}"`}>${bdi(b.byline)}</a>`,
      },
      { name: 'articles', number: true, cell: (b) => count(b.articles), value: (b) => b.articles },
      { name: 'words', number: true, cell: (b) => count(b.words), value: (b) => b.words },
      { name: 'how many hands', cell: (b) => page.verdict[b.hands.verdict] ?? b.hands.verdict },
      { name: 'log10 LR', number: true, cell: (b) => signed(b.hands.log10LR), value: (b) => b.hands.log10LR },
      { name: 'why', cell: (b) => bdi(b.hands.why) },
    ],
    { quiet: true, caption: 'All bylines', file: 'bylines', id: 'all-bylines' },
  );
}
