import { expect, it } from 'vitest';
import { cluster } from '../../src/cluster/cluster.js';
import type { Pairs } from '../../src/types.js';

/** Pairs of six bylines from a table of scores; unnamed pairs score -3. */
function pairsOf(n: number, scores: Readonly<Record<string, number>>): Pairs {
  const a: number[] = [];
  const b: number[] = [];
  const score: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      a.push(i);
      b.push(j);
      score.push(scores[`${i}${j}`] ?? -3);
    }
  const zeros = new Float32Array(a.length);
  return {
    a: Int32Array.from(a),
    b: Int32Array.from(b),
    words: new Float64Array(a.length),
    views: { characters: zeros, grammar: zeros, words: zeros, outline: zeros },
    score: Float64Array.from(score),
    log10LR: Float64Array.from(score),
  };
}

const triples = { '01': 4, '02': 4, '12': 4, '34': 4, '35': 4, '45': 4 };

it('finds two groups and their weakest links', () => {
  const groups = cluster(pairsOf(6, { ...triples, '12': 3 }), 2);
  expect(groups.map((g) => g.bylines)).toEqual([
    [3, 4, 5],
    [0, 1, 2],
  ]);
  expect(groups.map((g) => g.cohesion)).toEqual([4, 3]);
});

it('does not let one false link merge two groups', () => {
  expect(cluster(pairsOf(6, { ...triples, '23': 5 }), 2).every((g) => g.bylines.length <= 3)).toBe(true);
});

it('finds nothing where no pair reaches the threshold', () => {
  expect(cluster(pairsOf(6, triples), 4.5)).toEqual([]);
});
