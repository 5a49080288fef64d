import { cutTo, heldIn, packTexts, textOf, unpackTexts, type PackedTexts } from '../text/held.js';
import { UNSPACED } from '../text/scripts.js';
import type { HeldText } from '../types/types.js';
import { all, batches, each, type Steps, type Task } from '../work/work.js';
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
  const characters = FAR.test(sample) ? (sample.match(CHARACTERS)?.length ?? 0) : 0;
  if (characters >= FEWEST_CHARACTERS && characters >= sample.match(/\p{L}/gu)!.length / 2)
    return unspaced(sample, characters);
  if (words.length < FEWEST_WORDS) return words.length > 0 ? byScript(sample) : null;
  let known = 0;
  for (const word of words) if (ENGLISH.has(word)) known++;
  return known >= ENGLISH_SHARE * words.length ? 'en' : undefined;
}

const CHARACTERS = new RegExp(UNSPACED, 'gv');
/** Where all of them are, and little else: quotation marks and dashes are not. */
const FAR = /[\u0e00-\u1fff\u2e80-\ufffb]/;
/** As good as the fewest words. */
const FEWEST_CHARACTERS = 2 * FEWEST_WORDS;
/** Of a Japanese text half the characters are kana; a few are quoted in Chinese ones. */
const KANA_SHARE = 0.1;

/** Chinese, which eld does not know for sure where it is classical, Japanese and Thai; undefined for other scripts without spaces. */
function unspaced(sample: string, characters: number): string | undefined {
  const most = (script: RegExp, share: number): boolean => (sample.match(script)?.length ?? 0) >= share * characters;
  if (most(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, KANA_SHARE)) return 'ja';
  if (most(/\p{Script=Han}/gu, 0.5)) return 'zh';
  return most(/\p{Script=Thai}/gu, 0.5) ? 'th' : undefined;
}

/** A script that one language writes tells even three words. */
function byScript(text: string): string | null {
  if (/\p{Script=Greek}/u.test(text) && !/[A-Za-z]/.test(text)) return 'el';
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/\p{Script=Hebrew}/u.test(text)) return 'he';
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : null;
}

/** The language identifier eld. Importing it takes a quarter of a second, so it is asked only when a glance has failed. */
async function loadDetector(): Promise<DetectLanguage> {
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const found = eld.detect(text.slice(0, SAMPLE).replaceAll(MASK, ' '));
    return found.language !== '' && found.isReliable() ? found.language : null;
  };
}

/** Texts asked about at once: whoever does that keeps 30 MB for eld from then on, so few do. */
const AT_ONCE = 1024;

/** Languages of texts of which a glance does not tell, by eld. */
export const languagesTask: Task<PackedTexts, readonly (string | null)[]> = {
  name: 'languages',
  run: async (texts) => unpackTexts(texts).map(await loadDetector()),
  parts: (texts) => heldIn(texts).map((text) => packTexts([text])),
  joined: (_, outputs) => outputs.map((output) => output?.[0] ?? null),
};

/** What a glance told of each text, and where it did not, what a detector tells: eld, where none is given. */
export function* languagesOf(
  seen: readonly { readonly glance: string | null | undefined; readonly text: HeldText }[],
  given?: DetectLanguage,
): Steps<(string | null)[]> {
  const open = seen.flatMap(({ glance, text }) => (glance === undefined ? [text] : []));
  // Asked for as one of several computations, few texts go to a worker as well: it is the one that keeps eld.
  const [told] = given === undefined ? yield* all([toldByEld(open)]) : [open.map((text) => given(textOf(text)))];
  let next = 0;
  return seen.map(({ glance }) => (glance === undefined ? told[next++] : glance));
}

function* toldByEld(texts: readonly HeldText[]): Steps<(string | null)[]> {
  const groups = batches(texts, AT_ONCE);
  const told = yield* each(languagesTask, {
    length: groups.length,
    at: (g) => packTexts(groups[g].map((text) => cutTo(text, SAMPLE))),
  });
  return told.flat();
}
