import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { headOf, HeldTexts, heldIn, packTexts, textOf, unpackTexts } from '../../src/text/held.js';

/** Any sequence of UTF-16 units, half pairs among them. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((u) => String.fromCharCode(...u));

describe('held texts', () => {
  it('come back unit by unit, halves of surrogate pairs too', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), anyText), { maxLength: 12 }), (texts) => {
        const arena = new HeldTexts();
        const held = texts.map((text) => arena.add(text));
        expect(held.map(textOf)).toEqual(texts);
        expect(held.map((own) => headOf(own, 5))).toEqual(texts.map((text) => text.slice(0, 5)));
        expect(unpackTexts(packTexts(held))).toEqual(texts);
        expect(heldIn(packTexts(texts)).map(textOf)).toEqual(texts);
      }),
    );
  });

  it('survive the way to another thread', () => {
    const texts = ['“Quoted”, he said.', '', 'half \ud83d pair', 'متن'];
    expect(unpackTexts(structuredClone(packTexts(texts)))).toEqual(texts);
  });

  it('may be longer than a piece of memory', () => {
    const arena = new HeldTexts();
    const long = 'é'.repeat(3_000_000);
    const [a, b] = [arena.add('before'), arena.add(long)];
    expect([textOf(a), textOf(b) === long, textOf(arena.add('behind'))]).toEqual(['before', true, 'behind']);
  });
});
