import type { Document } from '../types/types.js';

/** From this many words on an article is written in paragraphs. */
const LONG = 250;
/** Share of long articles without one break that few dumps of one make have: a writer's habit, or a slip. */
const HABIT = 0.05;

type Broken = Pick<Document, 'text' | 'words' | 'held'>;

/**
 * True where breaks between paragraphs say something of the hand. Where some of a dump's long articles have lost theirs and others
 * have not, they tell what an article passed through. Looks for the first break of each long article alone.
 */
export function breaksAreKept(documents: readonly Broken[]): boolean {
  const long = documents.filter(({ words }) => words >= LONG);
  const without = long.filter((document) => !hasBreak(document)).length;
  return without <= HABIT * long.length || without >= (1 - HABIT) * long.length;
}

/** Read where the text is held, without making a string of it. */
function hasBreak(document: Broken): boolean {
  const { held } = document;
  if (held === null || held === undefined || held.wide) return document.text.includes('\n\n');
  const { bytes, from, to } = held;
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).includes('\n\n');
}
