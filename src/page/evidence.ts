import { patternOf } from '../judge/examples.js';
import type { Evidence, EvidenceExample } from '../types.js';
import { bdi, html, plain, type Markup } from './html.js';
import { page } from './words.js';

/** A list of evidence, each sentence as judge wrote it, with its quoted sentences if asked for. */
export function evidenceList(evidence: readonly Evidence[], quoted: boolean): Markup {
  return html`<ul class="evidence">${evidence.map(
    (e) => html`<li><bdi>${e.text}</bdi>${quoted ? (e.examples ?? []).map((x) => quotation(x, e.habit)) : null}</li>
`,
  )}</ul>`;
}

/** A quoted sentence with the habit marked in it, and where it stands. */
export function quotation(example: EvidenceExample, habit: string | undefined): Markup {
  const whose = example.hand === undefined ? bdi(example.byline) : html`${page.hand(example.hand)}`;
  return html`<blockquote dir="auto">${marked(example.sentence, habit)}<footer>${whose}, <cite><bdi>${example.article}</bdi></cite></footer></blockquote>`;
}

/** Sentences quoted are shorter; what is longer did not come from this tool. */
const LONGEST = 600;
const MOST_MARKS = 40;

/** The sentence with every place that shows the habit in a <mark>. */
export function marked(sentence: string, habit: string | undefined): Markup {
  const text = plain(sentence.slice(0, LONGEST));
  const pattern = habit === undefined ? null : patternOf(habit);
  if (pattern === null) return html`${text}`;
  const parts: Markup[] = [];
  let at = 0;
  for (const found of text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))) {
    if (found[0] === '' || parts.length >= MOST_MARKS) break;
    parts.push(html`${text.slice(at, found.index)}<mark>${found[0]}</mark>`);
    at = found.index + found[0].length;
  }
  return html`${parts}${text.slice(at)}`;
}
