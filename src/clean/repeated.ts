import { hashString } from '../math/random.js';
import { paragraphsOf } from './boilerplate.js';
import { applyEdits, countWords, type Edit, type Work } from './edits.js';

/** What `withoutRepeats` needs to know of each article. */
export interface Repeatable {
  readonly work: Work;
  readonly byline: string;
  readonly outlet: string | null;
}

const SENTENCE_BREAK = /(?<=[.!?…؟۔][”"’)]?)\s+/;

/**
 * Takes out paragraphs and sentences that recur: in three or more of a byline's articles (and a tenth of them), or in
 * five or more (and a twentieth) of an outlet's or the dump's. Every occurrence goes, the first too: whatever recurs is
 * a template's or an institution's wording, not evidence of a hand. Whole copies are the business of `findCopies`.
 */
export function withoutRepeats(items: readonly Repeatable[]): Work[] {
  const groups = new Map<string, Map<number, number>>();
  const sizes = new Map<string, number>();
  const units = items.map(({ work }) => unitsOf(work.text));
  items.forEach((item, i) => {
    for (const group of groupsOf(item)) {
      sizes.set(group, (sizes.get(group) ?? 0) + 1);
      const counts = groups.get(group) ?? new Map<number, number>();
      groups.set(group, counts);
      for (const key of new Set(units[i]!.map((u) => u.key))) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
  return items.map((item, i) => {
    const edits: Edit[] = [];
    for (const unit of units[i]!) {
      const repeats = groupsOf(item).some((group) => {
        const own = group.startsWith('byline:');
        const count = groups.get(group)!.get(unit.key)!;
        return count >= Math.max(own ? 3 : 5, sizes.get(group)! * (own ? 0.1 : 0.05));
      });
      if (repeats) edits.push({ start: unit.start, end: unit.end, replacement: '', reason: 'repeated' });
    }
    return applyEdits(item.work, edits);
  });
}

function groupsOf({ byline, outlet }: Repeatable): string[] {
  return outlet === null ? [`byline:${byline}`, 'dump:'] : [`byline:${byline}`, `outlet:${outlet}`, 'dump:'];
}

interface Unit {
  readonly key: number;
  readonly start: number;
  readonly end: number;
}

/** Paragraphs, and inside longer ones sentences, of five words or more; a key for the words without marks and figures. */
function unitsOf(text: string): Unit[] {
  const out: Unit[] = [];
  const add = (piece: string, start: number): void => {
    if (countWords(piece) < 5) return;
    const folded = piece.toLowerCase().replace(/[^\p{L}]+/gu, ' ').trim();
    out.push({ key: hashString(folded) * 2 ** 20 + (folded.length & 0xfffff), start, end: start + piece.length });
  };
  for (const { text: paragraph, start } of paragraphsOf(text)) {
    const sentences = paragraph.length < 20_000 ? paragraph.split(SENTENCE_BREAK) : [paragraph];
    let at = start;
    for (const sentence of sentences) {
      const from = text.indexOf(sentence, at);
      add(sentence, from);
      at = from + sentence.length;
    }
  }
  return out;
}
