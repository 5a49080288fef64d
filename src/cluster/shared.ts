import type { Pairs, SharedHands } from '../types/types.js';

/** One hand of one byline, as a sample of its own. */
export interface HandSample {
  readonly byline: number;
  readonly hand: number;
}

/** log10LR by which a match must beat its crossings: hands that match every hand alike are one hand, not a team. */
const CLEARER = 1;

/**
 * Bylines that share several hands: the same team behind several personas. Two bylines are joined when two or more of
 * their hands match one to one, each match at the threshold or above and likelier by `CLEARER` than what either hand
 * shows with the other byline's other hands.
 *
 * @param pairs scores of all pairs of samples, a < b, whose first samples are `samples`
 * @param threshold score (uncapped log10LR) from which two samples count as one hand
 * @returns teams, the most certain first
 */
export function sharedHands(pairs: Pairs, samples: readonly HandSample[], threshold: number): SharedHands[] {
  const score = new Map<string, number>();
  for (let p = 0; p < pairs.a.length; p++)
    if (pairs.b[p]! < samples.length) score.set(`${pairs.a[p]!} ${pairs.b[p]!}`, pairs.score[p]!);
  const between = (x: number, y: number): number => score.get(x < y ? `${x} ${y}` : `${y} ${x}`) ?? -Infinity;
  const bylines = [...new Set(samples.map((s) => s.byline))].sort((a, b) => a - b);
  const of = (byline: number): number[] => samples.flatMap((s, i) => (s.byline === byline ? [i] : []));
  const matches: Match[] = [];
  for (const [k, a] of bylines.entries())
    for (const b of bylines.slice(k + 1)) {
      const found = matched(of(a), of(b), between, threshold);
      if (found.length >= 2) matches.push(...found);
    }
  return teams(matches, samples);
}

interface Match {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

/** One-to-one matches of two bylines' hands, the best first. */
function matched(
  left: readonly number[],
  right: readonly number[],
  between: (x: number, y: number) => number,
  threshold: number,
): Match[] {
  const all = left.flatMap((x) => right.map((y): Match => ({ x, y, score: between(x, y) })));
  return all.filter(({ x, y, score }) => {
    const crossings = all.filter((m) => (m.x === x) !== (m.y === y)).map((m) => m.score);
    return score >= threshold && score >= Math.max(...crossings) + CLEARER;
  });
}

/** Matches that hang together: union of bylines that share hands, and of the hands that match. */
function teams(matches: readonly Match[], samples: readonly HandSample[]): SharedHands[] {
  const handOf = samples.map((_, i) => i);
  const teamOf = new Map(samples.map((s) => [s.byline, s.byline]));
  const join = (from: number, to: number): void => handOf.forEach((h, i) => h === from && (handOf[i] = to));
  for (const { x, y } of [...matches].sort((a, b) => b.score - a.score || a.x - b.x || a.y - b.y)) {
    join(handOf[y]!, handOf[x]!);
    const [from, to] = [teamOf.get(samples[y]!.byline)!, teamOf.get(samples[x]!.byline)!];
    for (const [byline, team] of teamOf) if (team === from) teamOf.set(byline, to);
  }
  const out: SharedHands[] = [];
  for (const team of new Set(matches.map((m) => teamOf.get(samples[m.x]!.byline)!))) {
    const inside = matches.filter((m) => teamOf.get(samples[m.x]!.byline) === team);
    const members = samples.flatMap((s, i) => (teamOf.get(s.byline) === team ? [i] : []));
    const hands = [...new Set(members.map((i) => handOf[i]!))]
      .map((hand) => members.filter((i) => handOf[i] === hand).map((i) => samples[i]!))
      .sort((a, b) => b.length - a.length || a[0]!.byline - b[0]!.byline || a[0]!.hand - b[0]!.hand);
    out.push({
      bylines: [...new Set(members.map((i) => samples[i]!.byline))].sort((a, b) => a - b),
      hands,
      cohesion: Math.min(...inside.map((m) => m.score)),
      log10LR: Math.max(...inside.map((m) => m.score)),
    });
  }
  return out.sort((a, b) => b.cohesion - a.cohesion || a.bylines[0]! - b.bylines[0]!);
}
