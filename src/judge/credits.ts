import { groupBy } from '../math/grouped.js';
import { personKey } from '../text/person.js';
import type { Cleaned, Credit, Document, Evidence, EvidenceExample } from '../types/types.js';
import { handWords } from './hand-words.js';
import { words } from './words.js';

/** An article and the writer that its own text names. */
interface Crediting extends Credit {
  readonly article: string;
}

/** By person: the articles that credit the person in their own text. */
type Named = ReadonlyMap<string, readonly Crediting[]>;
export type Credits = ReadonlyMap<number, Named>;

/** Names told at once, and articles quoted for each, at most. */
const [NAMES, QUOTED, LONGEST] = [2, 1, 220];

/** By byline, whom its articles credit. */
export function creditsOf({ documents }: Cleaned): Credits {
  const crediting = groupBy(documents, (d) => (d.form === 'credited' ? d.byline : null));
  return new Map([...crediting].map(([byline, own]) => [byline, namedIn(own)]));
}

function namedIn(documents: readonly Document[]): Named {
  const crediting = documents.flatMap(({ id, credited }) => (credited == null ? [] : [{ ...credited, article: id }]));
  return groupBy(crediting, ({ name }) => personKey(name));
}

/** That articles of one byline credit others, and whom most often; null where none does. */
export function creditsAmong(documents: readonly Document[], byline: string): Evidence | null {
  const crediting = documents.filter((d) => d.form === 'credited');
  if (crediting.length === 0) return null;
  const often = [...namedIn(crediting)].sort(([x, xs], [y, ys]) => ys.length - xs.length || (x < y ? -1 : 1));
  const told = often.slice(0, NAMES).map(([, all]) => ({ name: all[0]!.name, articles: all.length }));
  return {
    kind: 'hands',
    text: handWords.creditsOthers(crediting.length, documents.length, told),
    values: { articles: crediting.length },
    examples: often.slice(0, NAMES).map(([, all]) => quoted(byline, all[0]!)),
  };
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
