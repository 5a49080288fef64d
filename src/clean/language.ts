import { MASK } from './quotations.js';

/** Tells a text's language as an ISO 639-1 code; null when it cannot be told. */
export type DetectLanguage = (text: string) => string | null;

const SAMPLE = 600;
const ENGLISH = new Set(
  'the of and to in a is that for it was on are with as be at by this have from or had not but they which you were their has his an we he been would will its more there all said one about when who if what so no our my i she her can than them these do could'.split(
    ' ',
  ),
);
const ENGLISH_SHARE = 0.2;
const FEWEST_WORDS = 8;

/** What a glance tells: English by its function words, a few languages by their script; undefined when eld has to be asked. */
export function languageAtAGlance(text: string): string | null | undefined {
  const sample = text.slice(0, 2 * SAMPLE).replaceAll(MASK, ' ');
  const words = sample.toLowerCase().match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];
  if (words.length < FEWEST_WORDS) return words.length > 0 ? byScript(sample) : null;
  let known = 0;
  for (const word of words) if (ENGLISH.has(word)) known++;
  return known >= ENGLISH_SHARE * words.length ? 'en' : undefined;
}

/** A script that one language writes tells even three words. */
function byScript(text: string): string | null {
  if (/\p{Script=Greek}/u.test(text) && !/[A-Za-z]/.test(text)) return 'el';
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/\p{Script=Hebrew}/u.test(text)) return 'he';
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : null;
}

/** The language identifier eld. Importing it takes about a second, so it is asked for only when a glance has failed. */
async function loadDetector(): Promise<DetectLanguage> {
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const found = eld.detect(text.slice(0, SAMPLE).replaceAll(MASK, ' '));
    return found.language !== '' && found.isReliable() ? found.language : null;
  };
}

/** Languages of many texts, in their order. eld is loaded only when a glance leaves one open and no detector is given. */
export async function languagesOf(texts: readonly string[], given: DetectLanguage | null): Promise<(string | null)[]> {
  let detect = given;
  const out: (string | null)[] = [];
  for (const text of texts) {
    const glance = languageAtAGlance(text);
    if (glance === undefined) detect ??= await loadDetector();
    out.push(glance === undefined ? detect!(text) : glance);
  }
  return out;
}
