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

/**
 * How near writers' subjects are: cosine of the square roots of their long words' counts, weighed by how few writers use
 * the word. Words of more than half the writers are left out.
 */
export class Subjects {
  /** By writer: numbers of the words used, and what each is worth. */
  private readonly words: Int32Array[];
  private readonly worth: Float64Array[];
  /** By word: its users, and the roots of their counts. */
  private readonly users: number[][] = [];
  private readonly roots: number[][] = [];
  private readonly lengths: Float64Array;

  constructor(writers: readonly SubjectWords[]) {
    const numbers = new Map<string, number>();
    this.lengths = new Float64Array(writers.length);
    this.words = writers.map((counts, w) => {
      let length = 0;
      const own = Int32Array.from(counts, ([word, count]) => {
        length += count;
        let number = numbers.get(word);
        if (number === undefined) {
          numbers.set(word, (number = this.users.length));
          this.users.push([]);
          this.roots.push([]);
        }
        this.users[number]!.push(w);
        this.roots[number]!.push(Math.sqrt(count));
        return number;
      });
      this.lengths[w] = Math.sqrt(length) || 1;
      return own;
    });
    const most = Math.min(MOST_USERS, Math.max(2, writers.length / 2));
    this.worth = writers.map((counts, w) => {
      const own = this.words[w]!;
      return Float64Array.from(counts.values(), (count, i) => {
        const users = this.users[own[i]!]!.length;
        return users < 2 || users > most ? 0 : Math.log(writers.length / users) ** 2 * Math.sqrt(count);
      });
    });
  }

  /** Nearness of one writer to each, 0 to itself. Not bounded by 1: the weights are not in the lengths. */
  nearness(writer: number): Float64Array {
    const out = new Float64Array(this.lengths.length);
    this.words[writer]!.forEach((word, i) => {
      const worth = this.worth[writer]![i]!;
      if (worth === 0) return;
      const [users, roots] = [this.users[word]!, this.roots[word]!];
      for (let u = 0; u < users.length; u++) out[users[u]!]! += worth * roots[u]!;
    });
    out[writer] = 0;
    return out.map((dot, other) => dot / (this.lengths[writer]! * this.lengths[other]!));
  }
}
