import { wordsIn } from '../text/tokens.js';
import type { Document } from '../types/types.js';

/** Fewest words of a passage whose style says anything. */
export const UNIT_WORDS = 80;

/** Neighbouring paragraphs of one article, enough words together. */
export interface Unit {
  /** Index into the documents given. */
  readonly document: number;
  /** 1-based paragraph it begins and ends with, in the cleaned text. */
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly words: number;
}

/** Cuts articles into passages of `UNIT_WORDS` words or more, at paragraphs; a shorter rest is left out. */
export function passageUnits(documents: readonly Document[]): Unit[] {
  return documents.flatMap(({ text }, document) => {
    const out: Unit[] = [];
    let held: { first: number; parts: string[]; words: number } | null = null;
    text.split('\n\n').forEach((paragraph, i) => {
      held ??= { first: i + 1, parts: [], words: 0 };
      held.parts.push(paragraph);
      held.words += wordsIn(paragraph);
      if (held.words < UNIT_WORDS) return;
      out.push({ document, first: held.first, last: i + 1, text: held.parts.join('\n\n'), words: held.words });
      held = null;
    });
    return out;
  });
}
