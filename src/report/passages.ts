import { placedWords, wordHashes } from '../clean/clean.js';
import type { Run } from '../pipeline.js';
import type { Article, Document, EvidenceExample, RemovalReason, SharedPassage } from '../types.js';

/** Fewest words in a row that two bylines share; longer stretches are shown up to so many words. */
const [FEWEST, SHOWN] = [8, 60];
/** Passages given of a pair, and stretches, the longest, of which they are chosen. */
const [OF_PAIR, CHOSEN_FROM] = [5, 30];
/** Under more other bylines than these a passage is a template of the site, and left out. */
const TEMPLATE_BYLINES = 4;
/** Words of a byline that are looked at. */
const LOOKED_AT = 200_000;
/** Stands between two articles in a row of words. */
const BREAK = 0;

/** A byline's articles as one row of words. */
interface Row {
  readonly articles: readonly Article[];
  /** Place in the row at which each article begins. */
  readonly begins: readonly number[];
  readonly words: Int32Array;
  /** Hash of every run of FEWEST words, with its first place: hash · 2²¹ + place, ascending. */
  readonly runs: Float64Array;
}

/** A stretch of the same words in two rows. */
interface Stretch {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

const PLACES = 2 ** 21;

/**
 * Finds what bylines share word for word in their articles as read, quotations and recurring passages included: runs
 * of eight words or more, whatever the marks between them. What stands under few other bylines comes first, then what
 * is longest. Articles known as copies of each other are passed over: they are laid side by side as such.
 *
 * @param pairs names of two bylines each
 * @returns for every pair its passages, at most five
 */
export function passagesShared(run: Run, pairs: readonly (readonly [string, string])[]): SharedPassage[][] {
  const articles = new Map(run.corpus.articles.map((a) => [a.id, a]));
  const documents = new Map(run.cleaned.documents.map((d) => [d.id, d]));
  const indexOf = new Map(run.cleaned.bylines.map(({ name }, i) => [name, i]));
  const rows = new Map<string, Row>();
  const hashes: Hashes = new Map();
  for (const name of new Set(pairs.flat())) {
    const own = run.cleaned.documents.filter((d) => d.byline === indexOf.get(name));
    rows.set(
      name,
      rowOf(
        own.flatMap((d) => articles.get(d.id) ?? []),
        hashes,
      ),
    );
  }
  const copies = new Set(run.cleaned.copies.flatMap((c) => [`${c.kept}\n${c.dropped}`, `${c.dropped}\n${c.kept}`]));
  const found = pairs.map(([a, b]) => {
    const [first, second] = [rows.get(a)!, rows.get(b)!];
    return stretches(first, second)
      .filter((s) => !copies.has(`${articleAt(first, s.a).id}\n${articleAt(second, s.b).id}`))
      .sort((x, y) => y.length - x.length || x.a - y.a)
      .slice(0, CHOSEN_FROM);
  });
  const middle = (i: number, { a, length }: Stretch): Int32Array => {
    const from = a + ((length - FEWEST) >> 1);
    return rows.get(pairs[i]![0])!.words.subarray(from, from + FEWEST);
  };
  const bylines = bylinesWith(
    run.cleaned.documents,
    articles,
    hashes,
    found.flatMap((s, i) => s.map((x) => middle(i, x))),
  );
  return found.map((all, i) => {
    const [a, b] = pairs[i]!;
    const ranked = all
      .map((s) => ({ s, others: Math.max(0, (bylines.get(runAt(middle(i, s), 0))?.size ?? 2) - 2) }))
      .filter(({ others }) => others <= TEMPLATE_BYLINES)
      .sort((x, y) => x.others - y.others || y.s.length - x.s.length || x.s.a - y.s.a);
    const out: SharedPassage[] = [];
    for (const { s, others } of ranked) {
      if (out.length === OF_PAIR) break;
      const sides = [side(a, rows.get(a)!, s.a, s.length, documents), side(b, rows.get(b)!, s.b, s.length, documents)];
      const [first, second] = sides;
      const setAside = first!.setAside ?? second!.setAside;
      if (Math.min(first!.words, second!.words) < FEWEST) continue;
      out.push({
        words: Math.min(first!.words, second!.words),
        otherBylines: others,
        ...(setAside === null ? {} : { setAside }),
        a: first!.example,
        b: second!.example,
      });
    }
    return out;
  });
}

/** Hashes of the words of articles, as far as they are worked out. */
type Hashes = Map<Article, Int32Array>;

function rowOf(articles: readonly Article[], hashes: Hashes): Row {
  const parts: Int32Array[] = [];
  const begins: number[] = [];
  let length = 0;
  for (const article of articles) {
    if (length >= LOOKED_AT) break;
    const own = wordHashes(article.text);
    hashes.set(article, own);
    const part = own.subarray(0, LOOKED_AT);
    parts.push(part);
    begins.push(length);
    length += part.length + 1;
  }
  const words = new Int32Array(length).fill(BREAK);
  parts.forEach((part, i) => words.set(part, begins[i]));
  const runs = new Float64Array(length);
  let [since, used] = [0, 0];
  for (let i = 0; i < length; i++) {
    since = words[i] === BREAK ? 0 : since + 1;
    if (since >= FEWEST) runs[used++] = (runAt(words, i - FEWEST + 1) >>> 0) * PLACES + i - FEWEST + 1;
  }
  return { articles, begins, words, runs: runs.subarray(0, used).sort() };
}

/** 32-bit hash of the run of words that begins at a place. */
function runAt(words: Int32Array, at: number): number {
  let h = 0x2c1b3c6d;
  for (let k = at; k < at + FEWEST; k++) {
    h = Math.imul(h ^ words[k]!, 0x85ebca6b);
    h = (h << 13) | (h >>> 19);
  }
  return h ^ (h >>> 16);
}

/** Stretches that two rows share, each as long as the words agree; of a run that comes back, the first place in either. */
function stretches(a: Row, b: Row): Stretch[] {
  const hits: [number, number][] = [];
  const hash = (key: number): number => Math.floor(key / PLACES);
  for (let i = 0, j = 0; i < a.runs.length && j < b.runs.length;) {
    const [x, y] = [hash(a.runs[i]!), hash(b.runs[j]!)];
    if (x === y) hits.push([a.runs[i]! % PLACES, b.runs[j]! % PLACES]);
    if (x <= y) while (i < a.runs.length && hash(a.runs[i]!) === x) i++;
    if (y <= x) while (j < b.runs.length && hash(b.runs[j]!) === y) j++;
  }
  const out: Stretch[] = [];
  let done = 0;
  for (const [i, j] of hits.sort((p, q) => p[0] - q[0])) {
    if (i < done) continue;
    const same = (k: number): boolean => a.words[i + k] === b.words[j + k] && (a.words[i + k] ?? BREAK) !== BREAK;
    let [from, to] = [0, 0];
    while (i + from > done && same(from - 1)) from--;
    while (same(to)) to++;
    if (to - from < FEWEST) continue;
    out.push({ a: i + from, b: j + from, length: to - from });
    done = i + to;
  }
  return out;
}

function placeIn({ begins }: Row, at: number): number {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function articleAt(row: Row, at: number): Article {
  return row.articles[placeIn(row, at)]!;
}

/** By its hash, the bylines under which each of these runs of words stands. */
function bylinesWith(
  documents: readonly Document[],
  articles: ReadonlyMap<string, Article>,
  hashes: Hashes,
  wanted: readonly Int32Array[],
): Map<number, Set<number>> {
  const out = new Map<number, Set<number>>(wanted.map((words) => [runAt(words, 0), new Set()]));
  if (wanted.length === 0) return out;
  // Nearly every run of words is none of them, and its first two words tell most of those.
  const begins = (words: Int32Array, at: number): number => (Math.imul(words[at]!, 31) + words[at + 1]!) & 0xffff;
  const maybe = new Uint8Array(1 << 16);
  for (const words of wanted) maybe[begins(words, 0)] = 1;
  for (const { id, byline } of documents) {
    const article = articles.get(id);
    if (article === undefined) continue;
    const words = hashes.get(article) ?? wordHashes(article.text);
    for (let i = 0; i + FEWEST <= words.length; i++)
      if (maybe[begins(words, i)] === 1) out.get(runAt(words, i))?.add(byline);
  }
  return out;
}

/** One side of a stretch as it is shown: mark-up left out, and why most of it was set aside, if it was. */
function side(
  byline: string,
  row: Row,
  at: number,
  length: number,
  documents: ReadonlyMap<string, Document>,
): { readonly example: EvidenceExample; readonly words: number; readonly setAside: RemovalReason | null } {
  const article = articleAt(row, at);
  const { starts, ends } = placedWords(article.text);
  const first = at - row.begins[placeIn(row, at)]!;
  const removed = documents.get(article.id)?.removed ?? [];
  const why = (word: number): RemovalReason | null =>
    removed.find((r) => r.start <= starts[word]! && ends[word]! <= r.end)?.reason ?? null;
  const reasons = Array.from({ length }, (_, k) => why(first + k));
  const last = first + Math.min(length, SHOWN) - 1;
  const [start, end] = [starts[first]!, ends[last]!];
  let sentence = '';
  let from = start;
  for (const r of removed) {
    if (r.reason !== 'markup' || r.end <= from || r.start >= end) continue;
    sentence += `${article.text.slice(from, Math.max(from, r.start))} `;
    from = r.end;
  }
  sentence += article.text.slice(from, end);
  const kept = reasons.filter((r) => r !== 'markup');
  const commonest = (['quotation', 'repeated', 'biography', 'signoff', 'related', 'sharing', 'byline'] as const).find(
    (r) => 2 * kept.filter((x) => x === r).length > kept.length,
  );
  const { path, line } = article.source;
  return {
    words: kept.length,
    setAside: commonest ?? null,
    example: {
      byline,
      article: article.id,
      sentence: readable(sentence) + (length > SHOWN ? ' …' : ''),
      source: path,
      ...(line === null ? {} : { line }),
      start,
      end,
    },
  };
}

/** On one line, without what is left of a mark-up character at its beginning ("8220;" of "&#8220;"). */
function readable(text: string): string {
  return text
    .replace(/^(?:x?[\da-f]{2,6}|nbsp|[lr][ds]quo|amp|quot);/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}
