import { personKey } from '../text/person.js';
import type { Cleaned, Credit, Evidence, EvidenceExample } from '../types.js';
import { words } from './words.js';

/** An article and the writer that its own text names. */
interface Crediting extends Credit {
  readonly article: string;
}

/** By byline, and there by person: the articles that credit the person in their own text. */
export type Credits = ReadonlyMap<number, ReadonlyMap<string, readonly Crediting[]>>;

/** Names told for one pair, and articles quoted for each side, at most. */
const [NAMES, QUOTED, LONGEST] = [2, 1, 220];

export function creditsOf({ documents }: Cleaned): Credits {
  const out = new Map<number, Map<string, Crediting[]>>();
  for (const { id, byline, form, credited } of documents) {
    if (form !== 'credited' || credited == null) continue;
    const key = personKey(credited.name);
    if (key === null) continue;
    const own = out.get(byline) ?? new Map<string, Crediting[]>();
    own.set(key, [...(own.get(key) ?? []), { ...credited, article: id }]);
    out.set(byline, own);
  }
  return out;
}

/** Credits that tie two bylines: one in the texts of the other, or the same third writer in the texts of both. */
export function creditEvidence(credits: Credits, { bylines }: Cleaned, a: number, b: number): Evidence[] {
  const out: Evidence[] = [];
  const nameOf = (side: number): string => bylines[side]!.name;
  const of = (side: number, key: string | null): readonly Crediting[] => credits.get(side)?.get(key ?? '') ?? [];
  const say = (text: string, sides: readonly [number, readonly Crediting[]][]): void => {
    const examples = sides.flatMap(([side, all]) => all.slice(0, QUOTED).map((c) => quoted(nameOf(side), c)));
    out.push({ kind: 'style', text, values: { articles: sides.reduce((n, [, all]) => n + all.length, 0) }, examples });
  };
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const own = of(from, personKey(nameOf(to)));
    if (own.length > 0) say(words.creditsOther(own.length, nameOf(from), nameOf(to)), [[from, own]]);
  }
  const both = [...(credits.get(a)?.keys() ?? [])]
    .map((key) => ({ key, ours: of(a, key), theirs: of(b, key) }))
    .filter(({ theirs }) => theirs.length > 0);
  const fewer = (x: (typeof both)[number]): number => Math.min(x.ours.length, x.theirs.length);
  both.sort((x, y) => fewer(y) - fewer(x) || (x.key < y.key ? -1 : 1));
  for (const { ours, theirs } of both.slice(0, NAMES))
    say(words.creditSame(ours[0]!.name, ours.length, nameOf(a), theirs.length, nameOf(b)), [
      [a, ours],
      [b, theirs],
    ]);
  return out;
}

function quoted(byline: string, { article, line, start, end }: Crediting): EvidenceExample {
  const sentence = line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
  return { byline, article, sentence, start, end };
}
