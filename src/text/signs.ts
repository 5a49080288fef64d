import { Units, unitTable } from './units.js';

/**
 * What the programs between a hand and a page change: the shape of quotation marks, apostrophes, dashes and ellipses, the spaces
 * around a dash, spaces that do not break. Dashes between figures ("1990–95") are read as hyphens.
 */
const TYPED = / ?[—–] ?| ?-- ?| - |[“”„‟«»]|[‘’‚‛`´]|\.{3,}|\. \. \.|[\u00a0\u2000-\u200a\u202f\u205f]/y;

/** Units of which `TYPED` has one in every match, at its beginning or behind a space. */
const tellingUnits = unitTable(/[—–\-“”„‟«»‘’‚‛`´.\u00a0\u2000-\u200a\u202f\u205f]/);

const reader = new Units();

const SIGNS = new Map<string, string>([
  ...Array.from('“”„‟«»', (mark) => [mark, '"'] as const),
  ...Array.from('‘’‚‛`´', (mark) => [mark, "'"] as const),
  ['...', '…'],
  ['. . .', '…'],
]);

/**
 * A cleaned text with every sign in one shape, as n-grams are counted in it: an outlet's system curls quotation marks and sets dashes
 * for all its writers, and one who writes for two outlets is not two. Linear time.
 */
export function inSigns(text: string): string {
  const units = reader.read(text);
  const telling = tellingUnits();
  const parts: string[] = [];
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    if (telling[units[i]!] === 0) continue;
    const spaced = i > done && units[i - 1] === SPACE;
    const typed = (spaced ? typedAt(text, i - 1) : null) ?? typedAt(text, i);
    if (typed === null) continue;
    const at = typed.startsWith(' ') ? i - 1 : i;
    parts.push(text.slice(done, at), SIGNS.get(typed) ?? otherSign(typed, text, at));
    done = at + typed.length;
    i = done - 1;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

const SPACE = 32;

function typedAt(text: string, at: number): string | null {
  TYPED.lastIndex = at;
  return TYPED.exec(text)?.[0] ?? null;
}

function otherSign(typed: string, text: string, at: number): string {
  if (typed.startsWith('..')) return '…';
  if (!/[—–-]/.test(typed)) return ' ';
  const [before, after] = [text[at - 1] ?? '\n', text[at + typed.length] ?? '\n'];
  if (typed === '–' && isFigure(before) && isFigure(after)) return '-';
  // Rules, signatures and items of lists stand where no words are on both sides.
  return /[\s-]/.test(before) || /[\s-]/.test(after) ? typed : ' — ';
}

function isFigure(char: string): boolean {
  return char >= '0' && char <= '9';
}
