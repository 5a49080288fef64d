import { describe, expect, it } from 'vitest';
import { MASK } from '../../src/clean/quotations.js';
import { cleaned, article, one, taken } from './corpus.js';

const OWN = 'I would rather wait until the weather is better,\nand so would everybody whom I have asked about it.';
const JOINED = OWN.replace('\n', ' ');

describe('letters', () => {
  it('lose what they answer, with the line in which a program says whose it is', async () => {
    for (const said of [
      'On Wed, Aug 21, 2002 at 11:24:58AM -0400, Some One wrote:',
      'On Wednesday, August 21, 2002, at 05:02  PM, Some One wrote:',
      'On Mon, 2002-10-07 at 19:36, some one wrote:',
      'At 3:25 PM -0400 on 10/8/02, Some One wrote:\n',
      'In message <200210081058@b.org>, Some One writes:',
      'Quoting Some One (some@one.org):',
      'Some One <some@one.org> said:',
      'Some One wrote:',
      'Once upon a time, One wrote :',
      'On Tue, 13 Aug 2002 at 09:53:55 +0100, Some One mentioned:',
      'On Thu, 22 Aug 2002 16:44:30 +0200, the one whom they all call\nSome One <some@one.org> wrote:',
      'Am 21.08.2002 um 11:24 schrieb Some One:',
    ]) {
      const text = `${said}\n> Shall we leave on Monday?\n>\n> It may well rain.\n\n${OWN}`;
      const d = await one(text);
      expect(d.text, said).toBe(`${MASK}\n\n${JOINED}`);
      expect(taken(text, d, 'markup').join('').trim(), said).toContain(said.trim());
    }
  });

  it('keep a sentence of their own that leads to a quotation', async () => {
    for (const said of [
      'On 5 June 2002 the minister wrote:',
      'At 10:30 on Monday he told parliament:',
      'In 1787 he had put it so:',
      'This is what the committee said:',
    ])
      expect((await one(`${OWN}\n\n${said}\n\n> Nothing will be changed.\n\nNobody did.`)).text, said).toBe(
        `${JOINED}\n\n${said}\n\n${MASK}\n\nNobody did.`,
      );
  });

  it('are read with other marks than a right-angled bracket and a space', async () => {
    for (const [first, second] of [
      ['>Shall we leave?', '>It may rain.'],
      ['> >Shall we leave?', '>It may rain.'],
      ['JM> Shall we leave?', 'JM> It may rain.'],
      ['    Robert> Shall we leave?', '    Robert> It may rain.'],
      ['|> Shall we leave?', '|> It may rain.'],
      ['--]Shall we leave?', '--]It may rain.'],
      [') Shall we leave?', ') It may rain.'],
      ['> Shall we leave on Monday or on the\nday after\n> that?', '> It may rain.'],
    ])
      expect((await one(`On Mon, 7 Oct 2002, Some One wrote:\n\n${first}\n${second}\n\n${OWN}`)).text, first).toBe(
        `${MASK}\n\n${JOINED}`,
      );
    const honest = 'M> is a mark that I have seen once.\n\nFrom my house one sees the sea.';
    expect((await one(honest)).text).toBe(honest);
    expect((await one(`${OWN}\n\n>From my house one sees the sea.`)).text).toBe(
      `${JOINED}\n\nFrom my house one sees the sea.`,
    );
  });

  it('lose the letters that they answer below and that they forward', async () => {
    const head = 'From: Some One [mailto:some@one.org]\nSent: 13 August 2002 10:01\nTo: all\nSubject: RE: When?';
    const theirs = 'Shall we leave on Monday?\n\nIt may well rain.';
    for (const below of [
      `-----Original Message-----\n${head}\n\n\n${theirs}`,
      `---------- Forwarded message ----------\n${head}\n\n${theirs}`,
      `Begin forwarded message:\n\n${head}\n\n${theirs}`,
      `________________________________\n${head}\n\n${theirs}`,
      `-----Ursprüngliche Nachricht-----\nVon: Some One\nGesendet: Montag\n\n${theirs}`,
      `--- begin forwarded text\n\n\n${head}\n\n${theirs}\n--- end forwarded text`,
    ]) {
      const text = `${OWN}\n\n${below}`;
      expect((await one(text)).text, below).toBe(`${JOINED}\n\n${MASK}`);
      expect((await one(text, {}, { keepQuotations: true })).text, below).toContain('Shall we leave on Monday?');
    }
    const answered = `-----Original Message-----\n${head}\n\n> Shall we leave on Monday?\n\n${OWN}`;
    expect((await one(answered)).text).toBe(`${MASK}\n\n${JOINED}`);
    const ended = `--- begin forwarded text\n${head}\n\n${theirs}\n--- end forwarded text\n\n${OWN}`;
    expect((await one(ended)).text).toBe(`${MASK}\n\n${JOINED}`);
    const { setAside } = await cleaned([article(`--- begin forwarded text\n\n${head}\n\n${theirs}`)]);
    expect(setAside).toEqual([{ id: 'a', why: 'empty' }]);
  });

  it('keep a head of their own, and what looks like one', async () => {
    expect((await one(`From: Jane Roe\nDate: 13 August 2002\nSubject: When?\n\n${OWN}`)).text).toBe(JOINED);
    const honest = `The letter had three lines.\n\nFrom: Berlin\n\nTo: Rome\n\nSubject: none\n\n${JOINED}`;
    expect((await one(honest)).text).toBe(honest);
    expect((await one(`${JOINED}\n\nThis is the original message that I sent them.\n\nFrom: a friend`)).text).toBe(
      `${JOINED}\n\nThis is the original message that I sent them.\n\nFrom: a friend`,
    );
  });

  it('lose signatures, the feet of lists and the armour of PGP', async () => {
    const signature = '-- \nJane Roe, Head of Research\n"Never say never." -- Somebody\n';
    const list = `${'_'.repeat(40)}\nGardeners mailing list\nGardeners@b.org\nhttp://b.org/listinfo/gardeners`;
    for (const foot of [
      signature,
      list,
      `${signature}\n${list}`,
      `${signature}\n-- \nGardeners: to unsubscribe, write to b@b.org`,
    ]) {
      const text = `${OWN}\n\n${foot}`;
      expect((await one(text)).text, foot).toBe(JOINED);
    }
    const signed = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n${OWN}\n\n- -- \nJane\n-----BEGIN PGP SIGNATURE-----\n\niQA/AwUBPYjCBcPxH8jf3ohaEQI2vwCb\n-----END PGP SIGNATURE-----`;
    expect((await one(signed)).text).toBe(JOINED);
    expect((await one(`${OWN}\n\n--\nJane Roe\nRome`)).text).toBe(JOINED);
  });

  it('keep what stands below a line between sections', async () => {
    const section = 'A second thing is that nobody asked us. '.repeat(12).trim();
    for (const honest of [
      `${OWN}\n\n--\n\n${section}`,
      `${OWN}\n\n-- \n\n${section.repeat(4)}`,
      `${OWN}\n\n${'-'.repeat(40)}\n\n${section}`,
    ])
      expect((await one(honest)).text, honest).toContain(section);
  });
});

describe('a program', () => {
  const code = '    my $x = shift;\n    print "We are here\\n" if $x->ok();\n    return;';

  it('goes where it is set off by its indentation', async () => {
    const text = `${JOINED}\n\n${code}\n\nSo it works.`;
    const d = await one(text);
    expect(d.text).toBe(`${JOINED}\n\nSo it works.`);
    expect(taken(text, d, 'markup').join('')).toContain('my $x = shift;');
  });

  it('is not what verses, lists and quotations look like', async () => {
    for (const honest of [
      '    The sea is calm to-night;\n    The tide is full, the moon lies fair;',
      '    We paid $5 for it (too much), and left;\n    they did so too.',
      '  - first, call `f()`\n  - then call `g()`',
      '    It costs 4.4767 + 0.01 = 4.4867, and this is all that we agreed on with them in the end.',
    ])
      expect((await one(`${JOINED}\n\n${honest}\n\nSo it goes.`)).words, honest).toBeGreaterThan(
        JOINED.split(' ').length + 3,
      );
  });
});
