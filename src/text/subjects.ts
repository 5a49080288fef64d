/** Words that name subjects are long ones; of those, the ones that few writers use. */
const SUBJECT_WORD = /\p{L}{6,}/gu;
/** A word of more writers than this says nothing of a subject, however many there are. */
const MOST_USERS = 1000;

/** How often each long word stands in somebody's texts, in lower case. */
export type SubjectWords = Map<string, number>;

/** Counts the long words of a text. */
export function addSubjects(text: string, into: SubjectWords): void {
  for (const word of text.match(SUBJECT_WORD) ?? []) {
    const key = word.toLowerCase();
    into.set(key, (into.get(key) ?? 0) + 1);
  }
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
  /** By word: its users, and the roots of their counts. */
  private readonly users: number[][] = [];
  private readonly roots: number[][] = [];
  private readonly most: number;

  /** @param writers words, or hashes of words, with their counts; one after the other: none is held longer than it takes to read */
  constructor(writers: Iterable<ReadonlyMap<string | number, number>>) {
    const numbers = new Map<string | number, number>();
    for (const counts of writers) {
      const writer = this.own.length;
      const words = new Int32Array(counts.size);
      const roots = new Float32Array(counts.size);
      let [sum, at] = [0, 0];
      for (const [word, count] of counts) {
        let number = numbers.get(word);
        if (number === undefined) {
          numbers.set(word, (number = this.users.length));
          this.users.push([]);
          this.roots.push([]);
        }
        words[at] = number;
        roots[at] = Math.sqrt(count);
        this.users[number]!.push(writer);
        this.roots[number]!.push(roots[at++]!);
        sum += count;
      }
      this.own.push({ words, roots, length: Math.sqrt(sum) || 1 });
    }
    this.most = Math.min(MOST_USERS, Math.max(2, this.own.length / 2));
  }

  /** Nearness of one writer to each, 0 to itself. Not bounded by 1: the weights are not in the lengths. */
  nearness(writer: number): Float64Array {
    const { own, most } = this;
    const out = new Float64Array(own.length);
    const { words, roots: times, length } = own[writer]!;
    words.forEach((word, i) => {
      const [users, roots] = [this.users[word]!, this.roots[word]!];
      if (users.length < 2 || users.length > most) return;
      const worth = Math.log(own.length / users.length) ** 2 * times[i]!;
      for (let u = 0; u < users.length; u++) out[users[u]!]! += worth * roots[u]!;
    });
    out[writer] = 0;
    return out.map((dot, other) => dot / (length * own[other]!.length));
  }
}
