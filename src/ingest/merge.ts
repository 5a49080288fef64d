import { foldedName, unmasked } from '../text/person.js';
import type { BylineMerge } from '../types/types.js';

/** Which spellings are one byline. */
export interface Merged {
  /** Display name by spelling: the commonest spelling of the byline; ties by fewer capitals inside words, then by code unit. */
  readonly display: ReadonlyMap<string, string>;
  /** Every byline with more than one spelling, sorted by name. */
  readonly merges: readonly BylineMerge[];
  /** Spellings with letters of another script that look like Latin ones, sorted. */
  readonly homoglyphs: readonly string[];
}

const TITLE =
  /^(?:dr|prof|professor|sir|dame|lord|lady|mr|mrs|ms|mx|rev|fr|hon|sen|rep|gov|gen|col|maj|capt|lt|sgt|amb|herr|frau|sra|señor|señora|دکتر|مهندس|الدكتور)\.? +(?=\S)/u;
const DEGREE = /[ ,]+(?:ph\.? ?d|m\.?d|j\.?d|mba|esq)\.?$/u;

/** "JK Rowling": two or three capitals without a vowel before a name in small letters are initials, but for titles. */
const INITIALS =
  /^(?!(?:DR|MR|MRS|MS) )([B-DF-HJ-NP-TV-Z])([B-DF-HJ-NP-TV-Z])([B-DF-HJ-NP-TV-Z]?)(?= \p{Lu}[\p{Ll}'’])/u;

/**
 * Key under which spellings of one name meet: folded, with hyphens, dots, titles and degrees taken out. Web and e-mail
 * addresses are taken as they stand, but for slashes at the end.
 */
function nameKey(name: string): string {
  if (/^(?:https?:|www\.)|@/iu.test(name)) return name.replace(/\/+$/u, '');
  const key = foldedName(unmasked(name.normalize('NFKC')).replace(INITIALS, '$1 $2 $3'));
  const bare = key.replace(TITLE, '').replace(DEGREE, '');
  const spaced = bare.replace(/[\p{Pd}\s._,]+/gu, ' ').trim();
  return spaced === '' ? key.trim() : spaced;
}

/** The key without middle initials ("ann b writer" → "ann writer"), or null when there are none. */
function withoutInitials(key: string): string | null {
  const parts = key.split(' ');
  if (parts.length < 3 || parts[0].length === 1) return null;
  const kept = parts.filter((p, i) => i === 0 || i === parts.length - 1 || !/^\p{L}$/u.test(p));
  return kept.length < parts.length ? kept.join(' ') : null;
}

/**
 * Finds which spellings are one byline. A middle initial is dropped only where it is certain: "Ann B. Writer" is
 * "Ann Writer" unless there is an "Ann C. Writer" too. "A. Writer" is never taken for "Ann Writer".
 *
 * @param counts articles by spelling
 */
export function mergeBylines(counts: ReadonlyMap<string, number>): Merged {
  const spellings = [...counts.keys()].sort();
  const groups = grouped(spellings);
  const display = new Map<string, string>();
  const merges: BylineMerge[] = [];
  for (const members of groups.values()) {
    const ranked = members
      .slice()
      .sort((a, b) => counts.get(b)! - counts.get(a)! || shouting(a) - shouting(b) || (a < b ? -1 : 1));
    // A masked spelling is never the one shown, unless there is no other.
    const shown = ranked.find((s) => !isMasked(s)) ?? ranked[0];
    for (const member of members) display.set(member, shown);
    if (members.length > 1)
      merges.push({
        byline: shown,
        spellings: ranked.map((spelling) => ({ spelling, articles: counts.get(spelling)! })),
      });
  }
  merges.sort((a, b) => (a.byline < b.byline ? -1 : 1));
  return { display, merges, homoglyphs: spellings.filter(isMasked) };
}

/** Letters in capitals behind the first of a word: of spellings as common, the one that shouts least is shown. */
function shouting(spelling: string): number {
  return spelling.match(/(?<=\p{Lu}[\p{L}\p{M}]*)\p{Lu}/gu)?.length ?? 0;
}

function isMasked(spelling: string): boolean {
  const plain = spelling.normalize('NFKC');
  return unmasked(plain) !== plain;
}

/** Spellings by group key. */
function grouped(spellings: readonly string[]): Map<string, string[]> {
  const keys = new Map(spellings.map((s) => [s, nameKey(s)]));
  const known = new Set(keys.values());
  const initialsOf = new Map<string, Set<string>>();
  for (const key of known) {
    const short = withoutInitials(key);
    if (short !== null) initialsOf.set(short, (initialsOf.get(short) ?? new Set()).add(key));
  }
  const groups = new Map<string, string[]>();
  for (const [spelling, key] of keys) {
    const short = withoutInitials(key);
    const certain = short !== null && known.has(short) && initialsOf.get(short)!.size === 1;
    const group = certain ? short : key;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [spelling]);
    else members.push(spelling);
  }
  return groups;
}
