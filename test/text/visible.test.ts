import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { visible, withoutHidden } from '../../src/text/visible.js';

describe('what is printed cannot fool a terminal or a reader', () => {
  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\u200bb\n', 'a\\u{200b}b\\x0a'],
    ['plain – “text” علی', 'plain – “text” علی'],
  ])('%j becomes %j', (raw, expected) => {
    expect(visible(raw)).toBe(expected);
  });

  it('nothing hidden comes out, and the length is capped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
        expect(visible(raw)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u);
        expect(withoutHidden(raw)).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u200b]/u);
      }),
    );
    expect(visible('x'.repeat(1000))).toBe(`${'x'.repeat(200)}…`);
    expect(visible('x'.repeat(1000), 3)).toBe('xxx…');
  });
});
