import type { Contribution, CopyPair, Evidence, PairReport, Report } from '../types.js';
import { notMeasured } from '../judge/words.js';
import { bar, strip } from './charts.js';
import { bylineLink, pairLink } from './data.js';
import { evidenceList, quotations } from './evidence.js';
import { bdi, html, sentence, type Markup } from './html.js';
import { table } from './tables.js';
import { amount, page, percent, signed } from './words.js';

/** Pairs shown in full, and pairs in the table; the strongest. The CSV download has all. */
const IN_FULL = 40;
const IN_TABLE = 500;

/** The pairs: a table of those that stand out, then each with its evidence. */
export function pairsSection(report: Report): Markup {
  const { pairs } = report;
  const found = new Set(
    report.findings
      .filter((f) => f.kind !== 'group-run')
      .flatMap((f) => f.bylines.flatMap((a) => f.bylines.map((b) => pairLink(a, b)))),
  );
  const full = pairs.filter((p) => p.evidence.length > 0).slice(0, IN_FULL);
  return html`<section id="pairs" aria-labelledby="pairs-title">
<h2 id="pairs-title">Pairs</h2>
<p class="lead">${page.pairsAbout(pairs.length, report.asked.pairs)}${pairs.length > IN_TABLE ? ` ${page.pairsCut(IN_TABLE, pairs.length)}` : null}</p>
${pairsTable(pairs.slice(0, IN_TABLE), new Set(full.map((p) => pairLink(p.a, p.b))))}
${full.map((p) => pairDetails(p, found.has(pairLink(p.a, p.b)), report.corpus.copies))}
</section>`;
}

function pairsTable(pairs: readonly PairReport[], full: ReadonlySet<string>): Markup {
  const name = (p: PairReport, side: string): Markup => {
    const link = pairLink(p.a, p.b);
    return html`<a href="#${full.has(link) ? link : bylineLink(side)}">${bdi(side)}</a>`;
  };
  return table(
    pairs,
    [
      { name: 'byline', head: true, cell: (p: PairReport) => name(p, p.a), value: (p) => p.a },
      { name: 'and', head: true, cell: (p) => name(p, p.b), value: (p) => p.b },
      { name: 'log10 LR', number: true, cell: (p) => signed(p.log10LR), value: (p) => p.log10LR },
      { name: 'verdict', cell: (p) => page.verdict[p.verdict] ?? p.verdict },
      { name: 'why', cell: (p) => bdi(p.why) },
    ],
    { quiet: true, caption: 'Pairs that stand out', file: 'pairs', id: 'all-pairs' },
  );
}

/** Verdicts whose reason is the likelihood ratio in words, which stands there already. */
const SAID: ReadonlySet<string> = new Set(['same-hand', 'different-hands']);

function pairDetails(pair: PairReport, open: boolean, copies: readonly CopyPair[]): Markup {
  const { a, b, evidence, against, log10LR } = pair;
  return html`<details class="pair" id="${pairLink(a, b)}"${open ? html` open` : null}>
<summary><h3>${bdi(a)} and ${bdi(b)}</h3> <span class="figure">log10 LR ${signed(log10LR)}, ${page.verdict[pair.verdict] ?? pair.verdict}</span></summary>
<p>${page.pairMeasure(log10LR)}${SAID.has(pair.verdict) ? null : html` ${sentence(pair.why)}`}</p>
${viewsTable(pair)}
${habitsTable(page.habitsShared, pair, evidence)}
<h4>${page.passages}</h4>${passages(pair)}
${habitsTable(page.habitsApart, pair, against ?? [])}
<h4>${page.shared}</h4>${sharedPassages(pair, copies)}
<div class="columns"><div><h4>${page.lines.against}</h4>${
    (against ?? []).length === 0 ? html`<p>${page.lines.nothingAgainst}</p>` : evidenceList(against!)
  }</div><div><h4>${page.lines.notMeasured}</h4><ul>${notMeasured.pair.map((x) => html`<li>${x}</li>`)}</ul></div></div>
</details>
`;
}

type Part = Omit<Contribution, 'of'> & { readonly of: Contribution['of'] | 'sum' };

/** What each view adds to the score, and the sum. */
function viewsTable({ contributions, score }: PairReport): Markup | null {
  if (contributions === undefined || contributions.length === 0) return null;
  const rows: readonly Part[] = [...contributions, { of: 'sum', log10LR: score }];
  return html`<h4>${page.views}</h4><p class="note">${page.viewsAbout}</p>${table(
    rows,
    [
      { name: 'view', head: true, cell: (c: Part) => page.contribution[c.of] },
      {
        name: 'normalised score',
        number: true,
        cell: (c) => (c.spreads === undefined ? '' : amount(c.spreads)),
        value: (c) => c.spreads ?? '',
      },
      { name: 'adds to log10 LR', number: true, cell: (c) => signed(c.log10LR), value: (c) => c.log10LR },
      { name: 'drawn', chart: true, cell: (c) => bar(c.log10LR) },
    ],
    { caption: page.views, file: 'views', quiet: true },
  )}`;
}

function habitsTable(title: string, { a, b }: PairReport, evidence: readonly Evidence[]): Markup | null {
  const habits = evidence.filter((e) => e.kind === 'habit' && e.habit !== undefined && e.values?.['a'] !== undefined);
  if (habits.length === 0) return null;
  const value = (e: Evidence, of: string): number => e.values?.[of] ?? 0;
  const far = habits.some((e) => e.values?.['shareAsExtreme'] !== undefined);
  return html`<h4>${title}</h4>${table(
    habits,
    [
      { name: 'habit', head: true, cell: (e: Evidence) => bdi(e.habit!) },
      { name: a, number: true, cell: (e) => amount(value(e, 'a')) },
      { name: b, number: true, cell: (e) => amount(value(e, 'b')) },
      { name: 'the others’ median', number: true, cell: (e) => amount(value(e, 'median')) },
      ...(far
        ? [{ name: 'others as far out', number: true, cell: (e: Evidence) => percent(value(e, 'shareAsExtreme')) }]
        : []),
      { name: 'drawn', chart: true, cell: (e) => strip(value(e, 'a'), value(e, 'b'), e.values?.['median']) },
    ],
    { caption: `${title}: ● ${a}, ■ ${b}, | the others’ median`, file: 'habits' },
  )}`;
}

/** Two columns of passages, the shared habit marked in each. */
function passages({ a, b, evidence }: PairReport): Markup {
  const quoted = evidence.filter((e) => (e.examples ?? []).length > 0);
  if (quoted.length === 0) return html`<p class="note">${page.noPassages}</p>`;
  return html`<div class="columns passages">${[a, b].map(
    (side) => html`<div><h5>${bdi(side)}</h5>${quotations(quoted, (x) => x.byline === side)}</div>`,
  )}</div>`;
}

function sharedPassages({ a, b }: PairReport, copies: readonly CopyPair[]): Markup {
  const own = copies.filter(
    (c) => (c.keptByline === a && c.droppedByline === b) || (c.keptByline === b && c.droppedByline === a),
  );
  if (own.length === 0) return html`<p class="note">${page.noShared}</p>`;
  return table(
    own.slice(0, 200),
    [
      { name: 'article', head: true, cell: (c: CopyPair) => bdi(c.kept) },
      { name: 'under', cell: (c) => bdi(c.keptByline) },
      { name: 'the same as', cell: (c) => bdi(c.dropped) },
      { name: 'under', cell: (c) => bdi(c.droppedByline) },
      { name: 'shared', number: true, cell: (c) => percent(c.overlap), value: (c) => c.overlap },
    ],
    { caption: page.shared, file: 'copies', quiet: true },
  );
}
