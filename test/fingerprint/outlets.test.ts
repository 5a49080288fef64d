import { describe, expect, it } from 'vitest';
import { withoutOutlets } from '../../src/fingerprint/outlets.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import type { Fingerprints } from '../../src/types/types.js';

const DIMS = 20;
const ARTICLES = 10;

/** Bylines by hand and outlet: centre of the hand, plus a house style of the outlet, plus noise. */
function prints(bylines: readonly { readonly hand: number; readonly outlet: number }[], style: number): Fingerprints {
  const random = seededRandom(7);
  const vector = (size: number): number[] => Array.from({ length: DIMS }, () => size * normalDraw(random));
  const hands = Array.from({ length: 40 }, () => vector(1));
  const houses = Array.from({ length: 3 }, () => vector(style));
  const bylineOf = Int32Array.from({ length: bylines.length * ARTICLES }, (_, d) => Math.floor(d / ARTICLES));
  const rows = Float32Array.from({ length: bylineOf.length * DIMS }, (_, i) => {
    const { hand, outlet } = bylines[bylineOf[Math.floor(i / DIMS)]!]!;
    return hands[hand]![i % DIMS]! + houses[outlet]![i % DIMS]! + 0.5 * normalDraw(random);
  });
  // Standard scores are centred on the dump.
  for (let k = 0; k < DIMS; k++) {
    let mean = 0;
    for (let d = 0; d < bylineOf.length; d++) mean += rows[d * DIMS + k]! / bylineOf.length;
    for (let d = 0; d < bylineOf.length; d++) rows[d * DIMS + k]! -= mean;
  }
  const view = { dims: DIMS, rows, variances: new Float64Array(DIMS).fill(1) };
  return {
    documents: bylineOf.length,
    bylineOf,
    bylines: bylines.length,
    words: new Float64Array(bylineOf.length).fill(500),
    lexed: new Uint8Array(bylineOf.length).fill(1),
    views: { characters: view, grammar: view, words: view, outline: view, functionWords: view },
    grammar: { packedOf: () => ({ start: new Float64Array(1), entries: new Uint16Array() }) },
    functionWords: { packedOf: () => ({ start: new Float64Array(1), entries: new Uint16Array() }) },
    habits: [],
  };
}

/** Cosine of the mean rows of two bylines. */
function likeness({ views: { words }, bylineOf }: Fingerprints, a: number, b: number): number {
  const mean = (byline: number): number[] => {
    const sum = new Array<number>(DIMS).fill(0);
    bylineOf.forEach((own, d) => {
      if (own === byline) for (let k = 0; k < DIMS; k++) sum[k]! += words.rows[d * DIMS + k]!;
    });
    return sum;
  };
  const [x, y] = [mean(a), mean(b)];
  const dot = (u: readonly number[], v: readonly number[]): number => u.reduce((s, c, k) => s + c * v[k]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

const bylines = [
  ...Array.from({ length: 24 }, (_, i) => ({ hand: i, outlet: i % 3 })),
  // Hand 0 writes for outlet 0 and, as byline 24, for outlet 1.
  { hand: 0, outlet: 1 },
];
const outletsOf = (p: Fingerprints): string[] => Array.from(p.bylineOf, (b) => `outlet ${bylines[b]!.outlet}`);

describe('what an outlet adds to all its bylines', () => {
  it('no longer makes strangers of one house alike, and one hand of two houses is found again', () => {
    const raw = prints(bylines, 2);
    const { prints: freed } = withoutOutlets(raw, outletsOf(raw));
    // Bylines 0 and 3 are strangers of one outlet.
    expect(likeness(raw, 0, 3)).toBeGreaterThan(likeness(raw, 0, 24));
    expect(likeness(freed, 0, 24)).toBeGreaterThan(likeness(freed, 0, 3) + 0.3);
  });

  it('is nothing where houses have no style: hands stay as alike as they were', () => {
    const raw = prints(bylines, 0);
    const { prints: freed } = withoutOutlets(raw, outletsOf(raw));
    expect(likeness(freed, 0, 24)).toBeGreaterThan(likeness(raw, 0, 24) - 0.1);
  });

  it('is left alone where outlets are unknown, alone, or have one byline each', () => {
    const raw = prints(bylines, 2);
    const none = Array.from(raw.bylineOf, () => null);
    const one = Array.from(raw.bylineOf, () => 'one');
    expect(withoutOutlets(raw, none)).toEqual({ prints: raw, outlets: 0 });
    expect(withoutOutlets(raw, one).prints).toBe(raw);
    expect(withoutOutlets(raw, Array.from(raw.bylineOf, String)).prints).toBe(raw);
  });

  it('does not change the rows it was given', () => {
    const raw = prints(bylines, 2);
    const before = raw.views.words.rows.slice();
    withoutOutlets(raw, outletsOf(raw));
    expect(raw.views.words.rows).toEqual(before);
  });
});
