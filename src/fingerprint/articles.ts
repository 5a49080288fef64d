import { hashString } from '../math/random.js';
import { headOf, heldIn, packTexts, unpackTexts, type PackedTexts } from '../text/held.js';
import type { CountedView, Document, Habit, PackedRows } from '../types/types.js';
import { Pieces } from '../work/pieces.js';
import { batches, each, type Steps, type Task } from '../work/work.js';
import { commonestWords, hasLexicon, wordsByLanguage } from './grammar.js';
import { habitMeter, habitNames, joinHabits, type HabitMeter } from './habits.js';
import { joinRows } from './packed.js';
import { viewCounter, type CommonWords, type Sample, type ViewCounter } from './views.js';

/**
 * A batch of articles as counts: n-grams of each view asked for, and a row of habits an article (`habitNames` of the batch's
 * languages), 0 where no words were read.
 */
export interface Counted {
  /** In the order asked for. */
  readonly views: readonly PackedRows[];
  readonly habits: Float32Array;
}

interface ToCount {
  readonly views: readonly CountedView[];
  readonly texts: PackedTexts;
  readonly langs: readonly (string | null)[];
  readonly common: CommonWords;
  /** Whether breaks between paragraphs are counted. */
  readonly breaks: boolean;
}

/** How a dump is read, by what was seen of all its articles. */
export type Reading = Pick<ToCount, 'common' | 'breaks'>;

/** A sample that can forget its text once it is counted. */
type Releasable = Sample & Pick<Document, 'held' | 'release'>;

/** The commonest words of languages without a lexicon. */
export function* commonWords(samples: readonly Sample[]): Steps<CommonWords> {
  const foreign = samples.filter((s) => !hasLexicon(s.lang));
  const groups = batches(foreign);
  const seen = yield* each(wordsTask, {
    length: groups.length,
    at: (g) => groups[g]!.map(({ text, lang }) => ({ text, lang })),
  });
  const total = new Map<string | null, Map<string, number>>();
  for (const part of seen)
    for (const [lang, words] of part) {
      const sum = total.get(lang) ?? new Map<string, number>();
      total.set(lang, sum);
      for (const [word, n] of words) sum.set(word, (sum.get(word) ?? 0) + n);
    }
  return commonestWords(total);
}

/** Bytes of text up to which samples keep theirs: cleaning again what a report quotes takes longer than they are worth. */
const KEPT_TEXT = 64 << 20;

/**
 * Counts every sample in some of the views.
 *
 * @param own the samples in batches (`byContent`)
 * @param last the samples may forget their texts, where they are long: nothing is counted in them after this
 */
export function* countArticles(
  own: readonly (readonly Releasable[])[],
  { common, breaks }: Reading,
  views: readonly CountedView[],
  last: boolean,
): Steps<readonly Counted[]> {
  const lengths = own.map((samples) => samples.reduce((bytes, { held }) => bytes + lengthOf(held), 0));
  const forget = last && lengths.reduce((bytes, length) => bytes + length, 0) > KEPT_TEXT;
  return yield* each(countTask, {
    length: own.length,
    at: (b) => {
      const texts = packTexts(own[b]!.map((sample) => sample.held ?? sample.text));
      if (forget) for (const sample of own[b]!) sample.release?.();
      return { views, texts, langs: own[b]!.map(({ lang }) => lang), common: among(common, own[b]!), breaks };
    },
  });
}

/** The habits of all articles, from the rows of their batches. */
export function habitsOf(
  own: readonly (readonly Releasable[])[],
  rows: readonly Float32Array[],
  common: CommonWords,
): Habit[] {
  const batches = rows.map((batch, b) => ({ rows: batch, common: among(common, own[b]!) }));
  return joinHabits(batches, common);
}

function lengthOf(held: Releasable['held']): number {
  return held === null || held === undefined ? 0 : held.to - held.from;
}

/** Fewest and most samples of a batch, and how many it has beyond the fewest on average. */
const [FEWEST, MOST, BEYOND] = [32, 256, 64];

/**
 * Batches whose ends depend on the texts at the ends alone: a dump with some articles more or less keeps nearly all of
 * them, and the cache what is kept of them.
 */
export function byContent<T extends Releasable>(samples: readonly T[]): T[][] {
  const out: T[][] = [[]];
  for (const sample of samples) {
    const own = out.at(-1)!;
    own.push(sample);
    const { held } = sample;
    const head = (): string => (held ? headOf(held, 100) : sample.text.slice(0, 100));
    const ends = own.length >= FEWEST && hashString(head()) % BEYOND === 0;
    if (ends || own.length === MOST) out.push([]);
  }
  return out.filter((own) => own.length > 0);
}

/** Only the languages that a batch is in. */
function among(common: CommonWords, samples: readonly Pick<Sample, 'lang'>[]): CommonWords {
  return new Map([...common].filter(([lang]) => samples.some((s) => s.lang === lang)));
}

/** In how many samples each word of each language is found. */
export const wordsTask: Task<readonly Sample[], Map<string | null, Map<string, number>>> = {
  name: 'words',
  run: wordsByLanguage,
};

/** Counts one batch. */
export const countTask: Task<ToCount, Counted> = {
  name: 'count',
  run: counted,
  parts: ({ texts, langs, ...same }) =>
    heldIn(texts).map((text, i) => ({ texts: packTexts([text]), langs: [langs[i]!], ...same })),
  joined: ({ langs, views, common, breaks }, outputs) => {
    const empty = counted({ texts: packTexts(['']), langs: langs.slice(0, 1), views, common, breaks });
    const all = outputs.map((output) => output ?? empty);
    const rows = views.map((_, v) => joinRows(all.map((c) => c.views[v]!)));
    const width = habitNames(common).length;
    const habits = new Float32Array(all.length * width);
    all.forEach((c, i) => habits.set(c.habits, i * width));
    return { views: rows, habits };
  },
  kept: {
    parts: ({ views, texts: { bytes, ends, wide }, langs, common, breaks }) => [
      ...[
        views.join(),
        namedWords(common),
        String(breaks),
        JSON.stringify(langs),
        JSON.stringify([...ends]),
        wide,
        bytes,
      ],
    ],
    write: ({ views, habits }) => ({
      habits,
      views: views.map((rows) => ({ ...rows, entries: Uint16Array.from(rows.entries) })),
    }),
    read: (value) => {
      const { views, habits } = value as Counted;
      return { habits, views: views.map((rows, v) => joinRows([rows], piecesFor(views.length)[v])) };
    },
  },
};

function namedWords(common: CommonWords): string {
  return JSON.stringify([...common].map(([lang, words]) => [lang, ...words]));
}

/** What a thread has learned of words stays with it from batch to batch, as long as the common words do. */
interface Learned {
  readonly named: string;
  readonly counter: ViewCounter;
  readonly measure: HabitMeter;
  /** Habits of a row. */
  readonly width: number;
}

let learned: Learned | null = null;

function learnedFor({ common, breaks }: Reading, views: readonly CountedView[]): Learned {
  const named = `${views.join()} ${breaks} ${namedWords(common)}`;
  if (learned?.named !== named) {
    const counter = viewCounter(common, views, breaks);
    const width = habitNames(common).length;
    learned = { named, counter, measure: habitMeter(counter.lexemes, common), width };
  }
  return learned;
}

/** Pieces of memory a view: views are let go of one by one. Those of views counted before are not kept. */
let pieces: readonly Pieces[] = [];

function piecesFor(views: number): readonly Pieces[] {
  if (pieces.length !== views) pieces = Array.from({ length: views }, () => new Pieces());
  return pieces;
}

function counted({ views, texts, langs, ...reading }: ToCount): Counted {
  const { counter, measure, width } = learnedFor(reading, views);
  const habits = new Float32Array(langs.length * width);
  unpackTexts(texts).forEach((text, r) => {
    const lang = langs[r]!;
    const tokens = counter.add({ text, lang });
    if (tokens !== null) measure(text, lang, tokens, habits.subarray(r * width, (r + 1) * width));
  });
  return { views: views.map((view, v) => counter.finish(view, piecesFor(views.length)[v])), habits };
}
