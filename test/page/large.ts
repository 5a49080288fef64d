import { seededRandom } from '../../src/math/random.js';
import type { Report } from '../../src/types/types.js';

/** The fixture among so many more bylines that the map is a large one; every third of them is linked to others. */
export function largeReport(fixture: Report, bylines = 1100): Report {
  const random = seededRandom(11);
  const name = (i: number): string => `Writer ${i}`;
  const more = Array.from({ length: bylines - fixture.bylines.length }, (_, i) => ({
    ...fixture.bylines[0]!,
    byline: name(i),
    hands: { ...fixture.bylines[0]!.hands, verdict: 'abstain' as const, assignments: [] },
  }));
  const weak = fixture.pairs.find((p) => p.verdict === 'inconclusive')!;
  const pairs = Array.from({ length: 300 }, (_, i) => ({
    ...weak,
    a: name(3 * i),
    b: name(3 * (i + 1 + Math.floor(4 * random()))),
    log10LR: 0.1 + random(),
  }));
  return {
    ...fixture,
    bylines: [...fixture.bylines, ...more],
    pairs: [...fixture.pairs, ...pairs.filter((p) => more.some((b) => b.byline === p.b))],
  };
}
