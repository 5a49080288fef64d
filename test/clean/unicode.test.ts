import { describe, expect, it } from 'vitest';
import { one } from './corpus.js';

describe('characters', () => {
  it('are composed, and counted where they are hidden', async () => {
    const d = await one('Cafe\u0301 no\u200bwhere \u202eto\u202c go\u0007\ufeff\ufffc.');
    expect(d.text).toBe('Café nowhere to go.');
    expect(d.unusual).toEqual({ zeroWidth: 2, homoglyphs: 0, bidiControls: 2, otherControls: 2 });
  });

  it('that imitate others become what they imitate', async () => {
    const d = await one(
      'The рresident sаid а \u{1d41b}\u{1d428}\u{1d425}\u{1d41d} thing about Ρutin to the whole world and was not believed.',
    );
    expect(d.text).toBe('The president said a bold thing about Putin to the whole world and was not believed.');
    expect(d.unusual.homoglyphs).toBe(8);
  });

  it('of honest foreign words stay', async () => {
    for (const text of [
      'He said «да» and нет in Moscow.',
      'A width of 5 μm and an α-helix.',
      'Он сказал OK и ушёл.',
      'Η Ελλάδα και η ΕΕ.',
    ]) {
      const d = await one(text);
      expect(d.text).toBe(text);
      expect(d.unusual.homoglyphs).toBe(0);
    }
  });

  it('that join letters stay where spelling needs them', async () => {
    for (const text of [
      'او می\u200cرود و برمی\u200cگردد.',
      'क्\u200dष और कुछ',
      'She is a \ud83d\udc69\u200d\ud83d\udcbb now.',
    ]) {
      const d = await one(text);
      expect(d.text).toBe(text);
      expect(d.unusual.zeroWidth).toBe(0);
    }
  });
});
