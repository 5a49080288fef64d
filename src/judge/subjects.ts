import { hash53 } from '../math/random.js';
import { cutTo, packTexts, unpackTexts, type PackedTexts } from '../text/held.js';
import { addSubjects, type SubjectWords } from '../text/subjects.js';
import type { Cleaned, Document, HeldText } from '../types/types.js';
import { batches, each, type Steps, type Task } from '../work/work.js';

/** What subjects are read from: the openings of so many articles of each byline, spread evenly. */
const [ARTICLES, OPENING] = [10, 1500];
/** Bylines of one batch. */
const BYLINES = 32;

/** The long words of some bylines, those of one behind those of another. */
interface BatchOfSubjects {
  /** 53-bit hashes of a byline's different words, in the order in which they first stand in its articles. */
  readonly words: Float64Array;
  /** How often each stands there. */
  readonly counts: Uint16Array;
  /** Where the words of each byline end. */
  readonly ends: Int32Array;
}

/** What bylines write about: enough to tell whose subjects are near, and nothing that can be read. */
export interface BylineSubjects {
  readonly bylines: number;
  readonly batches: readonly BatchOfSubjects[];
}

interface ToRead {
  readonly texts: PackedTexts;
  /** How many of the texts are of each byline. */
  readonly articles: Int32Array;
}

/** Reads the subjects of some bylines. */
const subjectsTask: Task<ToRead, BatchOfSubjects> = {
  name: 'subjects',
  run: ({ texts, articles }) => {
    const openings = unpackTexts(texts).map((text) => text.slice(0, OPENING));
    const own: SubjectWords[] = [];
    let at = 0;
    for (const n of articles) {
      const words: SubjectWords = new Map();
      for (const end = at + n; at < end; at++) addSubjects(openings[at]!, words);
      own.push(words);
    }
    let total = 0;
    const ends = Int32Array.from(own, ({ size }) => (total += size));
    const out = { words: new Float64Array(total), counts: new Uint16Array(total), ends };
    let used = 0;
    for (const words of own)
      for (const [word, count] of words) {
        out.words[used] = hashOf(word);
        out.counts[used++] = count;
      }
    return out;
  },
};

/** What this stage asks workers to do. */
export const JUDGE_TASKS: readonly Task<unknown, unknown>[] = [subjectsTask];

/** Reads what bylines write about. Best done while the texts are at hand: later, articles would be cleaned again for it. */
export function* subjectSteps({ bylines, documents }: Pick<Cleaned, 'bylines' | 'documents'>): Steps<BylineSubjects> {
  const own: Document[][] = bylines.map(() => []);
  for (const document of documents) own[document.byline]!.push(document);
  const groups = batches(
    own.map((articles) => {
      const count = Math.min(ARTICLES, articles.length);
      return Array.from({ length: count }, (_, i) => articles[Math.floor((i * articles.length) / count)]!);
    }),
    BYLINES,
  );
  const read = yield* each(subjectsTask, {
    length: groups.length,
    at: (g) => ({
      texts: packTexts(groups[g]!.flat().map(openingOf)),
      articles: Int32Array.from(groups[g]!, ({ length }) => length),
    }),
  });
  return { bylines: bylines.length, batches: read };
}

function openingOf(document: Document): HeldText | string {
  // A text that is held is not made a string only to be cut.
  const { held } = document;
  return held ? cutTo(held, OPENING) : document.text.slice(0, OPENING);
}

/** The words of one byline after another. */
export function* wordsOf({ batches: all }: BylineSubjects): Generator<ReadonlyMap<number, number>> {
  for (const { words, counts, ends } of all) {
    let at = 0;
    for (const end of ends) {
      const own = new Map<number, number>();
      for (; at < end; at++) own.set(words[at]!, counts[at]!);
      yield own;
    }
  }
}

/** Two words in a vocabulary of a million have one hash once in 20,000 dumps. */
function hashOf(word: string): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    low = Math.imul(low ^ c, 0x01000193);
    high = Math.imul(high ^ c, 0x85ebca6b) ^ (high >>> 15);
  }
  return hash53(low, high);
}
