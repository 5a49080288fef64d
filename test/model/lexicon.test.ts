import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { englishLexicon, Lexicon } from '../../src/model/lexicon.js';

const natural = createRequire(import.meta.url)(
  'natural/lib/natural/brill_pos_tagger/data/English/lexicon_from_posjs.json',
) as Readonly<Record<string, readonly string[]>>;

describe('the English lexicon', () => {
  it('gives every word of natural’s its first part of speech, and holds no other (npm run lexicon)', () => {
    const words = Object.entries(natural).filter(([word]) => word !== '');
    expect(words.filter(([word, [first]]) => englishLexicon().tagOf(word) !== first)).toEqual([]);
    expect(readFileSync('model/english-words.txt', 'utf8').match(/\n/g)).toHaveLength(words.length);
  });

  it('knows no word by a part of it, by more than it, or in another spelling', () => {
    const few = new Lexicon('cat\tNN\ncats\tNNS\nCat\tNNP\n');
    expect(['cat', 'cats', 'Cat'].map((word) => few.tagOf(word))).toEqual(['NN', 'NNS', 'NNP']);
    expect(
      ['', 'ca', 'catss', 'CAT', 'at', 'NN', 'cat\tNN', '\n', 'constructor'].map((word) => few.tagOf(word)),
    ).toEqual(new Array(9).fill(undefined));
  });
});
