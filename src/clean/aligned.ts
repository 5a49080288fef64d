import { SPACED, UNSPACED } from '../text/scripts.js';

/** A stretch that two texts have in nearly the same words, as it stands in each. */
export interface Aligned {
  readonly first: string;
  readonly second: string;
}

/** Words; of scripts that put no space between them, characters. */
const WORD = new RegExp(String.raw`${UNSPACED}|(?:${SPACED}|\p{N})+(?:['’\u200C\-](?:${SPACED}|\p{N})+)*`, 'gv');
/** Words in a row that must be the same, once in each text, for two places to be laid side by side. */
const ANCHOR = 4;
/** Other words allowed between two such places of one passage, on either side. */
const GAP = 6;
/** Words of a passage: fewest that agree, and most of either side; a longer one is cut into several. */
const [FEWEST, MOST] = [12, 60];
/** Words of a text that are looked at. */
const LOOKED_AT = 20_000;

interface Words {
  readonly text: string;
  readonly keys: readonly string[];
  readonly start: readonly number[];
  readonly end: readonly number[];
}

/** A run of the same words: where it begins in each text, and how many. */
interface Run {
  readonly i: number;
  readonly j: number;
  readonly length: number;
}

/** Words that agree, each with its place in both texts, in order. */
type Stretch = readonly (readonly [number, number])[];

/**
 * The passages that two texts share, laid side by side: runs of the same words around word sequences that occur once
 * in each (the anchors of Heckel 1978, "A technique for isolating differences between files"), joined across a few
 * differing words. Time grows with the words.
 *
 * @param most how many are given: the longest, in the order of the first text
 */
export function alignedPassages(first: string, second: string, most: number): Aligned[] {
  const [a, b] = [wordsOf(first), wordsOf(second)];
  return joined(runs(a, b))
    .flatMap(pieces)
    .filter((s) => s.length >= FEWEST)
    .sort((x, y) => y.length - x.length || x[0][0] - y[0][0])
    .slice(0, most)
    .sort((x, y) => x[0][0] - y[0][0])
    .map((s) => {
      const [from, to] = [s[0], s[s.length - 1]];
      return { first: slice(a, from[0], to[0] + 1), second: slice(b, from[1], to[1] + 1) };
    });
}

function wordsOf(text: string): Words {
  const [keys, start, end]: [string[], number[], number[]] = [[], [], []];
  for (const m of text.matchAll(WORD)) {
    if (keys.length >= LOOKED_AT) break;
    keys.push(m[0].toLowerCase());
    start.push(m.index);
    end.push(m.index + m[0].length);
  }
  return { text, keys, start, end };
}

/** Places of the word sequences that occur once. */
function anchors({ keys }: Words): Map<string, number> {
  const out = new Map<string, number>();
  for (let i = 0; i + ANCHOR <= keys.length; i++) {
    const key = keys.slice(i, i + ANCHOR).join(' ');
    out.set(key, out.has(key) ? -1 : i);
  }
  return out;
}

/** Runs around the anchors, each as long as the words agree; in order of the first text. */
function runs(a: Words, b: Words): Run[] {
  const out: Run[] = [];
  const there = anchors(b);
  let done = 0;
  for (const [key, i] of anchors(a)) {
    const j = there.get(key) ?? -1;
    if (i < done || j < 0) continue;
    let [from, to] = [0, ANCHOR];
    while (i - from > done && j - from > 0 && a.keys[i - from - 1] === b.keys[j - from - 1]) from++;
    while (i + to < a.keys.length && j + to < b.keys.length && a.keys[i + to] === b.keys[j + to]) to++;
    out.push({ i: i - from, j: j - from, length: from + to });
    done = i + to;
  }
  return out;
}

/** Runs that follow each other closely in both texts, as one. */
function joined(all: readonly Run[]): Stretch[] {
  const out: [number, number][][] = [];
  for (const { i, j, length } of all) {
    const same = Array.from({ length }, (_, k): [number, number] => [i + k, j + k]);
    const [lastI, lastJ] = out.at(-1)?.at(-1) ?? [-Infinity, -Infinity];
    if (i - lastI <= GAP + 1 && j > lastJ && j - lastJ <= GAP + 1) out.at(-1)!.push(...same);
    else out.push(same);
  }
  return out;
}

/** A stretch cut where it grows longer than a passage, on either side. */
function pieces(stretch: Stretch): Stretch[] {
  const out: Stretch[] = [];
  let from = 0;
  for (let k = 1; k <= stretch.length; k++) {
    const long = k < stretch.length && [0, 1].some((side) => stretch[k][side] - stretch[from][side] >= MOST);
    if (k < stretch.length && !long) continue;
    out.push(stretch.slice(from, k));
    from = k;
  }
  return out;
}

/** The words from `from` up to `to` as they stand in the text, with the mark that closes them. */
function slice({ text, start, end }: Words, from: number, to: number): string {
  const stretch = text.slice(start[from], end[to - 1]);
  return (stretch + (/^[.!?…"”’)]+/.exec(text.slice(end[to - 1], end[to - 1]! + 4))?.[0] ?? '')).replace(/\s+/g, ' ');
}
