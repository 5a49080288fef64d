import { sampleIndices, seededRandom } from '../math/random.js';
import type { Diarisation, Fingerprints } from '../types/types.js';
import { COUNTED_VIEWS, mapViews } from '../types/views.js';
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
  const taken: Taken[] = [];
  for (const { byline, articles, hands, count } of chosen)
    for (let hand = 0; hand < count; hand++) {
      const own = articles.filter((_, i) => hands[i] === hand);
      if (own.length < FEWEST) continue;
      for (const row of own) taken.push({ row, byline: samples.length });
      samples.push({ byline, hand });
    }
  const placeOf = strangerPlaces(prints, new Set(chosen.map((d) => d.byline)), samples.length);
  const strange = Array.from(prints.bylineOf, (b, row) => ({ row, byline: placeOf.get(b) ?? -1 })).filter(
    ({ byline }) => byline >= 0,
  );
  const ofDump = [...taken, ...strange.filter(({ row }) => row < prints.documents)];
  const all = [...ofDump, ...strange.filter(({ row }) => row >= prints.documents)];
  const rows = all.map(({ row }) => row);
  return {
    samples,
    prints: {
      ...prints,
      documents: ofDump.length,
      bylines: samples.length + placeOf.size,
      bylineOf: Int32Array.from(all, ({ byline }) => byline),
      words: Float64Array.from(ofDump, ({ row }) => prints.words[row]!),
      lexed: Uint8Array.from(ofDump, ({ row }) => prints.lexed[row]!),
      views: mapViews(COUNTED_VIEWS, (view) => rowsOfView(prints.views[view], rows)),
    },
  };
}

/** A row of the dump's fingerprints, and the byline that it stands under here. */
interface Taken {
  readonly row: number;
  readonly byline: number;
}

/** Some of the other bylines, background included, by number, and the numbers they have here. */
function strangerPlaces(prints: Fingerprints, chosen: ReadonlySet<number>, first: number): Map<number, number> {
  const total = prints.bylineOf.reduce((m, b) => Math.max(m, b + 1), prints.bylines);
  const others = Array.from({ length: total }, (_, b) => b).filter((b) => !chosen.has(b));
  const drawn = sampleIndices(others.length, STRANGERS, seededRandom(15));
  return new Map(drawn.map((at, i) => [others[at]!, first + i]));
}
