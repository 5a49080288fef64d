import type { Labelled } from './simulate.js';

/** Words that name subjects are long ones; of those, the ones that few hands use. */
const SUBJECT_WORD = /\p{L}{6,}/gu;

/**
 * For every hand the other whose subjects are nearest: cosine of the square roots of its long words' counts, weighed by
 * how few hands use the word (words of more than half the hands say nothing of a subject and are left out).
 *
 * @returns one entry a hand; empty for fewer than two hands
 */
export function nearestSubjects({ hands }: Labelled): Map<string, string> {
  const names = [...hands.keys()].sort();
  const n = names.length;
  const rows = names.map((name) => {
    const counts = new Map<string, number>();
    for (const { text } of hands.get(name)!)
      for (const word of text.match(SUBJECT_WORD) ?? []) {
        const key = word.toLowerCase();
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    return counts;
  });
  const users = new Map<string, number[]>();
  rows.forEach((counts, h) => {
    for (const word of counts.keys()) {
      const known = users.get(word);
      if (known === undefined) users.set(word, [h]);
      else known.push(h);
    }
  });
  const dots = new Float64Array(n * n);
  for (const [word, of] of users) {
    if (of.length < 2 || of.length > Math.max(2, n / 2)) continue;
    const weight = Math.log(n / of.length) ** 2;
    for (const a of of)
      for (const b of of)
        if (a !== b) dots[a * n + b]! += weight * Math.sqrt(rows[a]!.get(word)! * rows[b]!.get(word)!);
  }
  const length = rows.map((counts) => Math.sqrt([...counts.values()].reduce((sum, c) => sum + c, 0)) || 1);
  const out = new Map<string, string>();
  for (let a = 0; a < n; a++) {
    let best = -1;
    for (let b = 0; b < n; b++)
      if (b !== a && (best < 0 || dots[a * n + b]! / length[b]! > dots[a * n + best]! / length[best]!)) best = b;
    if (best >= 0) out.set(names[a]!, names[best]!);
  }
  return out;
}
