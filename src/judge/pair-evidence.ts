import { shareAt } from '../model/model.js';
import type { Cleaned, Evidence, Pairs, RestingPairs } from '../types/types.js';
import { VIEW_NAMES } from '../types/views.js';
import { creditEvidence } from './credits.js';
import { namesOfPair, type DumpRead } from './dump.js';
import { partedHabits, sharedHabits } from './evidence.js';
import type { PairInput } from './input.js';
import { NEAR, TOLD_FROM } from './near.js';
import { oneTime } from './times.js';
import { viewWords, words } from './words.js';

/** Spreads of strangers that a view must add to count as evidence of its own. */
const CLEAR_VIEW = 0.5;

/** What speaks for one hand behind a pair. */
export function pairEvidence(input: PairInput, p: number, read: DumpRead): Evidence[] {
  const { pairs, cleaned } = input;
  const [a, b] = [pairs.a[p]!, pairs.b[p]!];
  const all = VIEW_NAMES.reduce((sum, v) => sum + pairs.views[v][p]!, 0);
  const views = VIEW_NAMES.filter((v) => pairs.views[v][p]! > CLEAR_VIEW);
  const lent = input.prints.bylineOf.length > input.prints.documents;
  const style = views.map((v): Evidence => ({
    kind: 'style',
    text: words.view(viewWords[v], pairs.views[v][p]!, all, lent),
    values: { spreads: pairs.views[v][p]! },
  }));
  const { credits, copies } = toldBetween(cleaned, read, a, b);
  return [...credits, ...style, ...ofOwnEvidence(pairs, p, true), ...sharedHabits(read.tables, a, b), ...copies];
}

/** What the texts of two bylines say of each other, whatever their style. */
export function toldBetween(
  cleaned: Cleaned,
  { copies, credits }: Pick<DumpRead, 'copies' | 'credits'>,
  a: number,
  b: number,
): { readonly credits: readonly Evidence[]; readonly copies: readonly Evidence[] } {
  const articles = copies.get(namesOfPair(cleaned.bylines[a]!.name, cleaned.bylines[b]!.name)) ?? 0;
  return {
    credits: creditEvidence(credits, cleaned, a, b),
    copies: articles === 0 ? [] : [{ kind: 'copy', text: words.copied(articles), values: { articles } }],
  };
}

/**
 * How alike two bylines are beside how alike each is to itself: for one hand from the middle of what halves of one byline show,
 * against it where few of them lie so low, for colleagues lie there as well; between the two it says nothing.
 */
function ofOwnEvidence({ ofOwn, ofHalves }: RestingPairs, p: number, speaksFor: boolean): Evidence[] {
  const share = ofOwn[p]!;
  if (ofHalves === null || Number.isNaN(share)) return [];
  const { low, high } = ofHalves;
  if (speaksFor ? share < (low + high) / 2 : share >= low + (high - low) / 4) return [];
  return [{ kind: 'style', text: words.ofOwn(share, ofHalves), values: { share } }];
}

/** Words on the shorter side below which the amount of text itself argues for caution. */
const FEW_WORDS = 2000;

/** What argues against one hand behind a pair. */
export function pairAgainst(
  input: PairInput,
  p: number,
  { tables, languages, times, outletsKnown }: DumpRead,
): Evidence[] {
  const { pairs, cleaned } = input;
  const out = [pairs.a[p]!, pairs.b[p]!]
    .map((b) => cleaned.bylines[b]!)
    .filter(({ kind }) => kind === 'desk')
    .map(({ name }): Evidence => ({ kind: 'hands', text: words.deskInPair(name) }));
  for (const v of VIEW_NAMES)
    if (pairs.views[v][p]! <= CLEAR_VIEW)
      out.push({ kind: 'style', text: words.weakView(viewWords[v]), values: { spreads: pairs.views[v][p]! } });
  out.push(...ofOwnEvidence(pairs, p, false));
  if (pairs.near[p] === NEAR.beat) {
    const share = shareAt(input.model.beats, pairs.score[p]!);
    const said = input.prints.bylines < TOLD_FROM ? words.maybeSameBeat(share) : words.sameBeat(share);
    out.push({ kind: 'style', text: said, values: { share } });
  }
  const time = oneTime(times, pairs.a[p]!, pairs.b[p]!);
  if (time !== null) out.push({ kind: 'style', text: words.oneTime(time), values: { years: time.ofYears } });
  if (!outletsKnown) out.push({ kind: 'style', text: words.outletsUnknown() });
  const lang = languages.of[pairs.a[p]!]!;
  if (lang !== null && lang !== 'en') out.push({ kind: 'style', text: words.learnedInEnglish(lang) });
  out.push(...partedHabits(tables, pairs.a[p]!, pairs.b[p]!));
  if (pairs.words[p]! < FEW_WORDS)
    out.push({ kind: 'amount', text: words.shorter(pairs.words[p]!), values: { words: pairs.words[p]! } });
  return out;
}

/** Where the pair a < b stands in the columns; -1 for one that is not kept there. */
export function pairIndex(pairs: Pairs, n: number, a: number, b: number): number {
  if (pairs.others === undefined) return (a * (2 * n - a - 1)) / 2 + (b - a - 1);
  let [low, high] = [0, pairs.a.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = pairs.a[middle]! - a || pairs.b[middle]! - b;
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
