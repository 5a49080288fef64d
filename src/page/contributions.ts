import type { Contribution, PairReport } from '../types/types.js';
import { html, type Markup } from './html.js';
import { table } from './tables.js';
import { amount, page, signed } from './words.js';

/** One step of the sum: a part, or the sum itself, and where its bar begins and ends. */
interface Step {
  readonly of: Contribution['of'] | 'sum';
  readonly spreads?: number;
  readonly log10LR: number;
  readonly from: number;
}

/** What each view adds to the score: a picture in which every bar begins where the last ended, and the table. */
export function contributionsFigure({ contributions, score, log10LR }: PairReport): Markup | null {
  if (contributions === undefined || contributions.length === 0) return null;
  const steps: Step[] = [];
  let at = 0;
  for (const c of contributions) {
    steps.push({ ...c, from: at });
    at += c.log10LR;
  }
  steps.push({ of: 'sum', log10LR: score, from: 0 });
  return html`<h4>${page.views}</h4><p class="note">${page.viewsAbout}${Math.abs(score - log10LR) > 0.05 ? ` ${page.capped(log10LR)}` : null}</p>
<figure data-file="contributions">${drawn(steps)}</figure>${table(
    steps,
    [
      { name: 'what was looked at', head: true, cell: (s: Step) => page.contribution[s.of] },
      {
        name: 'normalised score',
        number: true,
        cell: (s) => (s.spreads === undefined ? '' : amount(s.spreads)),
        value: (s) => s.spreads ?? '',
      },
      { name: 'adds to log10 LR', number: true, cell: (s) => signed(s.log10LR), value: (s) => s.log10LR },
    ],
    { caption: page.views, file: 'contributions', quiet: true },
  )}`;
}

const [WIDTH, LEFT, RIGHT, ROW] = [540, 190, 16, 26];

function drawn(steps: readonly Step[]): Markup {
  const ends = steps.flatMap((s) => [s.from, s.from + s.log10LR]);
  const [low, high] = [Math.floor(Math.min(0, ...ends)), Math.max(1, Math.ceil(Math.max(0, ...ends)))];
  const x = (v: number): number => Math.round(10 * (LEFT + ((v - low) / (high - low)) * (WIDTH - LEFT - RIGHT))) / 10;
  const bottom = steps.length * ROW + 4;
  const every = Math.max(1, Math.ceil((high - low) / 8));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((v) => v % every === 0);
  return html`<svg class="contributions" viewBox="0 0 ${WIDTH} ${bottom + 24}" role="img" aria-label="${page.contributionsLabel}">
${ticks.map((v) => html`<path class="${v === 0 ? 'zero' : 'grid'}" d="M${x(v)},0V${bottom}"/><text class="tick" x="${x(v)}" y="${bottom + 18}">${v}</text>`)}
${steps.map(({ of, from, log10LR }, i) => {
  const [a, b] = [x(from), x(from + log10LR)];
  const y = i * ROW + 4;
  return html`<text class="row end" x="${LEFT - 54}" y="${y + 15}" text-anchor="end">${page.contributionShort[of]}</text><text class="end" x="${LEFT - 8}" y="${y + 15}" text-anchor="end">${signed(log10LR)}</text><rect class="${of === 'sum' ? 'sum' : log10LR < 0 ? 'two' : 'one'}" x="${Math.min(a, b)}" y="${y + 3}" width="${Math.max(1, Math.round(10 * Math.abs(b - a)) / 10)}" height="${ROW - 10}"/>${i < steps.length - 2 ? html`<path class="grid" d="M${b},${y + ROW - 7}V${y + ROW + 3}"/>` : null}\n`;
})}</svg>`;
}
