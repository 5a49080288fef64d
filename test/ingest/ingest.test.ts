import fc from '../random.js';
import { describe, expect, it } from 'vitest';
import { bylineIn } from '../../src/ingest/text.js';
import { file, fixture, lines, read, troubles } from './reading.js';

const first = async (path: string, options = {}) =>
  (await read([fixture(`ingest/shapes/${path}`)], options)).articles[0];

describe('every shape of dump is read', () => {
  it.each([
    'array.json',
    'object.json',
    'single.json',
    'lines.json',
    'wordpress.json',
    'search.json',
    'semicolon.csv',
    'tabs.tsv',
  ])('%s', async (path) => {
    const corpus = await read([fixture(`ingest/shapes/${path}`)]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles[0].text).toMatch(/words/);
    expect(corpus.articles[0].bylines[0]).toMatch(/^(Ann Writer|ann)$/);
    // Standard input has no name to tell the format by.
    const { bytes } = fixture(`ingest/shapes/${path}`);
    expect((await read([file('-', bytes)])).articles.map((a) => a.text)).toEqual(corpus.articles.map((a) => a.text));
  });

  it.each([
    ['rows that end in carriage returns', 'author,text\rAnn Writer,Some words\r', 2],
    ["Excel's line naming the delimiter", 'sep=;\r\nauthor;text\r\nAnn Writer;Some words\r\n', 3],
    ['blank lines on top', '\n\nauthor|text\nAnn Writer|Some words\n', 4],
  ])('a CSV with %s', async (_, content, line) => {
    const corpus = await read([file('a.csv', content)]);
    expect(troubles(corpus)).toEqual([]);
    expect(corpus.articles).toMatchObject([{ bylines: ['Ann Writer'], text: 'Some words', source: { line } }]);
  });

  it('the ending of the name tells the format, whatever white space stands on top', async () => {
    const corpus = await read([file('a.jsonl', '\n'.repeat(70_000) + lines({ author: 'Ann', text: 'Words' }))]);
    expect(corpus.articles).toMatchObject([{ id: 'a.jsonl#70001', bylines: ['Ann'] }]);
  });

  it('fields are found by other names, and ids made of path and place', async () => {
    expect(await first('object.json')).toMatchObject({
      id: 'ingest/shapes/object.json#1',
      title: 'River',
      outlet: 'The Daily Example',
      publishedAt: Date.UTC(2019, 5, 9),
      source: { path: 'ingest/shapes/object.json', line: 1 },
    });
    expect(await first('wordpress.json')).toMatchObject({
      id: '7',
      title: 'River',
      markup: 'html',
      url: 'https://example.org/7',
    });
    expect(await first('semicolon.csv')).toMatchObject({
      id: 'ingest/shapes/semicolon.csv#2',
      text: 'Some words; and "more" words\r\nover two lines',
    });
    expect(await first('nested.jsonl', { map: { author: 'meta.writer' } })).toMatchObject({ bylines: ['Ann Writer'] });
  });
});

describe('folders of texts', () => {
  it('take the folder for the byline where the text names none, and say so', async () => {
    const corpus = await read([
      fixture('ingest/by-folder/ann-writer/river.txt', 'ann-writer'),
      fixture('ingest/by-folder/ann-writer/town.txt', 'ann-writer'),
      fixture('ingest/by-folder/bob-scribe/hill.txt', 'bob-scribe'),
    ]);
    expect(corpus.articles.map((a) => [a.bylines[0], a.title])).toEqual([
      ['ann-writer', 'The river'],
      ['ann-writer', 'The town'],
      ['bob-scribe', 'The hill'],
    ]);
    expect(corpus.articles[1].text.trim()).toBe('By the time the river came, the town was asleep.');
    expect(corpus.notices).toMatchObject([{ code: 'bylines-from', level: 'info' }]);
    expect(corpus.notices[0].message).toBe('bylines of single-article files taken from: folder name 3');
  });

  it('read title, byline and date on top, and leave the body', async () => {
    const { articles } = await read(['lake', 'buhayra', 'mill'].map((n) => fixture(`ingest/by-line/${n}.txt`)));
    expect(articles).toMatchObject([
      { bylines: ['عبدالله الكاتب'], title: 'بحيرة' },
      { bylines: ['Ann Writer'], title: 'The lake at night', publishedAt: Date.UTC(2019, 5, 9) },
      { bylines: ['Bob Scribe'], title: 'The mill', publishedAt: Date.UTC(2019, 5, 10) },
    ]);
    expect(articles.map((a) => a.text.trim().split(' ').slice(0, 2).join(' '))).toEqual([
      'كانت البحيرة',
      'The lake',
      'The mill',
    ]);
  });

  it('read front matter, whole and damaged', async () => {
    const corpus = await read(['bridge', 'field', 'road'].map((n) => fixture(`ingest/front-matter/${n}.md`)));
    expect(corpus.articles).toMatchObject([
      { bylines: ['Ann Writer'], title: 'The bridge', markup: 'markdown', publishedAt: Date.UTC(2019, 5, 12, 8) },
      { bylines: ['Bob Scribe'], text: 'The field is wide.\n' },
      { bylines: ['Ann Writer', 'Bob Scribe'], title: 'The road', publishedAt: Date.UTC(2019, 5, 11, 8) },
    ]);
    expect(troubles(corpus)[0]).toMatch(
      /^front-matter \| ingest\/front-matter\/field.md, line 1: the front matter is not valid YAML/,
    );
  });

  it('read TOML: lists over lines, and no table below instead of what stands on top', async () => {
    const toml =
      '+++\nauthors = [\n  "Ann Writer",\n  "Bob Scribe",\n]\ntitle = \'\'\'River\'\'\'\n[extra]\ntitle = "No"\n+++\nWords.';
    expect((await read([file('a.md', toml)])).articles[0]).toMatchObject({
      bylines: ['Ann Writer', 'Bob Scribe'],
      title: 'River',
      text: 'Words.',
    });
  });

  it.each([
    ['By Ann Writer', 'Ann Writer'],
    ['By The Associated Press', 'The Associated Press'],
    ['By apiazza', 'apiazza'],
    ['By accident', null],
    ['BY ANN WRITER AND BOB SCRIBE', 'ANN WRITER AND BOB SCRIBE'],
    ['By Ann van der Berg and Bob Scribe in Rome', 'Ann van der Berg and Bob Scribe in Rome'],
    ['by: Ann Writer | June 9, 2019', 'Ann Writer'],
    ['Por Ana Ruiz', 'Ana Ruiz'],
    ['Byline: By Ann Writer', 'Ann Writer'],
    ['Byline: none', null],
    ['By May Smith', 'May Smith'],
    ['By the time we came home', null],
    ['By Tuesday the storm was over', null],
    ['By June 2019 it was over', null],
    ['By now', null],
    ['By Ann Writer, who came home late.', null],
    ['Bystanders', null],
  ])('the line %j names %j', (line, names) => {
    expect(bylineIn(line)?.names ?? null).toBe(names);
  });
});

describe('saved pages', () => {
  it('give the article without scripts and menus, and its metadata', async () => {
    const corpus = await read(['wood', 'short', 'nothing'].map((n) => fixture(`ingest/pages/${n}.html`)));
    const [short, wood] = corpus.articles;
    expect(wood).toMatchObject({
      bylines: ['Ann Writer'],
      title: 'The wood',
      outlet: 'The Daily Example',
      url: 'https://example.org/wood',
      publishedAt: Date.UTC(2019, 5, 13, 9),
      markup: 'plain',
    });
    expect(wood.text).toContain('\n\nThe wood is dark. This is paragraph 1');
    expect(wood.text).toContain('\n\n> Nobody goes there.');
    expect(wood.text).not.toMatch(/alert|Home|Copyright/);
    expect(short).toMatchObject({ bylines: ['Bob Scribe'], title: 'The pond' });
    expect(short.text).toContain('The pond is small');
    expect(troubles(corpus)).toEqual([
      'no-article | ingest/pages/nothing.html: no article was found in the page; passed over',
    ]);
  });

  it('have their byline from a line on top where nothing else names it', async () => {
    const body = '<p>Just one short paragraph with words.</p>';
    const { articles } = await read([
      file('a.html', `<body><h1>Pond</h1><p>By Ann Writer, June 9, 2019</p>${body}</body>`),
    ]);
    expect(articles[0]).toMatchObject({ bylines: ['Ann Writer'], publishedAt: Date.UTC(2019, 5, 9) });
    expect(articles[0].text).not.toContain('Ann Writer');
    expect(articles[0].text).toContain('short paragraph');
  });

  it('believe the encoding a page names', async () => {
    const page = '<meta charset="windows-1251"><meta name="author" content="Ann Writer"><p>';
    const body = Uint8Array.from(
      [...'Слова '.repeat(40)].map((c) => (c === ' ' ? 32 : c.charCodeAt(0) - 0x410 + 0xc0)),
    );
    const { articles } = await read([file('a.html', Buffer.concat([Buffer.from(page), body]))]);
    expect(articles[0].text).toContain('Слова Слова');
  });
});

describe('the corpus', () => {
  const article = fc.record({
    id: fc.constantFrom('a', 'b', 'c', undefined),
    author: fc.constantFrom('Ann Writer', 'ANN WRITER', 'Ann B. Writer', 'Staff', null, ['Ann Writer', 'Bob']),
    text: fc.constantFrom('One text.', 'Two texts.', ''),
    date: fc.constantFrom('09/06/2019', '25/06/2019', 'never', null),
  });

  it('does not depend on the order of the files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(article, { minLength: 1, maxLength: 8 }), async (articles) => {
        const files = articles.map((a, i) => file(`${i}.jsonl`, lines(a)));
        const outcome = (order: typeof files): Promise<unknown> => read(order).catch((e: unknown) => String(e));
        expect(await outcome(files.slice().reverse())).toEqual(await outcome(files));
      }),
    );
  });

  it('reads an ambiguous date as the others show', async () => {
    const dates = async (...all: string[]): Promise<(number | null)[]> =>
      (
        await read([file('a.jsonl', lines(...all.map((date, i) => ({ id: String(i), author: 'A', text: 'x', date }))))])
      ).articles.map((a) => a.publishedAt);
    expect(await dates('09/06/2019', '25/06/2019')).toEqual([Date.UTC(2019, 5, 9), Date.UTC(2019, 5, 25)]);
    expect(await dates('09/06/2019', '06/25/2019')).toEqual([Date.UTC(2019, 8, 6), Date.UTC(2019, 5, 25)]);
    expect((await dates('09/06/2019', '06/25/2019', '25/06/2019'))[0]).toBeNull();
  });

  it('says that a date is far from all others, and reads it as it stands', async () => {
    const usual = Array.from({ length: 12 }, (_, i) => `2014-${String(i + 1).padStart(2, '0')}-01`);
    const all = [...usual, '2114-05-01'].map((date, i) => ({ id: String(i), author: 'A', text: `x${i}`, date }));
    const { articles, notices } = await read([file('a.jsonl', lines(...all))]);
    expect(articles.find((a) => a.id === '12')!.publishedAt).toBe(Date.UTC(2114, 4, 1));
    expect(notices.filter((n) => n.code === 'far-date').map((n) => n.message)).toEqual([
      'a.jsonl, line 13: "2114-05-01" is far from all other dates (2014); read as it stands',
    ]);
  });

  it('keeps spellings apart when told to', async () => {
    const both = [file('a.jsonl', lines({ author: 'Ann Writer', text: 'x' }, { author: 'ANN WRITER', text: 'y' }))];
    expect((await read(both)).merges).toHaveLength(1);
    const exact = await read(both, { exactBylines: true });
    expect(exact.merges).toEqual([]);
    expect(exact.articles.map((a) => a.bylines[0])).toEqual(['Ann Writer', 'ANN WRITER']);
  });

  it('takes codes for persons when most bylines are codes', async () => {
    const kinds = async (...authors: string[]): Promise<string[]> =>
      (await read([file('a.jsonl', lines(...authors.map((author) => ({ author, text: 'x' }))))])).articles.map(
        (a) => a.bylineKind,
      );
    expect(await kinds('A12', 'B7', 'C99')).toEqual(['person', 'person', 'person']);
    expect(await kinds('18F', 'Ann Writer', 'Bob Scribe')).toEqual(['desk', 'person', 'person']);
  });

  it("takes an outlet's own name for a desk, but not a blog's that is called after its writer", async () => {
    const kinds = async (...authors: string[]): Promise<string[]> =>
      (
        await read([file('a.jsonl', lines(...authors.map((author) => ({ author, outlet: 'Daily Bugle', text: 'x' }))))])
      ).articles.map((a) => a.bylineKind);
    expect(await kinds('The Daily Bugle', 'Ann Writer', 'Bob Scribe')).toEqual(['desk', 'person', 'person']);
    expect(await kinds('Daily Bugle', 'Daily Bugle', 'Ann Writer')).toEqual(['person', 'person', 'person']);
  });

  it('are found in an object that holds the printed line or persons', async () => {
    const persons = [
      { firstname: 'Ann', middlename: null, lastname: 'Writer' },
      { firstname: 'Bob', lastname: 'Scribe' },
    ];
    const told = { original: 'By Ann Writer and Bob Scribe', person: persons, organization: null };
    const corpus = await read([
      file('a.jsonl', lines(...[told, { ...told, original: null }].map((byline) => ({ byline, body: 'x' })))),
    ]);
    expect(corpus.articles.map((a) => a.bylines)).toEqual([
      ['Ann Writer', 'Bob Scribe'],
      ['Ann Writer', 'Bob Scribe'],
    ]);
  });

  it('are found in a list of front matter that is no YAML for its title', async () => {
    const text = (authors: string): string =>
      `---\ntitle: "The "deep" state"\nauthors:\n${authors}date: 2019-03-04\n---\n\nSome words.`;
    const { articles } = await read([
      file('a.md', text('  - name: "Ann Writer"\n    role: x\n')),
      file('b.md', text('  - Ann Writer\n  - Bob Scribe\n')),
      file('c.md', text('')),
    ]);
    expect(articles.map((a) => a.bylines)).toEqual([['Ann Writer'], ['Ann Writer', 'Bob Scribe'], []]);
  });

  it('without any byline says what to do: in texts and in fields', async () => {
    const said = async (path: string, content: string): Promise<string | undefined> =>
      troubles(await read([file(path, content)]))[0];
    expect(await said('a.txt', 'Some words.')).toContain('Give each text a line "By …"');
    expect(await said('a.jsonl', lines({ author: null, text: 'Some words.' }))).toBe(
      'no-bylines | the article has no byline (a.jsonl, line 1). If another field holds the byline, name it with --map author=FIELD',
    );
  });
});
