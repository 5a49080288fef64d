import type { UnusualCharacters } from '../types.js';
import { applyEdits, editsFor, type Edit, type Work } from './edits.js';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', mdash: '—', ndash: '–', hellip: '…',
  ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', eacute: 'é', copy: '©', reg: '®', trade: '™', bull: '•',
};
const LATIN_LOOKALIKE: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M',
  Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', Х: 'X', ο: 'o', Ο: 'O', α: 'a', Α: 'A', Β: 'B', Ε: 'E', ν: 'v', ρ: 'p', ι: 'i', Ι: 'I', Κ: 'K',
};
const JOINERS_BELONG = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff]/;
const MIXED_WORD = /(?:[A-Za-z]+[\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff]+[A-Za-z])[A-Za-z\u0370-\u03ff\u0400-\u04ff]*/g;
const HIDDEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ufffc]|[^\P{Cc}\t\n\r]/gu;

/**
 * One form for each character: entities decoded, line ends "\n", NFC; what honest typing seldom produces is taken out
 * and counted (zero-width and bidirectional characters, letters of a look-alike script).
 */
export function plainCharacters(work: Work): { work: Work; unusual: UnusualCharacters } {
  const unusual = { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 };
  const { text } = work;
  const edits: Edit[] = [];
  if (text.includes('&'))
    edits.push(...editsFor(text, /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, ([, dec, hex, name]) => {
      const code = dec !== undefined ? Number(dec) : hex !== undefined ? parseInt(hex, 16) : null;
      const to = code === null ? ENTITIES[name!.toLowerCase()] : code > 31 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
      return to === undefined ? null : { replacement: to, reason: null };
    }));
  edits.push(...editsFor(text, /\r\n?|[\u2028\u2029\f\v]/g, () => ({ replacement: '\n', reason: null })));
  edits.push(...editsFor(text, /\u00a0/g, () => ({ replacement: ' ', reason: null })));
  edits.push(...editsFor(text, HIDDEN, (m) => {
    const c = m[0].charCodeAt(0);
    if ((c === 0x200c || c === 0x200d) && JOINERS_BELONG.test(text.slice(Math.max(0, m.index - 1), m.index))) return null;
    if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(m[0])) unusual.bidiControls++;
    else if (c === 0xad || c === 0xfffc) return { replacement: '', reason: null };
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) unusual.otherControls++;
    else unusual.zeroWidth++;
    return { replacement: '', reason: null };
  }));
  edits.push(...editsFor(text, MIXED_WORD, (m) => {
    const latin = (m[0].match(/[A-Za-z]/g) ?? []).length;
    const foreign = m[0].length - latin;
    const to = m[0].replace(/[\u0370-\u04ff]/g, (c) => LATIN_LOOKALIKE[c] ?? c);
    if (latin < foreign || /[\u0370-\u04ff]/.test(to)) return null;
    unusual.homoglyphs += foreign;
    return { replacement: to, reason: null };
  }));
  const plain = applyEdits(work, edits);
  if (plain.text.normalize('NFC') === plain.text) return { work: plain, unusual };
  const composed = editsFor(plain.text, /[^\p{M}]\p{M}{1,8}|[\u1100-\u11ff]{2,3}/gu, (m) => {
    const to = m[0].normalize('NFC');
    return to === m[0] ? null : { replacement: to, reason: null };
  });
  return { work: applyEdits(plain, composed), unusual };
}
