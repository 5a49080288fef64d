/** Sampled runs of words: `word` is the place of the run's first word. */
export interface Grams {
  readonly hash: Int32Array;
  readonly word: Int32Array;
}

/** Where a run of words stands in the archive. */
export interface Occurrence {
  readonly article: number;
  readonly word: number;
}

/** A stretch of the submission that stands in an archived article in the same words. Word numbers, last included. */
export interface Passage {
  readonly article: number;
  readonly first: number;
  readonly last: number;
  /** First word in the archived article. */
  readonly from: number;
}

/**
 * Words in a run, and runs in a row of which one at least is kept: a copied stretch of RUN + WINDOW - 1 words is sure to hold
 * one that is kept, and one of RUN + 2 · WINDOW - 1 words the two that a passage takes.
 */
const RUN = 8;
const WINDOW = 16;
/** Shortest stretch that is told, in words. */
const SHORTEST = 20;
/** Sampled runs may be this far apart inside one stretch; more than twice what two neighbours can be. */
const GAP = 2 * (RUN + WINDOW);
/** Words that may be put in or left out between two runs of one stretch. */
const SLIP = 4;

/** Runs of words chosen by winnowing (Schleimer, Wilkerson & Aiken 2003), in the order of the text. */
export function winnowed(words: Int32Array): Grams {
  const runs = Math.max(0, words.length - RUN + 1);
  const hashes = new Int32Array(runs);
  for (let i = 0; i < runs; i++) {
    let h = 0x2c1b3c6d;
    for (let k = 0; k < RUN; k++) {
      h = Math.imul(h ^ words[i + k]!, 0x85ebca6b);
      h = (h << 13) | (h >>> 19);
    }
    h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
    hashes[i] = h ^ (h >>> 15);
  }
  const kept: number[] = [];
  for (let w = 0; w < Math.max(1, runs - WINDOW + 1) && runs > 0; w++) {
    let best = w;
    for (let i = w + 1; i < Math.min(runs, w + WINDOW); i++) if (hashes[i]! >>> 0 < hashes[best]! >>> 0) best = i;
    if (kept.at(-1) !== best) kept.push(best);
  }
  return { hash: Int32Array.from(kept, (i) => hashes[i]!), word: Int32Array.from(kept) };
}

/**
 * The stretches of a submission that stand in archived articles, longest first; of stretches in several articles, all.
 *
 * @param found where each run stands in the archive, by its hash
 * @param skip article not to look in; -1 for none
 */
export function copiedPassages(
  grams: Grams,
  found: ReadonlyMap<number, readonly Occurrence[]>,
  skip: number,
): Passage[] {
  const byArticle = new Map<number, { at: number; from: number }[]>();
  grams.hash.forEach((hash, i) => {
    for (const { article, word } of found.get(hash) ?? []) {
      if (article === skip) continue;
      const hits = byArticle.get(article);
      const hit = { at: grams.word[i]!, from: word };
      if (hits === undefined) byArticle.set(article, [hit]);
      else hits.push(hit);
    }
  });
  const out: Passage[] = [];
  for (const [article, hits] of byArticle) out.push(...stretches(article, hits));
  return out.sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first || a.article - b.article);
}

function stretches(article: number, hits: readonly { at: number; from: number }[]): Passage[] {
  const open: { first: number; last: number; from: number; to: number; hits: number }[] = [];
  const sorted = hits.slice().sort((a, b) => a.at - b.at || a.from - b.from);
  for (const { at, from } of sorted) {
    const fits = open.find((s) => at - s.last <= GAP && from >= s.to && Math.abs(at - s.last - (from - s.to)) <= SLIP);
    if (fits === undefined) open.push({ first: at, last: at, from, to: from, hits: 1 });
    else {
      fits.last = at;
      fits.to = from;
      fits.hits++;
    }
  }
  return open
    .filter((s) => s.hits > 1 && s.last - s.first + RUN >= SHORTEST)
    .map((s) => ({ article, first: s.first, last: s.last + RUN - 1, from: s.from }));
}
