import { pairsAmong } from '../math/statistics.js';
import type { Evidence, Finding, Group } from '../types/types.js';
import type { DumpRead } from './dump.js';
import type { JudgeInput } from './input.js';
import { pairAgainst, pairEvidence } from './pair-evidence.js';
import { weighed } from './verdicts.js';
import { notMeasured, words } from './words.js';

/**
 * One finding a group; links that no group holds are findings of their own.
 *
 * @param linking `ListedPairs.linking`
 */
export function linkFindings(input: JudgeInput, linking: readonly number[], read: DumpRead): Finding[] {
  const left = new Set(linking);
  const out: Finding[] = [];
  const name = (b: number): string => input.cleaned.bylines[b]!.name;
  /** What else the shared bylines of a group write like. */
  const elsewhere = ({ bylines, shared }: Group): Evidence[] =>
    shared.map((b) => {
      const others = input.groups
        .filter((g) => g.bylines !== bylines && g.bylines.includes(b))
        .flatMap((g) => g.bylines.filter((x) => !bylines.includes(x)));
      return { kind: 'hands', text: words.sharedByline(name(b), [...new Set(others)].map(name)) };
    });
  const add = (members: readonly number[], inside: readonly number[], group: Group | null): void => {
    const log10LR = inside.reduce((most, p) => Math.max(most, input.pairs.log10LR[p]!), -Infinity);
    const best = inside.reduce((x, y) => (input.pairs.score[y]! > input.pairs.score[x]! ? y : x));
    const weakest = inside.reduce((x, y) => (input.pairs.score[y]! < input.pairs.score[x]! ? y : x));
    out.push({
      kind: 'sockpuppets',
      bylines: members.map(name),
      ...weighed(input, best, log10LR, read.chance),
      evidence: [
        ...(group === null ? [] : whoseEvidence(input, group, inside.length, best, weakest)),
        ...pairEvidence(input, best, read),
      ],
      against: [...(group === null ? [] : elsewhere(group)), ...pairAgainst(input, weakest, read)],
      notMeasured: notMeasured.pair,
    });
  };
  for (const group of input.groups) {
    const inside = linking.filter(
      (p) => group.bylines.includes(input.pairs.a[p]!) && group.bylines.includes(input.pairs.b[p]!),
    );
    for (const p of inside) left.delete(p);
    if (inside.length > 0) add(group.bylines, inside, group);
  }
  for (const p of left) add([input.pairs.a[p]!, input.pairs.b[p]!], [p], null);
  return out;
}

/** Of which pair a group's strength and evidence are; a group of two needs no such word. */
function whoseEvidence(
  { pairs, cleaned }: JudgeInput,
  { bylines, cohesion }: Group,
  linked: number,
  best: number,
  weakest: number,
): Evidence[] {
  const n = bylines.length;
  if (n < 3) return [];
  const [a, b, c, d] = [best, weakest].flatMap((p) => [pairs.a[p]!, pairs.b[p]!]).map((x) => cleaned.bylines[x]!.name);
  const text = words.strongestOf(linked, pairsAmong(n), a!, b!, c!, d!, cohesion);
  return [{ kind: 'hands', text, values: { links: linked, cohesion } }];
}
