import { BREAK, PLACES, placedWords, RUN, runAt, rowsTask, searchTask, type WordRow } from '../clean/clean.js';
import { upperBound } from '../math/search.js';
import type { Run } from '../pipeline/pipeline.js';
import { heldOf } from '../text/held.js';
import type {
  Article,
  Document,
  EvidenceExample,
  HeldText,
  RemovalReason,
  Removed,
  SharedPassage,
} from '../types/types.js';
import { batches, each, type Steps } from '../work/work.js';

/** Longer stretches of the same words are shown up to so many. */
const SHOWN = 60;
/** Passages given of a pair, and stretches, the longest, of which they are chosen. */
const [OF_PAIR, CHOSEN_FROM] = [5, 30];
/** Under more other bylines than these a passage is a template of the site, and left out. */
const TEMPLATE_BYLINES = 4;
/** Bylines whose words are put in rows, and articles that are searched, at once. */
const [ROWS_AT_ONCE, SEARCHED_AT_ONCE] = [16, 2048];

/** A byline's articles as one row of words. */
interface Row extends WordRow {
  readonly articles: readonly Article[];
}

/** A stretch of the same words in two rows. */
interface Stretch {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/**
 * Finds what bylines share word for word in their articles as read, quotations and recurring passages included: runs
 * of eight words or more, whatever the marks between them. What stands under few other bylines comes first, then what
 * is longest. Articles known as copies of each other are passed over: they are laid side by side as such.
 *
 * @param pairs names of two bylines each
 * @returns for every pair its passages, at most five
 */
export function* passagesShared(run: Run, pairs: readonly (readonly [string, string])[]): Steps<SharedPassage[][]> {
  const articles = new Map(run.corpus.articles.map((a) => [a.id, a]));
  const documents = new Map(run.cleaned.documents.map((d) => [d.id, d]));
  const rows = yield* rowsOf(run, [...new Set(pairs.flat())], articles);
  const copies = new Set(run.cleaned.copies.flatMap((c) => [`${c.kept}\n${c.dropped}`, `${c.dropped}\n${c.kept}`]));
  const found = pairs.map(([a, b]) => {
    const [first, second] = [rows.get(a)!, rows.get(b)!];
    return stretches(first, second)
      .filter((s) => !copies.has(`${articleAt(first, s.a).id}\n${articleAt(second, s.b).id}`))
      .sort((x, y) => y.length - x.length || x.a - y.a)
      .slice(0, CHOSEN_FROM);
  });
  const middle = (i: number, { a, length }: Stretch): Int32Array => {
    const from = a + ((length - RUN) >> 1);
    return rows.get(pairs[i]![0])!.words.subarray(from, from + RUN);
  };
  const bylines = yield* bylinesWith(
    run.cleaned.documents,
    articles,
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
      const first = side(a, rows.get(a)!, s.a, s.length, documents);
      const second = side(b, rows.get(b)!, s.b, s.length, documents);
      if (Math.min(first.words, second.words) >= RUN) out.push(passageOf(first, second, others));
    }
    return out;
  });
}

function passageOf(a: Side, b: Side, otherBylines: number): SharedPassage {
  const setAside = a.setAside ?? b.setAside;
  return {
    words: Math.min(a.words, b.words),
    otherBylines,
    ...(setAside === null ? {} : { setAside }),
    a: a.example,
    b: b.example,
  };
}

/** The words of some bylines, by name. */
function* rowsOf(
  { cleaned: { bylines, documents } }: Run,
  names: readonly string[],
  articles: ReadonlyMap<string, Article>,
): Steps<Map<string, Row>> {
  const own = new Map(names.map((name) => [name, [] as Article[]]));
  for (const { id, byline } of documents) {
    const article = articles.get(id);
    if (article !== undefined) own.get(bylines[byline]!.name)?.push(article);
  }
  const groups = batches([...own.values()], ROWS_AT_ONCE);
  const made = yield* each(rowsTask, {
    length: groups.length,
    at: (g) => groups[g]!.map((list) => list.map(asHeld)),
  });
  const rows = made.flat();
  return new Map([...own].map(([name, list], i) => [name, { ...rows[i]!, articles: list }]));
}

function asHeld(article: Article): HeldText {
  return article.held ?? heldOf(article.text);
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
    if (to - from < RUN) continue;
    out.push({ a: i + from, b: j + from, length: to - from });
    done = i + to;
  }
  return out;
}

function placeIn({ begins }: Row, at: number): number {
  return upperBound(begins, at) - 1;
}

function articleAt(row: Row, at: number): Article {
  return row.articles[placeIn(row, at)]!;
}

/** By its hash, the bylines under which each of these runs of words stands. */
function* bylinesWith(
  documents: readonly Document[],
  articles: ReadonlyMap<string, Article>,
  runs: readonly Int32Array[],
): Steps<Map<number, Set<number>>> {
  const out = new Map<number, Set<number>>(runs.map((words) => [runAt(words, 0), new Set()]));
  if (runs.length === 0) return out;
  const wanted = Int32Array.from(runs.flatMap((words) => [...words]));
  const groups = batches(
    documents.filter(({ id }) => articles.has(id)),
    SEARCHED_AT_ONCE,
  );
  const found = yield* each(searchTask, {
    length: groups.length,
    at: (g) => ({ texts: groups[g]!.map(({ id }) => asHeld(articles.get(id)!)), wanted }),
  });
  found.forEach((hits, g) => {
    for (let h = 0; h < hits.length; h += 2) out.get(hits[h]!)?.add(groups[g]![hits[h + 1]!]!.byline);
  });
  return out;
}

/** One side of a stretch as it is shown, without mark-up. */
interface Side {
  readonly example: EvidenceExample;
  readonly words: number;
  /** Why most of it was set aside, if it was. */
  readonly setAside: RemovalReason | null;
}

function side(byline: string, row: Row, at: number, length: number, documents: ReadonlyMap<string, Document>): Side {
  const article = articleAt(row, at);
  const { starts, ends } = placedWords(article.text);
  const first = at - row.begins[placeIn(row, at)]!;
  const removed = documents.get(article.id)?.removed ?? [];
  const why = (word: number): RemovalReason | null =>
    removed.find((r) => r.start <= starts[word]! && ends[word]! <= r.end)?.reason ?? null;
  const reasons = Array.from({ length }, (_, k) => why(first + k));
  const last = first + Math.min(length, SHOWN) - 1;
  const [start, end] = [starts[first]!, ends[last]!];
  const sentence = withoutMarkup(article.text, start, end, removed);
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

function withoutMarkup(text: string, start: number, end: number, removed: readonly Removed[]): string {
  let sentence = '';
  let from = start;
  for (const r of removed) {
    if (r.reason !== 'markup' || r.end <= from || r.start >= end) continue;
    sentence += `${text.slice(from, Math.max(from, r.start))} `;
    from = r.end;
  }
  return sentence + text.slice(from, end);
}

/** On one line, without what is left of a mark-up character at its beginning ("8220;" of "&#8220;"). */
function readable(text: string): string {
  return text
    .replace(/^(?:x?[\da-f]{2,6}|nbsp|[lr][ds]quo|amp|quot);/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}
