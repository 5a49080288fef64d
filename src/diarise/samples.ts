import { sampleIndices, seededRandom } from '../math/random.js';
import type { Diarisation, Fingerprints } from '../types.js';
import { COUNTED_VIEWS, mapViews } from '../views.js';
import { rowsOfView } from './slice.js';

/** Fewest articles of a hand that is set against other bylines' hands. */
const FEWEST = 3;
/** Other bylines that serve as strangers, at most. */
const STRANGERS = 300;

/** Hands as if they were bylines of their own. */
export interface HandPrints {
  /** The first bylines are `samples`, in their order; the others are strangers. */
  readonly prints: Fingerprints;
  readonly samples: readonly { readonly byline: number; readonly hand: number }[];
}

/**
 * Fingerprints in which every hand of the chosen bylines is a byline of its own, among the dump's other bylines, so that
 * hands can be compared across bylines as bylines are.
 *
 * @param chosen bylines that were parted
 */
export function handPrints(prints: Fingerprints, chosen: readonly Diarisation[]): HandPrints {
  const samples: { byline: number; hand: number }[] = [];
  const rows: number[] = [];
  const bylineOf: number[] = [];
  for (const { byline, articles, hands, count } of chosen)
    for (let hand = 0; hand < count; hand++) {
      const own = articles.filter((_, i) => hands[i] === hand);
      if (own.length < FEWEST) continue;
      for (const row of own) {
        rows.push(row);
        bylineOf.push(samples.length);
      }
      samples.push({ byline, hand });
    }
  const taken = new Set(chosen.map((d) => d.byline));
  const total = prints.bylineOf.reduce((m, b) => Math.max(m, b + 1), prints.bylines);
  const others = Array.from({ length: total }, (_, b) => b).filter((b) => !taken.has(b));
  const strangers = sampleIndices(others.length, STRANGERS, seededRandom(15)).map((i) => others[i]!);
  const place = new Map(strangers.map((b, i) => [b, samples.length + i]));
  prints.bylineOf.forEach((b, row) => {
    const at = place.get(b);
    if (at === undefined || row >= prints.documents) return;
    rows.push(row);
    bylineOf.push(at);
  });
  const documents = rows.length;
  for (let row = prints.documents; row < prints.bylineOf.length; row++) {
    const at = place.get(prints.bylineOf[row]!);
    if (at === undefined) continue;
    rows.push(row);
    bylineOf.push(at);
  }
  return {
    samples,
    prints: {
      ...prints,
      documents,
      bylines: samples.length + strangers.length,
      bylineOf: Int32Array.from(bylineOf),
      words: Float64Array.from(rows.slice(0, documents), (row) => prints.words[row]!),
      lexed: Uint8Array.from(rows.slice(0, documents), (row) => prints.lexed[row]!),
      views: mapViews(COUNTED_VIEWS, (view) => rowsOfView(prints.views[view], rows)),
    },
  };
}
