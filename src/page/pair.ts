import type { CopyPair, Evidence, PairReport, Report } from '../types/types.js';
import { notMeasured } from '../judge/words.js';
import { groupBy } from '../math/grouped.js';
import { contributionsFigure } from './contributions.js';
import { strip } from './charts.js';
import { bylineLink, pairLink } from './data.js';
import { evidenceList, habitPassages, quotedEvidence, type Side } from './evidence.js';
import { bdi, html, sentence, type Markup } from './html.js';
import { sharedPassages, sharedWords } from './shared.js';
import { table } from './tables.js';
import { inUnit, page, percent, signed } from './words.js';

/** Pairs shown in full, and pairs in the table; the strongest. The CSV download has all. */
const IN_FULL = 40;
const IN_TABLE = 500;
/** Pairs, beside those of findings, whose differences are shown by passages too; of the others the rates stand there. */
const DIFFERENCES = 12;
/** Pairs shown for their copies alone. */
const FOR_COPIES = 60;

/** The pairs: a table of those that stand out, then each with its evidence, then those that only share articles. */
export function pairsSection(report: Report): Markup {
  const { pairs } = report;
  const found = new Set(
    report.findings
      .filter((f) => f.kind !== 'group-run')
      .flatMap((f) => f.bylines.flatMap((a) => f.bylines.map((b) => pairLink(a, b)))),
  );
  const full = pairs.filter((p) => p.evidence.length > 0).slice(0, IN_FULL);
  const inFull = new Set(full.map((p) => pairLink(p.a, p.b)));
  const copies = copiesByPair(report.corpus.copies);
  const sharing = [...copies].filter(([link]) => !inFull.has(link)).slice(0, FOR_COPIES);
  return html`<section id="pairs" aria-labelledby="pairs-title">
<h2 id="pairs-title">Pairs</h2>
<p class="lead">${page.pairsAbout(pairs.length, report.asked.pairs)}${pairs.length > IN_TABLE ? ` ${page.pairsCut(IN_TABLE, pairs.length)}` : null}</p>
${pairs.length === 0 ? null : pairsTable(pairs.slice(0, IN_TABLE), new Set([...inFull, ...sharing.map(([link]) => link)]))}
${full.map((p, i) => {
  const link = pairLink(p.a, p.b);
  return pairDetails(p, { open: found.has(link), apart: found.has(link) || i < DIFFERENCES }, copies.get(link) ?? []);
})}
${sharing.length === 0 ? null : html`<h3>${page.sharingOnly}</h3><p>${page.sharingOnlyAbout}</p>${sharing.map(([link, own]) => sharingDetails(link, own))}`}
</section>`;
}

/** Copies between bylines, by permalink of the pair; most copies first. */
function copiesByPair(copies: readonly CopyPair[]): Map<string, readonly CopyPair[]> {
  const links = groupBy(copies, ({ keptByline: a, droppedByline: b }) => (a === b ? null : pairLink(a, b)));
  return new Map([...links].sort((x, y) => y[1].length - x[1].length || (x[0] < y[0] ? -1 : 1)));
}

function pairsTable(pairs: readonly PairReport[], full: ReadonlySet<string>): Markup {
  const name = (p: PairReport, side: string): Markup => {
    const link = pairLink(p.a, p.b);
    return html`<a href="#${full.has(link) ? link : bylineLink(side)}">${bdi(side)}</a>`;
  };
  return table(
    pairs,
    [
      { name: 'byline', head: true, cell: (p: PairReport) => name(p, p.a) },
      { name: 'and', head: true, cell: (p) => name(p, p.b) },
      { name: 'log10 LR', number: true, cell: (p) => signed(p.log10LR), value: (p) => p.log10LR },
      { name: 'verdict', cell: (p) => page.verdict[p.verdict] ?? p.verdict },
      { name: 'why', cell: (p) => bdi(p.why) },
    ],
    { quiet: true, caption: 'Pairs that stand out', file: 'pairs', id: 'all-pairs' },
  );
}

/** Verdicts whose reason is the likelihood ratio in words, which stands there already. */
const SAID: ReadonlySet<string> = new Set(['same-hand', 'different-hands']);

/** Unfolded from the start, and with passages that show what they do differently. */
interface Shown {
  readonly open: boolean;
  readonly apart: boolean;
}

function pairDetails(pair: PairReport, { open, apart }: Shown, copies: readonly CopyPair[]): Markup {
  const { a, b, log10LR } = pair;
  return html`<details class="pair" id="${pairLink(a, b)}"${open ? html` open` : null}>
<summary><h3>${bdi(a)} and ${bdi(b)}</h3> <span class="figure">log10 LR ${signed(log10LR)}, ${page.verdict[pair.verdict] ?? pair.verdict}</span></summary>
<p>${page.pairMeasure(log10LR)}${SAID.has(pair.verdict) ? null : html` ${sentence(pair.why)}`} ${permalink(pairLink(a, b))}</p>
${contributionsFigure(pair)}
${credited(pair)}${sharedHabits(pair)}
<h4>${page.lines.againstOne}</h4>${against(pair, apart)}
<h4>${page.sharedWords}</h4>${sharedWords(pair.shared)}
<h4>${page.shared}</h4>${sharedPassages(copies)}
<h4>${page.lines.notMeasured}</h4><ul>${notMeasured.pair.map((x) => html`<li>${x}</li>`)}</ul>
</details>
`;
}

/** A link to the place it stands in, to be copied. */
export function permalink(link: string): Markup {
  return html`<a class="permalink" href="#${link}">${page.lines.permalink}</a>`;
}

const value = (e: Evidence, of: string): number => e.values?.[of] ?? 0;

function isHabit(e: Evidence): boolean {
  return e.kind === 'habit' && e.habit !== undefined && e.values?.['a'] !== undefined;
}

function sidesOf({ a, b }: PairReport): readonly [Side, Side] {
  const side = (name: string, key: string): Side => ({
    name: bdi(name),
    rate: (e) => value(e, key),
    owns: (x) => x.byline === name,
  });
  return [side(a, 'a'), side(b, 'b')];
}

const usual = (e: Evidence): number | undefined => e.values?.['median'];

/** Whom the texts of both credit. */
function credited(pair: PairReport): Markup | null {
  const quoted = quotedEvidence(pair.evidence);
  return quoted === null ? null : html`<h4>${page.credited}</h4>${quoted}\n`;
}

/** What both do more, or less, than the others: the rates, and passages for what is done more. */
function sharedHabits(pair: PairReport): Markup {
  const habits = pair.evidence.filter(isHabit);
  if (habits.length === 0) return html`<h4>${page.habitsShared}</h4><p class="note">${page.noHabits}</p>`;
  const more = habits.filter((e) => Math.min(value(e, 'a'), value(e, 'b')) > value(e, 'median'));
  const less = habits.filter((e) => !more.includes(e) && (e.examples ?? []).length > 0);
  const passages = habitPassages(more, sidesOf(pair), usual);
  return html`<h4>${page.habitsShared}</h4>${habitsTable(page.habitsShared, pair, habits)}
<h4>${page.passages}</h4>${passages ?? html`<p class="note">${page.noPassages}</p>`}${
    less.length === 0 ? null : html`<p class="note">${page.avoided(less.map((e) => e.habit!))}</p>`
  }`;
}

function against(pair: PairReport, apart: boolean): Markup {
  const all = pair.against ?? [];
  if (all.length === 0) return html`<p>${page.lines.nothingAgainst}</p>`;
  const habits = all.filter(isHabit);
  const rest = all.filter((e) => !isHabit(e));
  const passages = apart ? habitPassages(habits, sidesOf(pair), usual) : null;
  return html`${rest.length === 0 ? null : evidenceList(rest)}${habits.length === 0 ? null : habitsTable(page.habitsApart, pair, habits)}${
    passages === null
      ? null
      : html`<details class="behind"><summary>${page.passagesApart}</summary>${passages}</details>`
  }`;
}

function habitsTable(title: string, { a, b }: PairReport, habits: readonly Evidence[]): Markup {
  const far = habits.some((e) => e.values?.['shareAsExtreme'] !== undefined);
  return table(
    habits,
    [
      { name: 'habit', head: true, cell: (e: Evidence) => bdi(e.habit!) },
      { name: a, number: true, cell: (e) => inUnit(value(e, 'a'), e.unit), value: (e) => value(e, 'a') },
      { name: b, number: true, cell: (e) => inUnit(value(e, 'b'), e.unit), value: (e) => value(e, 'b') },
      {
        name: 'the others’ median',
        number: true,
        cell: (e) => inUnit(value(e, 'median'), e.unit),
        value: (e) => value(e, 'median'),
      },
      { name: 'unit', short: true, cell: (e) => e.unit ?? '' },
      ...(far
        ? [
            {
              name: 'others as far out',
              number: true,
              cell: (e: Evidence) => percent(value(e, 'shareAsExtreme')),
              value: (e: Evidence) => value(e, 'shareAsExtreme'),
            },
          ]
        : []),
      { name: 'drawn', chart: true, cell: (e) => strip(value(e, 'a'), value(e, 'b'), usual(e)) },
    ],
    { caption: `${title}: ● ${a}, ■ ${b}, | the others’ median`, file: 'habits' },
  );
}

/** A pair that is on the page for its copies alone. */
function sharingDetails(link: string, copies: readonly CopyPair[]): Markup {
  const [a, b] = [copies[0]!.keptByline, copies[0]!.droppedByline].sort() as [string, string];
  return html`<details class="pair" id="${link}">
<summary><h3>${bdi(a)} and ${bdi(b)}</h3> <span class="figure">${page.copies(copies.length)}</span></summary>
<p>${permalink(link)}</p>${sharedPassages(copies)}
</details>
`;
}
