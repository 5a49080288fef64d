import type { UnusualCharacters } from '../types/types.js';
import type { Edit, Mapped } from './mapped.js';

/** Mutable while one article is read. */
export type Unusual = { -readonly [K in keyof UnusualCharacters]: number };

export const NOTHING_UNUSUAL: UnusualCharacters = { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 };

const BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const BIDI = /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/;
const ZERO_WIDTH = /^(?:[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]|[\u{e0000}-\u{e007f}])$/u;
/** Spaces that no key types. */
const OTHER_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;
const HIDDEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\p{Cs}\u{e0000}-\u{e007f}]/gu;
/** Letters and signs between which U+200C and U+200D are part of the spelling, and emoji, which U+200D joins. */
const JOINS_HERE =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;

/**
 * Line breaks become "\n"; what cannot be seen is taken out and counted. U+FFFC goes as well: it will stand for
 * quotations. Spaces, quotation marks and dashes stay as they are, to be shown and to be told as habits; but where most spaces are such as
 * no key types, a program or a disguise put them there, and they are read as plain ones.
 */
export function withoutHiddenCharacters(mapped: Mapped, unusual: Unusual): Mapped {
  const { text } = mapped;
  const edits: Edit[] = [];
  for (const m of text.matchAll(BREAK))
    edits.push({ start: m.index, end: m.index + m[0].length, put: '\n', reason: null });
  for (const index of foreignSpaces(text)) edits.push({ start: index, end: index + 1, put: ' ', reason: null });
  for (const m of text.matchAll(HIDDEN)) {
    const end = m.index + m[0].length;
    const joiner = m[0] === '\u200c' || m[0] === '\u200d';
    if (joiner && JOINS_HERE.test(text.slice(Math.max(0, m.index - 2), m.index))) continue;
    count(m[0], unusual);
    edits.push({ start: m.index, end, put: '', reason: null });
  }
  return mapped.apply(edits);
}

/** Where spaces stand that no key types, if they are more than the plain ones. */
function foreignSpaces(text: string): number[] {
  const found = [...text.matchAll(OTHER_SPACE)].map((m) => m.index);
  if (found.length === 0) return found;
  let plain = 0;
  for (let at = text.indexOf(' '); at >= 0 && plain < found.length; at = text.indexOf(' ', at + 1)) plain++;
  return found.length > plain ? found : [];
}

/** Adds a hidden character to the counts; false when it is none. */
export function count(char: string, unusual: Unusual): void {
  if (BIDI.test(char)) unusual.bidiControls++;
  else if (ZERO_WIDTH.test(char)) unusual.zeroWidth++;
  else unusual.otherControls++;
}

/** True for a character that `withoutHiddenCharacters` takes out wherever it stands. */
export function isHidden(char: string): boolean {
  // Never `test` of HIDDEN itself: it would begin the next search, of another article, where this one ended.
  return char.search(HIDDEN) >= 0;
}

/** What NFC may change: a letter with marks (a bounded number: long runs are an attack), Hangul parts, single stand-ins. */
const COMPOSABLE =
  /[\u1100-\u11ff][\u1100-\u11ff]{1,2}|[\uac00-\ud7a3][\u11a7-\u11c2]|\P{M}\p{M}{1,20}|[\u0340-\u0344\u0374\u037e\u0387\u0958-\u095f\u09dc-\u09df\u0a33-\u0a5e\u0b5c\u0b5d\u0f43-\u0fb9\u1f71-\u1ffd\u2126-\u212b\u2329\u232a\uf900-\ufaff\ufb1d-\ufb4e]/gu;
const MAY_COMPOSE = /[\u0300-\u1fff\u2126-\u212b\u2329\u232a\u3099\u309a\uac00-\ud7a3\uf900-\ufb4e]/;

/** Joined letters, which typesetting makes of "fi" and "ffl", and nobody types. */
const LIGATURE = /[\ufb00-\ufb06]/g;

/** The text in NFC, ligatures taken apart. U+2000 and U+2001 are left: which space a hand types is style. */
export function composed(mapped: Mapped): Mapped {
  if (!MAY_COMPOSE.test(mapped.text)) return mapped;
  const edits: Edit[] = [];
  for (const m of mapped.text.matchAll(COMPOSABLE)) {
    const put = m[0].normalize('NFC');
    if (put !== m[0]) edits.push({ start: m.index, end: m.index + m[0].length, put, reason: null });
  }
  for (const m of mapped.text.matchAll(LIGATURE))
    edits.push({ start: m.index, end: m.index + 1, put: m[0].normalize('NFKC'), reason: null });
  return mapped.apply(edits);
}
