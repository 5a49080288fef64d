import type { Credit } from '../types/types.js';
import { tellingParts } from '../text/person.js';
import { wordsOf, type BylineName } from './names.js';
import { paragraphsOf, type Paragraph } from './paragraphs.js';
import { CREDITED_BY_LINE, GUEST_NOTE, NO_PERSON, SIGNATURE, STRANGERS_BIO, VALEDICTION } from './patterns.js';
import { countWords } from './words.js';

/** Where a text says who wrote it: paragraphs at its head and at its foot. */
const HEAD = 3;
const FOOT = 4;
const LONGEST = 700;
/** Words of a biography of somebody else than the byline, at most. */
const LONGEST_STRANGER = 90;
/** Words of the paragraph above a signature, at least. */
const FEWEST_ABOVE = 20;
const LATIN = /^[\p{Script=Latin}'’]+$/u;
/** Three capitals in a row open no person's name: an office is described like a person. */
const INITIALS = /\p{Lu}{3}/u;

/**
 * The writer that a text itself names, where that is another than the byline printed on it; else null: "By A. Other" at its
 * head or foot, "this guest post was written by A. Other", or, of A. Other who is not spoken of elsewhere, a biography or a
 * signature at its end. An editor's account often stands on what guests wrote. Only a byline of two names or more is asked: a handle or
 * a pen name tells nothing of what its writer is called.
 *
 * @returns with its place in `text`
 */
export function creditedIn(text: string, { parts }: BylineName): Credit | null {
  const own = tellingParts(parts.join(' '));
  if (own.length < 2) return null;
  const paragraphs = paragraphsOf(text);
  for (const [i, { text: line, start, end }] of paragraphs.entries()) {
    const [head, foot] = [i < HEAD, i > 0 && i >= paragraphs.length - FOOT];
    if ((!head && !foot) || line.length > LONGEST) continue;
    const before = paragraphs.slice(0, i);
    const named = creditIn(line) ?? (foot ? (biographyIn(line, before) ?? signatureIn(line, before)) : null);
    if (named !== null && isAnother(named, own)) return { name: named, line, start, end };
  }
  return null;
}

function creditIn(paragraph: string): string | null {
  const named = (CREDITED_BY_LINE.exec(paragraph) ?? GUEST_NOTE.exec(paragraph))?.[1];
  return named === undefined || NO_PERSON.test(named) ? null : named;
}

function biographyIn(paragraph: string, before: readonly Paragraph[]): string | null {
  const named = strangerDescribed(paragraph, before);
  return named === null || INITIALS.test(named) ? null : named;
}

/** Who signed below prose of a few lines; a name below a quotation, a motto or a verse is whose words they are. */
function signatureIn(line: string, before: readonly Paragraph[]): string | null {
  const parted = VALEDICTION.exec(line)?.[1];
  const named = parted ?? SIGNATURE.exec(line)?.[1];
  if (named === undefined || NO_PERSON.test(named) || INITIALS.test(named) || isSpokenOf(named, before)) return null;
  if (parted !== undefined) return named;
  const above = before.at(-1)!.text;
  return countWords(above) >= FEWEST_ABOVE && /^[\p{L}\p{N}][^"“”«»]*[.!?]$/u.test(above) ? named : null;
}

function isSpokenOf(named: string, before: readonly Paragraph[]): boolean {
  const surname = wordsOf(named).at(-1)!;
  return before.some((p) => p.text.toLowerCase().includes(surname));
}

/** Whose biography a paragraph is, of somebody not spoken of before; null where it is none. */
export function strangerDescribed(paragraph: string, before: readonly Paragraph[]): string | null {
  const named = countWords(paragraph) > LONGEST_STRANGER ? undefined : STRANGERS_BIO.exec(paragraph)?.[1];
  if (named === undefined) return null;
  return isSpokenOf(named, before) ? null : named;
}

/** No telling part of one name is in the other, accents and order aside; names in two scripts cannot be compared. */
function isAnother(named: string, own: readonly string[]): boolean {
  const theirs = tellingParts(named);
  if (theirs.length < 2 || ![...own, ...theirs].every((part) => LATIN.test(part))) return false;
  return !own.some((part) => theirs.some((word) => part.includes(word) || word.includes(part)));
}
