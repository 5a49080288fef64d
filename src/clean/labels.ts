import type { Edit, Mapped } from './mapped.js';
import { paragraphsOf } from './paragraphs.js';
import { countWords } from './words.js';

const HAS_CONTENT = /[\p{L}\p{N}\ufffc]/u;
const FEWEST_CAPITALS = 3;
const MOST_WORDS = 11;
/** A title stands above a paragraph; among short lines (a list, a poem) a line in capitals is one of them. */
const PARAGRAPH_BELOW = 150;
const SMALL = /^(?:a|an|the|of|and|or|but|nor|for|to|in|on|at|by|from|with|as|is|vs|via|not|its?|into|over|under)$/;

/** Takes out paragraphs that are no prose: rules and stars ("* * *"), and titles in Title Case above a paragraph. */
export function withoutLabels(mapped: Mapped): Mapped {
  const paragraphs = paragraphsOf(mapped.text);
  const edits: Edit[] = [];
  paragraphs.forEach(({ start, end, text }, i) => {
    if (!HAS_CONTENT.test(text.slice(0, 2000)) && !HAS_CONTENT.test(text))
      edits.push({ start, end, put: '', reason: 'markup' });
    else if (text.length <= 120 && (paragraphs[i + 1]?.text.length ?? 0) >= PARAGRAPH_BELOW && isTitle(text))
      edits.push({ start, end, put: '', reason: 'markup' });
  });
  return mapped.apply(edits);
}

/** "What the Minister Did Not Say": every word but the small ones has a capital, and no mark ends it. */
function isTitle(text: string): boolean {
  if (!/[\p{L}\p{N}’')?]$/u.test(text) || /[.;!"“”]/.test(text)) return false;
  const words = countWords(text);
  if (words < FEWEST_CAPITALS || words > MOST_WORDS) return false;
  let capitals = 0;
  for (const word of text.split(/[\s–—/:-]+/)) {
    const letter = /[\p{L}\p{N}]/u.exec(word)?.[0];
    if (letter === undefined) continue;
    if (/\p{Lu}/u.test(letter)) capitals++;
    else if (!/\p{N}/u.test(letter) && !SMALL.test(word)) return false;
  }
  return capitals >= FEWEST_CAPITALS;
}
