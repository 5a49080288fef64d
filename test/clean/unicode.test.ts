import { describe, expect, it } from 'vitest';
import { sourceOffset } from '../../src/clean/clean.js';
import { one } from './corpus.js';

describe('characters', () => {
  it('are composed, and counted where they are hidden', async () => {
    const d = await one('Cafe\u0301 no\u200bwhere \u202eto\u202c go\u0007\ufeff\ufffc.');
    expect(d.text).toBe('Café nowhere to go.');
    expect(d.unusual).toEqual({ zeroWidth: 2, homoglyphs: 0, bidiControls: 2, otherControls: 2 });
  });

  it('are taken out the same whatever article was read before', async () => {
    const written = 'A word&#8203; that hides one as an entity.';
    const opens = '\u200bA text that opens with one.';
    const alone = await one(opens);
    await one(written);
    expect(await one(opens)).toEqual(alone);
    expect(alone.text).toBe('A text that opens with one.');
  });

  it('that imitate others become what they imitate', async () => {
    const d = await one(
      'The рresident sаid а \u{1d41b}\u{1d428}\u{1d425}\u{1d41d} thing about Ρutin to the whole world and was not believed.',
    );
    expect(d.text).toBe('The president said a bold thing about Putin to the whole world and was not believed.');
    expect(d.unusual.homoglyphs).toBe(8);
  });

  it('in full width or in circles become plain ones, but not beside Chinese, Japanese or Korean', async () => {
    const wide = (t: string): string => t.replace(/[A-Za-z0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const d = await one(`${wide('The minister said in 2014')} that \u24c8he was not believed.`);
    expect(d.text).toBe('The minister said in 2014 that She was not believed.');
    expect(d.unusual.homoglyphs).toBe(22);
    const all = await one(wide('The minister said that nobody believed it'));
    expect(all.text).toBe('The minister said that nobody believed it');
    const japanese = `大臣は${wide('NHK')}で述べた。`;
    const kept = await one(japanese);
    expect(kept.text).toBe(japanese);
    expect(kept.unusual.homoglyphs).toBe(0);
  });

  it('are plain spaces where most are such as no key types, and stay where a few are', async () => {
    const text = 'The minister said that nobody believed it, and left.';
    expect((await one(text.replaceAll(' ', '\u00a0'))).text).toBe(text);
    expect((await one(text.replaceAll(' ', '\u2009'))).text).toBe(text);
    const french = 'Le ministre a dit\u00a0: «\u202fnon\u00a0» à tous.';
    expect((await one(french)).text).toBe(french);
  });

  it('that typesetting joined are taken apart, each part where the whole stood', async () => {
    const d = await one('The o\ufb03ce \ufb01rst \ufb02ew.');
    expect(d.text).toBe('The office first flew.');
    expect([0, 5, 6, 8, 9].map((at) => sourceOffset(d.origin, at))).toEqual([0, 5, 5, 6, 7]);
  });

  it('of mail that kept the codes it was sent in become what they stand for, each where its codes stood', async () => {
    const sent =
      'He said that nobody believed it.=20\n\nIt isn=E2=80=99t so in th=\ne caf=E9, he wrote.=20\n\n=20\n\nA = 5.';
    const d = await one(sent);
    expect(d.text).toBe('He said that nobody believed it.\n\nIt isn’t so in the café, he wrote.\n\nA = 5.');
    expect(sourceOffset(d.origin, d.text.indexOf('’'))).toBe(sent.indexOf('=E2'));
    expect(sourceOffset(d.origin, d.text.indexOf('A = 5'))).toBe(sent.indexOf('A = 5'));
  });

  it('of addresses, sums and talk of codes are no such codes', async () => {
    for (const text of [
      'The pages list=20 and list=3D of the archive were read by nobody at all, he said.',
      'With mode=3Dview and type=3Dmodel the printer made both, and x=E9 was its key.',
      'Where a=20 b is written, a space stood at the end of the line once.',
    ])
      expect((await one(text)).text).toBe(text);
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
