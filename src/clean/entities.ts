import type { Edit, Mapped } from './mapped.js';
import { count, isHidden, type Unusual } from './unicode.js';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', shy: '',
  zwnj: '\u200c', zwj: '\u200d', lrm: '', rlm: '', ndash: '–', mdash: '—', hellip: '…', lsquo: '‘', rsquo: '’', sbquo: '‚',
  ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»', lsaquo: '‹', rsaquo: '›', bull: '•', middot: '·', copy: '©',
  reg: '®', trade: '™', deg: '°', euro: '€', pound: '£', yen: '¥', cent: '¢', sect: '§', para: '¶', frac12: '½', frac14: '¼',
  frac34: '¾', times: '×', divide: '÷', plusmn: '±', iexcl: '¡', iquest: '¿', szlig: 'ß', aelig: 'æ', AElig: 'Æ', oslash: 'ø',
  Oslash: 'Ø', aring: 'å', Aring: 'Å', ccedil: 'ç', Ccedil: 'Ç', ntilde: 'ñ', Ntilde: 'Ñ',
}; // prettier-ignore
const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
};
/** Also escaped more than once, as "&amp;quot;": machines escape what is escaped. */
const ENTITY = /&((?:amp;){0,3})(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,10}));/g;

/** HTML character references become the characters they name; unknown names stay. Hidden characters are counted, not put in. */
export function withoutEntities(mapped: Mapped, unusual: Unusual): Mapped {
  if (!mapped.text.includes('&')) return mapped;
  const edits: Edit[] = [];
  for (const m of mapped.text.matchAll(ENTITY)) {
    let put = m[4] === undefined ? numbered(m[2] === undefined ? parseInt(m[3], 16) : Number(m[2])) : named(m[4]);
    if (put === null && m[1] !== '') put = m[0].replaceAll('amp;', '');
    if (put === null) continue;
    if (put !== '' && isHidden(put) && m[4] === undefined) {
      count(put, unusual);
      put = '';
    }
    edits.push({ start: m.index, end: m.index + m[0].length, put, reason: null });
  }
  return mapped.apply(edits);
}

function named(name: string): string | null {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const accent = /^([A-Za-z])(acute|grave|circ|uml|tilde)$/.exec(name);
  return accent === null ? null : (accent[1] + ACCENTS[accent[2]]).normalize('NFC');
}

/** Numbers 128-159 are read as Windows-1252, as browsers do: dumps are full of &#146;. */
function numbered(code: number): string | null {
  if (code === 10 || code === 13) return ' ';
  if (code >= 128 && code < 160) return new TextDecoder('windows-1252').decode(Uint8Array.of(code));
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
  return String.fromCodePoint(code);
}
