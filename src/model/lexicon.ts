import { readFileSync } from 'node:fs';
import { hashString } from '../math/random.js';

/**
 * The first part of speech of the 92,661 English words of natural's Brill lexicon (MIT licence; the lexicon is that of pos-js).
 * They are searched where they stand, in the text of the file: a map of them takes 15 MB a thread and, as natural keeps them, a
 * third of a second, which is long for the check of one article.
 */
export class Lexicon {
  /** Where the line of a word begins, at the place of its hash or the next one free; -1 where none is. A power of two. */
  private readonly places = new Int32Array(1 << 18).fill(-1);

  /** @param lines "word TAB tag LF", ASCII, words in any order */
  constructor(private readonly lines: string) {
    for (let at = 0; at < lines.length; at = lines.indexOf('\n', at) + 1) {
      let place = this.placeOf(lines.slice(at, lines.indexOf('\t', at)));
      while (this.places[place] !== -1) place = this.after(place);
      this.places[place] = at;
    }
  }

  /** @returns the Penn Treebank tag of a word in just this spelling */
  tagOf(word: string): string | undefined {
    for (let place = this.placeOf(word); ; place = this.after(place)) {
      const at = this.places[place]!;
      if (at === -1) return undefined;
      const end = at + word.length;
      if (this.lines[end] === '\t' && this.lines.startsWith(word, at))
        return this.lines.slice(end + 1, this.lines.indexOf('\n', end));
    }
  }

  private placeOf(word: string): number {
    return hashString(word) & (this.places.length - 1);
  }

  private after(place: number): number {
    return (place + 1) & (this.places.length - 1);
  }
}

let english: Lexicon | null = null;

/** Read on first use, which takes about 30 ms. */
export function englishLexicon(): Lexicon {
  const file = new URL('../../model/english-words.txt', import.meta.url);
  return (english ??= new Lexicon(readFileSync(file, 'latin1')));
}
