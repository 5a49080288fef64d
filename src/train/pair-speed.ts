import { fingerprint } from '../fingerprint/fingerprint.js';
import { sampleIndices, seededRandom } from '../math/random.js';
import type { Model } from '../model/model.js';
import { scorePairs } from '../pipeline/scoring.js';
import { dumpOf, type Labelled } from './simulate.js';

const BYLINES = [100, 300, 1000];
/** Articles a byline, at most. */
const ARTICLES = 5;

/**
 * What scoring all pairs takes after fingerprinting, self-test and adjustment included, by the number of bylines.
 *
 * @param corpora whose hands' articles, a few a byline, make up the bylines, drawn by seed
 * @param print takes the cells of one row
 */
export function measurePairSpeed(
  corpora: readonly Labelled[],
  model: Model,
  print: (cells: readonly string[]) => void,
): void {
  // There are fewer hands than bylines are asked for: every few articles of one stand under a byline of their own.
  const stretches = corpora.flatMap((corpus) =>
    [...corpus.hands].flatMap(([hand, own]) =>
      Array.from({ length: Math.ceil(own.length / ARTICLES) }, (_, k) =>
        own.slice(k * ARTICLES, (k + 1) * ARTICLES).map((document) => ({ document, hand })),
      ),
    ),
  );
  print(['scoring all pairs', 'pairs', 'processor seconds', 'microseconds a pair']);
  for (const bylines of BYLINES) {
    if (stretches.length < bylines) continue;
    const drawn = sampleIndices(stretches.length, bylines, seededRandom(1)).map((i) => stretches[i]!);
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
