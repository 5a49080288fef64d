import type { CopyPair, EvidenceExample, SharedPassage } from '../types/types.js';
import { bdi, html, plain, type Markup } from './html.js';
import { page, percent } from './words.js';
import { table } from './tables.js';

/** What both have word for word, longest and rarest first, side by side. */
export function sharedWords(passages: readonly SharedPassage[] | undefined): Markup {
  if (passages === undefined) return html`<p class="note">${page.sharedNotLooked}</p>`;
  if (passages.length === 0) return html`<p class="note">${page.sharedNone}</p>`;
  return html`<p class="note">${page.sharedWordsAbout}</p>${passages.map(
    ({ words, otherBylines, setAside, a, b }) =>
      html`<section class="verbatim"><h5>${page.sharedWordsOf(words, otherBylines, setAside)}</h5>
<div class="columns">${[a, b].map((x) => html`<blockquote><p dir="auto">${plain(x.sentence)}</p><footer>${bdi(x.byline)}, ${place(x)}</footer></blockquote>`)}</div></section>`,
  )}`;
}

function place({ article, line }: EvidenceExample): Markup {
  return html`<cite>${bdi(article)}</cite>${line === undefined ? null : html`, ${page.atLine(line)}`}`;
}

/** Copies named in one table. */
const NAMED = 200;

/** Articles that stand under both bylines in nearly the same words: a table, and the passages side by side. */
export function sharedPassages(copies: readonly CopyPair[]): Markup {
  if (copies.length === 0) return html`<p class="note">${page.noShared}</p>`;
  const shown = copies.filter((c) => (c.passages ?? []).length > 0);
  return html`${copiesTable(copies)}${shown.length === 0 ? null : html`<p class="note">${page.sharedAbout}</p>`}${shown.map(
    (c) =>
      html`<section class="aligned"><div class="columns"><h5>${bdi(c.keptByline)}, <cite>${bdi(c.kept)}</cite></h5><h5>${bdi(c.droppedByline)}, <cite>${bdi(c.dropped)}</cite></h5></div>
${c.passages!.map(({ kept, dropped }) => html`<div class="columns">${sideBySide(kept, dropped)}</div>\n`)}</section>`,
  )}`;
}

/** Near copies as a table. */
export function copiesTable(copies: readonly CopyPair[]): Markup {
  return table(
    copies.slice(0, NAMED),
    [
      { name: 'article', head: true, cell: (c: CopyPair) => bdi(c.kept) },
      { name: 'under', cell: (c) => bdi(c.keptByline) },
      { name: 'nearly the same as', cell: (c) => bdi(c.dropped) },
      { name: 'under', cell: (c) => bdi(c.droppedByline) },
      { name: 'runs of five words shared', number: true, cell: (c) => percent(c.overlap), value: (c) => c.overlap },
    ],
    { caption: page.shared, file: 'copies', quiet: true },
  );
}

/** Words that are laid against each other; passages are shorter. */
const MOST_WORDS = 120;

/** Two passages as quotations, the words that only one of them has underlined. */
function sideBySide(first: string, second: string): Markup[] {
  const sides = [first, second].map((text) => plain(text).split(' ').slice(0, MOST_WORDS));
  const keys = sides.map((words) => words.map((w) => w.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '')));
  const common = commonWords(keys[0]!, keys[1]!);
  return sides.map(
    (words, side) =>
      html`<blockquote><p dir="auto">${words.map((w, i) => html`${i > 0 ? ' ' : ''}${common[side]!.has(i) ? w : html`<u>${w}</u>`}`)}</p></blockquote>`,
  );
}

/** Places, on either side, of the longest common subsequence (Wagner & Fischer 1974). */
function commonWords(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const width = b.length + 1;
  const best = new Uint8Array((a.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j]!;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const out: [Set<number>, Set<number>] = [new Set(), new Set()];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      out[0].add(i++);
      out[1].add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return out;
}
