import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { file, read, troubles } from './reading.js';

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const MARKUP = 'http://schemas.openxmlformats.org/markup-compatibility/2006';

const docx = (body: string, word = WORD): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document xmlns:w="${word}" xmlns:mc="${MARKUP}"><w:body>${body}</w:body></w:document>`,
    ),
    'word/footnotes.xml': strToU8(`<w:footnotes xmlns:w="${word}"><w:p><w:t>A note.</w:t></w:p></w:footnotes>`),
  });
const paragraph = (text: string): string =>
  `<w:p><w:pPr><w:t/></w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

it.each([WORD, 'http://purl.oclc.org/ooxml/wordprocessingml/main'])(
  'a .docx is read as the text in it: %s',
  async (word) => {
    const body = [
      ...['The river', 'By Ann Writer', '9 June 2019'].map(paragraph),
      '<w:p><w:r><w:t>The </w:t></w:r><w:r><w:t>river &amp; the bridge</w:t><w:tab/><w:t>rose.</w:t><w:br/><w:t>Again.</w:t></w:r></w:p>',
      '<w:p><w:del><w:r><w:delText>Deleted</w:delText><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t>Nobody spoke.</w:t></w:r></w:ins></w:p>',
      '<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>In a box.</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>In a box.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>',
      '<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r></w:p>',
    ].join('');
    const corpus = await read([file('a.docx', docx(body, word))]);
    expect(troubles(corpus)).toEqual([]);
    const [article] = corpus.articles;
    expect(article).toMatchObject({ id: 'a.docx', bylines: ['Ann Writer'], title: 'The river', markup: 'plain' });
    expect(article!.text.trim()).toBe('The river & the bridge\trose.\nAgain.\n\nNobody spoke.\n\nIn a box.');
  },
);

it('many articles of Nexis Uni in one .docx: each by itself, counted where there are no lines', async () => {
  const one = (title: string): string =>
    [title, 'The River Times', 'January 11, 2010 Monday', 'Copyright 2010 River', 'Byline: Ann Writer', 'Dateline: NORTHPORT', 'Body', 'The river rose.', 'Nobody spoke.', 'Load-Date: January 11, 2010', 'End of Document'].map(paragraph).join(''); // prettier-ignore
  const cover = ['Documents (2)', '1. The river', '2. The bridge'].map(paragraph).join('');
  const corpus = await read([file('a.docx', docx(cover + one('The river') + one('The bridge')))]);
  expect(corpus.articles.map((a) => [a.id, a.bylines, a.title, a.outlet, a.text, a.source])).toEqual(
    ['The river', 'The bridge'].map((title, i) => [
      `a.docx#1.${i + 1}`,
      ['Ann Writer'],
      title,
      'The River Times',
      'The river rose.\n\nNobody spoke.',
      { path: 'a.docx', line: null },
    ]),
  );
});

it.each([
  ['no document in it', zipSync({ 'ppt/presentation.xml': strToU8('<x/>') })],
  ['more in it than is read', zipSync({ 'word/document.xml': new Uint8Array(64_000_001) })],
  ['a damaged archive', docx(paragraph('Words.')).slice(0, 60)],
  ['no XML in it', zipSync({ 'word/document.xml': strToU8('{\\rtf1 words') })],
])('a zip archive with %s is told to be one', async (_, bytes) => {
  const corpus = await read([file('a.docx', bytes), file('b.txt', 'By Ann Writer\n\nThe river rose.\n')]);
  expect(corpus.articles.map((a) => a.id)).toEqual(['b.txt']);
  expect(troubles(corpus)).toEqual([expect.stringMatching(/^binary \| a\.docx: passed over: it is a zip archive/)]);
});

it('a list of files that says it is longer than any is not gone through', async () => {
  const whole = Buffer.from(docx(paragraph('The river rose.')));
  const end = whole.length - 22;
  const far = Buffer.alloc(56 + 20);
  far.writeUInt32LE(0x06064b50, 0);
  far.writeUInt32LE(44, 4);
  far.writeUInt32LE(0xffffffff, 24);
  far.writeUInt32LE(0xffffffff, 32);
  far.writeUInt32LE(whole.readUInt32LE(end + 16), 48);
  far.writeUInt32LE(0x07064b50, 56);
  far.writeUInt32LE(end, 64);
  far.writeUInt32LE(1, 72);
  whole.writeUInt16LE(0xffff, end + 8);
  whole.writeUInt16LE(0xffff, end + 10);
  const bytes = Buffer.concat([whole.subarray(0, end), far, whole.subarray(end)]);
  const corpus = await read([file('a.docx', bytes), file('b.txt', 'By Ann Writer\n\nThe river rose.\n')]);
  expect(corpus.articles.map((a) => a.id)).toEqual(['b.txt']);
});
