import type { Edit, Mapped } from './mapped.js';
import type { Unusual } from './unicode.js';

const CYRILLIC = 'асеорухіјѕһԁԛԝѵӏАВЕКМНОРСТХЅІЈУԌ';
const CYRILLIC_AS = 'aceopyxijshdqwvlABEKMHOPCTXSIJYG';
const GREEK = 'οναρυκιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ';
const GREEK_AS = 'ovapukiABEZHIKMNOPTYX';

const LATIN_FOR = new Map<string, string>();
const CYRILLIC_FOR = new Map<string, string>();
for (let i = 0; i < CYRILLIC.length; i++) {
  LATIN_FOR.set(CYRILLIC[i], CYRILLIC_AS[i]);
  CYRILLIC_FOR.set(CYRILLIC_AS[i], CYRILLIC[i]);
}
for (let i = 0; i < GREEK.length; i++) LATIN_FOR.set(GREEK[i], GREEK_AS[i]);

const FOREIGN = /[\u0370-\u03ff\u0400-\u052f\u{1d400}-\u{1d7ff}\u24b6-\u24e9\uff10-\uff5a]/u;
const LATIN = /[A-Za-z\u00c0-\u024f]/;
const WORD = /[\p{L}\p{M}]+/gu;
/** Letters and figures that look like Latin ones: mathematical, in circles, and full-width. */
const STYLED = /[\u{1d400}-\u{1d7ff}\u24b6-\u24e9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu;
/** Where these stand full-width letters are honest typing. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Letters that only look right become the letters they imitate, and are counted: a Cyrillic or Greek letter in a Latin
 * word, a Latin one in a Cyrillic word, mathematical bold and italic letters, letters in circles, and full-width ones where
 * nothing East Asian is written. Where a text has such words, its words made wholly of
 * look-alikes (a Cyrillic "а" as the article) follow. A word with a letter that imitates nothing ("μm") is left.
 */
export function withoutHomoglyphs(mapped: Mapped, unusual: Unusual): Mapped {
  const { text } = mapped;
  if (!FOREIGN.test(text)) return mapped;
  const styled = EAST_ASIAN.test(text) ? [] : [...text.matchAll(STYLED)];
  if (styled.length === 0 && !LATIN.test(text)) return mapped;
  const edits: Edit[] = [];
  const change = (at: number, length: number, put: string): void => {
    unusual.homoglyphs++;
    edits.push({ start: at, end: at + length, put, reason: null });
  };
  for (const m of styled) change(m.index, m[0].length, m[0].normalize('NFKC'));
  const disguised: RegExpExecArray[] = [];
  let latinWords = 0;
  let mixed = 0;
  for (const m of text.matchAll(WORD)) {
    const kind = scripts(m[0]);
    if (kind.foreign === 0) latinWords++;
    else if (kind.latin === 0) {
      if (kind.imitations === kind.foreign) disguised.push(m);
    } else if (kind.foreign === kind.imitations) {
      mixed++;
      swap(m, LATIN_FOR, change);
    } else if (swappable(m[0])) {
      mixed++;
      swap(m, CYRILLIC_FOR, change);
    }
  }
  if (mixed > 0 && latinWords > 4 * disguised.length) for (const m of disguised) swap(m, LATIN_FOR, change);
  return mapped.apply(edits);
}

function scripts(word: string): { latin: number; foreign: number; imitations: number } {
  let latin = 0;
  let foreign = 0;
  let imitations = 0;
  for (const c of word) {
    if (c >= '\u0370' && c <= '\u052f') {
      foreign++;
      if (LATIN_FOR.has(c)) imitations++;
    } else if (LATIN.test(c)) latin++;
  }
  return { latin, foreign, imitations };
}

/** A Cyrillic word in which every Latin letter has a Cyrillic twin. */
function swappable(word: string): boolean {
  let latin = 0;
  let cyrillic = 0;
  for (const c of word) {
    if (c >= '\u0400' && c <= '\u052f') cyrillic++;
    else if (CYRILLIC_FOR.has(c)) latin++;
    else return false;
  }
  return cyrillic > latin;
}

function swap(
  m: RegExpExecArray,
  table: ReadonlyMap<string, string>,
  change: (at: number, length: number, put: string) => void,
): void {
  for (let i = 0; i < m[0].length; i++) {
    const put = table.get(m[0][i]);
    if (put !== undefined) change(m.index + i, 1, put);
  }
}
