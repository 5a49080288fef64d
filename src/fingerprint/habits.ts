import { COUNTED_UNIT } from '../text/figures.js';
import { languageName } from '../text/language-name.js';
import { Lexemes } from '../text/lexemes.js';
import { charactersPerWord } from '../text/scripts.js';
import { inSigns } from '../text/signs.js';
import { isWord, sentenceLengths } from '../text/tokens.js';
import { writtenAs } from '../text/written.js';
import type { Habit } from '../types/types.js';
import { hasLexicon } from './grammar.js';
import { countMarks, MARK_NAMES } from './marks.js';
import type { CommonWords, Sample } from './views.js';

type HabitName = readonly [name: string, unit: string];

/** Common English words whose rates are shown to readers; function words, so that they say little of the subject. */
const WORDS =
  'the of to and a in that is was for on with as by at from but not or this which have has had will would could should may might must can if when while although though however because so than then also just only even still very more most some any all no such own who what how there here one we our you your they their he his she her it its i my me us them these those been be are were do does did about into over after before between through against during without within upon among'.split(
    ' ',
  );

const US_SPELLING = /\p{L}(?:ize|ized|izing|ization|yze|yzed|olor|avor|abor|enter)s?$/u;
const UK_SPELLING = /\p{L}(?:ise|ised|ising|isation|yse|ysed|olour|avour|abour|entre)s?$/u;

/** Habits that are measured of every article, whatever its language. */
const HABITS: readonly HabitName[] = [
  ...MARK_NAMES.map((name) => [name, COUNTED_UNIT] as const),
  ...WORDS.map((w) => [`the word “${w}”`, COUNTED_UNIT] as const),
  ['US spellings', COUNTED_UNIT],
  ['UK spellings', COUNTED_UNIT],
  ['sentence length', 'words'],
  ['spread of sentence lengths', 'words'],
  ['word length', 'letters'],
  ['paragraph length', 'words'],
  ['different words among 100', 'words'],
];

/** Words shown of a language without a list of its own: the commonest are grammar everywhere, and those after them subjects. */
const COMMONEST = 40;

/** A common word of a language that the dump is in. */
interface LanguageWord {
  readonly lang: string;
  readonly word: string;
}

/** Languages of which words are shown: those of most articles. A dump of a hundred thousand articles in fifty would take a gigabyte. */
const LANGUAGES = 6;

/** The words whose rates are shown for languages other than English: the commonest of the dump in each. */
function languageWords(common: CommonWords): LanguageWord[] {
  const langs = [...common.keys()].filter((lang) => lang !== null).slice(0, LANGUAGES);
  return langs.flatMap((lang) => [...common.get(lang)!].slice(0, COMMONEST).map((word) => ({ lang, word })));
}

/** Names and units of the habits that are measured where these words are common, in the order of a row. */
export function habitNames(common: CommonWords): HabitName[] {
  const named = languageWords(common).map(({ lang, word }): HabitName => {
    const kind = charactersPerWord()[word.charCodeAt(0)]! > 0 ? 'character' : 'word';
    return [`the ${kind} “${word}” in ${languageName(lang)}`, COUNTED_UNIT];
  });
  return [...HABITS, ...named];
}

/**
 * Measures the readable habits of every text: rates per 1,000 words, mean lengths, richness. NaN for what cannot be told, and for the
 * words of other languages.
 */
export function measureHabits(texts: readonly Sample[], common: CommonWords): Habit[] {
  const lexemes = new Lexemes();
  const measure = habitMeter(lexemes, common);
  const width = habitNames(common).length;
  const rows = new Float32Array(texts.length * width);
  texts.forEach(({ text, lang }, r) =>
    measure(text, lang, lexemes.read(inSigns(text)), rows.subarray(r * width, (r + 1) * width)),
  );
  return joinHabits([{ rows, common }], common);
}

/** Rows of habits, as `habitMeter` fills them, and the common words by which they are so wide. */
interface HabitRows {
  readonly rows: Float32Array;
  readonly common: CommonWords;
}

/** Habits by name from rows of one article each, of several batches; NaN where a batch has no articles of a language. */
export function joinHabits(batches: readonly HabitRows[], common: CommonWords): Habit[] {
  const own = batches.map((batch) => habitNames(batch.common).map(([name]) => name));
  const n = batches.reduce((sum, { rows }, b) => sum + rows.length / own[b]!.length, 0);
  const habits = habitNames(common).map(([name, unit]) => ({ name, unit, values: new Float32Array(n).fill(NaN) }));
  const valuesOf = new Map(habits.map(({ name, values }) => [name, values]));
  let at = 0;
  batches.forEach(({ rows }, b) => {
    const columns = own[b]!.map((name) => valuesOf.get(name));
    for (let from = 0; from < rows.length; from += columns.length, at++)
      columns.forEach((values, h) => values !== undefined && (values[at] = rows[from + h]!));
  });
  return habits;
}

/** In `kindOf`: no word. Other types hold their length and what they count towards. */
const NO_WORD = 0;
/** In `kindOf`: characters of a script that puts no space between words are halves or quarters of words; how many quarters, by 2²⁰. */
const CHARACTER = 1 << 20;
/** Largest place among the words, and 1: what fits below that. */
const MOST_PLACES = 4095;

/** What a type counts towards, in one number: its length, US and UK spelling, place among the words + 1; quarters of a word. */
function kindOf(indexOf: ReadonlyMap<string, number>, token: string): number {
  if (!isWord(token)) return NO_WORD;
  const place = ((indexOf.get(token) ?? -1) + 1) * 256;
  const per = charactersPerWord()[token.charCodeAt(0)]!;
  if (per > 0) return CHARACTER * (4 / per) + place;
  const lower = token.toLowerCase();
  const spelling = Number(US_SPELLING.test(lower)) * 64 + Number(UK_SPELLING.test(lower)) * 128;
  return token.length + spelling + place;
}

/** Measures a text of a language, of so many tokens, into a row. */
export type HabitMeter = (text: string, lang: string | null, tokens: number, row: Float32Array) => void;

/**
 * Makes the function that measures one text, whose tokens `lexemes` has just read, into a row of as many numbers as `habitNames` has
 * names; all NaN for a text without words.
 */
export function habitMeter(lexemes: Lexemes, common: CommonWords): HabitMeter {
  const others = languageWords(common);
  const words = [...new Set([...WORDS, ...others.map(({ word }) => word)])];
  const indexOf = new Map(words.flatMap((w, i) => writtenAs(w).map((written) => [written, i] as const)));
  const places = others.map(({ word }) => indexOf.get(word)! + 1);
  const kinds = lexemes.column((token) => kindOf(indexOf, token));
  const counts = new Int32Array(words.length + 1);
  return (text, lang, tokens, row) => {
    const read = new Int32Array(tokens);
    counts.fill(0);
    let [all, spaced, quarters, letters, us, uk] = [0, 0, 0, 0, 0, 0];
    for (let t = 0; t < tokens; t++) {
      const type = lexemes.types[t]!;
      const kind = kinds.at(type);
      if (kind === NO_WORD) continue;
      read[all++] = lexemes.lower.at(type);
      counts[(kind >> 8) & MOST_PLACES]!++;
      if (kind >= CHARACTER) {
        quarters += kind >> 20;
        continue;
      }
      spaced++;
      letters += kind & 63;
      us += (kind >> 6) & 1;
      uk += (kind >> 7) & 1;
    }
    if (all === 0) {
      row.fill(NaN);
      return;
    }
    const amount = spaced + quarters / 4;
    const per = 1000 / amount;
    // English words in another language are other words.
    const english = lang === null || hasLexicon(lang) ? per : NaN;
    const marks = countMarks(text);
    const spelt = [...counts.subarray(1, WORDS.length + 1), us, uk];
    for (let h = 0; h < marks.length; h++) row[h] = marks[h]! * per;
    for (let h = 0; h < spelt.length; h++) row[marks.length + h] = spelt[h]! * english;
    const lengths = sentenceLengths(text);
    const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length);
    const spread = Math.sqrt(lengths.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, lengths.length));
    const paragraphs = occurrences(text, '\n\n') + 1;
    // What only spaces tell is not told of a text that has next to none.
    const bySpaces = spaced >= amount / 2;
    const different = bySpaces ? differentAmong100(read.subarray(0, all)) : NaN;
    const lengthsAt = marks.length + spelt.length;
    row.set([mean, spread, bySpaces ? letters / spaced : NaN, amount / paragraphs, different], lengthsAt);
    for (let h = 0; h < others.length; h++)
      row[HABITS.length + h] = others[h]!.lang === lang ? counts[places[h]!]! * per : NaN;
  };
}

function occurrences(text: string, wanted: string): number {
  let n = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) n++;
  return n;
}

/** Room for the different words of a window, by hash: the window that each was put there for, and the word. */
const [windowAt, wordAt] = [new Uint32Array(256), new Int32Array(256)];
let window = 0;

/** Mean number of different words in windows of 100; NaN for shorter texts. Words are hashes: a clash is one in 10⁶. */
function differentAmong100(words: Int32Array): number {
  let sum = 0;
  let windows = 0;
  for (let at = 0; at + 100 <= words.length; at += 100) {
    window++;
    for (let w = at; w < at + 100; w++) {
      const word = words[w]!;
      let slot = Math.imul(word, 0x9e3779b1) >>> 24;
      while (windowAt[slot] === window && wordAt[slot] !== word) slot = (slot + 1) & 255;
      if (windowAt[slot] === window) continue;
      windowAt[slot] = window;
      wordAt[slot] = word;
      sum++;
    }
    windows++;
  }
  return windows === 0 ? NaN : sum / windows;
}
