import { createRequire } from 'node:module';
import { isNumber, isWord } from '../text/tokens.js';

/**
 * Content masking after POSNoise (Halvani & Graner 2021): words that carry grammar stay, words that carry the
 * subject become their part of speech. English parts of speech come from natural's Brill lexicon, one look-up per
 * word type (the tagger's context rules cost 40 times more and moved no figure). Other languages keep the commonest
 * words of the dump, and turn the rest into their last two letters, which carry inflection more than subject.
 */
export type Masker = (token: string) => string;

const CLOSED_TAGS = new Set('DT IN CC TO MD PRP PRP$ WDT WP WP$ WRB EX PDT RP POS UH'.split(' '));

/** Function words that the lexicon files under an open class. */
const FUNCTION_WORDS = new Set(
  `not no yes more most much many few less least very too so also just only even still yet again then there here now
  however therefore thus indeed perhaps rather quite almost already always often sometimes usually never ever soon well
  is are was were be been being am has have had having do does did done doing will would can could may might shall
  should must said says one two first last other another same such own isn't aren't wasn't weren't don't doesn't didn't
  won't wouldn't can't couldn't it's that's there's i'm i've we're we've you're they're`.split(/\s+/),
);

interface Lexicon {
  tagWord(word: string): readonly string[];
}

let lexicon: Lexicon | null = null;

function loadLexicon(): Lexicon {
  if (lexicon === null) {
    const require = createRequire(import.meta.url);
    const brill = require('natural/lib/natural/brill_pos_tagger/index.js') as {
      Lexicon: new (language: string, unknown: string, unknownCapitalised: string) => Lexicon;
    };
    lexicon = new brill.Lexicon('EN', '', '');
  }
  return lexicon;
}

/** Masker for English. Loads the lexicon on first use (about 100 ms). */
export function englishMasker(): Masker {
  const words = loadLexicon();
  return memoised((token) => {
    if (isNumber(token)) return 'CD';
    if (!isWord(token)) return token;
    const lower = token.toLowerCase().replaceAll('’', "'");
    if (FUNCTION_WORDS.has(lower)) return lower;
    const lowerTag = words.tagWord(lower)[0] ?? '';
    if (CLOSED_TAGS.has(lowerTag)) return lower;
    const tag = words.tagWord(token)[0] ?? '';
    return tag !== '' ? tag : guessTag(token);
  });
}

/**
 * Masker for a language without a lexicon.
 *
 * @param common lower-case words to keep: the commonest of the dump in this language
 */
export function plainMasker(common: ReadonlySet<string>): Masker {
  return memoised((token) => {
    if (isNumber(token)) return 'CD';
    if (!isWord(token)) return token;
    const lower = token.toLowerCase();
    if (common.has(lower)) return lower;
    return lower.length > 4 ? `~${lower.slice(-2)}` : '~';
  });
}

/** The `count` words found in most documents, ties by code unit. */
export function commonestWords(documents: Iterable<readonly string[]>, count: number): ReadonlySet<string> {
  const seenIn = new Map<string, number>();
  for (const document of documents) {
    for (const word of new Set(document.filter(isWord).map((t) => t.toLowerCase())))
      seenIn.set(word, (seenIn.get(word) ?? 0) + 1);
  }
  const ranked = [...seenIn].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Set(ranked.slice(0, count).map(([word]) => word));
}

function guessTag(token: string): string {
  if (token.endsWith('ing')) return 'VBG';
  if (token.endsWith('ed')) return 'VBD';
  if (token.endsWith('ly')) return 'RB';
  if (token[0] !== token[0]!.toLowerCase()) return 'NNP';
  return token.endsWith('s') ? 'NNS' : 'NN';
}

function memoised(mask: Masker): Masker {
  const known = new Map<string, string>();
  return (token) => {
    let out = known.get(token);
    if (out === undefined) {
      out = mask(token);
      // A bound on the memory that hostile texts can claim.
      if (known.size < 500_000) known.set(token, out);
    }
    return out;
  };
}
