import { describe, expect, it } from 'vitest';
import { reviewedOf, type ReviewedLink } from '../../src/gate/review.js';

const link = (verdict: ReviewedLink['verdict'], a: string, b: string): ReviewedLink => ({ verdict, a, b, reason: 'x' });
const bylines = ['Ann', 'Bob', 'Carl', 'Dora'];
const hands = (...links: readonly ReviewedLink[]): string[] => {
  const { sameHand } = reviewedOf(links, bylines);
  const pairs = bylines.flatMap((_, a) => bylines.map((_, b) => [a, b] as const));
  return pairs.flatMap(([a, b]) => (a < b && sameHand(a, b) ? [`${a}${b}`] : []));
};

describe('reviewed links', () => {
  it('make one hand of all bylines that are confirmed to be a hand’s, in whatever order', () => {
    const [ab, bc] = [link('confirmed', 'Ann', 'Bob'), link('confirmed', 'Bob', 'Carl')];
    expect(hands(ab, bc)).toEqual(['01', '02', '12']);
    expect(hands(bc, ab)).toEqual(['01', '02', '12']);
    expect(hands(ab, link('confirmed', 'Carl', 'Dora'))).toEqual(['01', '23']);
  });

  it('keep apart what was rejected, and say nothing of a byline with itself or unknown', () => {
    const links = [link('confirmed', 'Ann', 'Bob'), link('confirmed', 'Bob', 'Carl'), link('rejected', 'Ann', 'Carl')];
    expect(hands(...links)).toEqual(['01', '12']);
    const { sameHand, apart } = reviewedOf([...links, link('confirmed', 'Ann', 'Nobody')], bylines);
    expect([sameHand(0, 0), sameHand(1, 0), apart(2, 0), apart(0, 1)]).toEqual([false, true, true, false]);
  });
});
