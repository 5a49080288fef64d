import { hashString } from '../math/random.js';
import { heldIn, packTexts, unpackTexts, type PackedTexts } from '../text/held.js';
import type { CountedView, Document, PackedRows } from '../types.js';
import { batches, each, type Steps, type Task } from '../work/work.js';
import { commonestWords, wordsByLanguage } from './grammar.js';
import { HABIT_COUNT, habitMeter } from './habits.js';
import { joinRows, packRows } from './packed.js';
import { COUNTED_VIEWS } from '../views.js';
import { viewCounter, type CommonWords, type Sample, type ViewCounter } from './views.js';

/** A batch of articles as counts: the n-grams of each view, and a row of habits for each. */
export interface Counted {
  readonly views: Readonly<Record<CountedView, PackedRows>>;
  readonly habits: Float32Array;
}

interface ToCount {
  readonly texts: PackedTexts;
  readonly langs: readonly (string | null)[];
  readonly common: CommonWords;
}

/** A sample that can forget its text once it is counted. */
type Releasable = Sample & Pick<Document, 'held' | 'release'>;

/** Counts every sample, in batches; languages without a lexicon are gone through first for their commonest words. */
export function* countArticles(samples: readonly Releasable[]): Steps<readonly Counted[]> {
  const foreign = samples.filter((s) => s.lang !== 'en');
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
  const common = commonestWords(total);
  const own = byContent(samples);
  return yield* each(countTask, {
    length: own.length,
    at: (b) => {
      const texts = packTexts(own[b]!.map((sample) => sample.held ?? sample.text));
      for (const sample of own[b]!) sample.release?.();
      return { texts, langs: own[b]!.map(({ lang }) => lang), common: among(common, own[b]!) };
    },
  });
}

/** Fewest and most samples of a batch, and how many it has beyond the fewest on average. */
const [FEWEST, MOST, BEYOND] = [32, 256, 64];

/**
 * Batches whose ends depend on the texts at the ends alone: a dump with some articles more or less keeps nearly all of
 * them, and the cache what is kept of them.
 */
function byContent(samples: readonly Releasable[]): Releasable[][] {
  const out: Releasable[][] = [[]];
  for (const sample of samples) {
    const own = out.at(-1)!;
    own.push(sample);
    const ends = own.length >= FEWEST && hashString(sample.text.slice(0, 100)) % BEYOND === 0;
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
  parts: ({ texts, langs, common }) =>
    heldIn(texts).map((text, i) => ({ texts: packTexts([text]), langs: [langs[i]!], common })),
  joined: ({ langs, common }, outputs) => {
    const empty = counted({ texts: packTexts(['']), langs: langs.slice(0, 1), common });
    const all = outputs.map((output) => output ?? empty);
    const views = Object.fromEntries(COUNTED_VIEWS.map((v) => [v, joinRows(all.map((c) => c.views[v]))]));
    const habits = new Float32Array(all.length * HABIT_COUNT);
    all.forEach((c, i) => habits.set(c.habits, i * HABIT_COUNT));
    return { views: views as Counted['views'], habits };
  },
  kept: {
    parts: ({ texts: { bytes, ends, wide }, langs, common }) => [
      ...[namedWords(common), JSON.stringify(langs), JSON.stringify([...ends]), wide, bytes],
    ],
    write: ({ views, habits }) => ({
      habits,
      views: Object.fromEntries(COUNTED_VIEWS.map((v) => [v, { ...views[v], bytes: Uint8Array.from(views[v].bytes) }])),
    }),
    read: (value) => {
      const { views, habits } = value as Counted;
      return {
        habits,
        views: Object.fromEntries(COUNTED_VIEWS.map((v) => [v, joinRows([views[v]])])) as Counted['views'],
      };
    },
  },
};

function namedWords(common: CommonWords): string {
  return JSON.stringify([...common].map(([lang, words]) => [lang, ...words]));
}

/** What a thread has learned of words stays with it from batch to batch, as long as the common words do. */
interface Learned {
  readonly common: string;
  readonly counter: ViewCounter;
  readonly measure: ReturnType<typeof habitMeter>;
}

let learned: Learned | null = null;

function learnedFor(common: CommonWords): Learned {
  const named = namedWords(common);
  if (learned?.common !== named) {
    const counter = viewCounter(common);
    learned = { common: named, counter, measure: habitMeter(counter.lexemes) };
  }
  return learned;
}

function counted({ texts, langs, common }: ToCount): Counted {
  const { counter, measure } = learnedFor(common);
  const habits = new Float32Array(langs.length * HABIT_COUNT);
  unpackTexts(texts).forEach((text, r) => {
    const tokens = counter.add({ text, lang: langs[r]! });
    measure(text, tokens, habits.subarray(r * HABIT_COUNT, (r + 1) * HABIT_COUNT));
  });
  const rows = counter.finish();
  const views = Object.fromEntries(COUNTED_VIEWS.map((v) => [v, packRows(rows[v])]));
  return { views: views as Counted['views'], habits };
}
