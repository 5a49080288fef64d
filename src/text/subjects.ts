import { UNSPACED } from './scripts.js';

/** Words that name subjects are long ones; of those, the ones that few writers use. */
const SUBJECT_WORD = new RegExp(String.raw`[\p{L}--${UNSPACED}]{6,}`, 'gv');
/** Where no space is put between words, runs in which subjects stand: hiragana is grammar. Their pairs of neighbours are read. */
const UNSPACED_RUN = new RegExp(String.raw`[${UNSPACED}--\p{Script=Hiragana}]{2,}`, 'gv');
/** A word of more writers than this says nothing of a subject, however many there are. */
const MOST_USERS = 1000;

/** How often each long word stands in somebody's texts, in lower case. */
export type SubjectWords = Map<string, number>;

/**
 * Counts the long words of a text; of scripts that put no space between words, all pairs of neighbouring characters, as search engines
 * do (Nie, Gao, Zhang & Zhou 2000).
 */
export function addSubjects(text: string, into: SubjectWords): void {
  const add = (key: string): void => void into.set(key, (into.get(key) ?? 0) + 1);
  for (const word of text.match(SUBJECT_WORD) ?? []) add(word.toLowerCase());
  for (const run of text.match(UNSPACED_RUN) ?? []) for (let i = 0; i + 2 <= run.length; i++) add(run.slice(i, i + 2));
}

/** A writer's words, by number, and the roots of their counts. */
interface Own {
  readonly words: Int32Array;
  readonly roots: Float32Array;
  /** Root of the number of words in all. */
  readonly length: number;
}

/**
 * How near writers' subjects are: cosine of the square roots of their long words' counts, weighed by how few writers use
 * the word. Words of more than half the writers are left out.
 */
export class Subjects {
  private readonly own: Own[] = [];
  /** Users of each word and the roots of their counts, word after word; where those of each word begin. */
  private readonly users: Int32Array;
  private readonly roots: Float32Array;
  private readonly begins: Int32Array;
  private readonly most: number;

  /** @param writers words, or hashes of words, with their counts; one after the other: none is held longer than it takes to read */
  constructor(writers: Iterable<ReadonlyMap<string | number, number>>) {
    const numbers = new Map<string | number, number>();
    const times: number[] = [];
    for (const counts of writers) {
      const words = new Int32Array(counts.size);
      const roots = new Float32Array(counts.size);
      let [sum, at] = [0, 0];
      for (const [word, count] of counts) {
        let number = numbers.get(word);
        if (number === undefined) numbers.set(word, (number = times.push(0) - 1));
        words[at] = number;
        roots[at++] = Math.sqrt(count);
        times[number]!++;
        sum += count;
      }
      this.own.push({ words, roots, length: Math.sqrt(sum) || 1 });
    }
    this.begins = new Int32Array(times.length + 1);
    times.forEach((n, word) => (this.begins[word + 1] = this.begins[word]! + n));
    const used = this.begins.slice();
    this.users = new Int32Array(used.at(-1)!);
    this.roots = new Float32Array(used.at(-1)!);
    this.own.forEach(({ words, roots }, writer) =>
      words.forEach((word, i) => {
        const place = used[word]!++;
        this.users[place] = writer;
        this.roots[place] = roots[i]!;
      }),
    );
    this.most = Math.min(MOST_USERS, Math.max(2, this.own.length / 2));
  }

  /** Nearness of one writer to each, 0 to itself. Not bounded by 1: the weights are not in the lengths. */
  nearness(writer: number): Float64Array {
    const { own, most, begins, users, roots } = this;
    const out = new Float64Array(own.length);
    const { words, roots: times, length } = own[writer]!;
    words.forEach((word, i) => {
      const [from, to] = [begins[word]!, begins[word + 1]!];
      if (to - from < 2 || to - from > most) return;
      const worth = Math.log(own.length / (to - from)) ** 2 * times[i]!;
      for (let u = from; u < to; u++) out[users[u]!]! += worth * roots[u]!;
    });
    out[writer] = 0;
    return out.map((dot, other) => dot / (length * own[other]!.length));
  }
}
