import { describe, expect, it } from 'vitest';
import { judge } from '../../src/judge/judge.js';
import { maybeLinked, restsOnStyle } from '../../src/judge/verdicts.js';
import { words } from '../../src/judge/words.js';
import { input } from './case.js';

describe('a likeness rests on style', () => {
  const pair = { words: 5000, spelled: 6, masked: 6, ofOwn: 1, near: false };
  const halves = { low: 0.4, high: 1.2, least: 0.5 };

  it('where there is text enough, the subject masked leaves much of it, and the bylines are as alike as halves of one', () => {
    expect(restsOnStyle(pair, halves)).toBe(true);
    expect(restsOnStyle({ ...pair, ofOwn: NaN }, null)).toBe(true);
    for (const part of [{ words: 999 }, { masked: 1.9 }, { ofOwn: 0.29 }])
      expect(restsOnStyle({ ...pair, ...part }, halves)).toBe(false);
  });

  it('among writers near each other, where the bylines are as alike as one hand is', () => {
    expect(restsOnStyle({ ...pair, near: true, ofOwn: 0.49 }, halves)).toBe(false);
    expect(restsOnStyle({ ...pair, near: true, ofOwn: 0.5 }, halves)).toBe(true);
    expect(restsOnStyle({ ...pair, ofOwn: 0.49 }, halves)).toBe(true);
    expect(restsOnStyle({ ...pair, near: true, ofOwn: 0.49 }, null)).toBe(true);
  });
});

describe('a likeness that rests on something else', () => {
  it('is topic, not style, when the likeness goes once the subject is masked', () => {
    const topic = input({ bylines: 6, score: 6, grammar: 0.5 });
    expect(maybeLinked(topic.pairs, 0)).toBe(false);
    const judged = judge(topic);
    expect(judged.findings).toEqual([]);
    expect(judged.pairs[0]).toMatchObject({ verdict: 'inconclusive', why: words.topic() });
  });

  it('is house style, not a hand, when the likeness goes once outlets are taken out; one that stays is a finding', () => {
    const house = judge(input({ bylines: 6, score: 6, acrossOutlets: 1.5 }));
    expect(house.findings).toEqual([]);
    expect(house.pairs[0]).toMatchObject({ verdict: 'inconclusive', why: words.houseStyle() });
    expect(judge(input({ bylines: 6, score: 6, acrossOutlets: 4 })).findings).toHaveLength(1);
  });

  it('is one kind of text, perhaps, where each byline is far more alike to itself; else the report says how alike it is', () => {
    const ofHalves = { low: 0.4, high: 1.2, least: 0.5 };
    const kind = judge(input({ bylines: 6, score: 6, ofOwn: 0.25, ofHalves }));
    expect(kind.findings).toEqual([]);
    expect(kind.pairs[0]).toMatchObject({ verdict: 'inconclusive', why: words.kindOfText(0.25, ofHalves) });
    const said = (ofOwn: number): { for: boolean; against: boolean } => {
      const { evidence, against } = judge(input({ bylines: 6, score: 6, ofOwn, ofHalves })).findings[0]!;
      const text = words.ofOwn(ofOwn, ofHalves);
      return { for: evidence.some((e) => e.text === text), against: against.some((e) => e.text === text) };
    };
    expect(said(0.35)).toEqual({ for: false, against: true });
    expect(said(0.5)).toEqual({ for: false, against: true });
    expect(said(0.7)).toEqual({ for: false, against: false });
    expect(said(0.8)).toEqual({ for: true, against: false });
    // A dump whose own halves are less alike asks for less.
    expect(
      judge(input({ bylines: 6, score: 6, ofOwn: 0.25, ofHalves: { low: 0.2, high: 1, least: 0.3 } })).findings,
    ).toHaveLength(1);
    expect(judge(input({ bylines: 6, score: 6, ofOwn: NaN, ofHalves })).findings).toHaveLength(1);
    // One whose halves are more alike asks for more.
    const alike = { low: 0.75, high: 1.3, least: 0.8 };
    const found = (ofOwn: number): number =>
      judge(input({ bylines: 6, score: 6, ofOwn, ofHalves: alike })).findings.length;
    expect([0.32, 0.44, 0.46, 1].map(found)).toEqual([0, 0, 1, 1]);
  });

  it.each([
    [1, 'one beat'],
    [2, 'one time'],
  ] as const)(
    'is no finding among writers near each other (%i, %s) who are less alike than one hand is',
    (near, said) => {
      const ofHalves = { low: 0.6, high: 1.2, least: 0.65 };
      const why = words.nearOnly(near === 1, 0.64, ofHalves);
      expect(why).toContain(said);
      const less = judge(input({ bylines: 6, score: 6, ofOwn: 0.64, ofHalves, near }));
      expect(less.findings).toEqual([]);
      expect(less.pairs[0]).toMatchObject({ verdict: 'inconclusive', why });
      // As alike as one hand; not near each other, where other subjects may part one hand's articles; halves that are unlike each other.
      expect(judge(input({ bylines: 6, score: 6, ofOwn: 0.65, ofHalves, near })).findings).toHaveLength(1);
      expect(judge(input({ bylines: 6, score: 6, ofOwn: 0.64, ofHalves })).findings).toHaveLength(1);
      const wide = { ...ofHalves, least: 0.2 };
      expect(judge(input({ bylines: 6, score: 6, ofOwn: 0.64, ofHalves: wide, near })).findings).toHaveLength(1);
    },
  );
});
