import { COUNTED_UNIT } from '../text/figures.js';
import { Lexemes } from '../text/lexemes.js';
import { charactersPerWord } from '../text/scripts.js';
import { inSigns } from '../text/signs.js';
import { isWord, sentenceLengths } from '../text/tokens.js';
import { writtenAs } from '../text/written.js';
import type { Habit } from '../types/types.js';
import { countMarks, MARK_NAMES } from './marks.js';

/** Common English words whose rates are shown to readers; function words, so that they say little of the subject. */
const WORDS =
  'the of to and a in that is was for on with as by at from but not or this which have has had will would could should may might must can if when while although though however because so than then also just only even still very more most some any all no such own who what how there here one we our you your they their he his she her it its i my me us them these those been be are were do does did about into over after before between through against during without within upon among'.split(
    ' ',
  );

const US_SPELLING = /\p{L}(?:ize|ized|izing|ization|yze|yzed|olor|avor|abor|enter)s?$/u;
const UK_SPELLING = /\p{L}(?:ise|ised|ising|isation|yse|ysed|olour|avour|abour|entre)s?$/u;

const HABITS: readonly (readonly [name: string, unit: string])[] = [
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

/** Habits measured of every article. */
export const HABIT_COUNT = HABITS.length;

/** Measures the readable habits of every text: rates per 1,000 words, mean lengths, richness. */
export function measureHabits(texts: readonly string[]): Habit[] {
  const lexemes = new Lexemes();
  const measure = habitMeter(lexemes);
  const rows = new Float32Array(texts.length * HABIT_COUNT);
  texts.forEach((text, r) =>
    measure(text, lexemes.read(inSigns(text)), rows.subarray(r * HABIT_COUNT, (r + 1) * HABIT_COUNT)),
  );
  return habitsOf(rows);
}

/** Habits by name from rows of one article each, as `habitMeter` fills them. */
export function habitsOf(rows: Float32Array): Habit[] {
  const n = rows.length / HABIT_COUNT;
  return HABITS.map(([name, unit], h) => {
    const values = new Float32Array(n);
    for (let r = 0; r < n; r++) values[r] = rows[r * HABIT_COUNT + h]!;
    return { name, unit, values };
  });
}

/** In `kindOf`: no word. Other types hold their length and what they count towards. */
const NO_WORD = 0;
/** In `kindOf`: characters of a script that puts no space between words are halves or quarters of words; how many quarters, by 2²⁰. */
const CHARACTER = 1 << 20;

/** What a type counts towards, in one number: its length, US and UK spelling, place in WORDS + 1; quarters of a word. */
function kindOf(indexOf: ReadonlyMap<string, number>, token: string): number {
  if (!isWord(token)) return NO_WORD;
  const per = charactersPerWord()[token.charCodeAt(0)]!;
  if (per > 0) return CHARACTER * (4 / per);
  const lower = token.toLowerCase();
  const spelling = Number(US_SPELLING.test(lower)) * 64 + Number(UK_SPELLING.test(lower)) * 128;
  return token.length + spelling + ((indexOf.get(token) ?? -1) + 1) * 256;
}

/**
 * Makes the function that measures one text, whose tokens `lexemes` has just read, into a row of `HABIT_COUNT` numbers;
 * all NaN for a text without words.
 */
export function habitMeter(lexemes: Lexemes): (text: string, tokens: number, row: Float32Array) => void {
  const indexOf = new Map(WORDS.flatMap((w, i) => writtenAs(w).map((written) => [written, i] as const)));
  const kinds = lexemes.column((token) => kindOf(indexOf, token));
  const counts = new Int32Array(WORDS.length + 1);
  return (text, tokens, row) => {
    const words = new Int32Array(tokens);
    counts.fill(0);
    let [all, spaced, quarters, letters, us, uk] = [0, 0, 0, 0, 0, 0];
    for (let t = 0; t < tokens; t++) {
      const type = lexemes.types[t]!;
      const kind = kinds.at(type);
      if (kind === NO_WORD) continue;
      words[all++] = lexemes.lower.at(type);
      if (kind >= CHARACTER) {
        quarters += kind / CHARACTER;
        continue;
      }
      spaced++;
      letters += kind & 63;
      us += (kind >> 6) & 1;
      uk += (kind >> 7) & 1;
      counts[kind >> 8]!++;
    }
    if (all === 0) {
      row.fill(NaN);
      return;
    }
    const amount = spaced + quarters / 4;
    const per = 1000 / amount;
    const rates = [...countMarks(text), ...counts.subarray(1), us, uk];
    for (let h = 0; h < rates.length; h++) row[h] = rates[h]! * per;
    const lengths = sentenceLengths(text);
    const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length);
    const spread = Math.sqrt(lengths.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, lengths.length));
    const paragraphs = occurrences(text, '\n\n') + 1;
    // What only spaces tell is not told of a text that has next to none.
    const bySpaces = spaced >= amount / 2;
    const different = bySpaces ? differentAmong100(words.subarray(0, all)) : NaN;
    row.set([mean, spread, bySpaces ? letters / spaced : NaN, amount / paragraphs, different], rates.length);
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
