import { describe, expect, it } from 'vitest';
import { cluster } from '../../src/cluster/cluster.js';
import type { Pairs } from '../../src/types/types.js';

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

describe('overlapping groups', () => {
  it('put a byline that links with all of two groups in both, when the groups speak against each other', () => {
    // 2 writes like 0 and 1, and like 3, 4 and 5.
    const team = { ...triples, '23': 4, '24': 4, '25': 4 };
    const inBoth = [
      [0, 1, 2],
      [2, 3, 4, 5],
    ];
    expect(
      cluster(pairsOf(6, team), 2)
        .map((g) => g.bylines)
        .sort(),
    ).toEqual(inBoth);
    // Linked with 0 and 1 more weakly than with the rest, 2 still stands in both.
    const both = cluster(pairsOf(6, { ...team, '02': 2.5, '12': 2.5 }), 2);
    expect(both.map((g) => g.bylines).sort()).toEqual(inBoth);
    expect(both.map((g) => g.shared)).toEqual([[2], [2]]);
  });

  it('set a persona beside each of two writers who do not write alike', () => {
    const groups = cluster(pairsOf(3, { '01': 4, '12': 3 }), 2);
    expect(groups.map((g) => [g.bylines, g.cohesion, g.shared])).toEqual([
      [[0, 1], 4, [1]],
      [[1, 2], 3, [1]],
    ]);
  });

  it('do not share a byline because one link of a triangle fell a little short', () => {
    const groups = cluster(pairsOf(3, { '01': 6, '12': 3, '02': 0.2 }), 2);
    expect(groups).toEqual([{ bylines: [0, 1], cohesion: 6, shared: [] }]);
  });

  it('are not made by one false link between two groups, unless it is stronger than all the true ones', () => {
    const weaker = cluster(pairsOf(6, { ...triples, '23': 3.9 }), 2);
    expect(weaker.map((g) => [g.bylines, g.shared])).toEqual([
      [[0, 1, 2], []],
      [[3, 4, 5], []],
    ]);
    // Then the link is shown as a group of its own, and still nobody else stands with the other group.
    const strongest = cluster(pairsOf(6, { ...triples, '23': 9 }), 2);
    expect(strongest.map((g) => g.bylines).sort()).toEqual([
      [0, 1, 2],
      [2, 3],
      [3, 4, 5],
    ]);
  });

  it('do not depend on the order of the bylines', () => {
    const turned = { '01': 3, '12': 4 };
    const groups = cluster(pairsOf(3, turned), 2);
    expect(groups.map((g) => g.bylines)).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });
});
