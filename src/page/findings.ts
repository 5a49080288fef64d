import { chanceOf, headline, noFindings } from '../report/sentences.js';
import { capitalised } from '../text/figures.js';
import type { Finding, Report } from '../types/types.js';
import { bylineLink, pairLink } from './data.js';
import { evidenceList } from './evidence.js';
import { sharedHands } from './hands.js';
import { html, type Markup } from './html.js';
import { page, SCALE, signed, stepOf } from './words.js';

/** The first section: every finding in plain sentences, what speaks for and against it. */
export function findingsSection(report: Report): Markup {
  const { findings } = report;
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${
  findings.length === 0
    ? html`<p class="lead"><strong>${page.noFindings}</strong> ${noFindings(report)}</p>`
    : html`<p class="lead">${page.evidenceNotProof}</p>${summary(findings)}${findings.map((f, i) => findingArticle(f, i + 1, report))}`
}
</section>`;
}

/** What was found, in one list, where there is more than one finding. */
function summary(findings: readonly Finding[]): Markup | null {
  if (findings.length < 2) return null;
  return html`<p>${page.found(findings.length)}</p><ol class="summary">${findings.map(
    (f, i) =>
      html`<li><a href="#finding-${i + 1}" dir="auto">${headline(f)}</a> <span class="figure">${stepOf(f.log10LR).words}, log10 LR ${signed(f.log10LR)}</span></li>`,
  )}</ol>`;
}

/** Strength in the words of the scale, and in filled squares for the eye. */
export function strengthMeter(log10LR: number): Markup {
  const { step, words } = stepOf(log10LR);
  return html`<span class="strength"><span class="squares" aria-hidden="true">${'■'.repeat(step)}${'□'.repeat(SCALE.length - step)}</span> ${capitalised(words)}</span>`;
}

function findingArticle(finding: Finding, rank: number, report: Report): Markup {
  const { kind, log10LR } = finding;
  const many = kind === 'group-run';
  const asked = many ? report.asked.bylines : report.asked.pairs;
  return html`<article class="finding" id="finding-${rank}">
<p class="kicker">Finding ${rank} · ${page.kicker[kind]}</p>
<h3 dir="auto">${headline(finding)}</h3>
<p class="measure">${strengthMeter(log10LR)} <span class="figure">log10 LR ${signed(log10LR)} · <a href="#scale">${page.lines.scale}</a></span></p>
<p>${many ? page.manyHands(log10LR) : page.oneHand(log10LR, page.others(finding))} ${page.chance(chanceOf(finding), asked, many ? 'bylines' : 'pairs')}</p>
<div class="columns"><div><h4>${page.lines.evidence}</h4>${evidenceList(finding.evidence)}</div>
<div><h4>${page.lines.against}</h4>${finding.against.length === 0 ? html`<p>${page.lines.nothingAgainst}</p>` : evidenceList(finding.against)}${sharedText(finding, report)}
<h4>${page.lines.notMeasured}</h4><ul>${finding.notMeasured.map((x) => html`<li><bdi>${x}</bdi></li>`)}</ul></div></div>
${many ? sharedHands(report, finding.bylines) : null}
<p class="more">${links(finding, report)}</p>
</article>
`;
}

/** That articles of these bylines share passages that were counted as style; null where they do not, or nobody looked. */
function sharedText({ kind, bylines }: Finding, { pairs }: Report): Markup | null {
  if (kind === 'group-run') return null;
  const counted = pairs
    .filter((p) => bylines.includes(p.a) && bylines.includes(p.b))
    .flatMap((p) => (p.shared ?? []).filter((s) => s.setAside === undefined));
  if (counted.length === 0) return null;
  return html`<p>${page.sharedCounted(
    counted.length,
    counted.reduce((most, s) => Math.max(most, s.words), 0),
  )}</p>`;
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
