import { describe, expect, it } from 'vitest';
import { calibrate, shares, type Material } from '../../src/gate/calibrate.js';
import { evidenceFor } from '../../src/gate/evidence.js';
import { shareAt } from '../../src/model/model.js';
import { withinTurn } from '../../src/gate/fit.js';
import { turned, toUnit } from '../../src/gate/space.js';
import { GATE_VIEWS } from '../../src/gate/views.js';
import { normalDraw, seededRandom } from '../../src/math/random.js';
import { fitTowards } from '../../src/math/towards.js';
import { loadModel } from '../../src/model/model.js';

const DIMS = 12;

/** Bylines around centres; `apart` says how far the centres lie apart, in spreads of their articles. */
function material(bylines: number, articles: number, apart: number, seed: number): Material {
  const random = seededRandom(seed);
  const views = GATE_VIEWS.map(() => {
    const values = new Float32Array(bylines * articles * DIMS);
    for (let b = 0; b < bylines; b++) {
      const centre = Array.from({ length: DIMS }, () => apart * normalDraw(random));
      for (let a = 0; a < articles; a++)
        for (let k = 0; k < DIMS; k++) values[(b * articles + a) * DIMS + k] = centre[k]! + normalDraw(random);
    }
    return { dims: DIMS, values: toUnit(values, DIMS) };
  });
  const bylineOf = Int32Array.from({ length: bylines * articles }, (_, i) => Math.floor(i / articles));
  return { bylineOf, bylines, words: new Float64Array(bylines * articles).fill(500), views, strangers: [] };
}

describe('calibration of a reference on itself', () => {
  const prior = loadModel().check;

  it('claims no more against a byline than its trials can show', () => {
    const small = calibrate(material(5, 4, 3, 1), prior);
    expect(small.genuine).toBe(20);
    expect(small.capAgainst).toBeLessThanOrEqual(Math.log10(20 / 3));
  });

  it('doubts honest articles no more often than the log10LR allows, where bylines differ', () => {
    const { honestShare, genuine } = calibrate(material(20, 12, 1.5, 2), prior);
    expect(genuine).toBe(240);
    for (const [i, share] of honestShare.entries())
      expect(share).toBeLessThanOrEqual(Math.max(3 / genuine, 3 * 10 ** (-i / 2)));
  });

  it('says little where bylines do not differ', () => {
    const { falseShare, honestShare } = calibrate(material(20, 12, 0, 3), prior);
    expect(falseShare[4]).toBeLessThan(0.01);
    expect(honestShare[4]).toBeLessThan(0.05);
  });

  it('takes articles of a confirmed link for the same hand', () => {
    const m = material(12, 8, 1.5, 4);
    // Byline 11 is byline 10 over again.
    for (const { values } of m.views) values.copyWithin(11 * 8 * DIMS, 10 * 8 * DIMS, 11 * 8 * DIMS);
    const linked = (a: number, b: number): boolean => (a === 10 && b === 11) || (a === 11 && b === 10);
    const without = calibrate(m, prior);
    const reviewed = calibrate(m, prior, { sameHand: linked, apart: () => false });
    expect(reviewed.impostors).toBe(without.impostors - 16);
    expect(reviewed.falseShare[0]).toBeLessThan(without.falseShare[0]!);
  });

  it('gives the same numbers again', () => {
    expect(calibrate(material(8, 6, 1, 5), prior)).toEqual(calibrate(material(8, 6, 1, 5), prior));
  });
});

describe('evidence among bylines', () => {
  it('doubts a byline more when another fits, and believes it less', () => {
    const articles = Float64Array.from([10, 10, 10]);
    const alone = evidenceFor(Float64Array.from([1, -2, -2]), articles);
    const contested = evidenceFor(Float64Array.from([1, 3, -2]), articles);
    expect(contested[0]).toBeLessThan(alone[0]!);
    expect(alone[0]).toBeGreaterThan(1);
  });

  it('is the score itself where there is no other byline', () => {
    expect([...evidenceFor(Float64Array.from([1.5]), Float64Array.from([4]))]).toEqual([1.5]);
  });

  it('does not see a byline without articles', () => {
    const [first] = evidenceFor(Float64Array.from([0, 6]), Float64Array.from([10, 0]));
    expect(first).toBe(0);
  });

  it('reads shares between their steps', () => {
    const table = shares(Array.from({ length: 1000 }, (_, i) => i / 250));
    expect(shareAt(table, 1)).toBeCloseTo(0.75, 2);
    expect(shareAt(table, 100)).toBeCloseTo(3 / 1000, 6);
    expect(shareAt(table, 1.25)).toBeGreaterThan(shareAt(table, 1.5));
  });
});

describe('a fit drawn towards a prior', () => {
  const prior = { intercept: 0.5, weights: [2], spread: [1] };
  const observed = (n: number) => {
    const random = seededRandom(9);
    const truth = Array.from({ length: n }, (_, i) => i % 2 === 0);
    return {
      truth,
      mass: new Float64Array(n).fill(1),
      features: Float64Array.from(truth, (t) => (t ? 0.4 : -0.4) + normalDraw(random)),
    };
  };

  it('is the prior without observations, or with one class of them', () => {
    const nothing = { features: new Float64Array(0), truth: [], mass: new Float64Array(0) };
    expect(fitTowards(nothing, prior, 3, 1)).toEqual({ intercept: 0.5, weights: [2] });
    expect(fitTowards({ ...observed(4), truth: [true, true, true, true] }, prior, 3, 1).weights).toEqual([2]);
  });

  it('leaves the prior as observations grow', () => {
    const few = fitTowards(observed(6), prior, 3, 1).weights[0]!;
    const many = fitTowards(observed(4000), prior, 3, 1).weights[0]!;
    expect(Math.abs(few - 2)).toBeLessThan(Math.abs(many - 2));
    // Two normals of spread 1, .8 apart: the logit's slope is .8.
    expect(many).toBeCloseTo(0.8, 0);
  });
});

describe('a fit at odds', () => {
  it('gives the likelihood ratio whatever the odds, where a line is right', () => {
    const prior = { intercept: 0, weights: [0], spread: [1] };
    const random = seededRandom(10);
    const truth = Array.from({ length: 6000 }, (_, i) => i % 2 === 0);
    const features = Float64Array.from(truth, (t) => (t ? 1 : -1) + normalDraw(random));
    const observed = { truth, features, mass: new Float64Array(6000).fill(1) };
    const [even, rare, common] = [1, 0.1, 10].map((odds) => fitTowards(observed, prior, 0.01, odds));
    for (const fit of [even!, rare!, common!]) {
      expect(fit.intercept).toBeCloseTo(0, 0);
      expect(fit.weights[0]).toBeGreaterThan(1.8);
      expect(fit.weights[0]).toBeLessThan(2.2);
    }
  });
});

describe('turning rows', () => {
  it('makes what differs inside bylines count less', () => {
    const random = seededRandom(2);
    const values = Float32Array.from({ length: 60 * 4 }, (_, i) => normalDraw(random) * (i % 4 === 0 ? 5 : 1));
    const bylineOf = Int32Array.from({ length: 60 }, (_, r) => r % 10);
    const rows = { dims: 4, values: values.slice() };
    const out = turned(rows, withinTurn(rows, bylineOf));
    const share = (v: Float32Array): number => {
      let [first, all] = [0, 0];
      v.forEach((x, i) => {
        all += x * x;
        if (i % 4 === 0) first += x * x;
      });
      return first / all;
    };
    expect(share(out.values)).toBeLessThan(share(toUnit(values.slice(), 4)) - 0.1);
  });

  it('leaves rows as they are where no byline has two articles', () => {
    const rows = { dims: 2, values: toUnit(Float32Array.from([3, 4, 1, 0]), 2) };
    expect([...turned(rows, withinTurn(rows, Int32Array.from([0, 1]))).values]).toEqual([...rows.values]);
  });
});
