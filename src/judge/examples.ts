import { sentences } from '../text/tokens.js';
import { writtenAs } from '../text/written.js';
import type { Document } from '../types/types.js';

/** A sentence of a byline that shows a habit, and where it stands. */
export interface Example {
  readonly article: string;
  readonly sentence: string;
  /** Place in the document's clean text, in UTF-16 units; null where the sentence was not found again as it stands. */
  readonly place: { readonly start: number; readonly end: number } | null;
}

const MARK_OF: Readonly<Record<string, RegExp>> = {
  commas: /[,،，、]/,
  semicolons: /[;؛；]/,
  colons: /[:：]/,
  'question marks': /[?؟？]/,
  'exclamation marks': /[!！]/,
  brackets: /[(（]/,
  'spaced dashes': /\s[–—-]{1,2}\s/,
  'unspaced long dashes': /\S[–—]|--\S/,
  ellipses: /…|\.\.\./,
  'contractions and possessives': /\p{L}['’](?:t|s|re|ve|ll|d|m)\b/iu,
  'serial commas': /,\s\p{L}+,\s(?:and|or)\s/u,
};

/** What shows a habit in a text; null when it is a length or share that no single place shows. */
export function patternOf(habit: string): RegExp | null {
  const [, kind, word] = /^the (word|character) “(.+)”/.exec(habit) ?? [];
  if (word === undefined) return Object.hasOwn(MARK_OF, habit) ? MARK_OF[habit]! : null;
  const written = writtenAs(word.replace(/[^\p{L}\p{M}'’\u200c-]/gu, ''));
  if (kind === 'character') return new RegExp(written[0]!, 'u');
  return new RegExp(`(?<![\\p{L}\\p{M}'’])(?:${written.join('|')})(?![\\p{L}\\p{M}'’])`, 'u');
}

/** Characters of a sentence that is quoted; of scripts without spaces fewer say as much. */
const [SHORTEST, SHORTEST_UNSPACED, LONGEST] = [30, 12, 220];

/**
 * Sentences of moderate length that show a habit, each from another article, split by compromise, whose sentence
 * boundaries are the best for English; none when the habit is a length or share and no single sentence shows it. The
 * search begins at another article for every habit, so that they are not all shown on the first.
 *
 * @param habit a name from the fingerprint's habits
 * @param most how many are given
 */
export async function examplesOf(habit: string, documents: readonly Document[], most: number): Promise<Example[]> {
  const pattern = patternOf(habit);
  if (pattern === null) return [];
  const out: Example[] = [];
  const from = [...habit].reduce((sum, c) => sum + c.codePointAt(0)!, 0);
  for (let i = 0; i < documents.length && out.length < most; i++) {
    const { id, text } = documents[(from + i) % documents.length]!;
    const found = await sentenceWith(pattern, text);
    if (found !== null) out.push({ article: id, ...found });
  }
  return out;
}

/**
 * The splitter of compromise, as its own parser calls it. What the parser does besides takes twenty times as long, and puts a
 * hyphen for a dash between words.
 */
interface SentenceMethods {
  readonly one: { readonly tokenize: { readonly splitSentences: (text: string, world: object) => string[] } };
}

/** Ends a sentence with no space behind it, which compromise does not know. */
const UNSPACED_END = /[。！？]/;

async function sentenceWith(pattern: RegExp, text: string): Promise<Omit<Example, 'article'> | null> {
  const { default: nlp } = await import('compromise/one');
  const { tokenize } = (nlp.methods() as SentenceMethods).one;
  let from = 0;
  for (const paragraph of text.split('\n\n')) {
    const start = from;
    from += paragraph.length + 2;
    // compromise is slow with hostile paragraphs: only short matching ones.
    if (paragraph.length > 3000 || !pattern.test(paragraph)) continue;
    const unspaced = UNSPACED_END.test(paragraph);
    const shortest = unspaced ? SHORTEST_UNSPACED : SHORTEST;
    const split = unspaced
      ? sentences(paragraph)
      : tokenize.splitSentences(paragraph, nlp.world()).map((s) => s.trim());
    const fits = (s: string): boolean => s.length > shortest && s.length < LONGEST && !s.includes('\uFFFC');
    const sentence = split.find((s) => fits(s) && pattern.test(s));
    if (sentence === undefined) continue;
    const at = paragraph.indexOf(sentence);
    return { sentence, place: at < 0 ? null : { start: start + at, end: start + at + sentence.length } };
  }
  return null;
}
