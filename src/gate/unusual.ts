import type { Strength, UnusualCharacters } from '../types/types.js';
import { words } from './words.js';

/** Unusual characters of a submission: how much they say, in words, and where the first stands. */
export interface UnusualFound {
  readonly strength: Strength;
  readonly what: string;
  /** Place in Article.text. */
  readonly start: number;
  readonly end: number;
  readonly honest: string;
}

const HIDDEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const MIXED =
  /\p{Script=Latin}+[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]+\p{Script=Latin}|[\u{1d400}-\u{1d7ff}]/u;
/** Letters of another script from which on chance and keyboards no longer explain them. */
const MANY_HOMOGLYPHS = 3;
/** Invisible characters from which on they are more than what a content system leaves. */
const MANY_HIDDEN = 20;

/** @returns null where there are none */
export function unusualIn(text: string, counts: UnusualCharacters): UnusualFound | null {
  const { homoglyphs, bidiControls, zeroWidth, otherControls } = counts;
  const parts = [
    homoglyphs > 0 ? words.homoglyphs(homoglyphs) : '',
    bidiControls > 0 ? words.bidi(bidiControls) : '',
    zeroWidth > 0 ? words.zeroWidth(zeroWidth) : '',
    otherControls > 0 ? words.controls(otherControls) : '',
  ].filter((p) => p !== '');
  if (parts.length === 0) return null;
  const place = (homoglyphs > 0 ? MIXED : HIDDEN).exec(text) ?? HIDDEN.exec(text);
  const start = place?.index ?? 0;
  return {
    strength:
      homoglyphs >= MANY_HOMOGLYPHS
        ? 'strong'
        : homoglyphs > 0 || bidiControls > 0 || zeroWidth >= MANY_HIDDEN
          ? 'moderate'
          : 'limited',
    what: parts.join(', '),
    start,
    end: start + (place?.[0].length ?? 0),
    honest: homoglyphs > 0 ? words.honestScript() : bidiControls > 0 ? words.honestBidi() : words.honestHidden(),
  };
}
