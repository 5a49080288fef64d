import { describe, expect, it } from 'vitest';
import { file, lines, read, troubles } from './reading.js';

const TEXT = 'Some words about a river and a town, and more of them. '.repeat(5).trim();
const A = { author: 'Ann Writer', text: TEXT, date: '2019-06-09' };
const B = { author: 'Ben Other', text: `Other ${TEXT}`, date: '2019-06-10' };
const C = { author: 'Cy Third', text: `Third ${TEXT}`, date: '2019-06-11' };
const ALL = [A, B, C];

/** "id: byline, day" of each article. */
async function said(path: string, content: unknown, options = {}): Promise<string[]> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const { articles } = await read([file(path, text)], options);
  const day = (ms: number | null): string => (ms === null ? '-' : new Date(ms).toISOString().slice(8, 10));
  return articles.map((a) => `${a.id.replace(path, '')}: ${a.bylines.join(' + ')}, ${day(a.publishedAt)}`);
}

const NUMBERED = ['#1: Ann Writer, 09', '#2: Ben Other, 10', '#3: Cy Third, 11'];
const column = (key: keyof typeof A): string[] => ALL.map((a) => a[key]);
const byIndex = (key: keyof typeof A): object => Object.fromEntries(column(key).map((v, i) => [String(i), v]));

describe('JSON of many shapes', () => {
  it.each<[string, unknown]>([
    ['columns of pandas', { author: byIndex('author'), text: byIndex('text'), date: byIndex('date') }],
    ['columns as lists', { author: column('author'), text: column('text'), date: column('date') }],
    ['columns apart from rows', { columns: ['author', 'text', 'date'], index: [0, 1, 2], data: ALL.map((a) => Object.values(a)) }], // prettier-ignore
    ['rows below a row of names', [['author', 'text', 'date'], ...ALL.map((a) => Object.values(a))]],
    ['the values of a spreadsheet', { range: 'A1:C4', values: [['author', 'text', 'date'], ...ALL.map((a) => Object.values(a))] }], // prettier-ignore
    ['lists inside objects', { status: 'ok', data: { total: 3, articles: ALL } }],
    ['writers with their articles', ALL.map(({ author, ...rest }) => ({ id: 'w', author: { name: author }, posts: [rest] }))], // prettier-ignore
    ['articles under their writers', Object.fromEntries(ALL.map(({ author, ...rest }) => [author, [rest]]))],
    ['articles under years', { '2018': [A, B], '2019': [C] }],
  ])('%s', async (_, content) => {
    expect(await said('a.json', content)).toEqual(NUMBERED);
  });

  it('texts under the names of their writers', async () => {
    const texts = { 'Ann Writer': [A.text, C.text], 'Ben Other': [B.text] };
    expect(await said('a.json', texts)).toEqual(['#1: Ann Writer, -', '#2: Ann Writer, -', '#3: Ben Other, -']);
  });

  it('one article by two authors in two paragraphs, with comments, is one article', async () => {
    const article = { title: 'River', authors: ['Ann Writer', 'Ben Other'], paragraphs: [A.text, B.text] };
    const comments = [{ author: 'Troll', text: B.text }];
    expect(await said('a.json', article)).toEqual(['#1: Ann Writer + Ben Other, -']);
    expect(await said('a.json', { authors: article.authors, paragraphs: article.paragraphs })).toHaveLength(1);
    expect(await said('a.json', { ...A, comments })).toEqual(['#1: Ann Writer, 09']);
    expect(await said('a.jsonl', { ...A, comments })).toEqual(['#1: Ann Writer, 09']);
  });

  it('a list written line by line, with its brackets on the lines of articles', async () => {
    const [a, b, c] = ALL.map((x) => JSON.stringify(x));
    for (const text of [`[${a},\n${b},\n${c}]`, `[${a},\n${b},\n${c},\n]`, `[${a}, \n${b},\n${c}]\n`]) {
      expect(await said('a.jsonl', text)).toEqual(NUMBERED);
      expect(await said('a.json', text)).toEqual(NUMBERED);
    }
  });

  it('lists of values without names are one trouble, with a way out', async () => {
    const corpus = await read([
      file('a.json', JSON.stringify(ALL.map((a) => Object.values(a)))),
      file('b.jsonl', lines(A)),
    ]);
    expect(troubles(corpus)).toEqual([
      'not-an-article | a.json: a list of values without names; passed over. Write objects, or a first row with the names: ["author", "text"]', // prettier-ignore
    ]);
  });

  it('lines that hold pages of an API, or lists', async () => {
    const pages = lines({ page: 1, data: { articles: [A, B] } }, [C]);
    expect(await said('a.jsonl', pages)).toEqual(['#1.1: Ann Writer, 09', '#1.2: Ben Other, 10', '#2.1: Cy Third, 11']);
    expect(await said('b.jsonl', lines({ author: 'Ann Writer', data: { text: TEXT } }))).toEqual(['#1: Ann Writer, -']);
    const corpus = await read([file('a.jsonl', lines(A, [{ author: 'Ann' }, B]))]);
    expect(troubles(corpus)[0]).toMatch(/^no-text \| a.jsonl, line 2, element 1: /);
  });
});

describe('JSON that is not strictly JSON', () => {
  const pretty = JSON.stringify(ALL, null, 2);
  it.each([
    ['objects one behind the other', ALL.map((a) => JSON.stringify(a)).join('')],
    ['objects over several lines', ALL.map((a) => JSON.stringify(a, null, 2)).join('\n')],
    ['comments', `// export\n${pretty.replace('"date"', '/* of print */ "date"').replace(',', ', // by "Ann\n')}`],
    ['commas before brackets', pretty.replaceAll('\n  }', ',\n  }').replace(/\n\]$/, ', // end\n]')],
    ['an assignment in front', `window.DATA = ${JSON.stringify(ALL)};\n`],
    ['a callback around', `callback(${JSON.stringify(ALL)});`],
    ['line breaks in strings', pretty.replaceAll('words about', 'words\n\tabout')],
    ['NaN', pretty.replaceAll('"date"', '"views": NaN,\n"low": -Infinity, "date"')],
  ])('%s', async (_, content) => {
    expect(await said('a.json', content)).toEqual(NUMBERED);
    const { notices, articles } = await read([file('a.json', content)]);
    expect(notices).toMatchObject([{ level: 'info', code: 'loose-json' }]);
    expect(articles[0]!.text.replace(/\s+/g, ' ')).toBe(TEXT);
  });

  it('objects over several lines, or one behind the other, called lines', async () => {
    expect(await said('a.jsonl', ALL.map((a) => JSON.stringify(a, null, 2)).join('\n'))).toEqual(NUMBERED);
    expect(await said('a.jsonl', pretty)).toEqual(NUMBERED);
    expect(await said('a.jsonl', ALL)).toEqual(NUMBERED);
    const behind = ALL.map((a) => JSON.stringify(a)).join('\r');
    expect(await said('a.jsonl', behind)).toEqual([
      '#1.1: Ann Writer, 09',
      '#1.2: Ben Other, 10',
      '#1.3: Cy Third, 11',
    ]);
  });

  it('what stands in strings stays as it is', async () => {
    const text = `${TEXT} // no comment, NaN, /* none */ "x": [1, ] \\" ,}`;
    const { articles } = await read([file('a.json', `[${JSON.stringify({ author: 'Ann', text })},]`)]);
    expect(articles[0]!.text).toBe(text);
  });

  it('an end that is missing costs the article that is cut, and is told with its place', async () => {
    const cut = JSON.stringify({ n: 3, tags: [{ name: 'x' }], articles: ALL }, null, 1);
    const text = cut.slice(0, cut.indexOf('Third'));
    const corpus = await read([file('a.json', text)]);
    expect(corpus.articles.map((a) => a.bylines[0])).toEqual(['Ann Writer', 'Ben Other']);
    expect(troubles(corpus)).toEqual([
      `broken-json | a.json, line ${text.split('\n').length}: not valid JSON (it ends too early); what stands whole before is read, the rest of the file is passed over`,
    ]);
  });

  it('NaN in a line, as Python writes it; what follows a broken value is said', async () => {
    expect(
      await said('a.jsonl', `{"author": "Ann Writer", "date": NaN, "text": "Words"}\n${JSON.stringify(B)}`),
    ).toEqual(['#1: Ann Writer, -', '#2: Ben Other, 10']);
    const corpus = await read([
      file('a.json', `${JSON.stringify(A, null, 1)}\n{"author": }\n${JSON.stringify(B, null, 1)}`),
    ]);
    expect(troubles(corpus)).toMatchObject([expect.stringMatching(/^broken-json \| a.json, line 6: /)]);
  });

  it.each([
    '{'.repeat(100_000),
    '[{"a":'.repeat(50_000),
    '["'.repeat(100_000),
    '/*'.repeat(100_000),
    '{"a"}'.repeat(50_000),
  ])('hostile brackets and marks end nobody (%#)', async (content) => {
    const corpus = await read([file('a.json', content), file('b.jsonl', lines(A))]);
    expect(troubles(corpus)[0]).toMatch(/^broken-json \| a.json/);
  });
});

describe('fields of many exports', () => {
  it.each<[string, object]>([
    ['MongoDB', { _id: { $oid: '5d' }, author: 'Ann Writer', text: TEXT, date: { $date: { $numberLong: '1560038400000' } } }],
    ['MongoDB, new dates', { author: 'Ann Writer', text: TEXT, date: { $date: '2019-06-09T00:00:00Z' } }],
    ['Elasticsearch', { _id: 'x', _source: { byline: 'By Ann Writer', body: TEXT, '@timestamp': '2019-06-09' } }],
    ['Drupal', { attributes: { field_byline: [{ value: 'Ann Writer' }], body: { value: TEXT }, created: [{ value: '2019-06-09' }] } }],
    ['the Guardian', { webPublicationDate: '2019-06-09T00:00:00Z', fields: { byline: 'Ann Writer', bodyText: TEXT } }],
    ['WordPress by number', { author: 7, content: { rendered: TEXT }, date: '2019-06-09', _embedded: { author: [{ id: 7, name: 'Ann Writer' }] } }],
    ['document loaders', { page_content: TEXT, metadata: { author: 'Ann Writer', date: '2019-06-09' } }],
    ['first and last names', { authors: [{ first: 'Ann', last: 'Writer' }], body: TEXT, date: '2019-06-09' }],
    ['schema.org', { author: { givenName: 'Ann', familyName: 'Writer' }, body: TEXT, datePublished: '2019-06-09' }],
    ['chats', { from: 'Ann Writer', text: TEXT, date: '2019-06-09' }],
    ['French', { Auteur: 'Ann Writer', 'Texte de l’article': TEXT, 'Date de publication': '2019-06-09' }],
    ['Spanish', { Autor: 'Ann Writer', Cuerpo: TEXT, 'Fecha de publicación': '2019-06-09' }],
    ['Persian', { نویسنده: 'Ann Writer', مقاله: TEXT, تاریخ: '2019-06-09' }],
  ])('%s', async (_, record) => {
    expect((await said('a.json', [record]))[0]).toMatch(/: Ann Writer, 09$/);
  }); // prettier-ignore

  it.each<[string, object]>([
    ['of a change', { date_modified: '2019-06-09', last_update: '2019-06-09' }],
    ['of birth', { birthdate: '1980-06-09' }],
    ['of the scraping', { scrape_date: '2019-06-09', dateDownloaded: '2019-06-09' }],
    ['that is none', { date_line: 'LONDON', published: true }],
  ])('a date %s is none of publication', async (_, other) => {
    expect(await said('a.json', [{ author: 'Ann Writer', text: TEXT, ...other }])).toEqual(['#1: Ann Writer, -']);
  });

  it('a number stays the byline where nothing names it, and a name is never replaced', async () => {
    expect(await said('a.json', [{ author: 7, text: TEXT, _embedded: {} }])).toEqual(['#1: 7, -']);
    const meta = { author: 'Some Template' };
    expect(await said('a.json', [{ author: 'Ann Writer', text: TEXT, meta }])).toEqual(['#1: Ann Writer, -']);
  });

  it('what a file holds tells more than an ending for text', async () => {
    expect(await said('a.txt', lines(...ALL))).toEqual(NUMBERED);
    expect(await said('a.csv', ALL)).toEqual(NUMBERED);
    expect(await said('a.txt', 'author,text,date\nAnn Writer,Some words,2019-06-09\n')).toEqual(['#2: Ann Writer, 09']);
    const prose = 'Author, editor, and text man\n\nBy Ann Writer\n\n{"quoted": "words"} stand here.';
    expect((await read([file('a.txt', prose)])).articles).toMatchObject([{ id: 'a.txt', bylines: ['Ann Writer'] }]);
  });
});

describe('what is likely another field, or the beginning of a text', () => {
  const many = (make: (i: number) => object, n = 9): ReturnType<typeof file> =>
    file('a.jsonl', lines(...Array.from({ length: n }, (_, i) => make(i))));

  it('one name for all where another field holds many is told, with the flag', async () => {
    const said = troubles(await read([many((i) => ({ author: 'cms', byline: `Ann ${'ABC'[i % 3]}`, text: TEXT }))]));
    expect(said).toEqual([
      'other-field | bylines are taken from "author", which always says the same; "byline" holds 3 names. --map author=byline takes that',
    ]);
  });

  it('texts that are teasers beside long ones are told, with the flag', async () => {
    const said = troubles(await read([many((i) => ({ author: `Ann ${i}`, text: 'A teaser.', 'full text': TEXT }))]));
    expect(said).toEqual([
      `other-field | texts are taken from "text", 9 characters on average; "full text" holds ${TEXT.length}. --map "text=full text" takes that`,
    ]);
  });

  it.each<[string, (i: number) => object]>([
    ['names differ', (i) => ({ author: `Ann ${i % 2}`, byline: `Ben ${i}`, text: TEXT })],
    ['the other field holds one name too', () => ({ author: 'Ann', byline: 'Ben', text: TEXT })],
    ['the texts are texts', (i) => ({ author: `Ann ${i}`, text: TEXT.repeat(2), html: `<p>${TEXT.repeat(40)}</p>` })],
    [
      'the other is the same with mark-up',
      (i) => ({ author: `Ann ${i}`, text: 'A post.', html: '<p><b>A post.</b></p>' }),
    ],
  ])('nothing is said where %s', async (_, make) => {
    expect(troubles(await read([many(make)]))).toEqual([]);
  });

  it('nothing is said of what the user named, or in few records', async () => {
    const two = (i: number): object => ({ author: 'cms', byline: `Ann ${i}`, text: TEXT });
    expect(troubles(await read([many(two)], { map: { author: 'author' } }))).toEqual([]);
    expect(troubles(await read([many(two, 5)]))).toEqual([]);
  });

  it.each([
    'The river rose again… [+2345 chars]',
    'The river rose again […]',
    '<p>The river rose again&hellip; <a href="/x">Continue reading <span>River</span> &rarr;</a></p>',
    'The river rose again... Read more »',
    'The river rose again. To continue reading, subscribe now. Already a subscriber? Log in',
  ])('a beginning is told: %j', async (text) => {
    const said = troubles(await read([file('a.jsonl', lines({ author: 'Ann', text }))]));
    expect(said).toMatchObject([expect.stringMatching(/^breaks-off \| a.jsonl, line 1: the text breaks off \("/)]);
  });

  it.each([
    'He wanted to continue reading, but the light was gone. He went to bed, and slept well until the bells rang, at six in the morning, as ever.',
    'And then … nothing.',
    'To be continued...',
    'I read more than I write.',
    `${TEXT.repeat(10)} Subscribe to continue reading.`,
  ])('a text that ends is none: %j', async (text) => {
    expect(troubles(await read([file('a.jsonl', lines({ author: 'Ann', text }))]))).toEqual([]);
  });
});
