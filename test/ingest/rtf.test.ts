import { describe, expect, it } from 'vitest';
import { rtfText } from '../../src/ingest/rtf.js';
import { seededRandom } from '../../src/math/random.js';
import { file, read, troubles } from './reading.js';

const rtf = (body: string, head = '\\ansi\\ansicpg1252\\deff0'): Uint8Array =>
  Buffer.from(`{\\rtf1${head}{\\fonttbl{\\f0\\fswiss Helvetica;}{\\f1\\fcharset204 Times;}{\\f2\\fcharset134 SimSun;}}\n${body}}`, 'latin1'); // prettier-ignore

describe('RTF', () => {
  it('is one article: title, byline and date on top, paragraphs, and nothing of its form', async () => {
    const body = [
      '{\\stylesheet{\\s1 heading;}}{\\info{\\title No title}{\\author Dan Maker}}{\\*\\generator Riched20 10.0;}\\viewkind4\\uc1',
      '{\\header\\pard The River Times\\par}{\\footer\\pard Page 1\\par}',
      '\\pard\\b The river\\b0\\par\nBy Ann Writer\\par 9 June 2019\\par\\par ',
      'The river rose {\\i in the} night, \\ldblquote and nobody\\rdblquote  spoke\\emdash no\none.\\par',
      '{\\pict\\pngblip 89504e470d0a}{\\field{\\*\\fldinst HYPERLINK "https://example.org"}{\\fldrslt The mill}} stood.\\line Again {\\deleted it fell}{\\v hidden}it stood \\{so\\}.{\\footnote A note.}\\par',
    ].join('');
    const corpus = await read([file('a.rtf', rtf(body))]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles[0]).toMatchObject({ id: 'a.rtf', title: 'The river', bylines: ['Ann Writer'], publishedAt: Date.UTC(2019, 5, 9), source: { path: 'a.rtf', line: null } }); // prettier-ignore
    expect(corpus.articles[0]!.text.trim()).toBe(
      'The river rose in the night, “and nobody” spoke—noone.\n\nThe mill stood.\nAgain it stood {so}.',
    );
  });

  it.each([
    ['bytes of the file’s encoding', "caf\\'e9 \\'96 \\'93so\\'94", 'café – “so”'],
    [
      'letters of Unicode, and what stands instead of them',
      "\\uc1\\u1076?\\u1072\\'e0, \\uc2\\u8212 --so {\\uc0\\u1073}b",
      'да, —so бb',
    ],
    ['halves of letters above', '\\u-10179?\\u-8704?', '😀'],
    ['fonts of another alphabet', "{\\f1 \\'e4\\'e0} so {\\f2 \\'d6\\'d0\\'ce\\'c4}", 'да so 中文'],
    ['signs', 'a\\~b\\_c\\-d\\tab e\\bullet', 'a b-cd\te•'],
    ['bytes that are a picture', 'a{\\pict\\bin5 }}}}}}b', 'ab'],
    ['an unknown word and an unknown group', 'a\\newthing3 b{\\*\\other c}d', 'abd'],
    ['what is hidden, until it is no more', 'a\\v b\\v0 c{\\info \\v0 d}\\deleted e\\plain f', 'acf'],
    ['a line break as a word', 'a\\\nb', 'a\n\nb'],
  ])('%s', (_, body, expected) => {
    expect(rtfText(rtf(body))).toEqual({ text: expected, cut: false });
  });

  it('what Nexis exports in one file is read article by article', async () => {
    const one = (title: string): string =>
      [title, 'The River Times', 'January 11, 2010 Monday', 'Copyright 2010 River', 'Byline: Ann Writer', 'Body', 'The river rose.', 'Nobody spoke.', 'Load-Date: January 11, 2010', 'End of Document'].map((line) => `\\pard ${line}\\par\n`).join(''); // prettier-ignore
    const { articles } = await read([file('a.rtf', rtf(one('The river') + one('The bridge')))]);
    expect(articles.map((a) => [a.id, a.title, a.bylines, a.outlet, a.text])).toEqual(
      ['The river', 'The bridge'].map((title, i) => [`a.rtf#1.${i + 1}`, title, ['Ann Writer'], 'The River Times', 'The river rose.\n\nNobody spoke.']), // prettier-ignore
    );
  });

  it('honest twin: a text about RTF is as it is', async () => {
    expect((await read([file('a.txt', 'It begins with {\\rtf1 and ends with }.\n')])).articles[0]!.text).toContain(
      '{\\rtf1',
    );
  });
});

describe('hostile and broken RTF', () => {
  it('cut short: told, and what there is is read', async () => {
    const whole = rtf('The river rose.\\par Nobody spoke.\\par');
    const corpus = await read([file('a.rtf', whole.subarray(0, whole.length - 10))]);
    expect(corpus.articles[0]!.text).toBe('The river rose.\n\nNobody s');
    expect(troubles(corpus)).toContain('broken-rtf | a.rtf: the rich text is cut short; what there is of it is read');
  });

  it.each([
    ['groups without end', rtf('{'.repeat(3_000_000))],
    ['ends without groups', rtf(`${'}'.repeat(3_000_000)}`)],
    ['a picture larger than all', rtf(`{\\pict\\bin2000000000 x`)],
    ['one long word', rtf(`\\${'a'.repeat(3_000_000)}`)],
    ['words alone', rtf('\\par'.repeat(1_000_000))],
  ])('%s: no article, and the run goes on', async (_, bytes) => {
    const corpus = await read([file('a.rtf', bytes), file('z.txt', 'By Ann Writer\n\nThe river rose.\n')]);
    expect(corpus.articles.at(-1)!.id).toBe('z.txt');
  });

  it('whatever is broken in one, the run goes on', async () => {
    const random = seededRandom(5);
    const whole = rtf(
      "The river {\\b rose}.\\par \\u1076?\\'e4{\\f2 \\'d6\\'d0}{\\*\\x y}\\bin3 abc Nobody spoke.\\par",
    );
    for (let i = 0; i < 300; i++) {
      const bytes = Uint8Array.from(whole);
      for (let n = 0; n <= i % 7; n++)
        bytes[5 + Math.floor(random() * (bytes.length - 5))] = Math.floor(random() * 256);
      const corpus = await read([file('a.rtf', bytes), file('z.txt', 'By Ann Writer\n\nThe river rose.\n')]);
      expect(corpus.articles.at(-1)!.id).toBe('z.txt');
    }
  });
});
