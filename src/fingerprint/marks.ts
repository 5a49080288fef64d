import { Units, unitTable } from '../text/units.js';

/** A mark or manner of writing. */
interface Mark {
  readonly name: string;
  /** A pattern, of which only the places are tried where `unit` stands; null where every such place is one. */
  readonly pattern: RegExp | null;
  /** A unit that every match has, as a list or a class. */
  readonly unit: string | RegExp;
  /** Places from the beginning of a match to that unit. */
  readonly back: 0 | 1;
  /** Units that may stand behind it in a match; null where that tells little. */
  readonly next: (() => Uint8Array) | null;
}

function mark(
  name: string,
  unit: Mark['unit'],
  pattern: RegExp | null = null,
  back: Mark['back'] = 0,
  next: RegExp | null = null,
): Mark {
  return { name, pattern, unit, back, next: next === null ? null : unitTable(next) };
}

// A half of a surrogate pair may be of any class; the pattern knows. The second hyphen of two is the unit of "--".
const MARKS: readonly Mark[] = [
  mark('commas', ',،，、'),
  mark('semicolons', ';؛；'),
  mark('colons', ':：'),
  mark('question marks', '?؟？'),
  mark('exclamation marks', '!！'),
  mark('brackets', '(（'),
  mark('spaced dashes', '–—-', /\s[–—-]{1,2}\s/y, 1),
  mark('unspaced long dashes', '–—-', /[^\s][–—]|--(?=\S)/y, 1),
  mark('hyphenated words', '-', /\p{L}-\p{L}/uy, 1),
  mark('ellipses', '….', /…|\.\.\./y),
  mark('curly quotation marks', '“”‘’'),
  mark('straight quotation marks', '"'),
  mark('double spaces after a full stop', '.?!', /[.?!] {2}/y, 0, / /),
  mark('figures', /[\p{N}\ud800-\udfff]/u, /\p{N}+/uy),
  mark('words in capitals', /[\p{Lu}\ud800-\udfff]/u, /\b\p{Lu}{2,}\b/uy, 0, /[\p{Lu}\ud800-\udfff]/u),
  mark('contractions and possessives', "'’", /\p{L}['’](?:t|s|re|ve|ll|d|m)\b/iuy, 1),
  mark('quoted passages', '\uFFFC'),
  mark('serial commas', ',', /,\s\p{L}+,\s(?:and|or)\s/uy, 0, /\s/),
];

export const MARK_NAMES: readonly string[] = MARKS.map(({ name }) => name);

/** By UTF-16 unit: which of the SETS to try there; 0 for a unit not met yet. */
const setOf = new Uint8Array(1 << 16);
/** Places in MARKS that may stand at a unit. The first stands for what is not known yet, the second for none. */
const SETS: number[][] = [[], []];
const [UNKNOWN, NONE] = [0, 1];

function learned(unit: number): number {
  const char = String.fromCharCode(unit);
  const own = [...MARKS.keys()].filter((m) => {
    const { unit: at } = MARKS[m]!;
    return typeof at === 'string' ? at.includes(char) : at.test(char);
  });
  if (own.length === 0) return (setOf[unit] = NONE);
  const known = SETS.findIndex((set, s) => s > NONE && set.join() === own.join());
  return (setOf[unit] = known < 0 ? SETS.push(own) - 1 : known);
}

const reader = new Units();

/**
 * How often each mark stands in a text: as many as its pattern has matches from the left that do not overlap. One pass, and a
 * pattern is tried only where it can match.
 */
export function countMarks(text: string): Int32Array {
  const units = reader.read(text);
  const found = new Int32Array(MARKS.length);
  const ends = new Int32Array(MARKS.length);
  for (let i = 0; i < text.length; i++) {
    const unit = units[i]!;
    let set = setOf[unit]!;
    if (set === NONE) continue;
    if (set === UNKNOWN) set = learned(unit);
    const tried = SETS[set]!;
    for (let t = 0; t < tried.length; t++) {
      const m = tried[t]!;
      const { pattern, back, next } = MARKS[m]!;
      if (pattern === null) found[m]!++;
      else if (i - back >= ends[m]! && (next === null || (i + 1 < text.length && next()[units[i + 1]!] === 1))) {
        pattern.lastIndex = i - back;
        if (!pattern.test(text)) continue;
        found[m]!++;
        ends[m] = pattern.lastIndex;
      }
    }
  }
  return found;
}
