import { patternOf } from '../judge/examples.js';
import type { Evidence, EvidenceExample } from '../types/types.js';
import { html, plain, sentence, type Markup } from './html.js';
import { inUnit, page } from './words.js';

/** A list of evidence, each sentence as judge wrote it. */
export function evidenceList(evidence: readonly Evidence[]): Markup {
  return html`<ul class="evidence">${evidence.map((e) => html`<li>${sentence(e.text)}</li>\n`)}</ul>`;
}

/** One of the two columns in which habits are shown: a byline, or one of its hands. */
export interface Side {
  readonly name: Markup;
  /** Its rate of a habit. */
  readonly rate: (e: Evidence) => number;
  /** True for a sentence of its own. */
  readonly owns: (example: EvidenceExample) => boolean;
}

/** Below this share of the other side's rate a habit is not shown by a passage: what is hardly done has none. */
const SELDOM = 1 / 3;

/**
 * Habit by habit, a column a side: how often it is done here, there and among the others, and sentences in which it
 * stands marked; the other habits of the list are marked as well, more lightly.
 *
 * @param usual rate among the others; undefined where there is none to compare with
 */
export function habitPassages(
  habits: readonly Evidence[],
  sides: readonly [Side, Side],
  usual: (e: Evidence) => number | undefined,
): Markup | null {
  const shown = habits.filter((e) => (e.examples ?? []).length > 0);
  if (shown.length === 0) return null;
  const all = shown.map((e) => e.habit!);
  return html`<div class="habits">${shown.map((e) => {
    const others = usual(e);
    const most = Math.max(...sides.map((s) => s.rate(e)));
    return html`<section class="one-habit"><h5><bdi>${e.habit!}</bdi>${others === undefined ? null : html` <span class="figure">${page.usual(inUnit(others, e.unit), e.unit)}</span>`}</h5>
<div class="columns">${sides.map((side) => {
      const own = side.rate(e) < most * SELDOM ? [] : (e.examples ?? []).filter(side.owns);
      return html`<div><p class="habit">${side.name} <span class="figure">${inUnit(side.rate(e), e.unit)} ${e.unit ?? ''}</span></p>${
        own.length === 0
          ? html`<p class="note">${side.rate(e) < most * SELDOM ? page.seldom : page.noSentence}</p>`
          : own.map((x) => quotation(x, e.habit!, all))
      }</div>`;
    })}</div></section>
`;
  })}</div>`;
}

/** Evidence that is quoted from texts and is no habit, each sentence with its quotations; null where there is none. */
export function quotedEvidence(evidence: readonly Evidence[]): Markup | null {
  const quoted = evidence.filter((e) => e.habit === undefined && (e.examples ?? []).length > 0);
  if (quoted.length === 0) return null;
  return html`${quoted.map((e) => html`<p>${sentence(e.text)}</p>${e.examples!.map((x) => quotation(x, null, []))}`)}`;
}

function quotation(example: EvidenceExample, habit: string | null, all: readonly string[]): Markup {
  const text = habit === null ? plain(example.sentence.slice(0, LONGEST)) : marked(example.sentence, habit, all);
  return html`<blockquote><p dir="auto">${text}</p><footer><cite><bdi>${example.article}</bdi></cite>${placeOf(example)}</footer></blockquote>`;
}

/** Where the sentence stands in what was read, where the report says so. */
function placeOf({ source, line }: EvidenceExample): Markup | null {
  return line === undefined || source === undefined ? null : html`, <bdi>${source}</bdi> ${page.atLine(line)}`;
}

/** Sentences quoted are shorter; what is longer did not come from this tool. */
const LONGEST = 600;
const MOST_MARKS = 40;

interface Place {
  readonly start: number;
  readonly end: number;
  readonly own: boolean;
}

/** The sentence with every place that shows a habit in a <mark>: strongly for the habit in question. */
function marked(sentence: string, habit: string, all: readonly string[]): Markup {
  const text = plain(sentence.slice(0, LONGEST));
  const places = [habit, ...all.filter((h) => h !== habit)]
    .flatMap((h) => placesOf(text, h).map(([start, end]): Place => ({ start, end, own: h === habit })))
    .sort((x, y) => x.start - y.start || Number(y.own) - Number(x.own))
    .slice(0, MOST_MARKS);
  const parts: Markup[] = [];
  let at = 0;
  for (const { start, end, own } of places) {
    if (start < at) continue;
    parts.push(html`${text.slice(at, start)}<mark${own ? null : html` class="also"`}>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`${parts}${text.slice(at)}`;
}

function placesOf(text: string, habit: string): (readonly [number, number])[] {
  const pattern = patternOf(habit);
  if (pattern === null) return [];
  return [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))]
    .map((m) => [m.index, m.index + m[0].length] as const)
    .filter(([start, end]) => end > start);
}
