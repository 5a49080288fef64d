import { describe, expect, it } from 'vitest';
import { file, read, troubles } from './reading.js';

const rowsOf = async (content: string, path = 'a.csv', options = {}): Promise<string[]> =>
  (await read([file(path, content)], options)).articles.map((a) => `${a.bylines.join(' + ')}: ${a.text}`).sort();

describe('quotation marks', () => {
  it('inside of fields after backslashes, as MySQL and PHP write them', async () => {
    const content =
      'author,text\n"Ann Writer","She said \\"yes, now\\" and\nleft, at \\"once\\"."\n"Bob Scribe","C:\\\\dir"\n';
    expect(await rowsOf(content)).toEqual([
      'Ann Writer: She said "yes, now" and\nleft, at "once".',
      'Bob Scribe: C:\\dir',
    ]);
    // A backslash is one where marks are doubled.
    expect(await rowsOf('author,text\nAnn Writer,"The ""C:\\"" drive, she ""said"""\n')).toEqual([
      'Ann Writer: The "C:\\" drive, she "said"',
    ]);
  });

  it('that are not doubled cost nothing where it is clear what is meant', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `Ann Writer,"He said "no, ${i}", she said,\nand "left"",2019-06-09`,
    );
    const content = ['author,text,date', ...rows, 'Bob Scribe,"A ""good"" row, whole",2019-06-10', ''].join('\n');
    const corpus = await read([file('a.csv', content)]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles).toHaveLength(61);
    expect(corpus.articles.every((a) => a.publishedAt !== null)).toBe(true);
    const texts = corpus.articles.map((a) => a.text);
    expect(texts).toContain('He said "no, 59", she said,\nand "left"');
    expect(texts).toContain('A "good" row, whole');
  });

  it.each(['author,text,id', 'author,id,text'])('that are not doubled, at the ends of lines: %s', async (header) => {
    const text = 'He said "no"\nShe said, "yes, yes"\n"We left," he said, "at once"';
    const rows = Array.from({ length: 30 }, (_, i) => ({ author: 'Ann Writer', text: `"${text}"`, id: `n${i}` }));
    const line = (row: Record<string, string>): string => header.split(',').map((name) => row[name]).join(','); // prettier-ignore
    const corpus = await read([file('a.csv', `${header}\n${rows.map(line).join('\n')}\n`)]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles.map((a) => a.text)).toEqual(rows.map(() => text));
  });

  it('one that is never closed costs its article, whose lines are no rows', async () => {
    const whole = (name: string): string => `${name},"A text, whole,\nover ""lines"", and more"`;
    const broken = 'Cy Third,"A text that never\nends, as it has\nno mark\nat all';
    const content = ['author,text', whole('Ann Writer'), broken, whole('Bob Scribe'), ''].join('\n');
    const corpus = await read([file('a.csv', content)]);
    expect(corpus.articles.map((a) => a.bylines[0])).toEqual(['Ann Writer', 'Bob Scribe']);
    expect(troubles(corpus)).toEqual([
      'broken-csv | a.csv, line 4: quotation marks that do not pair up; the lines up to 7 are passed over. Write a quotation mark inside a field twice ("")',
    ]);
  });

  it.each(['\t', '|'])('at the beginning of a text where fields stand without (%j)', async (mark) => {
    const rows = [
      ['author', 'text'],
      ['Ann Writer', 'Plain.'],
      ['Bob Scribe', '"Super" is what he said'],
      ['Cy Third', 'It is "so"'],
    ];
    expect(await rowsOf(rows.map((row) => row.join(mark)).join('\n'))).toEqual([
      'Ann Writer: Plain.',
      'Bob Scribe: "Super" is what he said',
      'Cy Third: It is "so"',
    ]);
  });

  it('carriage returns inside of fields end no row, whatever was broken above', async () => {
    const content = 'author|text\nAnn Writer|He said "so"\rand left\nBob Scribe|One\rtwo\n';
    expect(await rowsOf(content)).toEqual(['Ann Writer: He said "so"\rand left', 'Bob Scribe: One\rtwo']);
    expect(await rowsOf('author,text\rAnn Writer,"One\ntwo"\rBob Scribe,Three\r')).toEqual([
      'Ann Writer: One\ntwo',
      'Bob Scribe: Three',
    ]);
  });
});

describe('lines above the names of the fields', () => {
  it.each([
    ['notes', 'Export of the desk\nFrom 1 January, to 31 December\n\n'],
    ['notes in a row of empty fields', 'Export,,\r\n"made, by hand",,\r\n,,\r\n'],
    ['comments', '# made by a tool\n# rows: 1\n'],
  ])('%s', async (_, above) => {
    const content = `${above}author;text;date\nAnn Writer;Some, words;2019-06-09\n`;
    const corpus = await read([file('a.csv', content)]);
    expect(corpus.articles).toMatchObject([{ bylines: ['Ann Writer'], text: 'Some, words' }]);
    const line = above.split('\n').length;
    expect(corpus.articles[0]!.source.line).toBe(line + 1);
    expect(corpus.notices).toMatchObject([{ code: 'lines-above', level: 'info', line }]);
  });

  it('are found by mapped names, and a table that begins on top is left alone', async () => {
    const mapped = 'Notes,\nwer,was\nAnn Writer,Words\n';
    expect(await rowsOf(mapped, 'a.csv', { map: { author: 'wer', text: 'was' } })).toEqual(['Ann Writer: Words']);
    const content = 'author,words\nauthor,text\nAnn Writer,Some words\n';
    expect(await rowsOf(content, 'a.csv', { map: { text: 'words' } })).toEqual([
      'Ann Writer: Some words',
      'author: text',
    ]);
  });
});

it('a text with delimiters in no quotation marks: what to do', async () => {
  const corpus = await read([file('a.csv', 'author,text\nAnn Writer,One, two, three\nBob Scribe,"One, two"\n')]);
  expect(troubles(corpus)).toEqual([
    'too-many-fields | a.csv, line 2: 4 fields where the header has 2; the row is passed over. Put a field that holds the delimiter in quotation marks',
  ]);
});
