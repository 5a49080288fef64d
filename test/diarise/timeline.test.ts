import { describe, expect, it } from 'vitest';
import { handsInTime } from '../../src/diarise/timeline.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';

const DAY = 86_400_000;
const N = 24;

/** Likeness of articles that stand at `place` along one axis of style: the further apart, the less alike, with noise. */
function likenessOf(place: readonly number[], seed: number): Float64Array {
  const random = seededRandom(seed);
  const n = place.length;
  const own = place.map(() => Array.from({ length: 20 }, () => normalDraw(random)));
  const out = new Float64Array(n * n).fill(NaN);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (i !== j)
        out[i * n + j] =
          8 - (6 * (place[i]! - place[j]!)) ** 2 / 8 - own[i]!.reduce((s, v, k) => s + (v - own[j]![k]!) ** 2, 0) / 8;
  return out;
}

const weekly = Array.from({ length: N }, (_, i) => i * 7 * DAY);
const halves = weekly.map((_, i) => Number(i >= 10));

describe('hands in time', () => {
  it.each([1, 2, 3, 4, 5])('dates a handover, with an interval that holds it (%i)', (seed) => {
    const { kind, handovers } = handsInTime(likenessOf(halves, seed), halves, weekly);
    expect(kind).toBe('in-turn');
    expect(handovers).toHaveLength(1);
    const truth = 9.5 * 7 * DAY;
    expect(Math.abs(handovers[0]!.at - truth)).toBeLessThanOrEqual(7 * DAY);
    expect(handovers[0]!.from).toBeLessThanOrEqual(truth);
    expect(handovers[0]!.to).toBeGreaterThanOrEqual(truth);
    expect([handovers[0]!.before, handovers[0]!.after]).toEqual([0, 1]);
  });

  it.each([1, 2, 3, 4, 5])(
    'calls one writer who slowly drifts no handover, though his articles part in time (%i)',
    (seed) => {
      const drift = weekly.map((_, i) => i / (N - 1));
      const parted = drift.map((p) => Number(p > 0.5));
      expect(handsInTime(likenessOf(drift, seed), parted, weekly).kind).toBe('drift');
    },
  );

  it('finds both handovers of three hands in turn', () => {
    const thirds = weekly.map((_, i) => Math.floor(i / 8));
    const n = N;
    const likeness = likenessOf(halves, 3).map((_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return i === j ? NaN : (thirds[i] === thirds[j] ? 5 : 0) + Math.sin(i * j);
    });
    const { kind, handovers } = handsInTime(likeness, thirds, weekly);
    expect(kind).toBe('in-turn');
    expect(handovers.map((h) => [h.before, h.after])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('finds hands that keep to days of the week, and none in their twin with the days shuffled', () => {
    const daily = weekly.map((_, i) => i * DAY);
    const weekend = daily.map((_, i) => Number(i % 7 > 3));
    expect(handsInTime(likenessOf(weekend, 1), weekend, daily).kind).toBe('weekday');
    const mixed = daily.map((_, i) => Number([0, 3, 4, 5, 9, 11, 14, 15, 18, 20, 22].includes(i)));
    expect(handsInTime(likenessOf(mixed, 1), mixed, daily)).toEqual({ kind: 'mixed', handovers: [] });
  });

  it('assumes no order without dates, or with one date for all', () => {
    for (const dates of [weekly.map(() => NaN), weekly.map(() => 0), weekly.map((d, i) => (i % 2 === 0 ? d : NaN))])
      expect(handsInTime(likenessOf(halves, 1), halves, dates)).toEqual({ kind: 'undated', handovers: [] });
  });

  it('does not depend on the order in which articles are given', () => {
    const order = weekly.map((_, i) => (i * 7) % N);
    const likeness = likenessOf(halves, 2);
    const moved = likeness.map((_, k) => likeness[order[Math.floor(k / N)]! * N + order[k % N]!]!);
    const [given, shuffled] = [
      handsInTime(likeness, halves, weekly),
      handsInTime(
        moved,
        order.map((i) => halves[i]!),
        order.map((i) => weekly[i]!),
      ),
    ];
    expect(shuffled.kind).toBe(given.kind);
    expect(shuffled.handovers[0]!.at).toBe(given.handovers[0]!.at);
  });
});
