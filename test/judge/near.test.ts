import { describe, expect, it } from 'vitest';
import { Beats } from '../../src/judge/beats.js';
import { chanceAmongNear, heldWhereNear, NEAR, ONE_HAND_SHARE, withHeldOthers } from '../../src/judge/near.js';
import { inline } from '../../src/work/work.js';
import { timesOf } from '../../src/judge/times.js';
import { subjectSteps, type BylineSubjects } from '../../src/judge/subjects.js';
import { loadModel, shareAt } from '../../src/model/model.js';
import type { HeldPairs, OtherPairs, RestingPairs } from '../../src/types/types.js';

const { beats, pairs: calibration } = loadModel();

const BEATS = [
  'parliament coalition ministers opposition premier ballot constituency',
  'glacier mountaineer avalanche crevasse altitude bivouac cornice',
  'orchard blossom grafting cultivar rootstock pruning espalier',
  'harbour trawler longshore dredger quayside mooring pilotage',
];

/** Bylines that write on the beats named; a beat above three is theirs alone. */
function dump(beatOf: readonly number[]): BylineSubjects {
  return inline(subjectSteps({ bylines: dumpBylines(beatOf), documents: dumpDocuments(beatOf) }));
}

type Dump = Parameters<typeof subjectSteps>[0];

function dumpBylines(beatOf: readonly number[]): Dump['bylines'] {
  return beatOf.map((_, b) => ({ name: `byline ${b}`, kind: 'person' }));
}

function dumpDocuments(beatOf: readonly number[]): Dump['documents'] {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const own = (b: number): string =>
    Array.from({ length: 7 }, (_, i) => `privately${letters[b % 26]}${letters[i]}`).join(' ');
  return beatOf.map((beat, b) => ({
    ...{ id: `a${b}`, byline: b, title: null, outlet: null, publishedAt: null, words: 5000, lang: 'en', removed: [] },
    text: `The ${BEATS[beat] ?? own(b)} of the day, whatever anybody thought of them. ${own(b).slice(0, 20)}`,
    unusual: { zeroWidth: 0, homoglyphs: 0, bidiControls: 0, otherControls: 0 },
    origin: new Int32Array([0, 0]),
  }));
}

/** Every pair of n bylines; the first pair has the score under test. */
function scored(n: number, score: number): RestingPairs {
  const list = Array.from({ length: n }, (_, a) =>
    Array.from({ length: n - a - 1 }, (_, k) => [a, a + 1 + k] as const),
  );
  const all = list.flat();
  const scores = Float64Array.from(all, (_, p) => (p === 0 ? score : -3));
  const none = new Float32Array(all.length);
  return {
    a: Int32Array.from(all, ([a]) => a),
    b: Int32Array.from(all, ([, b]) => b),
    words: new Float64Array(all.length).fill(5000),
    views: { characters: none, grammar: none, words: none, outline: none },
    score: scores,
    log10LR: scores.map((s) => Math.max(-calibration.cap, Math.min(calibration.cap, s))),
    ...{ acrossOutlets: null, ofOwn: new Float64Array(all.length).fill(NaN), ofHalves: null },
  };
}

const PAIRED = [0, 0, 1, 1, 2, 2, 3, 3, 9, 9, 9, 9];
const APART = [0, 1, 1, 0, 2, 2, 3, 3, 9, 9, 9, 9];

/** Nobody's dates are known. */
const UNDATED = timesOf({ bylines: dumpBylines(PAIRED), documents: [] });

const held = (beatOf: readonly number[], score: number): HeldPairs =>
  inline(heldWhereNear(scored(beatOf.length, score), dump(beatOf), UNDATED, beats));

describe('two writers on one beat', () => {
  it('are told by the words that name subjects, whichever comes first', () => {
    const pairs = [
      [0, 1],
      [6, 7],
      [0, 2],
      [1, 8],
      [8, 9],
    ] as const;
    expect([...inline(new Beats(dump(PAIRED)).together(pairs))]).toEqual([1, 1, 0, 0, 0]);
    const turned = pairs.map(([a, b]) => [b, a] as const).reverse();
    expect([...inline(new Beats(dump(PAIRED)).together(turned))]).toEqual([0, 0, 0, 1, 1]);
  });

  it('get no higher a ratio than such pairs support, however high they score; pairs with subjects apart keep theirs', () => {
    for (const score of [2, 4, 9]) {
      const same = held(PAIRED, score);
      expect(same.near[0]).toBe(NEAR.beat);
      expect(same.log10LR[0]).toBeLessThan(Math.min(score, calibration.cap));
      // Half of the pairs of one hand score as high: to take them for all would double the ratio.
      expect(same.log10LR[0]).toBeCloseTo(Math.log10(ONE_HAND_SHARE / shareAt(beats, score)), 12);
      expect(same.log10LR[0]).toBeLessThan(2);
      expect(same.score[0]).toBe(score);
      const apart = held(APART, score);
      expect(apart.near[0]).toBe(NEAR.not);
      expect(apart.log10LR[0]).toBe(Math.min(score, calibration.cap));
    }
  });

  it('are counted in what chance would give, as many as there are in the dump', () => {
    const four = held(PAIRED, 5);
    expect(four.nearPairs).toEqual({ beat: 4, time: 0 });
    expect(chanceAmongNear(four, 0, beats).expectedOnBeat).toBeCloseTo(4 * shareAt(beats, 5), 12);
    expect(chanceAmongNear(four, 1, beats)).toEqual({});
    const apart = held(APART, 5);
    expect(apart.nearPairs).toEqual({ beat: 4, time: 0 });
    expect(chanceAmongNear(apart, 0, beats)).toEqual({});
  });

  it('get less by what they lack to one hand, where halves of the dump say what that is', () => {
    const ofHalves = { low: 0.5, high: 1, least: 0.6 };
    const ratio = (ofOwn: number, beatOf = PAIRED): number => {
      const pairs = { ...scored(12, 5), ofOwn: Float64Array.from({ length: 66 }, () => ofOwn), ofHalves };
      return inline(heldWhereNear(pairs, dump(beatOf), UNDATED, beats)).log10LR[0]!;
    };
    expect(ratio(0.6)).toBe(held(PAIRED, 5).log10LR[0]);
    expect(ratio(NaN)).toBe(held(PAIRED, 5).log10LR[0]);
    expect(ratio(0.59)).toBeCloseTo(held(PAIRED, 5).log10LR[0]! - Math.log10(5), 12);
    expect(ratio(0.59, APART)).toBe(held(APART, 5).log10LR[0]);
  });

  it('never get less for more of the same evidence', () => {
    const ratios = [1, 1.5, 2, 3, 4, 5, 6, 8, 12].map((score) => held(PAIRED, score).log10LR[0]!);
    expect(ratios).toEqual(ratios.slice().sort((x, y) => x - y));
  });

  it('may be any two in a dump too small to tell, and are not asked for where nothing stands out', () => {
    const small = held(APART.slice(0, 8), 9);
    expect(small.near[0]).toBe(NEAR.beat);
    expect(small.nearPairs).toEqual({ beat: 28, time: 0 });
    expect(small.log10LR[0]).toBeCloseTo(Math.log10(ONE_HAND_SHARE / shareAt(beats, 9)), 12);
    const quiet = scored(12, 0.5);
    const asked = inline(heldWhereNear(quiet, dump(PAIRED), UNDATED, beats));
    expect(asked.near.every((why) => why === NEAR.not)).toBe(true);
    expect(asked.log10LR).toBe(quiet.log10LR);
  });

  it('are held as well where scores are worked out on asking', () => {
    const others = { scored: () => ({ score: 9, log10LR: calibration.cap, words: 5000 }) } as unknown as OtherPairs;
    const { others: asked, log10LR } = withHeldOthers({ ...held(PAIRED, 9), others });
    expect(asked!.scored(0, 1).log10LR).toBe(log10LR[0]);
    expect(asked!.scored(1, 0).log10LR).toBe(log10LR[0]);
    expect(asked!.scored(0, 2).log10LR).toBe(calibration.cap);
  });
});

describe('two writers of one time in a dump of many', () => {
  /** Twelve bylines of subjects of their own; the first two wrote in the same year. */
  const alone = Array.from({ length: 12 }, (_, b) => 9 + b);
  const heldIn = (years: readonly number[]): HeldPairs => {
    const documents = dumpDocuments(alone).map((d) => ({ ...d, publishedAt: Date.UTC(years[d.byline]!, 5) }));
    const times = timesOf({ bylines: dumpBylines(alone), documents });
    return inline(heldWhereNear(scored(12, 9), dump(alone), times, beats));
  };

  it('get no higher a ratio than writers on one beat, and pairs as near are counted', () => {
    const held = heldIn([1800, 1800, ...Array.from({ length: 10 }, (_, i) => 1820 + 20 * i)]);
    expect(held.near[0]).toBe(NEAR.time);
    expect(held.log10LR[0]).toBeCloseTo(Math.log10(ONE_HAND_SHARE / shareAt(beats, 9)), 12);
    const { beat, time } = held.nearPairs;
    expect(beat).toBe(0);
    expect(time).toBeGreaterThan(1);
    expect(chanceAmongNear(held, 0, beats)).toEqual({ expectedOfTime: time * shareAt(beats, 9) });
  });

  it('keep theirs where they wrote at other times, or most of the dump wrote when they did', () => {
    for (const years of [
      [1800, 1900, ...Array.from({ length: 10 }, (_, i) => 1820 + 20 * i)],
      [1800, 1800, ...Array.from({ length: 10 }, (_, i) => (i < 5 ? 1800 : 1900))],
    ]) {
      const held = heldIn(years);
      expect(held.near[0]).toBe(NEAR.not);
      expect(held.log10LR[0]).toBe(calibration.cap);
    }
  });
});

describe('the share of pairs on one beat', () => {
  it('falls with the score and never to nothing', () => {
    expect(beats).toHaveLength(13);
    expect(beats.every((share, i) => share > 0 && (i === 0 || share <= beats[i - 1]!))).toBe(true);
  });
});
