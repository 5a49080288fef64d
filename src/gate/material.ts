import { sampleIndices, seededRandom } from '../math/random.js';
import type { Model } from '../model/model.js';
import type { Steps } from '../work/work.js';
import { calibrateSteps, type Material } from './calibrate.js';
import type { CheckCalibration, Reviewed } from './evidence.js';
import { dequantise, picked, type QuantisedRows } from './quantised.js';
import type { ReferenceArticles } from './reference.js';

/** Articles and bylines that the calibration is fitted on, at most. */
const CALIBRATE_ON = { articles: 6000, bylines: 1000 };

/** Calibrates on whole bylines drawn by seed, up to what can be measured in a few seconds. */
export function* calibratedSteps(
  { bylineOf, publishedAt, words }: ReferenceArticles,
  plain: readonly QuantisedRows[],
  strangers: readonly QuantisedRows[],
  bylines: number,
  model: Model,
  reviewed: Reviewed,
): Steps<CheckCalibration> {
  const rowsOf: number[][] = Array.from({ length: bylines }, () => []);
  bylineOf.forEach((b, r) => {
    if (b >= 0) rowsOf[b]!.push(r);
  });
  const date = (r: number): number => (Number.isNaN(publishedAt[r]!) ? 0 : publishedAt[r]!);
  for (const rows of rowsOf) rows.sort((a, b) => date(a) - date(b) || a - b);
  const drawn: number[] = [];
  let articles = 0;
  const order = sampleIndices(bylines, CALIBRATE_ON.bylines, seededRandom(4));
  for (const b of order) {
    if (articles > 0 && articles + rowsOf[b]!.length > CALIBRATE_ON.articles) continue;
    drawn.push(b);
    articles += rowsOf[b]!.length;
  }
  const rows = drawn.flatMap((b) => rowsOf[b]!);
  const material: Material = {
    bylineOf: Int32Array.from(drawn.flatMap((b, i) => rowsOf[b]!.map(() => i))),
    bylines: drawn.length,
    words: Float64Array.from(rows, (r) => words[r]!),
    views: plain.map((packed) => dequantise(picked(packed, rows))),
    strangers: strangers.map(dequantise),
  };
  return yield* calibrateSteps(material, model.check, {
    sameHand: (a, b) => reviewed.sameHand(drawn[a]!, drawn[b]!),
    apart: (a, b) => reviewed.apart(drawn[a]!, drawn[b]!),
  });
}
