import { describe, expect, it } from 'vitest';
import { file, fixture, lines, read, troubles } from './reading.js';

const good = file('good.jsonl', lines({ id: 'good', author: 'Ann Writer', text: 'Some words.' }));

describe('one bad thing does not stop the run', () => {
  it('broken JSON lines are named with their number, and the rest is read', async () => {
    const corpus = await read([fixture('broken/broken-lines.jsonl')]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['five', 'one']);
    expect(troubles(corpus)).toEqual([
      'broken-json | broken/broken-lines.jsonl, line 2: not valid JSON (it ends too early); the line is passed over',
      'not-an-article | broken/broken-lines.jsonl, line 4: not a JSON object; passed over',
      'no-text | broken/broken-lines.jsonl, line 6: its text is empty or no string; passed over',
    ]);
    expect(corpus.notices[0]).toMatchObject({ source: 'broken/broken-lines.jsonl', line: 2 });
  });

  it('a thousand broken lines are ten notices', async () => {
    const corpus = await read([file('a.jsonl', `{"author":"A","text":"x"}\n${'{oops\n'.repeat(5000)}`), good]);
    expect(corpus.notices).toHaveLength(10);
    expect(corpus.notices[9]).toMatchObject({ line: 11 });
    expect(corpus.notices[9].message).toContain('(and 4990 more like it in this file)');
  });

  it('a file that is no JSON Lines at all is left after a thousand lines', async () => {
    const corpus = await read([file('a.jsonl', '{\n'.repeat(1_000_000)), good]);
    expect(troubles(corpus)[0]).toBe(
      'not-json-lines | a.jsonl: the first 1000 lines are not JSON Lines; the file is passed over',
    );
  });

  it('a broken JSON file is named with the line at fault', async () => {
    const said = async (text: string): Promise<string> => troubles(await read([file('a.json', text), good]))[0];
    expect(await said('[\n{"author":"Ann Writer",\n"text":}\n]')).toMatch(/^broken-json \| a.json, line 3: not valid/);
    expect(await said('[\n{"author":"Ann Writer"\n"text":"x"}\n]')).toMatch(/^broken-json \| a.json, line 3: not/);
    expect(await said('[\n{"author":')).toMatch(/^broken-json \| a.json, line 2: not valid JSON \(it ends too early\)/);
    expect(await said('nothing like it')).toMatch(/^broken-json \| a.json, line 1: not valid JSON/);
  });

  it('blank rows of a CSV are no articles, and no trouble', async () => {
    const corpus = await read([file('a.csv', `author,text\n${',\n'.repeat(20_000)}Ann Writer,Some words\n`)]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['a.csv#20002']);
    expect(troubles(corpus)).toEqual([]);
  });

  it('a page of links is no article', async () => {
    const links = '<li><a href="/x">A link to some other page</a></li>'.repeat(30);
    const corpus = await read([file('list.html', `<body><ul>${links}</ul></body>`), good]);
    expect(troubles(corpus)).toEqual(['no-article | list.html: no article was found in the page; passed over']);
  });

  it('unbalanced quotation marks cost their row', async () => {
    const corpus = await read([fixture('broken/unbalanced-quotes.csv')]);
    expect(corpus.articles.map((a) => a.id)).toEqual(['1', '3', '6']);
    expect(troubles(corpus).map((t) => t.split(';')[0])).toEqual([
      'broken-csv | broken/unbalanced-quotes.csv, line 3: quotation marks that do not pair up',
      'too-many-fields | broken/unbalanced-quotes.csv, line 5: 5 fields where the header has 3',
      'no-text | broken/unbalanced-quotes.csv, line 6: its text is empty or no string',
      'wrong-number-of-fields | broken/unbalanced-quotes.csv, line 6: 2 fields where the header has 3',
    ]);
  });

  it('a CSV whose every line opens a quotation mark is given up, quickly', async () => {
    const corpus = await read([file('a.csv', `author,text\n${'x,"open\n'.repeat(5000)}`), good]);
    expect(corpus.articles).toHaveLength(1);
    expect(troubles(corpus).some((t) => t.startsWith('csv-given-up | a.csv, line '))).toBe(true);
  });

  it('a million columns are refused before they are parsed', async () => {
    const wide = file('wide.csv', `${Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',')}\n1,2,3\n`);
    const corpus = await read([wide, good]);
    expect(troubles(corpus)).toEqual([
      'too-many-columns | wide.csv, line 1: the header has 1000000 columns; at most 10000 are read. Give one article a row',
    ]);
    await expect(read([wide])).rejects.toMatchObject({ name: 'UserError' });
  });

  it('binary content named .txt is passed over', async () => {
    const corpus = await read([fixture('broken/binary.txt'), good]);
    expect(troubles(corpus)).toEqual(['binary | broken/binary.txt: holds binary data, not text; passed over']);
    await expect(read([fixture('broken/binary.txt')])).rejects.toMatchObject({
      name: 'UserError',
      message: 'nothing could be read. broken/binary.txt: holds binary data, not text; passed over',
    });
  });

  it('an article of three words is an article', async () => {
    const { articles, notices } = await read([fixture('broken/three-words.jsonl')]);
    expect(articles).toMatchObject([{ text: 'Three words only', bylines: ['Ann Writer'] }]);
    expect(notices).toEqual([]);
  });

  it('a 50 MB single article is cut at a paragraph', async () => {
    const paragraph = `${'word '.repeat(100)}\n\n`;
    const text = paragraph.repeat(Math.ceil(50_000_000 / paragraph.length));
    const corpus = await read([file('big.txt', `By Ann Writer\n\n${text}`)]);
    expect(corpus.articles[0].text.length).toBeGreaterThan(1_990_000);
    expect(corpus.articles[0].text.length).toBeLessThanOrEqual(2_000_000);
    expect(corpus.articles[0].text.endsWith('word ')).toBe(true);
    expect(troubles(corpus)[0]).toMatch(
      /^article-too-long \| big.txt: one article of 50\d{6} characters; the first \d+ are read/,
    );
  });

  it('invalid UTF-8 costs its place', async () => {
    const corpus = await read([fixture('broken/invalid-utf8.jsonl')]);
    expect(corpus.articles.map((a) => a.text)).toEqual(['Café and naïve are whole é.', 'A bad byte: \uFFFD here.']);
    expect(troubles(corpus)).toEqual([
      'invalid-utf8 | broken/invalid-utf8.jsonl, line 2: bytes that are not UTF-8; read with U+FFFD in their place',
    ]);
  });

  it('hostile bylines are cleaned, merged and said', async () => {
    const corpus = await read([fixture('broken/hostile-bylines.jsonl')]);
    expect(corpus.articles.flatMap((a) => a.bylines)).toEqual(Array(4).fill('Ann Writer'));
    const said = troubles(corpus);
    expect(said.map((t) => t.split(' | ')[0])).toEqual(['byline-homoglyphs', 'byline-control-characters']);
    expect(said[1]).toContain('and in those of 1 more article were removed');
    expect(said[0]).toContain('U+0456');
    expect(said.join('')).not.toMatch(/[\u0000-\u001f\u202e\u200b]/);
  });

  it('the same id twice: the later by content gets a suffix, whatever the order', async () => {
    const one = fixture('broken/same-id.jsonl');
    const corpus = await read([one]);
    expect(corpus.articles.map((a) => [a.id, a.bylines[0]])).toEqual([
      ['x', 'Bob Scribe'],
      ['x~2', 'Ann Writer'],
      ['y', 'Bob Scribe'],
    ]);
    expect(troubles(corpus)).toEqual([
      'same-id | broken/same-id.jsonl, line 1: the id "x" stands more than once; here it is called "x~2"',
    ]);
  });

  it('one id on all of 50,000 articles is no trouble', async () => {
    const all = Array.from({ length: 50_000 }, (_, i) => ({ id: 'x', author: 'Ann Writer', text: `Words ${i}` }));
    const corpus = await read([file('a.jsonl', lines(...all))]);
    expect(new Set(corpus.articles.map((a) => a.id)).size).toBe(50_000);
    expect(corpus.notices).toHaveLength(10);
  });

  it('dates that are none are left out, and counted once', async () => {
    const corpus = await read([fixture('broken/not-dates.jsonl')]);
    expect(corpus.articles.map((a) => a.publishedAt)).toEqual([null, null, null, Date.UTC(2019, 5, 9)]);
    expect(troubles(corpus)).toEqual([
      'not-a-date | broken/not-dates.jsonl, line 1: "yesterday" is not a date that can be read; left out (2 articles in all)',
      'ambiguous-date | broken/not-dates.jsonl, line 3: "09/06/2019" is day or month first? no other date shows which; left out',
    ]);
  });

  it('"__proto__" and deep nesting are harmless', async () => {
    const { articles } = await read([fixture('broken/proto.json')]);
    expect(articles[0].bylines).toEqual(['Ann Writer']);
    expect(({} as Record<string, unknown>)['author']).toBeUndefined();
    const deep = file('deep.jsonl', `{"author":${'['.repeat(200_000)}${']'.repeat(200_000)},"text":"a b c"}`);
    expect((await read([deep, good])).articles).toHaveLength(2);
    const csv = file('p.csv', '__proto__,author,text\nx,Ann Writer,Some words\n');
    expect((await read([csv], { map: { id: '__proto__' } })).articles[0].id).toBe('x');
    const html = file('deep.html', `${'<div>'.repeat(100_000)}text${'</div>'.repeat(100_000)}`);
    expect(troubles(await read([html, good]))).toHaveLength(1);
    const brackets = file('many.html', '<'.repeat(2_000_000));
    expect(troubles(await read([brackets, good]))[0]).toMatch(/^page-too-large/);
    const yaml = file('deep.md', `---\na: ${'['.repeat(20_000)}\n---\nSome words.`);
    expect((await read([yaml, good])).articles).toHaveLength(2);
  });
});

describe('what the user must mend is an error with a hint', () => {
  it('no byline column', async () => {
    await expect(read([fixture('broken/no-byline-column.csv')])).rejects.toMatchObject({
      name: 'UserError',
      message: 'no byline found: none of the fields "id", "penname", "text" is known to hold one',
      hint: 'Say which it is, for instance --map author=penname',
    });
    expect(
      (await read([fixture('broken/no-byline-column.csv')], { map: { author: 'penname' } })).articles,
    ).toHaveLength(2);
  });

  it('no text column', async () => {
    await expect(read([fixture('broken/no-text-column.csv')])).rejects.toMatchObject({
      name: 'UserError',
      message: 'no article text found: none of the fields "author", "id", "story_so_far" is known to hold it',
      hint: 'Say which it is, for instance --map text=story_so_far',
    });
  });

  it('quotation marks inside unquoted fields are text, however many', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `Ann Writer|He said "no ${i}" to all`);
    const quoted = '"Bob Scribe"|"He said ""no""\nto all"';
    const corpus = await read([file('a.csv', ['author|text', ...rows, quoted].join('\n'))]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles).toHaveLength(301);
    expect(corpus.articles.map((a) => a.text)).toContain('He said "no 299" to all');
    expect(corpus.articles.map((a) => a.text)).toContain('He said "no"\nto all');
  });

  it('a text of lists inside lists ends nobody', async () => {
    const deep = `{"author":"Ann Writer","text":${'['.repeat(3000)}"x"${']'.repeat(3000)}}`;
    const { articles } = await read([
      file('a.jsonl', `${deep}\n${lines({ author: 'Ann Writer', text: ['x', ['y']] })}`),
    ]);
    expect(articles.map((a) => a.text)).toEqual(['x\n\ny']);
  });

  it('no known text field: none that is something else is proposed, and a list of paragraphs is', async () => {
    const told = (record: object): Promise<unknown> => read([file('a.jsonl', lines(record))]).catch((e: unknown) => e);
    expect(await told({ author: 'Ann Writer', pieces: ['Some words', 'and more.'] })).toMatchObject({
      hint: 'Say which it is, for instance --map text=pieces',
    });
    expect(await told({ author: 'Ann Writer', count: 7 })).toMatchObject({
      hint: 'Say which it is, for instance --map text=FIELD',
    });
  });

  it('no line of names above a table, whose first article is not given for a name of a field', async () => {
    const row = `Ann Writer\t2019-03-04\t${'Some words of an article. '.repeat(10)}`;
    const error: unknown = await read([file('a.tsv', `${row}\n${row}`)]).catch((e: unknown) => e);
    expect(error).toMatchObject({
      name: 'UserError',
      hint: 'Write a line with the names of the fields on top, such as author,date,text.',
    });
  });

  it('a mapped column that is not there', async () => {
    await expect(read([fixture('broken/no-byline-column.csv')], { map: { author: 'pename' } })).rejects.toMatchObject({
      name: 'UserError',
      message: '--map author=pename: nothing that was read has a field "pename"; there are "id", "penname", "text"',
      hint: 'Did you mean --map author=penname?',
    });
  });

  it('a field inside another is named with its dots, and one of no use is not proposed', async () => {
    const nested = file('a.jsonl', lines({ meta: { penname: 'Ann' }, text: 'Some words.' }));
    await expect(read([nested])).rejects.toMatchObject({
      message: 'no byline found: none of the fields "meta.penname", "text" is known to hold one',
      hint: 'Say which it is, for instance --map author=meta.penname',
    });
    await expect(read([nested], { map: { author: 'meta.pename' } })).rejects.toMatchObject({
      hint: 'Did you mean --map author=meta.penname?',
    });
    await expect(read([file('a.jsonl', lines({ text: 'Some words.' }))])).rejects.toMatchObject({
      hint: 'Add a field "author" that says who wrote what, or put what each person wrote in a folder named after the person.',
    });
    await expect(read([file('a.csv', 'id,Pen Of\n1,Ann\n')])).rejects.toMatchObject({
      hint: 'Say which it is, for instance --map "text=Pen Of"',
    });
  });

  it('what is not UTF-8 and no articles: said is what is wrong with it, and not what it was read as', async () => {
    const bytes = Uint8Array.from('{"author": "Ren\u00e9", text}\n', (c) => c.charCodeAt(0));
    const told = await read([file('a.jsonl', bytes)]).catch((error: Error) => error.message);
    expect(told).toMatch(/^nothing could be read\. a\.jsonl, line 1: .*\(and 1 more problem\)$/);
    expect(told).not.toContain('UTF-8');
  });

  it('nothing at all, or only empty files', async () => {
    await expect(read([])).rejects.toMatchObject({
      name: 'UserError',
      message: 'nothing to read: no article was found',
    });
    await expect(read([file('a.txt', ' \n')])).rejects.toMatchObject({
      name: 'UserError',
      message: 'nothing could be read. a.txt: the file is empty',
    });
  });
});
