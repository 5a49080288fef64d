import { patternOf } from '../judge/examples.js';
import type { Evidence, EvidenceExample } from '../types.js';
import { bdi, html, plain, sentence, type Markup } from './html.js';
import { page } from './words.js';

/** A list of evidence, each sentence as judge wrote it. */
export function evidenceList(evidence: readonly Evidence[]): Markup {
  return html`<ul class="evidence">${evidence.map((e) => html`<li>${sentence(e.text)}</li>\n`)}</ul>`;
}

/** Sentences of one side, each once, with every habit it was chosen for marked in it. */
export function quotations(evidence: readonly Evidence[], wanted: (example: EvidenceExample) => boolean): Markup[] {
  const bySentence = new Map<string, { example: EvidenceExample; habits: string[] }>();
  for (const { habit, examples } of evidence)
    for (const example of (examples ?? []).filter(wanted)) {
      const key = `${example.article}\n${example.sentence}`;
      const known = bySentence.get(key) ?? { example, habits: [] };
      bySentence.set(key, { example, habits: habit === undefined ? known.habits : [...known.habits, habit] });
    }
  return [...bySentence.values()].map(({ example, habits }) => quotation(example, habits));
}

function quotation(example: EvidenceExample, habits: readonly string[]): Markup {
  const whose = example.hand === undefined ? bdi(example.byline) : html`${page.hand(example.hand)}`;
  return html`<p class="habit">${habits.map((h, i) => html`${i > 0 ? ', ' : ''}<bdi>${h}</bdi>`)}</p>
<blockquote dir="auto">${marked(example.sentence, habits)}<footer>${whose}, <cite><bdi>${example.article}</bdi></cite></footer></blockquote>`;
}

/** Sentences quoted are shorter; what is longer did not come from this tool. */
const LONGEST = 600;
const MOST_MARKS = 40;

/** The sentence with every place that shows one of the habits in a <mark>. */
function marked(sentence: string, habits: readonly string[]): Markup {
  const text = plain(sentence.slice(0, LONGEST));
  const patterns = habits.map(patternOf).filter((p) => p !== null);
  const places = patterns
    .flatMap((p) =>
      [...text.matchAll(new RegExp(p.source, `${p.flags}g`))].map((m) => [m.index, m.index + m[0].length] as const),
    )
    .filter(([start, end]) => end > start)
    .sort((a, b) => a[0] - b[0])
    .slice(0, MOST_MARKS);
  const parts: Markup[] = [];
  let at = 0;
  for (const [start, end] of places) {
    if (start < at) continue;
    parts.push(html`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`${parts}${text.slice(at)}`;
}
