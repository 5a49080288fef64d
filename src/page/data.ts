import type { Assignment, Report } from '../types/types.js';

/** What the page's script reads from the page: names once, everything else by their index. */
export interface PageData {
  /** Name, articles, words, verdict on hands, log10LR of several hands, estimated hands. */
  readonly bylines: readonly (readonly [string, number, number, string, number, number])[];
  /** a, b, verdict, log10LR, score. */
  readonly pairs: readonly (readonly [number, number, string, number, number])[];
  /** Suspected single hands. */
  readonly groups: readonly (readonly number[])[];
  /** Bylines that are findings of several hands. */
  readonly several: readonly number[];
  /** Articles of each byline. */
  readonly articles: readonly (readonly ArticleRow[])[];
  /** Texts of the same articles, where the report holds them. */
  readonly texts?: readonly (readonly string[])[];
  readonly clustering: {
    readonly order: readonly number[];
    readonly merges: readonly (readonly [number, number, number])[];
    readonly rows: readonly string[];
  } | null;
}

/** Id, title, day, link, words, hand (from 0), certainty in per cent, 1 where the hand can be told and 0 where not; id and link front-coded (see `backCoded`). */
export type ArticleRow = readonly [string, string, string, string, number, number, number, number];

/** What two strings begin with alike counts for at most this many characters. */
const MOST_ALIKE = 90;

/**
 * A string against the one before it: the number of characters both begin with, as one character from space up, and
 * the rest. Addresses of one archive are alike for half their length.
 */
function frontCoded(text: string, before: string): string {
  let alike = 0;
  while (alike < MOST_ALIKE && alike < text.length && text[alike] === before[alike]) alike++;
  return String.fromCharCode(32 + alike) + text.slice(alike);
}

/** Rows with whole ids and links again. */
export function backCoded(rows: readonly ArticleRow[]): ArticleRow[] {
  let [id, url] = ['', ''];
  return rows.map(([i, title, date, u, ...rest]) => {
    id = id.slice(0, i.charCodeAt(0) - 32) + i.slice(1);
    url = url.slice(0, u.charCodeAt(0) - 32) + u.slice(1);
    return [id, title, date, url, ...rest];
  });
}

function articleRows(assignments: readonly Assignment[]): ArticleRow[] {
  let before = { article: '', url: '' };
  return assignments.map((x) => {
    const now = { article: x.article, url: x.url ?? '' };
    const row: ArticleRow = [
      frontCoded(now.article, before.article),
      x.title ?? '',
      x.date ?? '',
      frontCoded(now.url, before.url),
      x.words ?? 0,
      x.hand,
      Math.round(x.confidence * 100),
      Number(x.told ?? true),
    ];
    before = now;
    return row;
  });
}

/** Picks from a report what the script needs. */
export function pageData(report: Report): PageData {
  const indexOf = new Map(report.bylines.map((b, i) => [b.byline, i]));
  const index = (name: string): number => indexOf.get(name) ?? -1;
  const known = (list: readonly string[]): number[] => list.map(index).filter((i) => i >= 0);
  const { clustering } = report;
  return {
    bylines: report.bylines.map(({ byline, articles, words, hands }) => [
      byline,
      articles,
      words,
      hands.verdict,
      round(hands.log10LR),
      hands.count,
    ]),
    pairs: report.pairs
      .filter((p) => indexOf.has(p.a) && indexOf.has(p.b))
      .map((p) => [index(p.a), index(p.b), p.verdict, round(p.log10LR), round(p.score)]),
    groups: report.groups
      // A team's hands are told with its finding; an outline would say that its bylines are one hand.
      .filter((g) => g.kind !== 'coordinated' && !('hands' in g))
      .map((g) => known(g.bylines))
      .filter((g) => g.length > 1),
    several: report.findings.filter((f) => f.kind === 'group-run').flatMap((f) => known(f.bylines)),
    articles: report.bylines.map(({ hands }) => articleRows(hands.assignments)),
    ...(report.bylines.some((b) => b.hands.assignments.some((a) => a.text !== undefined))
      ? { texts: report.bylines.map((b) => b.hands.assignments.map((a) => a.text ?? '')) }
      : {}),
    clustering:
      clustering === undefined || clustering.bylines.some((b) => !indexOf.has(b))
        ? null
        : {
            order: clustering.bylines.map(index),
            merges: clustering.merges.map((m) => [m.left, m.right, round(m.score)]),
            rows: clustering.log10LR,
          },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100 || 0;
}

/** Text as part of an address: half surrogate pairs, which no address can hold, become U+FFFD. */
function address(text: string): string {
  return encodeURIComponent(
    text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'),
  );
}

/** Permalink of a byline and id of its place, without "#". */
export function bylineLink(name: string): string {
  return `byline=${address(name)}`;
}

/** Permalink of a pair, in either order the same. */
export function pairLink(a: string, b: string): string {
  return `pair=${[a, b].sort().map(address).join('/')}`;
}
