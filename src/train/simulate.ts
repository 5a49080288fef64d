import { nothingRemoved } from '../clean/clean.js';
import { groupBy } from '../math/grouped.js';
import { hashString, sampleIndices, seededRandom, shuffled } from '../math/random.js';
import { addSubjects } from '../text/subjects.js';
import type { Cleaned, Document } from '../types/types.js';

/** Cleaned articles of one labelled corpus by hand, each in order of date, then id. */
export interface Labelled {
  readonly name: string;
  readonly hands: ReadonlyMap<string, readonly Document[]>;
}

/** The same with the articles as they were handed in, by id: what the format of a text is read from. */
export interface LabelledSources extends Labelled {
  readonly sources: ReadonlyMap<string, string>;
}

/** A made-up dump with its truth. */
export interface Simulated {
  readonly cleaned: Cleaned;
  /** Hand of each article, by byline, in the order of the byline's articles. */
  readonly hands: readonly (readonly string[])[];
}

export function labelled(name: string, cleaned: Cleaned): Labelled {
  const hands = groupBy(cleaned.documents, ({ byline }) => {
    const { name, kind } = cleaned.bylines[byline]!;
    return kind === 'desk' ? null : name;
  });
  for (const own of hands.values())
    own.sort((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0) || (a.id < b.id ? -1 : 1));
  return { name, hands };
}

/** A dump of the given bylines. */
export function dumpOf(
  bylines: readonly (readonly { readonly document: Document; readonly hand: string }[])[],
): Simulated {
  return {
    cleaned: {
      bylines: bylines.map((_, i) => ({ name: `byline ${String(i).padStart(5, '0')}`, kind: 'person' })),
      documents: bylines.flatMap((own, i) => own.map(({ document }) => ({ ...document, byline: i }))),
      copies: [],
      setAside: [],
      removedWords: nothingRemoved(),
      notices: [],
    },
    hands: bylines.map((own) => own.map((a) => a.hand)),
  };
}

/**
 * Splits every hand with enough articles into two bylines of `articles` each: one from the earlier half, one from the
 * later half of its work.
 *
 * @param most hands used at most, drawn by seed; all when left out
 * @param share share of them that are split; the others are one byline, as most are in a dump
 */
export function splitBylines(corpus: Labelled, articles: number, seed: number, most = Infinity, share = 1): Simulated {
  const able = [...corpus.hands].filter(([, own]) => own.length >= 2 * articles);
  const random = seededRandom(hashString(`${corpus.name} split ${articles} ${seed}`));
  const chosen = sampleIndices(able.length, Math.min(most, able.length), random).map((i) => able[i]!);
  const split = new Set(sampleIndices(chosen.length, Math.ceil(share * chosen.length), seededRandom(seed)));
  return dumpOf(
    chosen.flatMap(([hand, own], h) => {
      const half = own.length >> 1;
      const draw = (from: number, count: number): { document: Document; hand: string }[] =>
        sampleIndices(count, articles, random).map((i) => ({ document: own[from + i]!, hand }));
      const both = [draw(0, half), draw(half, own.length - half)];
      return split.has(h) ? both : [both[h % 2]!];
    }),
  );
}

/**
 * As `splitBylines`, but each byline has an amount of its own, drawn from those that its half allows: what a real dump
 * holds.
 */
export function splitMixed(corpus: Labelled, amounts: readonly number[], seed: number, most = Infinity): Simulated {
  const least = Math.min(...amounts);
  const able = [...corpus.hands].filter(([, own]) => own.length >= 2 * least);
  const random = seededRandom(hashString(`${corpus.name} mixed ${amounts.join()} ${seed}`));
  const chosen = sampleIndices(able.length, Math.min(most, able.length), random).map((i) => able[i]!);
  return dumpOf(
    chosen.flatMap(([hand, own]) => {
      const half = own.length >> 1;
      const draw = (from: number, count: number): { document: Document; hand: string }[] => {
        const possible = amounts.filter((n) => n <= count);
        const articles = possible[Math.floor(random() * possible.length)]!;
        return sampleIndices(count, articles, random).map((i) => ({ document: own[from + i]!, hand }));
      };
      return [draw(0, half), draw(half, own.length - half)];
    }),
  );
}

export interface PersonaOptions {
  readonly articles: number;
  /** Hands behind each mixed persona. */
  readonly hands: number;
  /** Share of the last hand; null for even shares. */
  readonly minority: number | null;
  readonly seed: number;
  /** Pair hands of nearest subjects instead of at random. */
  readonly sameDesk?: boolean;
  /** Mixed personas, at most; without it about half the bylines are. */
  readonly teams?: number;
  /** Draw the single hands' articles from two subjects as far apart as their work has, one after the other. */
  readonly topicChange?: boolean;
}

/** The same hands with every `size` neighbouring articles joined to one, to see what longer articles show. */
export function joined(corpus: Labelled, size: number): Labelled {
  const join = (own: readonly Document[]): Document[] =>
    Array.from({ length: Math.floor(own.length / size) }, (_, i) => {
      const part = own.slice(i * size, (i + 1) * size);
      return { ...part[0]!, text: part.map((d) => d.text).join('\n\n'), words: part.reduce((n, d) => n + d.words, 0) };
    });
  return { name: corpus.name, hands: new Map([...corpus.hands].map(([hand, own]) => [hand, join(own)])) };
}

/** Some bylines are personas of several hands, the others single hands as they are. No hand is in two. */
export function personas(corpus: Labelled, options: PersonaOptions): Simulated {
  const { articles, hands, minority } = options;
  const random = seededRandom(hashString(`${corpus.name} personas ${JSON.stringify(options)}`));
  const able = shuffled(
    [...corpus.hands].filter(([, own]) => own.length >= articles),
    random,
  );
  const teams = Math.min(options.teams ?? Infinity, Math.floor(able.length / (hands + 1)));
  const groups: (readonly (readonly [string, readonly Document[]])[])[] = [];
  let left: readonly (readonly [string, readonly Document[]])[] = able;
  for (let t = 0; t < teams; t++) {
    const [first, ...others] = left;
    const ranked = options.sameDesk === true ? byNearness(first!, others) : others;
    groups.push([first!, ...ranked.slice(0, hands - 1)]);
    left = ranked.slice(hands - 1);
  }
  for (const single of left) groups.push([single]);
  return dumpOf(
    groups.map((group) =>
      group.flatMap(([hand, own], h) =>
        (group.length === 1 && options.topicChange === true
          ? twoSubjects(own, articles)
          : sampleIndices(own.length, share(group.length, h, articles, minority), random)
        ).map((i) => ({ document: own[i]!, hand })),
      ),
    ),
  );
}

/** Two articles least alike in subject, each with those nearest to it, in halves: indices, one half after the other. */
function twoSubjects(all: readonly Document[], articles: number): number[] {
  // Enough to find two subjects in: every pair is compared.
  const looked = sampleIndices(all.length, Math.max(40, 2 * articles), seededRandom(14));
  const own = looked.map((i) => all[i]!);
  const about = own.map((document) => subjects([document]));
  const near = about.map((a) => about.map((b) => likeness(a, b)));
  let [from, to] = [0, own.length - 1];
  for (let i = 0; i < own.length; i++)
    for (let j = 0; j < i; j++) if (near[i]![j]! < near[from]![to]!) [from, to] = [j, i];
  const nearest = (target: number, count: number, taken: readonly number[]): number[] =>
    near[target]!.map((likeness, i) => ({ likeness, i }))
      .filter(({ i }) => !taken.includes(i))
      .sort((a, b) => b.likeness - a.likeness || a.i - b.i)
      .slice(0, count)
      .map(({ i }) => i)
      .sort((a, b) => a - b);
  const first = nearest(from, articles >> 1, [to]);
  return [...first, ...nearest(to, articles - first.length, first)].map((i) => looked[i]!);
}

/** Days between articles of a made-up byline. */
export const DAYS_BETWEEN = 7;
export const DAY_MS = 86_400_000;

/**
 * Dates for every byline's articles, one a week: hands in turn, one after the other as they were drawn, or mixed, where
 * every hand keeps its own order. Single hands keep the order of their work, so that their real drift stays.
 *
 * @returns ms since 1970 by document of the dump
 */
export function weekly({ hands }: Simulated, order: 'in-turn' | 'mixed', seed: number): Float64Array {
  const random = seededRandom(hashString(`weekly ${order} ${seed}`));
  return Float64Array.from(
    hands.flatMap((own) => {
      const places = own.map((_, i) => i);
      if (order === 'mixed' && new Set(own).size > 1) {
        const drawn = shuffled(own, random);
        const next = new Map<string, number>();
        // The i-th article of a hand stands where that hand is drawn the i-th time.
        own.forEach((hand, i) => {
          const at = drawn.indexOf(hand, next.get(hand) ?? 0);
          next.set(hand, at + 1);
          places[i] = at;
        });
      }
      return places.map((place) => place * DAYS_BETWEEN * DAY_MS);
    }),
  );
}

function share(hands: number, h: number, articles: number, minority: number | null): number {
  if (hands === 1) return articles;
  if (minority !== null) return h === 0 ? articles - Math.round(articles * minority) : Math.round(articles * minority);
  return Math.floor(articles / hands) + (h < articles % hands ? 1 : 0);
}

/** Others ordered by likeness of subject: cosine of the roots of the counts of long words, which name subjects. */
function byNearness(
  to: readonly [string, readonly Document[]],
  others: readonly (readonly [string, readonly Document[]])[],
): (readonly [string, readonly Document[]])[] {
  const target = subjects(to[1]);
  return others
    .map((other) => ({ other, near: likeness(target, subjects(other[1])) }))
    .sort((a, b) => b.near - a.near || (a.other[0] < b.other[0] ? -1 : 1))
    .map(({ other }) => other);
}

const subjectCache = new WeakMap<readonly Document[], Map<string, number>>();

function subjects(own: readonly Document[]): Map<string, number> {
  let counts = subjectCache.get(own);
  if (counts === undefined) {
    counts = new Map();
    for (const { text } of own) addSubjects(text, counts);
    subjectCache.set(own, counts);
  }
  return counts;
}

function likeness(a: Map<string, number>, b: Map<string, number>): number {
  let dot = 0;
  for (const [word, count] of a) dot += Math.sqrt(count * (b.get(word) ?? 0));
  const size = (m: Map<string, number>): number => [...m.values()].reduce((s, c) => s + c, 0);
  return dot / Math.sqrt(size(a) * size(b));
}
