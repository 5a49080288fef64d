import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { compare, type PairCalibration } from '../compare/compare.js';
import { fingerprint } from '../fingerprint/fingerprint.js';
import { hashString, sampleIndices, seededRandom } from '../math/random.js';
import { areaUnderRoc, recallAt, type Scored } from '../math/metrics.js';
import type { Document } from '../types/types.js';
import { readCorpus } from './gather.js';
import { dumpOf } from './simulate.js';

/** Articles as they usually write, on the other side of the one that is looked for. */
const USUAL = 10;

/** How the articles in question were written, and how the table calls that. */
const KINDS = [
  ['normal', 'written as usual'],
  ['obfuscation', 'hiding the own style'],
  ['imitation', 'imitating another writer'],
] as const;

type Essays = ReadonlyMap<string, readonly Document[]>;

/**
 * What deliberate disguise costs (Brennan, Afroz & Greenstadt 2012): one article of each author against ten usual ones of
 * every author, where the one is usual too, written to hide the author's style, or written to imitate another's.
 */
export async function benchDisguise(
  folder: string,
  calibration: PairCalibration,
  seeds: readonly number[],
  print: (cells: readonly string[]) => void,
): Promise<void> {
  const path = join(folder, 'brennan-greenstadt-45.jsonl');
  if (!existsSync(path)) return;
  const usual = (await readCorpus(path, 'normal')).corpus.hands;
  print(['one essay against ten', 'essays', 'recall .1 %', 'recall 1 %', 'AUC', 'loss at 1 %']);
  let undisguised = 0;
  for (const [kind, name] of KINDS) {
    const written = kind === 'normal' ? usual : (await readCorpus(path, kind)).corpus.hands;
    const { cases, essays } = casesOf(usual, written, calibration, seeds);
    const recall = recallAt(cases, 0.01);
    if (kind === 'normal') undisguised = recall;
    print([
      name,
      String(essays),
      recallAt(cases, 0.001).toFixed(2),
      recall.toFixed(2),
      areaUnderRoc(cases).toFixed(3),
      (undisguised - recall).toFixed(2),
    ]);
  }
}

/**
 * Ten usual essays of each author against one of each.
 *
 * @param written where the one is from: `usual` itself, or the disguised ones
 */
function casesOf(
  usual: Essays,
  written: Essays,
  calibration: PairCalibration,
  seeds: readonly number[],
): { readonly cases: readonly Scored[]; readonly essays: number } {
  // The same authors for all kinds: those who wrote eleven usual essays and one of each disguise.
  const able = [...usual].filter(([hand, own]) => own.length > USUAL && (written.get(hand)?.length ?? 0) > 0);
  const cases: Scored[] = [];
  for (const seed of seeds) {
    const bylines = able.flatMap(([hand, own]) => {
      const random = seededRandom(hashString(`${hand} disguise ${seed}`));
      const drawn = sampleIndices(own.length, USUAL + 1, random).map((i) => own[i]!);
      const theirs = written.get(hand)!;
      const one = written === usual ? drawn[USUAL]! : theirs[seed % theirs.length]!;
      const known = drawn.slice(0, USUAL).map((document) => ({ document, hand }));
      return [known, [{ document: one, hand }]];
    });
    const { cleaned, hands } = dumpOf(bylines);
    const { a, b, score } = compare(fingerprint(cleaned, null), calibration);
    for (let p = 0; p < a.length; p++)
      // Known against questioned alone: even numbers are known.
      if ((a[p]! + b[p]!) % 2 === 1) cases.push({ score: score[p]!, truth: hands[a[p]!]![0] === hands[b[p]!]![0] });
  }
  return { cases, essays: able.length * seeds.length };
}
