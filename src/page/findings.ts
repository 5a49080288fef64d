import { headline } from '../report/sentences.js';
import { chance } from '../report/terminal.js';
import type { Finding, Report, Strength } from '../types.js';
import { bylineLink, pairLink } from './data.js';
import { evidenceList } from './evidence.js';
import { html, type Markup } from './html.js';
import { page, signed } from './words.js';

const STEPS: readonly Strength[] = ['limited', 'moderate', 'strong', 'very-strong'];

/** The first section: every finding in plain sentences, what speaks for and against it. */
export function findingsSection(report: Report): Markup {
  const { findings } = report;
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${
  findings.length === 0
    ? html`<p class="lead"><strong>${page.noFindings}</strong> ${page.noFindingsWhy}</p>`
    : html`<p class="lead">${page.evidenceNotProof}</p>${findings.map((f, i) => findingArticle(f, i + 1, report))}`
}
</section>`;
}

/** Strength in words, and in filled squares for the eye. */
export function strengthMeter(strength: Strength): Markup {
  const filled = STEPS.indexOf(strength) + 1;
  return html`<span class="strength ${strength}"><span class="squares" aria-hidden="true">${'■'.repeat(filled)}${'□'.repeat(STEPS.length - filled)}</span> ${page.strength[strength]}</span>`;
}

function findingArticle(finding: Finding, rank: number, report: Report): Markup {
  const { kind, strength, log10LR, expectedByChance } = finding;
  const many = kind === 'group-run';
  const asked = many ? report.asked.bylines : report.asked.pairs;
  return html`<article class="finding" id="finding-${rank}">
<p class="kicker">Finding ${rank} · ${page.kicker[kind]}</p>
<h3 dir="auto">${headline(finding)}</h3>
<p class="measure">${strengthMeter(strength)} <span class="figure">log10 LR ${signed(log10LR)}</span></p>
<p>${many ? page.manyHands(log10LR) : page.oneHand(log10LR)} ${page.chance(chance(expectedByChance), asked, many ? 'bylines' : 'pairs')}</p>
<div class="columns"><div><h4>${page.lines.evidence}</h4>${evidenceList(finding.evidence)}</div>
<div><h4>${page.lines.against}</h4>${finding.against.length === 0 ? html`<p>${page.lines.nothingAgainst}</p>` : evidenceList(finding.against)}
<h4>${page.lines.notMeasured}</h4><ul>${finding.notMeasured.map((x) => html`<li><bdi>${x}</bdi></li>`)}</ul></div></div>
<p class="more">${links(finding, report)}</p>
</article>
`;
}

/** Links to the parts of the page that show a finding in full. */
function links({ kind, bylines }: Finding, report: Report): Markup {
  const inside = kind === 'group-run' ? [] : report.pairs.filter((p) => bylines.includes(p.a) && bylines.includes(p.b));
  return html`${inside
    .slice(0, 12)
    .map(
      (p) =>
        html`<a href="#${pairLink(p.a, p.b)}">${page.lines.fullPair}: <bdi>${p.a}</bdi> and <bdi>${p.b}</bdi></a> `,
    )}${bylines
    .slice(0, 24)
    .map((b) => html`<a href="#${bylineLink(b)}">${page.lines.fullByline}: <bdi>${b}</bdi></a> `)}`;
}
