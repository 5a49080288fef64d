import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type * as Thread from '../../src/ingest/pdf-thread.js';
import { seededRandom } from '../../src/math/random.js';
import { folderWith, manyhands } from '../helpers.js';
import { down, pdfOf, type Printed } from './pdfs.js';
import { file, read, troubles } from './reading.js';

const RIVER = [
  'The river rose in the night, and nobody in the town below the bridge had',
  'heard of it before the morning, when it was too late to do any-',
  'thing, and a well-known mill was gone.',
];
const AGAIN = ['Nobody spoke of it again, though many had seen it, and this is a well-', 'known thing of towns.'];
const edges = (page: number): Printed[] => [{ text: 'The River Times', y: 760 }, { text: `Page ${page} of 2`, y: 30, x: 280 }]; // prettier-ignore

describe('a PDF', () => {
  const pages = [
    [{ text: 'The river', y: 730, size: 20 }, ...down(['By Ann Writer', '9 June 2019', '', ...RIVER, '', 'It was a long']), ...edges(1)],
    [...down(['night.', '', ...AGAIN]), ...edges(2)],
  ]; // prettier-ignore

  it('is one article: paragraphs over lines and pages, words in one, no running titles and page numbers', async () => {
    const corpus = await read([file('a.pdf', pdfOf(pages))]);
    expect(troubles(corpus)).toEqual([]);
    const [article] = corpus.articles;
    expect(article).toMatchObject({ id: 'a.pdf', title: 'The river', bylines: ['Ann Writer'], publishedAt: Date.UTC(2019, 5, 9), source: { path: 'a.pdf', line: null } }); // prettier-ignore
    expect(article!.text.trim().split('\n\n')).toEqual([
      'The river rose in the night, and nobody in the town below the bridge had heard of it before the morning, when it was too late to do anything, and a well-known mill was gone.',
      'It was a long night.',
      'Nobody spoke of it again, though many had seen it, and this is a well-known thing of towns.',
    ]);
  });

  it('indented paragraphs, and those whose last line is short', async () => {
    const indented = [...RIVER, ...AGAIN].map((text, i) => ({
      text,
      y: 700 - 13 * i,
      x: i === 0 || i === 3 ? 84 : 72,
    }));
    for (const lines of [indented, down([...RIVER, ...AGAIN])]) {
      const { articles } = await read([file('a.pdf', pdfOf([lines]))]);
      expect(articles[0]!.text.split('\n\n').map((p) => p.slice(0, 12))).toEqual(['The river ro', 'Nobody spoke']);
    }
  });

  it('what a browser prints around a page is no text', async () => {
    const around = [
      { text: '6/9/19, 8:15 AM The river', y: 770 },
      { text: 'https://example.org/river 1/1', y: 20 },
    ];
    const { articles } = await read([file('a.pdf', pdfOf([[...around, ...down(RIVER)]]))]);
    expect(articles[0]!.text).toMatch(/^The river rose[^/]*gone\.$/);
  });

  it('honest twin: what recurs inside of pages, and a page that begins as another, stay', async () => {
    const said = (n: number): Printed[] =>
      down([`On day ${n} it rained.`, '', ...RIVER, '', 'He said: no.', '', ...AGAIN]);
    const { articles } = await read([file('a.pdf', pdfOf([said(1), said(2).map((l) => ({ ...l, y: l.y - 40 }))]))]);
    expect(articles[0]!.text.match(/He said: no\./g)).toHaveLength(2);
    expect(articles[0]!.text).toContain('On day 1 it rained.');
    expect(articles[0]!.text).toContain('On day 2 it rained.');
  });

  it.each([
    [{ Author: 'Ann Writer', Title: 'The river at night' }, ['Ann Writer'], 'The river at night'],
    [{ Author: 'Administrator', Title: 'Microsoft Word - river.docx' }, [], null],
    [{ Author: 'Microsoft Office User', Title: 'river final.indd' }, [], null],
    [{ Author: 'awriter', Title: 'Untitled' }, [], null],
    [{ Author: 'The River Times', Title: '' }, [], null],
    [{ Author: 'Adobe Acrobat', Title: 'C:\\texts\\the river' }, [], null],
    [{ Author: 'ann@example.org', Title: 'River' }, [], null],
  ])('its description names %j', async (info, bylines, title) => {
    const { articles } = await read([file('a.pdf', pdfOf([down(RIVER)], { info }))]);
    expect(articles[0]).toMatchObject({ bylines, title });
  });

  it('a line "By …" counts more than its description, and the folder less', async () => {
    const info = { Author: 'Dan Maker', Title: 'A thing of words' };
    const corpus = await read([
      file('a.pdf', pdfOf(pages, { info }), 'carl'),
      file('b.pdf', pdfOf([down(RIVER)], { info }), 'carl'),
      file('c.pdf', pdfOf([down(AGAIN)]), 'carl'),
    ]);
    expect(corpus.articles.map((a) => [a.bylines, a.title])).toEqual([
      [['Ann Writer'], 'The river'],
      [['Dan Maker'], 'A thing of words'],
      [['carl'], null],
    ]);
    expect(corpus.notices.map((n) => n.message)).toContain('bylines of single-article files taken from: By line 1, folder name 1, metadata 1'); // prettier-ignore
  });

  it('what a press database exports is read article by article', async () => {
    const one = (title: string): Printed[] =>
      down([title, 'The River Times', 'January 11, 2010 Monday', 'Copyright 2010 River', 'Byline: Ann Writer', 'Body', '', 'The river rose in the night, and it took the', 'bridge.', '', 'Load-Date: January 11, 2010', 'End of Document']); // prettier-ignore
    const { articles } = await read([file('a.pdf', pdfOf([one('The river'), one('The bridge')]))]);
    expect(articles.map((a) => [a.title, a.bylines, a.outlet, a.text])).toEqual(
      ['The river', 'The bridge'].map((title) => [title, ['Ann Writer'], 'The River Times', 'The river rose in the night, and it took the bridge.']), // prettier-ignore
    );
  });

  it('what Factiva exports is too, field by field', async () => {
    const one = (n: number): Printed[] =>
      down(['HD The river that rose in the night, and', 'took a bridge', 'BY By Ann Writer', 'WC 20 words', 'PD 11 January 2010', 'SN The River Times', 'LP', `It rose ${n} times in the night, and it took the`, 'bridge.', '', 'TD', 'Nobody spoke.', `AN Document RIV${n}`]); // prettier-ignore
    const { articles } = await read([file('a.pdf', pdfOf([one(1), one(2)]))]);
    expect(articles.map((a) => [a.id, a.title, a.bylines, a.outlet, a.text])).toEqual(
      [1, 2].map((n) => [`Document RIV${n}`, 'The river that rose in the night, and took a bridge', ['Ann Writer'], 'The River Times', `It rose ${n} times in the night, and it took the bridge.\n\nNobody spoke.`]), // prettier-ignore
    );
  });

  it('reads the same whatever was read before', async () => {
    const files = [file('a.pdf', pdfOf(pages)), file('b.pdf', pdfOf([down(AGAIN)]))];
    expect(await read(files)).toEqual(await read(files.toReversed()));
  });
});

describe('a PDF that cannot be read', () => {
  const other = file('z.txt', 'By Ann Writer\n\nThe river rose.\n');
  const locked = `/ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`; // prettier-ignore
  it.each<[string, Uint8Array, string]>([
    ['is a scan', pdfOf([[], [{ text: '7', y: 30 }]]), 'no-text-layer | d: a PDF without a text layer: its pages are pictures, as a scanner makes them; passed over. Have its text recognised (OCR) and give that'],
    ['is locked', pdfOf([down(RIVER)], { trailer: locked }), 'broken-pdf | d: the PDF is locked with a password. Save it without one; passed over'],
    ['is none', Buffer.from('%PDF-1.4 text'), 'broken-pdf | d: the PDF is damaged. Fetch it anew, or save it as text; passed over'],
    ['is too large', Buffer.concat([pdfOf([down(RIVER)]), Buffer.alloc(64_000_000)]), `too-large | d: a PDF of ${64_000_000 + pdfOf([down(RIVER)]).length} bytes; at most 64000000 are read; passed over`],
  ])('for it %s: told, and the others are read', async (_, bytes, expected) => {
    const corpus = await read([file('d', bytes), other]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['z.txt']);
    expect(troubles(corpus)).toEqual([expected]);
  }); // prettier-ignore

  it('programs in it are not run, and pages without text are counted', async () => {
    const catalog =
      '/OpenAction << /S /JavaScript /JS (globalThis.ran = 1; app.launchURL\\("https://example.org"\\)) >>';
    const corpus = await read([file('a.pdf', pdfOf([down(RIVER), []], { catalog }))]);
    expect(corpus.articles).toHaveLength(1);
    expect(globalThis).not.toHaveProperty('ran');
    expect(corpus.notices.map((n) => n.message)).toContain('a.pdf: 1 of 2 pages hold no text; the others are read');
  });

  it('a page without end is read as far as a page may be', async () => {
    const page = Array.from({ length: 70_000 }, (_, i) => ({ text: `No. ${i} it is.`, y: 700 - (i % 600) }));
    const { articles } = await read([file('a.pdf', pdfOf([page]))]);
    expect(articles[0]!.text).toContain('No. 40000 it is.');
    expect(articles[0]!.text).not.toContain('No. 69000 it is.');
  });

  it('whatever is broken in them, the program goes on', () => {
    const random = seededRandom(3);
    const whole = pdfOf([down(RIVER), down(AGAIN)]);
    const folder = folderWith({ 'z.txt': 'By Ann Writer\n\nThe river rose.\n' });
    for (let i = 0; i < 200; i++) {
      const bytes = Uint8Array.from(whole);
      for (let n = 0; n <= i % 9; n++)
        bytes[8 + Math.floor(random() * (bytes.length - 8))] = Math.floor(random() * 256);
      writeFileSync(join(folder, `${i}.pdf`), bytes);
    }
    const { code, out, err } = manyhands(['scan', folder, '--show-removed', '--no-cache']);
    expect([code, err]).toEqual([0, expect.not.stringContaining('pdfjs')]);
    expect(out).toContain('199.pdf');
  });
});

describe('a PDF that takes for ever', () => {
  /** A page that is told to do nothing, ten million times over; 60 KB. */
  const endless = (): Uint8Array => {
    const packed = deflateSync('q Q '.repeat(10_000_000)).toString('latin1');
    const whole = Buffer.from(pdfOf([down(RIVER)])).toString('latin1');
    return Buffer.from(whole.replace(/<< \/Length \d+ >>\nstream\n[^]*?\nendstream/, () => `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`), 'latin1'); // prettier-ignore
  };

  it('is ended, and those behind it are read, each in a thread', async () => {
    const { readApart } = (await import(
      new URL('../../dist/ingest/pdf-thread.js', import.meta.url).href
    )) as typeof Thread;
    const bounds = { page: 60, whole: 600, heap: 2000, data: 3000 };
    const answers = await Promise.all([
      readApart(endless(), { ...bounds, page: 0 }),
      readApart(endless(), { ...bounds, whole: 0 }),
      readApart(endless(), { ...bounds, data: -1e6 }),
      readApart(pdfOf([down(RIVER)]), bounds),
    ]);
    expect(answers).toEqual([
      { problem: 'takes more than 0 seconds a page, 600 in all, or 3000 MB. Save it as text' },
      { problem: 'takes more than 60 seconds a page, 0 in all, or 3000 MB. Save it as text' },
      { problem: 'takes more than 60 seconds a page, 600 in all, or -1000000 MB. Save it as text' },
      expect.objectContaining({ pages: 1, empty: 0, count: 1 }),
    ]);
    expect(await readApart(pdfOf([down(RIVER)]), bounds)).toEqual(answers[3]);
  });
});
