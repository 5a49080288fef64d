import type { PairCalibration } from '../../src/compare/compare.js';
import { selfCaseSteps, type SelfCases } from '../../src/compare/selftest.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import type { Fingerprints } from '../../src/types/types.js';
import { inline } from '../../src/work/work.js';

/**
 * Bylines of `articles` random rows each around a centre of their own; both of a pair of `twins` share one.
 *
 * @param noise spread of articles around the centre, in spreads of the centres
 */
export function prints(
  bylines: number,
  articles: number,
  twins: readonly (readonly [number, number])[] = [],
  noise = 1,
): Fingerprints {
  const random = seededRandom(5);
  const dims = 30;
  const centres = Array.from({ length: bylines }, () => Array.from({ length: dims }, () => normalDraw(random)));
  for (const [a, b] of twins) centres[b] = centres[a]!;
  const bylineOf = Int32Array.from({ length: bylines * articles }, (_, i) => Math.floor(i / articles));
  const rows = Float32Array.from(
    { length: bylineOf.length * dims },
    (_, i) => centres[bylineOf[Math.floor(i / dims)]!]![i % dims]! + noise * normalDraw(random),
  );
  const view = { dims, rows, variances: new Float64Array(dims).fill(1) };
  return {
    documents: bylineOf.length,
    bylineOf,
    bylines,
    words: new Float64Array(bylineOf.length).fill(500),
    lexed: new Uint8Array(bylineOf.length).fill(1),
    views: { characters: view, grammar: view, words: view, outline: view, functionWords: view },
    grammar: { packedOf: () => ({ start: new Float64Array(1), entries: new Uint16Array() }) },
    functionWords: { packedOf: () => ({ start: new Float64Array(1), entries: new Uint16Array() }) },
    habits: [],
  };
}

/** The self-test's cases, worked out here and now. */
export function selfCases(
  all: Fingerprints,
  calibration: PairCalibration,
  dates: readonly (number | null)[] = [],
): SelfCases | null {
  return inline(selfCaseSteps(all, calibration, dates));
}
