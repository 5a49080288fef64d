import { diarise } from '../diarise/diarise.js';
import { fingerprint } from '../fingerprint/fingerprint.js';
import type { Model } from '../model/model.js';
import { dumpOf, type Labelled } from './simulate.js';

/** Articles of the long byline. */
const LENGTHS = [100, 300, 1000, 1500];
/** Other bylines of the dump, and their articles. */
const OTHERS = 12;
const ARTICLES = 20;

/**
 * What it takes to diarise a dump with one long byline, after fingerprinting: processor seconds and growth of the memory
 * that is held, by the length of the byline.
 *
 * @param print takes the cells of one row
 */
export function measureHandSpeed(corpus: Labelled, model: Model, print: (cells: readonly string[]) => void): void {
  const hands = [...corpus.hands].map(([hand, own]) => own.map((document) => ({ document, hand })));
  print(['diarising one byline', 'processor seconds', 'MB more held', 'seconds per 100 articles', 'for']);
  for (const length of LENGTHS) {
    const long = hands.slice(OTHERS).flat().slice(0, length);
    if (long.length < length) continue;
    const { cleaned } = dumpOf([long, ...hands.slice(0, OTHERS).map((own) => own.slice(0, ARTICLES))]);
    const prints = fingerprint(cleaned, model.background);
    const held = process.memoryUsage().rss;
    const before = process.cpuUsage();
    diarise(prints, model);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    print([
      `${length} articles`,
      seconds.toFixed(1),
      String(Math.max(0, Math.round((process.memoryUsage().rss - held) / 1e6))),
      ((100 * seconds) / length).toFixed(2),
      `a dump of ${cleaned.documents.length} articles`,
    ]);
  }
}
