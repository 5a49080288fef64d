import { createRequire } from 'node:module';

interface Distances {
  JaroWinklerDistance(a: string, b: string, options: { ignoreCase: boolean }): number;
}

/** The candidate most like `wanted` (Jaro-Winkler similarity of natural, above `least`), or null. */
export function nearest(wanted: string, candidates: readonly string[], least = 0.8): string | null {
  const require = createRequire(import.meta.url);
  const { JaroWinklerDistance } = require('natural/lib/natural/distance/index.js') as Distances;
  let best: string | null = null;
  let bestScore = least;
  for (const candidate of candidates) {
    const score = JaroWinklerDistance(wanted.slice(0, 200), candidate.slice(0, 200), { ignoreCase: true });
    if (score > bestScore || (score === bestScore && best !== null && candidate < best)) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** A hint where a name is not known: the one that was probably meant, else what is said otherwise. */
export function hintFor(wanted: string, known: readonly string[], otherwise: string): string {
  const near = nearest(wanted, known);
  return near === null ? otherwise : `Did you mean ${near}?`;
}
