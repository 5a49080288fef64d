import { literally } from '../text/pattern.js';
import { UNSPACED } from '../text/scripts.js';

/** What of a byline can be found again in a text. */
export interface BylineName {
  /** Lower-case parts in printed order: "WilliamKazer", "william-kazer" and "William Kazer" give the same two. */
  readonly parts: readonly string[];
  /**
   * Finds the whole name inside a text, capitalised, initials between its parts allowed; null for a desk, and for a single word of less
   * than three characters or of a script that puts spaces between names.
   */
  readonly inText: ((text: string) => readonly Place[]) | null;
}

/** Where a name stands, in UTF-16 units. */
interface Place {
  readonly start: number;
  readonly end: number;
}

export function bylineName(byline: string, kind: 'person' | 'desk' | 'none'): BylineName {
  const parts = byline
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .filter((part) => part !== '' && !/^(?:dr|prof|mr|mrs|ms|sir|jr|sr)$/i.test(part))
    .slice(0, 8)
    .map((part) => part.toLowerCase());
  const addressLike = /[/@:]|\.\w{2,3}$/.test(byline);
  const long = parts.filter((part) => part.length > 1);
  const findable = kind === 'person' && !addressLike;
  const unspaced = findable && parts.length === 1 && UNSPACED_NAME.test(parts[0]) ? placesOf(parts[0]) : null;
  const inText = findable && long.length >= 2 ? nameFinder(parts) : unspaced;
  return { parts: addressLike ? [] : parts, inText };
}

/** A surname and given names in one, which no word happens to be: "王小明", "김철수". */
const UNSPACED_NAME = new RegExp(String.raw`^[${UNSPACED}\p{Script=Hangul}]{3,}$`, 'v');

function placesOf(name: string): (text: string) => Place[] {
  return (text) => {
    const out: Place[] = [];
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length))
      out.push({ start, end: start + name.length });
    return out;
  };
}

/** What may stand between two parts of a name: initials. */
const INITIALS = /^(?:\p{Lu}\.? ?){0,2}$/u;
/** Longest of them: two letters of two units, each with a full stop and a space. */
const LONGEST_INITIALS = 8;
const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;
const OPENS_WITH_WORD = /^[\p{L}\p{N}]/u;

/**
 * Classes of Unicode take milliseconds to compile into a pattern, and every byline has a pattern of its own: the pattern
 * has none, and what they would say is asked of patterns that all bylines share.
 */
function nameFinder(parts: readonly string[]): (text: string) => Place[] {
  const forms = parts.map((part) => {
    const upper = part[0].toUpperCase() + part.slice(1);
    return part.length === 1 ? `${literally(upper)}\\.?` : `(?:${literally(upper)}|${literally(part.toUpperCase())})`;
  });
  const pattern = new RegExp(forms.join(`[ \\u00a0-]{1,2}([^\\n]{0,${LONGEST_INITIALS}}?)`), 'g');
  return (text) => {
    const out: Place[] = [];
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
      const [start, end] = [found.index, pattern.lastIndex];
      const apart =
        !ENDS_IN_WORD.test(text.slice(Math.max(0, start - 2), start)) &&
        !OPENS_WITH_WORD.test(text.slice(end, end + 2));
      if (apart && found.slice(1).every((between) => INITIALS.test(between))) out.push({ start, end });
      else pattern.lastIndex = start + 1;
    }
    return out;
  };
}

/** True where a line is the name and nothing else. */
export function isOnlyName(line: string, { parts }: BylineName): boolean {
  const words = wordsOf(line);
  return parts.length > 0 && words.length === parts.length && words.every((word, i) => word === parts[i]);
}

/**
 * True where a line opens with the name: all of it, or its last part after at most three other capitalised words
 * ("Dr. A. Writer"), or, where the byline is one word, that word.
 */
export function opensWithName(line: string, { parts }: BylineName): boolean {
  if (parts.length === 0) return false;
  const head = line.slice(0, 120).replace(/^[\s*_–—-]+/, '');
  const words = wordsOf(head);
  if (parts.every((part, i) => words[i] === part)) return true;
  const last = parts[parts.length - 1];
  if (parts.length === 1) return false;
  const at = words.indexOf(last);
  if (at < 1 || at > 3) return at === 0 && last.length >= 4;
  if (last.length < 4 && !words.slice(0, at).includes(parts[0])) return false;
  const before = head.toLowerCase().indexOf(last);
  return /^(?:\p{Lu}[\p{L}.'’-]*\s+){0,3}$/u.test(head.slice(0, before));
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
}
