import { englishLexicon } from '../model/lexicon.js';
import { inSigns } from '../text/signs.js';
import { isNumber, isWord, tokens } from '../text/tokens.js';

/**
 * Content masking after POSNoise (Halvani & Graner 2021): words that carry grammar stay, words that carry the
 * subject become their part of speech. English parts of speech come from natural's Brill lexicon, one look-up per
 * word type (the tagger's context rules cost 40 times more and moved no figure). Other languages keep the commonest
 * words of the dump, and turn the rest into their last two letters, which carry inflection more than subject.
 */
export type Masker = (token: string) => string;

/** True for a language whose parts of speech are known word by word: English alone. */
export function hasLexicon(lang: string | null): boolean {
  return lang === 'en';
}

/** Words kept unmasked in a language without a lexicon. */
const COMMON_WORDS = 150;

const CLOSED_TAGS = new Set('DT IN CC TO MD PRP PRP$ WDT WP WP$ WRB EX PDT RP POS UH'.split(' '));

/** Function words that the lexicon files under an open class. */
const FUNCTION_WORDS = new Set(
  `not no yes more most much many few less least very too so also just only even still yet again then there here now
  however therefore thus indeed perhaps rather quite almost already always often sometimes usually never ever soon well
  is are was were be been being am has have had having do does did done doing will would can could may might shall
  should must said says one two first last other another same such own isn't aren't wasn't weren't don't doesn't didn't
  won't wouldn't can't couldn't it's that's there's i'm i've we're we've you're they're`.split(/\s+/),
);

/** The mask of English. */
export function englishMasker(): Masker {
  const words = englishLexicon();
  return (token) => {
    if (isNumber(token)) return 'CD';
    if (!isWord(token)) return token;
    const lower = token.toLowerCase();
    if (FUNCTION_WORDS.has(lower)) return lower;
    const lowerTag = words.tagOf(lower);
    if (lowerTag !== undefined && CLOSED_TAGS.has(lowerTag)) return lower;
    return words.tagOf(token) ?? lowerTag ?? guessTag(token);
  };
}

/** What stands for a masked token where only its outline counts: a star for content, "#" for a number, else the mask itself. */
export function outlineOf(mask: string): string {
  if (mask === 'CD') return '#';
  return /^(?:[A-Z]{2}|~)/.test(mask) ? '*' : mask;
}

/** A function word or mark in lower case; one sign for everything else. */
export function functionWordOf(token: string, mask: string): string {
  const lower = token.toLowerCase();
  return !isNumber(token) && (!isWord(token) || mask === lower) ? lower : 'X';
}

/**
 * The mask of a language without a lexicon.
 *
 * @param common lower-case words to keep: the commonest of the dump in this language
 */
export function plainMasker(common: ReadonlySet<string>): Masker {
  return (token) => {
    if (isNumber(token)) return 'CD';
    if (!isWord(token)) return token;
    const lower = token.toLowerCase();
    if (common.has(lower)) return lower;
    return lower.length > 4 ? `~${lower.slice(-2)}` : '~';
  };
}

/** In how many samples each word of each language is found, in lower case; languages with a lexicon are left out. */
export function wordsByLanguage(
  samples: readonly { readonly text: string; readonly lang: string | null }[],
): Map<string | null, Map<string, number>> {
  const out = new Map<string | null, Map<string, number>>();
  for (const { text, lang } of samples) {
    if (hasLexicon(lang)) continue;
    const seenIn = out.get(lang) ?? new Map<string, number>();
    out.set(lang, seenIn);
    const words = tokens(inSigns(text)).filter(isWord);
    for (const word of new Set(words.map((t) => t.toLowerCase()))) seenIn.set(word, (seenIn.get(word) ?? 0) + 1);
  }
  return out;
}

/** The words of each language found in most samples, ties by code unit; languages of most samples first. */
export function commonestWords(
  counted: ReadonlyMap<string | null, ReadonlyMap<string, number>>,
): Map<string | null, ReadonlySet<string>> {
  const most = ([, seenIn]: readonly [string | null, ReadonlyMap<string, number>]): number =>
    [...seenIn.values()].reduce((a, b) => Math.max(a, b), 0);
  const byUse = [...counted].sort((a, b) => most(b) - most(a) || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  return new Map(
    byUse.map(([lang, seenIn]) => {
      const ranked = [...seenIn].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return [lang, new Set(ranked.slice(0, COMMON_WORDS).map(([word]) => word))];
    }),
  );
}

function guessTag(token: string): string {
  if (token.endsWith('ing')) return 'VBG';
  if (token.endsWith('ed')) return 'VBD';
  if (token.endsWith('ly')) return 'RB';
  if (token[0] !== token[0]!.toLowerCase()) return 'NNP';
  return token.endsWith('s') ? 'NNS' : 'NN';
}
