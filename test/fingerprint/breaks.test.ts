import { describe, expect, it } from 'vitest';
import { breaksAreKept } from '../../src/fingerprint/breaks.js';
import { heldOf } from '../../src/text/held.js';

const kept = (without: number, of: number, words = 300): boolean =>
  breaksAreKept(
    Array.from({ length: of }, (_, i) => {
      const text = i < without ? 'Naïve one. Two.' : 'Naïve one.\n\nTwo.';
      return { text, words, held: i % 2 === 0 ? heldOf(text) : null };
    }),
  );

describe('breaks between paragraphs', () => {
  it('are read where all long articles have them, and where none has', () => {
    expect([kept(0, 40), kept(40, 40), kept(2, 40), kept(38, 40), kept(0, 0)]).toEqual([true, true, true, true, true]);
  });

  it('are not read where some have lost them', () => {
    expect([kept(3, 40), kept(20, 40), kept(37, 40)]).toEqual([false, false, false]);
  });

  it('are not missed in short articles', () => {
    expect(kept(20, 40, 200)).toBe(true);
  });
});
