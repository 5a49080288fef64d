import { sampleIndices, seededRandom } from '../math/random.js';
import { pairsAmong } from '../math/statistics.js';

/** Bylines among which pairs are counted, at most. */
const COUNTED = 300;

/**
 * How many pairs of a dump are of a kind; above 300 bylines estimated from those among 300 drawn by lot.
 *
 * @param among is told whom were drawn, and says of two places among them whether that pair is of the kind
 */
export function pairsOf(
  bylines: number,
  among: (drawn: readonly number[]) => (i: number, j: number) => boolean,
): number {
  const drawn = sampleIndices(bylines, COUNTED, seededRandom(17));
  const is = among(drawn);
  let counted = 0;
  for (let i = 0; i < drawn.length; i++) for (let j = 0; j < i; j++) counted += Number(is(i, j));
  return (counted * pairsAmong(bylines)) / pairsAmong(drawn.length);
}
