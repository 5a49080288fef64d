import { describe, expect, it } from 'vitest';
import { sharedHands } from '../../src/cluster/shared.js';
import type { Pairs } from '../../src/types/types.js';

/** Every pair of `n` samples, with a score by its indices. */
function pairs(n: number, score: (a: number, b: number) => number): Pairs {
  const all = Array.from({ length: n }, (_, a) => Array.from({ length: n - a - 1 }, (_x, k) => [a, a + 1 + k])).flat();
  const scores = Float64Array.from(all, ([a, b]) => score(a!, b!));
  const empty = new Float32Array(all.length);
  return {
    a: Int32Array.from(all, ([a]) => a!),
    b: Int32Array.from(all, ([, b]) => b!),
    words: new Float64Array(all.length).fill(5000),
    views: { characters: empty, grammar: empty, words: empty, outline: empty },
    score: scores,
    log10LR: scores,
  };
}

/** Bylines 7, 8 and 9 with two hands each, and a stranger behind them. */
const samples = [7, 8, 9].flatMap((byline) => [0, 1].map((hand) => ({ byline, hand })));

describe('hands that bylines share', () => {
  it('are found when two hands match one to one, in whatever order they are numbered', () => {
    const writer = [0, 1, 1, 0, 2, 3, 4];
    const found = sharedHands(
      pairs(7, (a, b) => (writer[a] === writer[b] ? 3 : -2)),
      samples,
      1,
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.bylines).toEqual([7, 8]);
    expect(found[0]!.cohesion).toBe(3);
    expect(found[0]!.hands).toEqual([
      [
        { byline: 7, hand: 0 },
        { byline: 8, hand: 1 },
      ],
      [
        { byline: 7, hand: 1 },
        { byline: 8, hand: 0 },
      ],
    ]);
  });

  it('are not claimed of one writer behind two bylines, whose halves all match each other', () => {
    const writer = [0, 0, 0, 0, 2, 3, 4];
    expect(
      sharedHands(
        pairs(7, (a, b) => (writer[a] === writer[b] ? 3 : -2)),
        samples,
        1,
      ),
    ).toEqual([]);
  });

  it('are not claimed where only one hand is shared', () => {
    const writer = [0, 1, 0, 5, 2, 3, 4];
    expect(
      sharedHands(
        pairs(7, (a, b) => (writer[a] === writer[b] ? 3 : -2)),
        samples,
        1,
      ),
    ).toEqual([]);
  });

  it('join three bylines of one team', () => {
    const writer = [0, 1, 0, 1, 1, 0, 4];
    const [team] = sharedHands(
      pairs(7, (a, b) => (writer[a] === writer[b] ? 2 : -2)),
      samples,
      1,
    );
    expect(team!.bylines).toEqual([7, 8, 9]);
    expect(team!.hands.map((h) => h.length)).toEqual([3, 3]);
  });
});
