/** What of a byline can be found again in a text. */
export interface BylineName {
  /** Lower-case parts in printed order: "WilliamKazer", "william-kazer" and "William Kazer" give the same two. */
  readonly parts: readonly string[];
  /** The whole name inside a sentence, capitalised, initials between its parts allowed; null for a single word or a desk. */
  readonly inText: RegExp | null;
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
  const inText = kind === 'person' && !addressLike && long.length >= 2 ? namePattern(parts) : null;
  return { parts: addressLike ? [] : parts, inText };
}

function namePattern(parts: readonly string[]): RegExp {
  const forms = parts.map((part) => {
    const upper = part[0].toUpperCase() + part.slice(1);
    return part.length === 1 ? `${escaped(upper)}\\.?` : `(?:${escaped(upper)}|${escaped(part.toUpperCase())})`;
  });
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${forms.join('[ \\u00a0-]{1,2}(?:\\p{Lu}\\.? ?){0,2}')}(?![\\p{L}\\p{N}])`,
    'gu',
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
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
