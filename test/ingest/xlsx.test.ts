import { describe, expect, it } from 'vitest';
import { strToU8, zipSync } from 'fflate';
import { seededRandom } from '../../src/math/random.js';
import type { Corpus } from '../../src/types/types.js';
import { broken, unzipped } from './mutate.js';
import { file, fixture, read, troubles } from './reading.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

interface Made {
  readonly sheets: Readonly<Record<string, string>>;
  readonly strings?: readonly string[];
  readonly styles?: string;
  readonly book?: string;
  readonly main?: string;
  readonly office?: string;
  readonly more?: Readonly<Record<string, Uint8Array>>;
}

/** A workbook of these sheets, the rows of each as they stand in its part. */
function xlsx({ sheets, strings, styles, book = '', main = MAIN, office = OFFICE, more = {} }: Made): Uint8Array {
  const names = Object.keys(sheets);
  const lead = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const leads = names.map((_, i) => lead(`rId${i + 1}`, 'worksheet', i % 2 === 0 ? `worksheets/s${i}.xml` : `/xl/worksheets/s${i}.xml`)); // prettier-ignore
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}">${book}<sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${leads.join('')}${lead('s', 'sharedStrings', 'sharedStrings.xml')}${lead('t', 'styles', 'styles.xml')}</Relationships>`,
    ...Object.fromEntries(Object.values(sheets).map((rows, i) => [`xl/worksheets/s${i}.xml`, `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`])),
    ...(strings === undefined ? {} : { 'xl/SharedStrings.xml': `<sst xmlns="${main}">${strings.map((s) => `<si>${s}</si>`).join('')}</sst>` }),
    ...(styles === undefined ? {} : { 'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>` }),
  }; // prettier-ignore
  const bytes = Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, strToU8(content)]));
  return zipSync({ ...bytes, ...more });
}
const inline = (...texts: readonly string[]): string =>
  `<row>${texts.map((t) => `<c t="inlineStr"><is><t>${t}</t></is></c>`).join('')}</row>`;
const told = ({ articles }: Corpus): unknown =>
  articles.map(({ id, bylines, title, text, publishedAt, source }) => [id, bylines, title, text, publishedAt, source.line]); // prettier-ignore
const other = file('z.txt', 'By Ann Writer\n\nThe river rose.\n');
const day = Date.UTC(2019, 5, 9, 6);

describe('Excel workbooks', () => {
  const body = (i: number): string =>
    `The river rose in the night,\nand nobody spoke of it. “It was” the year ${2010 + i}.`;

  it('as openpyxl writes them: notes above the names, rich text, formulas, several sheets', async () => {
    const path = 'ingest/office/openpyxl.xlsx';
    const corpus = await read([fixture(path)]);
    expect(troubles(corpus)).toEqual([]);
    expect(told(corpus)).toEqual([
      [`${path}#Posts 2019!5`, ['Ann Writer'], 'The river 0', 'The river rose in the night, and nobody spoke of it.', day, 5], // prettier-ignore
      [`${path}#Posts 2019!6`, ['Ben Author', 'Carl Writer'], 'The river 1', body(1), day + 86_400_000, 6],
      [`${path}#Posts 2019!7`, ['Ann Writer'], 'The river 2', body(2), day + 2 * 86_400_000, 7],
      ['1001', ['Ann Writer'], null, 'It rained.', Date.UTC(2020, 0, 2), 2],
      ['1002', ['Ben Author'], null, 'It rained again.', Date.UTC(2020, 0, 3), 3],
    ].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))); // prettier-ignore
    expect(corpus.notices.map((n) => n.message)).toEqual([
      `${path}: 1 sheet without a column of texts passed over, the first "Read me"`,
      `${path}, sheet "Posts 2019", row 4: the names of the fields stand here; the row above is no part of the table`,
    ]);
  });

  it('as XlsxWriter writes them, days counted from 1904', async () => {
    const corpus = await read([fixture('ingest/office/xlsxwriter.xlsx')]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles.map((a) => [a.title, a.text, a.publishedAt])).toEqual(
      [0, 1, 2].map((i) => [`The river ${i}`, body(i), day + i * 86_400_000]),
    );
  });

  it('is read as the same table in CSV is: merged bylines, mapped fields, what is missing, what is unknown', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [`Writer, ${'AB'[i % 2]}.`, i === 7 ? '' : `It rained on day ${i}.`, '2019-06-09', String(i + 1000)]); // prettier-ignore
    const table = [['writer_name', 'content', 'published', 'id'], ...rows];
    const csv = table.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
    const book = xlsx({ sheets: { One: table.map((row) => inline(...row)).join('') } });
    const map = { author: 'writer_name' };
    const [asCsv, asBook] = [await read([file('d.csv', csv)], { map }), await read([file('d.xlsx', book)], { map })];
    expect(told(asBook)).toEqual(told(asCsv));
    expect(troubles(asBook)).toEqual([
      'no-text | d.xlsx, sheet "One", row 9: its text is empty or no string; passed over',
    ]);
    await expect(read([file('d.xlsx', book)], { map: { author: 'writer' } })).rejects.toMatchObject({
      message: expect.stringContaining('there are "content", "id", "published", "writer_name"') as string,
      hint: 'Did you mean --map author=writer_name?',
    });
    await expect(read([file('d.xlsx', book)])).rejects.toMatchObject({
      message: expect.stringContaining('no byline found') as string,
    });
  });

  it('shared texts, runs, phonetic signs, escapes, kinds of cells, cells left out; both editions of the standard', async () => {
    const strings = [
      '<t>author</t>', '<t>text</t>', '<t>date</t>', '<t>Ann Writer</t>',
      '<r><rPr><b/></rPr><t xml:space="preserve">The river </t></r><r><t>rose &amp; fell</t></r><rPh sb="0" eb="1"><t>riba</t></rPh>',
      '<t>One_x000D_\n_x005F_x0041_ two_x00e9_</t>',
    ]; // prettier-ignore
    const rows = [
      '<row/><row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c><c r="E3" t="s"><v>2</v></c></row>',
      '<row r="5"><c r="B5" t="s"><v>3</v></c><c r="D5" t="s"><v>4</v></c><c r="E5" s="1"><v>43625.25</v></c></row>',
      '<row><c/><c t="str"><f>A1</f><v>Ann Writer</v></c><c t="e"><v>#REF!</v></c><c t="s"><v>5</v></c><c t="d"><v>2019-06-09</v></c></row>',
      '<row><c r="B7" t="s"><v>3</v></c><c r="D7" t="b"><v>1</v></c><c r="E7" s="0"><v>43625</v></c><c r="XFD7" t="s"><v>3</v></c></row>',
    ].join('');
    const styles = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'; // prettier-ignore
    for (const strict of [false, true]) {
      const [main, office] = strict ? ['http://purl.oclc.org/ooxml/spreadsheetml/main', 'http://purl.oclc.org/ooxml/officeDocument/relationships'] : [MAIN, OFFICE]; // prettier-ignore
      const corpus = await read([file('d', xlsx({ sheets: { 'A &amp; B': rows }, strings, styles, main, office }))]);
      expect(troubles(corpus)).toEqual([]);
      expect(told(corpus)).toEqual([
        ['d#A & B!5', ['Ann Writer'], null, 'The river rose & fell', day, 5],
        ['d#A & B!6', ['Ann Writer'], null, 'One\n_x0041_ twoé', Date.UTC(2019, 5, 9), 6],
        ['d#A & B!7', ['Ann Writer'], null, 'TRUE', Date.UTC(2019, 5, 9), 7],
      ]);
    }
  });

  const format = (code: string): string => `<numFmts><numFmt numFmtId="170" formatCode="${code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>`; // prettier-ignore
  it.each([
    ['a format of its own', format('dd\\.mm\\.yyyy;@'), '', 43_625, '2019-06-09'],
    ['a format with a language', format('[$-407]mmm yy'), '', 43_625, '2019-06-09'],
    ['a day before spreadsheets are read as such', format('yyyy'), '', 3287, '1908-12-30'],
    ['the first days of 1900', format('yyyy'), '', 1, '1900-01-01'],
    ['1904', format('yyyy'), '<workbookPr date1904="1"/>', 42_163, '2019-06-09'],
    ['honest twin: a number of days', format('0 &quot;days&quot;'), '', 3287, null],
    ['honest twin: a number in red', format('[Red]#,##0;\\d0'), '', 3287, null],
    ['honest twin: a time alone', format('hh:mm'), '', 0.5, null],
    ['honest twin: no date at all', format('yyyy'), '', 1e300, null],
  ])('dates: %s', async (_, styles, book, days, expected) => {
    const sheet = `${inline('author', 'date', 'text')}<row><c t="inlineStr"><is><t>A. Writer</t></is></c><c s="0"><v>${days}</v></c><c t="inlineStr"><is><t>It rained.</t></is></c></row>`;
    const [article] = (await read([file('d.xlsx', xlsx({ sheets: { One: sheet }, styles, book }))])).articles;
    expect(article!.publishedAt).toBe(expected === null ? null : Date.parse(expected));
  });

  it('a text that fills its cell is told; honest twin: one that does not', async () => {
    const long = (n: number): string => 'The river. '.repeat(3000).slice(0, n);
    const sheet = ['author', ...[32_767, 32_766].map(long)].map((text, i) => inline(i === 0 ? text : 'Ann Writer', i === 0 ? 'text' : text)); // prettier-ignore
    const corpus = await read([file('d.xlsx', xlsx({ sheets: { One: sheet.join('') } }))]);
    expect(corpus.articles.map((a) => a.text.length)).toEqual([32_767, 32_766]);
    expect(troubles(corpus)).toEqual(['cell-full | d.xlsx, sheet "One", row 2: a cell of 32767 characters, the most that Excel holds: the text may go on in its source']); // prettier-ignore
  });

  it('a workbook in which no sheet names a text: told which fields there are', async () => {
    const sheets = { One: inline('who', 'said') + inline('Ann Writer', 'The river rose in the night.'), Two: '' };
    await expect(read([file('d.xlsx', xlsx({ sheets }))])).rejects.toMatchObject({
      message: 'no article text found: none of the fields "said", "who" is known to hold it',
    });
  });
});

describe('hostile and broken workbooks', () => {
  const head = inline('author', 'text');
  const row = inline('Ann Writer', 'The river rose.');
  const cut = zipSync({
    'xl/workbook.xml': strToU8('<workbook xmlns="x"/>'),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships/>'),
  });
  const zeros = new Uint8Array(70_000_000);
  it.each<[string, Uint8Array, RegExp]>([
    ['without sheets', cut, /^broken-xlsx \| d\.xlsx: the workbook lists no sheets; passed over\. Open it and save it anew, or as CSV$/],
    ['without rows', xlsx({ sheets: { One: '' } }), /^empty-file \| d\.xlsx: the workbook has no rows$/],
    ['cut short', xlsx({ sheets: { One: head + row } }).subarray(0, 900), /^binary \| d\.xlsx: passed over: it is a zip archive, .* or is damaged/],
    ['that is locked', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /^binary \| d\.xlsx: passed over: it is a file of an old Office program, or a document locked with a password\. Save it as \.xlsx or \.docx without one$/],
    ['whose texts are a bomb', xlsx({ sheets: { One: head + row }, more: { 'xl/sharedStrings.xml': zeros } }), /^too-large \| d\.xlsx: the workbook is not read: what is in it is packed too tightly/],
    ['whose sheet is a bomb', xlsx({ sheets: { One: '' }, more: { 'xl/worksheets/s0.xml': zeros } }), /^too-large \| d\.xlsx, sheet "One": what is in it is packed too tightly, or has more than 512000000 bytes; the sheet is passed over$/],
  ])('a workbook %s is told, and the others are read', async (_, bytes, expected) => {
    const corpus = await read([file('d.xlsx', bytes), other]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['z.txt']);
    expect(troubles(corpus)).toEqual([expect.stringMatching(expected)]);
  }); // prettier-ignore

  it('what stands before the damage is read, and other sheets are', async () => {
    const sheets = { One: `${head + row}<row><c r="A3"></row>`, Two: head + row, Three: head + row };
    const corpus = await read([file('d.xlsx', xlsx({ sheets, more: { 'xl/worksheets/s2.xml': strToU8('PK') } }))]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['d.xlsx#One!2', 'd.xlsx#Two!2']);
    expect(troubles(corpus)).toEqual([
      expect.stringMatching(/^broken-xlsx \| d\.xlsx, sheet "One": the sheet is damaged \(unexpected close tag\); what stands before is read/), // prettier-ignore
      expect.stringMatching(/^broken-xlsx \| d\.xlsx, sheet "Three": the sheet is damaged/),
    ]);
  });

  it('one text that thousands of cells name is a bomb', async () => {
    const strings = ['author', 'text', 'Ann Writer', 'The river rose. '.repeat(20_000)].map((t) => `<t>${t}</t>`);
    const cells = '<row><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>'.repeat(50_000);
    const corpus = await read([file('d.xlsx', xlsx({ sheets: { One: head + cells }, strings }))]);
    expect(corpus.articles.length).toBeLessThan(300);
    expect(troubles(corpus)).toContainEqual(expect.stringMatching(/^too-large \| d\.xlsx, sheet "One": the workbook unpacks to more than 100 times its size; the rows before are read/)); // prettier-ignore
  });

  it('a row may say that it has many columns, and a sheet many rows', async () => {
    const wide = '<row><c r="XFD1"><v>1</v></c></row>'.repeat(40_000);
    const odd = '<row r="99999999999999999999"><c r="ZZZ1"><v>1</v></c></row><row r="-4"><c r="@"><v>x</v></c></row>';
    const corpus = await read([file('d.xlsx', xlsx({ sheets: { One: wide, Two: head + odd + row } }))]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['d.xlsx#Two!4']);
  });

  it('a column called "__proto__" is one like the others', async () => {
    const sheet = inline('__proto__', 'author', 'text') + inline('x', 'Ann Writer', 'The river rose.');
    const corpus = await read([file('d.xlsx', xlsx({ sheets: { 'a\u001b[31m': sheet } }))]);
    expect(corpus.articles.map((a) => a.bylines)).toEqual([['Ann Writer']]);
  });

  it('whatever is broken in one, the run goes on', async () => {
    const random = seededRandom(5);
    const from = ['openpyxl', 'xlsxwriter'].map((name) => fixture(`ingest/office/${name}.xlsx`).bytes);
    const plain = xlsx({ sheets: { One: head + row, Two: head + row }, strings: ['<t>x</t>'], styles: '<cellXfs/>' });
    const parts: Record<string, Uint8Array> = {};
    for (let i = 0; i < 1200; i++) {
      let bytes: Uint8Array;
      if (i % 2 === 0) bytes = broken(Uint8Array.from(from[(i / 2) % 2]!), random, 1 + (i % 7));
      else {
        // What is packed is broken as well, behind sums that are right.
        Object.assign(parts, unzipped(plain));
        const names = Object.keys(parts);
        const name = names[Math.floor(random() * names.length)]!;
        bytes = zipSync({ ...parts, [name]: broken(Uint8Array.from(parts[name]!), random, 1 + (i % 5)) }, { level: 0 });
      }
      const corpus = await read([file('d.xlsx', bytes), other]);
      expect(corpus.articles.at(-1)!.id).toBe('z.txt');
    }
  });
});
