import { CONTAINMENT, placedWords, RESEMBLANCE } from '../clean/clean.js';
import { groupBy } from '../math/grouped.js';
import type { Document } from '../types/types.js';
import { lookUp } from './lookup.js';
import { copiedPassages, winnowed, type Passage } from './passages.js';
import type { ReferenceArticles } from './reference.js';
import type { Saved } from './saved.js';

/**
 * New articles that are near copies of articles a reference holds: an archive that comes again with its corrections, a column
 * printed once more. Measured as articles of their own they would make every byline look as if it repeated itself.
 *
 * @param words of the articles the reference holds, by number; 0 for its copies
 * @returns ids
 */
export async function copiesOfEarlier(
  documents: readonly Document[],
  saved: Saved,
  { words }: Pick<ReferenceArticles, 'words'>,
): Promise<ReadonlySet<string>> {
  const drafts = documents.map(({ id, text }) => {
    const { hashes } = placedWords(text);
    return { id, words: hashes.length, grams: winnowed(hashes) };
  });
  const found = await lookUp(saved, Int32Array.from(drafts.flatMap(({ grams }) => [...grams.hash])));
  const isCopy = (own: (typeof drafts)[number]): boolean => {
    return [...groupBy(copiedPassages(own.grams, found, -1), (p) => p.article)].some(([article, passages]) => {
      const common = wordsIn(passages);
      const together = own.words + Math.max(common, words[article]!) - common;
      return common >= CONTAINMENT * own.words || common >= RESEMBLANCE * together;
    });
  };
  return new Set(drafts.filter(isCopy).map(({ id }) => id));
}

/** Words in passages that may overlap. */
function wordsIn(passages: readonly Passage[]): number {
  let [sum, end] = [0, 0];
  for (const { first, last } of passages.toSorted((a, b) => a.first - b.first)) {
    sum += Math.max(0, last + 1 - Math.max(first, end));
    end = Math.max(end, last + 1);
  }
  return sum;
}
