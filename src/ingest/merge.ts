import type { BylineMerge } from '../types.js';

/** Letters of Cyrillic and Greek that look Latin, for names written to look like another. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аaеeоoрpсcуyхxіiјjѕsАAВBЕEКKМMНHОOРPСCТTХXУYοoνvαaΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX'].reduce<[string, string][]>(
    (pairs, c, i, all) => (i % 2 === 0 ? [...pairs, [c, all[i + 1]!]] : pairs),
    [],
  ),
);

/** Key under which spellings of one name meet: compatibility forms, case, accents, marks and titles folded. */
export function nameKey(name: string): string {
  // Addresses are exact: their letters' case and marks are not spelling.
  if (/^https?:/i.test(name)) return name;
  let text = name.normalize('NFKD').replace(/\p{M}/gu, '');
  if (/[A-Za-z]/.test(text)) text = text.replace(/[Ͱ-ӿ]/gu, (c) => LOOKALIKES[c] ?? c);
  return text
    .toLowerCase()
    .replace(/^(?:dr|prof|sir|mr|mrs|ms|rev|dame)\.?\s+/u, '')
    .replace(/[‘’`´]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[.\s]+/g, ' ')
    .trim();
}

/** The key without middle initials ("ann b writer" → "ann writer"), or null when there are none. */
function withoutInitials(key: string): string | null {
  const parts = key.split(' ');
  if (parts.length < 3) return null;
  const kept = parts.filter((p, i) => i === 0 || i === parts.length - 1 || p.length > 1);
  return kept.length < parts.length ? kept.join(' ') : null;
}

/**
 * Finds which spellings are one byline. A middle initial is dropped only where it is certain: "Ann B. Writer" is
 * "Ann Writer" unless there is an "Ann C. Writer" too. "A. Writer" is never taken for "Ann Writer".
 *
 * @param counts articles by spelling
 * @returns display name by spelling (the commonest spelling; ties by code unit), and every merge, sorted
 */
export function mergeBylines(counts: ReadonlyMap<string, number>): {
  readonly display: ReadonlyMap<string, string>;
  readonly merges: readonly BylineMerge[];
} {
  const spellings = [...counts.keys()].sort();
  const keys = new Map(spellings.map((s) => [s, nameKey(s)]));
  const initialsOf = new Map<string, Set<string>>();
  for (const key of keys.values()) {
    const short = withoutInitials(key);
    if (short !== null) initialsOf.set(short, (initialsOf.get(short) ?? new Set()).add(key));
  }
  const known = new Set(keys.values());
  const groups = new Map<string, string[]>();
  for (const spelling of spellings) {
    const key = keys.get(spelling)!;
    const short = withoutInitials(key);
    const certain = short !== null && known.has(short) && initialsOf.get(short)!.size === 1;
    const group = certain ? short : key;
    groups.set(group, [...(groups.get(group) ?? []), spelling]);
  }
  const display = new Map<string, string>();
  const merges: BylineMerge[] = [];
  for (const members of groups.values()) {
    const ranked = members.slice().sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
    for (const member of members) display.set(member, ranked[0]!);
    if (members.length > 1)
      merges.push({
        byline: ranked[0]!,
        spellings: ranked.map((spelling) => ({ spelling, articles: counts.get(spelling)! })),
      });
  }
  merges.sort((a, b) => (a.byline < b.byline ? -1 : 1));
  return { display, merges };
}
