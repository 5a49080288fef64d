import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { broken } from './mutate.js';
import { file, read, troubles } from './reading.js';

const NAMES = ['office', 'table', 'text', 'drawing', 'svg-compatible']
  .map((name) => ` xmlns:${name.replace('drawing', 'draw').replace('-compatible', '')}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(''); // prettier-ignore
const content = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-content${NAMES}><office:body>${body}</office:body></office:document-content>`;
const packed = (xml: string | Uint8Array, manifest = '<manifest/>'): Uint8Array =>
  zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument'), { level: 0 }],
    'content.xml': typeof xml === 'string' ? strToU8(xml) : xml,
    'META-INF/manifest.xml': strToU8(manifest),
  });
const text = (body: string): Uint8Array => packed(content(`<office:text>${body}</office:text>`));
const sheets = (body: string): Uint8Array => packed(content(`<office:spreadsheet>${body}</office:spreadsheet>`));
const p = (own: string): string => `<text:p>${own}</text:p>`;
const cell = (own: string, said = 'office:value-type="string"'): string =>
  `<table:table-cell ${said}>${p(own)}</table:table-cell>`;
const row = (...cells: readonly string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`;
const sheet = (name: string, ...rows: readonly string[]): string =>
  `<table:table table:name="${name}">${rows.join('')}</table:table>`;
const other = file('z.txt', 'By Ann Writer\n\nThe river rose.\n');

describe('OpenDocument', () => {
  it('an .odt is read as the text in it, without notes, comments and what was deleted', async () => {
    const body = [
      '<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region></text:tracked-changes>',
      ...['The river', 'By Ann Writer', '9 June 2019'].map(p),
      '<text:h>The <text:span>bridge</text:span></text:h>',
      p('\n  The river <text:span>rose &amp;</text:span>\n fell<text:s text:c="2"/>at<text:tab/>night.<text:line-break/>Again.<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note><office:annotation><text:p>Really?</text:p></office:annotation>'),
      `<text:list><text:list-item>${p('Nobody spoke.')}</text:list-item></text:list>`,
      p(`<draw:frame><draw:text-box>${p('In a box.')}</draw:text-box><svg:desc>A picture.</svg:desc></draw:frame>Around it.`),
      sheet('In the text', row(cell('In a table.'))),
    ].join(''); // prettier-ignore
    const corpus = await read([file('a.odt', text(body))]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles[0]).toMatchObject({ bylines: ['Ann Writer'], title: 'The river', markup: 'plain' });
    expect(corpus.articles[0]!.text.trim().split('\n\n')).toEqual([
      'The bridge',
      'The river rose & fell  at\tnight.\nAgain.',
      'Nobody spoke.',
      'In a box.',
      'Around it.',
      'In a table.',
    ]);
  });

  it('an .ods is read sheet by sheet: values, dates, what is repeated, paragraphs, merged cells', async () => {
    const empty = '<table:table-cell table:number-columns-repeated="16000"/>';
    const posts = sheet(
      'Posts',
      `<table:shapes><draw:frame>${p('A picture.')}</draw:frame></table:shapes>`,
      '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
      row(cell('By whom'), cell('author'), cell('outlet'), cell('date'), cell('text'), empty),
      row(
        '<table:table-cell/>',
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>Ann Writer</text:p></table:table-cell>',
        cell('9. Juni 2019', 'office:value-type="date" office:date-value="2019-06-09"'),
        '<table:table-cell office:value-type="string"><office:annotation><text:p>Check.</text:p></office:annotation><text:p>The river rose.</text:p><text:p>It fell.</text:p></table:table-cell>',
        empty,
      ),
      row('<table:covered-table-cell/>', cell('B. Writer'), '<table:table-cell/>', cell('43.625', 'office:value-type="float" office:value="43625"'), cell('It rained.')),
      '<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    ); // prettier-ignore
    const corpus = await read([file('d.ods', sheets(sheet('Notes', row(cell('Read me'))) + posts))]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles.map((a) => [a.id, a.bylines, a.outlet, a.text, a.publishedAt])).toEqual([
      ['d.ods#Posts!5', ['Ann Writer'], 'Ann Writer', 'The river rose.\nIt fell.', Date.UTC(2019, 5, 9)],
      ['d.ods#Posts!6', ['B. Writer'], null, 'It rained.', Date.UTC(2019, 5, 9)],
    ]);
  });
});

describe('hostile and broken OpenDocument', () => {
  const table = sheet('One', row(cell('author'), cell('text')), row(cell('Ann Writer'), cell('The river rose.')));
  it.each<[string, Uint8Array, RegExp]>([
    ['locked', packed('\x00\xff\x81', '<manifest:encryption-data></manifest:encryption-data>'), /^broken-odf \| d: the document is locked with a password; passed over\. Save it without one$/],
    ['of another kind', packed(content('<office:presentation/>')), /^binary \| d: passed over: it is a zip archive/],
    ['without XML', packed('{\\rtf1'), /^binary \| d: passed over: it is a zip archive/],
    ['that is a bomb', packed(new Uint8Array(70_000_000)), /^too-large \| d: the document is not read: what is in it is packed too tightly/],
    ['whose text is empty', text(''), /^no-text \| d: /],
    ['without rows', sheets(''), /^empty-file \| d: the workbook has no rows$/],
  ])('a document %s is told, and the others are read', async (_, bytes, expected) => {
    const corpus = await read([file('d', bytes), other]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['z.txt']);
    expect(troubles(corpus)).toEqual([expect.stringMatching(expected)]);
  }); // prettier-ignore

  it('what stands before the damage is read', async () => {
    const cut = (xml: string, mark: string): Uint8Array => packed(xml.slice(0, xml.indexOf(mark)));
    const book = content(`<office:spreadsheet>${table}${sheet('Two', row(cell('x')))}`);
    const page = content(`<office:text>${p('By Ann Writer')}${p('The river rose.')}${p('Nobody')}`);
    const corpus = await read([file('d.ods', cut(book, '"Two"')), file('d.odt', cut(page, 'Nobody'))]);
    expect(corpus.articles.map((a) => [a.id, a.text.trim()])).toEqual([
      ['d.ods#One!2', 'The river rose.'],
      ['d.odt', 'The river rose.'],
    ]);
    expect(troubles(corpus)).toEqual([
      'broken-odf | d.ods: the workbook is damaged (it ends too early); what stands before is read. Open it and save it anew',
      'broken-odf | d.odt: the document is damaged (it ends too early); what stands before is read. Open it and save it anew',
    ]);
  });

  it('a cell that says it is in all columns, in many rows, is a bomb', async () => {
    const many = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>';
    const corpus = await read([file('d.ods', sheets(table + sheet('Two', row(many).repeat(5000)))), other]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['d.ods#One!2', 'z.txt']);
    expect(troubles(corpus)).toEqual([
      expect.stringMatching(/^too-large \| d\.ods, sheet "Two": the workbook unpacks to more than 100 times its size/),
    ]);
  });

  it('whatever is broken in one, the run goes on', async () => {
    const random = seededRandom(3);
    const whole = [
      content(`<office:spreadsheet>${table}</office:spreadsheet>`),
      content(`<office:text>${p('By Ann Writer')}${p('The river<text:s text:c="2"/>rose.')}</office:text>`),
    ];
    for (let i = 0; i < 600; i++) {
      const bytes = broken(strToU8(whole[i % 2]!), random, 1 + (i % 5));
      const found = await read([file('d', i % 3 === 0 ? broken(packed(whole[i % 2]!), random, 2) : packed(bytes)), other]); // prettier-ignore
      expect(found.articles.at(-1)!.id).toBe('z.txt');
    }
  });
});
