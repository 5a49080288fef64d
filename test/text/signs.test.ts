import { describe, expect, it } from 'vitest';
import { inSigns } from '../../src/text/signs.js';

describe('signs', () => {
  it.each([
    ['“Don’t,” he said — again…', '"Don\'t," he said -- again...'],
    ['one – two', 'one—two'],
    ['one - two', 'one--two'],
    ['«oui»', '„oui“'],
    ['wait. . . now', 'wait.... now'],
    ['10\u00a0per\u202fcent', '10 per cent'],
    ['1990–95', '1990-95'],
  ])('are the same in %j and %j', (a, b) => {
    expect(inSigns(a)).toBe(inSigns(b));
  });

  it.each(['well-known', 'a  b', '---', 'one\n\n- item\n\n-- A. Writer', 'U.S. 1,000.5', 'it. It', 'خمسة، عشرة'])(
    'are left in %j',
    (text) => {
      expect(inSigns(text)).toBe(text);
    },
  );

  it('are in one shape once they have been put there', () => {
    const text = inSigns('“a”—‘b’ – c--d . . . e….f\u2009g\n\n— h');
    expect(inSigns(text)).toBe(text);
  });
});
