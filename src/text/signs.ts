/**
 * What the programs between a hand and a page change: the shape of quotation marks, apostrophes, dashes and ellipses, the spaces
 * around a dash, spaces that do not break. Dashes between figures ("1990–95") are read as hyphens.
 */
const TYPED = / ?[—–] ?| ?-- ?| - |[“”„‟«»]|[‘’‚‛`´]|\.{3,}|\. \. \.|[\u00a0\u2000-\u200a\u202f\u205f]/g;

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
  return text.replace(TYPED, (typed: string, at: number) => SIGNS.get(typed) ?? otherSign(typed, text, at));
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
