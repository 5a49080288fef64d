import { isWord, sentences, tokens } from '../text/tokens.js';
import type { Habit } from '../types.js';

/** Common English words whose rates are shown to readers; function words, so that they say little of the subject. */
const WORDS =
  'the of to and a in that is was for on with as by at from but not or this which have has had will would could should may might must can if when while although though however because so than then also just only even still very more most some any all no such own who what how there here one we our you your they their he his she her it its i my me us them these those been be are were do does did about into over after before between through against during without within upon among'.split(
    ' ',
  );

const MARKS: readonly (readonly [string, RegExp])[] = [
  ['commas', /,/g],
  ['semicolons', /;/g],
  ['colons', /:/g],
  ['question marks', /[?؟]/g],
  ['exclamation marks', /!/g],
  ['brackets', /\(/g],
  ['spaced dashes', /\s[–—-]{1,2}\s/g],
  ['unspaced long dashes', /[^\s][–—]|--(?=\S)/g],
  ['hyphenated words', /\p{L}-\p{L}/gu],
  ['ellipses', /…|\.\.\./g],
  ['curly quotation marks', /[“”‘’]/g],
  ['straight quotation marks', /["]/g],
  ['double spaces after a full stop', /[.?!] {2}/g],
  ['figures', /\p{N}+/gu],
  ['words in capitals', /\b\p{Lu}{2,}\b/gu],
  ['contractions', /\p{L}['’](?:t|s|re|ve|ll|d|m)\b/giu],
  ['quoted passages', /\uFFFC/g],
  ['serial commas', /,\s\p{L}+,\s(?:and|or)\s/gu],
];

const US_SPELLING = /\p{L}(?:ize|ized|izing|ization|yze|yzed|olor|avor|abor|enter)s?$/u;
const UK_SPELLING = /\p{L}(?:ise|ised|ising|isation|yse|ysed|olour|avour|abour|entre)s?$/u;

/** What a word counts towards. */
interface WordHabits {
  /** Index into WORDS; -1 for other words. */
  readonly index: number;
  readonly american: boolean;
  readonly british: boolean;
}

/** Looks each different word up once: dumps have millions of words and some ten thousand different ones. */
function wordHabits(): (token: string) => WordHabits {
  const indexOf = new Map(WORDS.map((w, i) => [w, i]));
  const known = new Map<string, WordHabits>();
  return (token) => {
    let found = known.get(token);
    if (found === undefined) {
      const lower = token.toLowerCase();
      found = { index: indexOf.get(lower) ?? -1, american: US_SPELLING.test(lower), british: UK_SPELLING.test(lower) };
      if (known.size < 1_000_000) known.set(token, found);
    }
    return found;
  };
}

/** Measures the readable habits of every text: rates per 1,000 words, mean lengths, richness. */
export function measureHabits(texts: readonly string[]): Habit[] {
  const n = texts.length;
  const columns = new Map<string, { unit: string; values: Float32Array }>();
  const column = (name: string, unit: string): Float32Array => {
    const values = new Float32Array(n).fill(NaN);
    columns.set(name, { unit, values });
    return values;
  };
  const marks = MARKS.map(([name]) => column(name, 'per 1,000 words'));
  const words = WORDS.map((w) => column(`the word “${w}”`, 'per 1,000 words'));
  const american = column('US spellings', 'per 1,000 words');
  const british = column('UK spellings', 'per 1,000 words');
  const habitsOf = wordHabits();
  const sentenceLength = column('sentence length', 'words');
  const sentenceSpread = column('spread of sentence lengths', 'words');
  const wordLength = column('word length', 'letters');
  const paragraphLength = column('paragraph length', 'words');
  const richness = column('different words among 100', 'words');
  const counts = new Int32Array(WORDS.length);
  texts.forEach((text, r) => {
    const all = tokens(text).filter(isWord);
    if (all.length === 0) return;
    const per = 1000 / all.length;
    MARKS.forEach(([, pattern], i) => (marks[i]![r] = (text.match(pattern)?.length ?? 0) * per));
    counts.fill(0);
    let [letters, us, uk] = [0, 0, 0];
    for (const token of all) {
      letters += token.length;
      const { index, american: isUs, british: isUk } = habitsOf(token);
      if (index >= 0) counts[index]!++;
      if (isUs) us++;
      if (isUk) uk++;
    }
    american[r] = us * per;
    british[r] = uk * per;
    counts.forEach((c, i) => (words[i]![r] = c * per));
    wordLength[r] = letters / all.length;
    paragraphLength[r] = all.length / text.split('\n\n').length;
    const lengths = sentences(text).map((s) => s.split(/\s+/).length);
    const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, lengths.length);
    sentenceLength[r] = mean;
    sentenceSpread[r] = Math.sqrt(lengths.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, lengths.length));
    richness[r] = differentAmong(all, 100);
  });
  return [...columns].map(([name, { unit, values }]) => ({ name, unit, values }));
}

/** Mean number of different words in windows of `size`; NaN for shorter texts. */
function differentAmong(words: readonly string[], size: number): number {
  let sum = 0;
  let windows = 0;
  for (let at = 0; at + size <= words.length; at += size) {
    sum += new Set(words.slice(at, at + size).map((w) => w.toLowerCase())).size;
    windows++;
  }
  return windows === 0 ? NaN : sum / windows;
}
