import type { Document } from '../types.js';

/** A sentence of a byline that shows a habit, and where it stands. */
export interface Example {
  readonly article: string;
  readonly sentence: string;
  /** Place in the document's clean text, in UTF-16 units; null where the sentence was not found again as it stands. */
  readonly place: { readonly start: number; readonly end: number } | null;
}

const MARK_OF: Readonly<Record<string, RegExp>> = {
  commas: /,/,
  semicolons: /;/,
  colons: /:/,
  'question marks': /\?/,
  'exclamation marks': /!/,
  brackets: /\(/,
  'spaced dashes': /\s[–—-]{1,2}\s/,
  'unspaced long dashes': /\S[–—]|--\S/,
  ellipses: /…|\.\.\./,
  contractions: /\p{L}['’](?:t|s|re|ve|ll|d|m)\b/iu,
  'serial commas': /,\s\p{L}+,\s(?:and|or)\s/u,
};

/** What shows a habit in a text; null when it is a length or share that no single place shows. */
export function patternOf(habit: string): RegExp | null {
  const word = /^the word “(.+)”$/.exec(habit)?.[1];
  if (word === undefined) return Object.hasOwn(MARK_OF, habit) ? MARK_OF[habit]! : null;
  return new RegExp(`(?<![\\p{L}'’])${word.replace(/[^\p{L}'’-]/gu, '')}(?![\\p{L}'’])`, 'iu');
}

/**
 * The first sentence of moderate length in a byline's articles that shows a habit, split by compromise, whose sentence
 * boundaries are the best for English; null when the habit is a length or share and no single sentence shows it.
 *
 * @param habit a name from the fingerprint's habits
 */
export async function exampleOf(habit: string, documents: readonly Document[]): Promise<Example | null> {
  const pattern = patternOf(habit);
  if (pattern === null) return null;
  const { default: nlp } = await import('compromise/one');
  for (const document of documents) {
    let from = 0;
    for (const paragraph of document.text.split('\n\n')) {
      const start = from;
      from += paragraph.length + 2;
      // compromise reads half a megabyte a second and hostile paragraphs far slower: only short matching ones.
      if (paragraph.length > 3000 || !pattern.test(paragraph)) continue;
      const sentences = (nlp(paragraph).json() as { text: string }[]).map((s) => s.text);
      const found = sentences.find((s) => s.length > 30 && s.length < 220 && !s.includes('\uFFFC') && pattern.test(s));
      if (found === undefined) continue;
      const sentence = found.trim();
      const at = paragraph.indexOf(sentence);
      const place = at < 0 ? null : { start: start + at, end: start + at + sentence.length };
      return { article: document.id, sentence, place };
    }
  }
  return null;
}
