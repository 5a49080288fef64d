import { createHash } from 'node:crypto';
import type { Report } from '../types/types.js';
import { pageData } from './data.js';
import { packed } from './packed.js';
import { mapSection, matrixSection } from './drawn.js';
import { findingsSection } from './findings.js';
import { html, Markup } from './html.js';
import { pairsSection } from './pair.js';
import { personasSection } from './persona.js';
import { trustSection } from './trust.js';
import { page } from './words.js';

/** The page's own script and style, bundled at build time. */
export interface PageAssets {
  readonly script: string;
  /** The same script with sigma in it, for pages whose map is large. */
  readonly largeScript: string;
  readonly style: string;
}

/** Bylines above which the map is large. */
const LARGE = 1000;

const SECTIONS = [
  ['findings', 'Findings'],
  ['map', 'Map'],
  ['matrix', 'Matrix'],
  ['bylines', 'Bylines'],
  ['pairs', 'Pairs'],
  ['trust', 'How far to trust this'],
] as const;

/**
 * The report as one self-contained page. It asks nothing of any network, and its Content-Security-Policy lets only its
 * own script and style run, named by their hashes; no mark-up can be made from strings once it is open. Same report,
 * same bytes.
 */
export function pageHtml(report: Report, assets: PageAssets): string {
  const { style } = assets;
  const script = report.bylines.length > LARGE ? assets.largeScript : assets.script;
  const { articles, bylines, words } = report.corpus;
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policyOf(script, style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="masthead"><p class="brand">manyhands</p><h1>${page.title}</h1>
<p class="standfirst">${page.standfirst(articles, bylines, words)}</p>
<noscript><p class="note">${page.noScript}</p></noscript></header>
<nav aria-label="Sections"><ul>${SECTIONS.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main>
${findingsSection(report)}
${mapSection(report)}
${matrixSection(report)}
${personasSection(report)}
${pairsSection(report)}
${trustSection(report)}
</main>
<footer><p>${page.madeBy(report.tool.version, report.tool.model)}. ${page.limits[0]}</p></footer>
<script type="text/plain" id="data">${new Markup(packed(pageData(report)))}</script>
<script>${new Markup(script)}</script>
</body>
</html>`.text
  }\n`;
}

function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash(script)}'`,
    `style-src 'sha256-${hash(style)}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
