import type { BylineReport, Report } from '../types/types.js';
import { handKey } from './charts.js';
import { bylineLink } from './data.js';
import { bdi, html, type Markup } from './html.js';
import { table } from './tables.js';
import { page, percent } from './words.js';

/** How likely each number of hands is, as bars with their figures; null where the report does not say. */
export function numberOfHands({ probabilities = [] }: BylineReport['hands']): Markup | null {
  if (probabilities.length === 0) return null;
  const rows = probabilities.map((p, i) => ({ p, name: page.handsCounted(i + 1, i === probabilities.length - 1) }));
  return html`<h4>${page.handsLikely}</h4>${table(
    rows,
    [
      { name: page.handsCount, head: true, cell: (r: (typeof rows)[number]) => r.name },
      { name: page.probability, number: true, cell: (r) => percent(r.p), value: (r) => r.p },
      { name: 'drawn', chart: true, cell: (r) => share(r.p) },
    ],
    { caption: page.handsLikely, file: 'hands-likely', quiet: true },
  )}`;
}

function share(p: number): Markup {
  const width = Math.round(10 * Math.max(0, Math.min(1, p)) * 128) / 10;
  return html`<svg class="strip" aria-hidden="true"><path class="axis" d="M4,14H136"/><rect class="a" x="4" y="3" width="${width}" height="10"/></svg>`;
}

/** When hands gave way to each other, in words; null where the report knows of no such day. */
export function handovers({ time }: BylineReport['hands']): Markup | null {
  const all = time?.handovers ?? [];
  if (all.length === 0) return null;
  return html`<ul>${all.map((h) => html`<li>${page.handover(h.before, h.after, h.at, h.from, h.to)}</li>`)}</ul>`;
}

/** The hands that the bylines of a finding share; null where the report names none. */
export function sharedHands({ groups }: Report, bylines: readonly string[]): Markup | null {
  const team = groups.find((g) => g.hands !== undefined && bylines.every((b) => g.bylines.includes(b)));
  if (team?.hands === undefined) return null;
  return html`<h4>${page.teamHands}</h4><ul>${team.hands.map(
    ({ members }, i) =>
      html`<li>${page.teamHand(i)}: ${members.map(
        (m, k) =>
          html`${k > 0 ? '; ' : ''}${handKey(m.hand)} ${page.hand(m.hand)} of <a href="#${bylineLink(m.byline)}">${bdi(m.byline)}</a> (${page.articlesCounted(m.articles)})`,
      )}</li>`,
  )}</ul>`;
}
