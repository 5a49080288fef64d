import { fingerprint } from '../fingerprint/fingerprint.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Model } from '../model/model.js';
import { scorePairs } from '../scoring.js';
import { dumpOf, type Labelled } from './simulate.js';

const BYLINES = [100, 300, 1000];
/** Articles a byline, at most. */
const ARTICLES = 5;

/**
 * What scoring all pairs takes after fingerprinting, self-test and adjustment included, by the number of bylines.
 *
 * @param corpora whose hands together make up the bylines, drawn by seed
 * @param print takes the cells of one row
 */
export function measurePairSpeed(
  corpora: readonly Labelled[],
  model: Model,
  print: (cells: readonly string[]) => void,
): void {
  const hands = corpora.flatMap((corpus) =>
    [...corpus.hands].map(([hand, own]) => own.slice(0, ARTICLES).map((document) => ({ document, hand }))),
  );
  print(['scoring all pairs', 'pairs', 'processor seconds', 'microseconds a pair']);
  for (const bylines of BYLINES) {
    if (hands.length < bylines) continue;
    const drawn = sampleIndices(hands.length, bylines, seededRandom(1)).map((i) => hands[i]!);
    const { cleaned } = dumpOf(drawn);
    const prints = fingerprint(cleaned, model.background);
    const before = process.cpuUsage();
    const { pairs } = scorePairs(prints, model, cleaned.documents);
    const { user, system } = process.cpuUsage(before);
    print([
      `${bylines} bylines, ${cleaned.documents.length} articles`,
      String(pairs.a.length),
      ((user + system) / 1e6).toFixed(1),
      ((user + system) / pairs.a.length).toFixed(1),
    ]);
  }
}
